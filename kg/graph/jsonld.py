"""JSON-LD in the terms of `ontology/context.jsonld`, one object per document's graph; needs no network to read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from pyoxigraph import Literal, NamedNode

from kg.graph.layout import Group, Value
from kg.graph.ontology import context_file
from kg.vocabulary import RDF, XSD


def write_jsonld(graphs: Iterable[tuple[NamedNode, Iterable[Group]]], out: IO[bytes], base: str) -> None:
    """Write named graphs as JSON-LD, with the context inside.

    Args:
        graphs: Each graph's name with its groups.
        out: Where to.
        base: What the IRIs of instances begin with; they are written relative to it.
    """
    context: dict[str, Any] = {"@base": base, **json.loads(context_file().read_text("utf-8"))["@context"]}
    compact = _Compact(base, context)
    out.write(f'{{\n"@context": {json.dumps(context, ensure_ascii=False, indent=1)},\n"@graph": ['.encode())
    for number, (name, groups) in enumerate(graphs):
        out.write(b",\n" if number else b"\n")
        out.write(f'{{"@id": {_dump(compact.iri(name.value))}, "@graph": ['.encode())
        for place, group in enumerate(groups):
            out.write(b",\n" if place else b"\n")
            out.write(_dump(compact.node(group)).encode())
        out.write(b"\n]}")
    out.write(b"\n]\n}\n")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Compact:
    """Shortens IRIs by base or prefix, and names of properties by the terms of a context."""

    def __init__(self, base: str, context: dict[str, Any]) -> None:
        self.instances = (base + "id/", base + "graph/")
        self.base = base
        prefixes = {term: iri for term, iri in context.items() if isinstance(iri, str) and term != "@base"}
        self.prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self.terms: dict[str, str] = {}
        self.coerced: dict[str, str] = {}
        for term, definition in context.items():
            if isinstance(definition, dict):
                prefix, _, local = definition["@id"].partition(":")
                self.terms[prefixes[prefix] + local] = term
                self.coerced[term] = definition.get("@type", "")

    def iri(self, iri: str) -> str:
        # What is left below `id/` and `graph/` cannot be taken for a scheme or a prefix.
        return iri[len(self.base) :] if iri.startswith(self.instances) else self.term(iri)

    def term(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.prefixes.get(iri[:cut])
        return iri if prefix is None else f"{prefix}:{iri[cut:]}"

    def node(self, group: Group) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.iri(group.subject.value)}
        for predicate, values in group.properties:
            if predicate.value == RDF.type:
                node["@type"] = [self.term(value.value) for value in values]
                continue
            name = self.terms.get(predicate.value, "")
            found = [self.value(value, self.coerced.get(name, "")) for value in values]
            node[name or self.term(predicate.value)] = found if len(found) > 1 else found[0]
        return node

    def value(self, value: Value, coerced: str) -> Any:
        if isinstance(value, NamedNode):
            name = self.iri(value.value)
            return name if coerced == "@id" else {"@id": name}
        return self.literal(value, coerced)

    def literal(self, value: Literal, coerced: str) -> Any:
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if datatype == XSD.string:
            return value.value if not coerced else {"@value": value.value}
        short = self.term(datatype)
        return value.value if short == coerced else {"@value": value.value, "@type": short}
