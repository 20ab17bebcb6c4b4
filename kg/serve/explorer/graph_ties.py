"""How things hang together: the relations of one thing to others, read from the store within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.store import GraphStore
from kg.view.terms import LINKS, Link
from kg.vocabulary import DCTERMS, KG, ORG, RDF, Term

RELATIONS: Final = (*LINKS, Link("place", "所在", "in"))
"""The relations that are drawn, the most telling first: those of the picture of the graph, and where a thing is."""
RANK: Final = {link.key: rank for rank, link in enumerate(RELATIONS)}

STATED: Final = ("leads", "implements", "participatesIn", "issues", "organises")
_PLAIN: Final[tuple[tuple[Term, str], ...]] = (
    *((KG[name], name) for name in STATED),
    (KG.received, "received"),
    (KG.concerns, "concerns"),
    (KG.partOf, "partOf"),
    (ORG.subOrganizationOf, "partOf"),
    (KG.jurisdiction, "place"),
    (KG.inRegion, "place"),
    (KG.within, "place"),
)
# Relations that stand in the graph as a node only: by what it leads from, and to.
_NODES: Final = ((ORG.member, ORG.organization, "post"), (KG.conferredBy, KG.honour, "confers"))

_GROUP_OF: Final = {
    "org": "agent",
    "initiative": "initiative",
    "place": "region",
    "person": "person",
    "policy": "policy",
    "event": "event",
    "honour": "honour",
}
GROUPS: Final = tuple(_GROUP_OF.values())
"""The groups of things that are drawn."""

MOST_FACTS: Final = 400
"""Facts of one thing and of one kind whose evidence is weighed."""


class Tie(NamedTuple):
    """A relation between two things: from the IRI of the one to that of the other."""

    source: str
    relation: str
    target: str

    def other(self, iri: str) -> str:
        """Return the end that is not `iri`."""
        return self.target if self.source == iri else self.source


@dataclass(frozen=True, slots=True)
class Weight:
    """How well a relation is attested: number of documents, highest confidence, and the nodes of its facts.

    What follows from the structure, such as where a body belongs, has no fact and the confidence 1.
    """

    documents: int = 0
    confidence: float = 1.0
    facts: tuple[str, ...] = ()


def group_of_iri(iri: str, base: str) -> str:
    """Return the group of a thing by the kind that its IRI names, or "" for what is not drawn.

    >>> group_of_iri("https://kg.example/id/org/甲市总工会", "https://kg.example/")
    'agent'
    """
    root = f"{base}id/"
    return _GROUP_OF.get(iri[len(root) :].partition("/")[0], "") if iri.startswith(root) else ""


def ties_of(graph: GraphStore, iri: str, *, most: int = 5000, places: bool = True) -> Iterator[Tie]:
    """Yield the relations of a thing, each once, at most `most` of a kind in each direction.

    Args:
        graph: The graph.
        iri: The thing.
        most: How many of one kind and direction to read.
        places: Whether to give where things are as well.
    """
    node = NamedNode(iri)
    seen = set()
    for term, relation in _PLAIN:
        if relation == "place" and not places:
            continue
        for tie in (
            *(Tie(iri, relation, other) for other in _objects(graph, node, term, most)),
            *(Tie(other, relation, iri) for other in _subjects(graph, term, node, most)),
        ):
            if tie not in seen and tie.source != tie.target and group_of_iri(tie.other(iri), graph.base):
                seen.add(tie)
                yield tie
    for start, end, relation in _NODES:
        for near, far in ((start, end), (end, start)):
            for fact in _subjects(graph, near, node, most):
                for other in _objects(graph, NamedNode(fact), far, most):
                    tie = Tie(iri, relation, other) if near == start else Tie(other, relation, iri)
                    if tie not in seen and other != iri:
                        seen.add(tie)
                        yield tie


def weights_of(graph: GraphStore, iri: str) -> dict[Tie, Weight]:
    """Return how well the stated relations of a thing are attested, for at most `MOST_FACTS` facts of a kind."""
    node = NamedNode(iri)
    patterns = []
    for name in STATED:
        for near, far in ((RDF.subject, RDF.object), (RDF.object, RDF.subject)):
            ends = (node, None) if near == RDF.subject else (None, node)
            if any(graph.store.quads_for_pattern(ends[0], KG[name].node, ends[1], DefaultGraph())):
                patterns.append(
                    (f"?fact <{near}> {node} ; <{RDF.predicate}> <{KG[name]}> ; <{far}> ?to", name, ends[0])
                )
    for start, end, relation in (*_NODES, (KG.recipient, KG.honour, "received")):
        for near, far in ((start, end), (end, start)):
            # A thing without such facts, the usual case, costs one look-up and no query.
            if any(_subjects(graph, near, node, 1)):
                outward = node if near == start else None
                patterns.append((f"?fact <{near}> {node} ; <{far}> ?to", relation, outward))
    found: dict[Tie, tuple[set[str], float, set[str]]] = {}
    for pattern, relation, outward in patterns:
        rows = graph.select(
            f"SELECT ?fact ?to ?source ?confidence {{ {{ SELECT ?fact ?to {{ {pattern} }} LIMIT {MOST_FACTS} }} "
            f"?fact <{KG.evidence}> ?evidence . "
            f"?evidence <{DCTERMS.source}> ?source ; <{KG.confidence}> ?confidence }}"
        )
        for row in rows:
            other = row["to"].value
            tie = Tie(iri, relation, other) if outward else Tie(other, relation, iri)
            documents, best, facts = found.get(tie, (set(), 0.0, set()))
            documents.add(row["source"].value)
            facts.add(row["fact"].value)
            found[tie] = (documents, max(best, float(row["confidence"].value)), facts)
    return {tie: Weight(len(documents), best, tuple(sorted(facts))) for tie, (documents, best, facts) in found.items()}


def _objects(graph: GraphStore, node: NamedNode, term: Term, most: int) -> Iterator[str]:
    for quad in islice(graph.store.quads_for_pattern(node, term.node, None, DefaultGraph()), most):
        if isinstance(quad.object, NamedNode):
            yield quad.object.value


def _subjects(graph: GraphStore, term: Term, node: NamedNode, most: int) -> Iterator[str]:
    for quad in islice(graph.store.quads_for_pattern(None, term.node, node, DefaultGraph()), most):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value
