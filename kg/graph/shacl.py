"""Whether a graph keeps to the shapes of `ontology/shapes.ttl`."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.export import serialize
from kg.graph.identity import DEFAULT_BASE
from kg.graph.layout import prefixes
from kg.graph.ontology import shapes_file
from kg.graph.store import GraphStore
from kg.graph.turtle import TermWriter

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One way in which a graph breaks a shape.

    Attributes:
        focus: IRI of the node at fault.
        label: Its label, or "".
        path: The property concerned, with its prefix, or "".
        value: The offending value, or "".
        message: What is asked for, in English.
        message_zh: The same in Chinese.
    """

    focus: str
    label: str
    path: str
    value: str
    message: str
    message_zh: str

    def __str__(self) -> str:
        name = f"{self.label} <{self.focus}>" if self.label else f"<{self.focus}>"
        path = f" {self.path}" if self.path else ""
        value = f" (found {self.value})" if self.value else ""
        return f"{name}{path}: {self.message}{value} / {self.message_zh}"


def validate(graph: GraphStore) -> list[Violation]:
    """Return how the documents' statements break the shapes, sorted; none if the graph conforms."""
    from rdflib import Graph

    buffer = io.BytesIO()
    serialize(graph, "ntriples", buffer)
    # Over the store itself pySHACL is many times slower than over a copy in memory.
    data = Graph().parse(data=buffer.getvalue(), format="nt")
    return validate_rdflib(data)


def validate_rdflib(data: Graph) -> list[Violation]:
    """Return how a graph of rdflib breaks the shapes, sorted."""
    from pyshacl import validate as check
    from rdflib import RDFS, SH, Graph, URIRef

    shapes = Graph().parse(shapes_file(), format="turtle")
    conforms, report, _ = check(data, shacl_graph=shapes, inplace=True, advanced=False)
    if conforms:
        return []
    assert isinstance(report, Graph)

    terms = TermWriter(prefixes(DEFAULT_BASE))

    def short(node: Node | None) -> str:
        return "" if node is None else terms.iri(str(node)) if isinstance(node, URIRef) else node.n3()

    found = set()
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        messages = {getattr(text, "language", ""): str(text) for text in report.objects(result, SH.resultMessage)}
        label = data.value(focus, RDFS.label) if focus is not None else None
        english = messages.get("en") or next(iter(messages.values()), "")
        found.add(
            Violation(
                focus=str(focus),
                label=str(label or ""),
                path=short(report.value(result, SH.resultPath)),
                value=short(report.value(result, SH.value)),
                message=english,
                message_zh=messages.get("zh", english),
            )
        )
    return sorted(found)
