"""How much of what a graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypedDict

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.store import GraphStore
from kg.vocabulary import DCTERMS, KG, ONTOLOGY_GRAPH, ORG, RDF, Term


class Stats(TypedDict):
    """Counts of a graph; each type maps to a number, the largest first.

    `documents` counts the pages' own articles, `teasers` the excerpts of others that were read on them.
    """

    documents: int
    teasers: int
    triples: int
    entities: dict[str, int]
    facts: dict[str, int]
    evidence: int
    corroborated: int


def stats(graph: GraphStore) -> Stats:
    """Return what a graph holds: documents, distinct triples, entities and facts by type, evidence.

    `corroborated` counts the facts that were read in two or more documents.
    """
    classes, found = _classes(graph), totals(graph)
    documents = classes[KG.Document]
    teasers = _count(graph, f"?teaser <{KG.teaserOf}> ?page")
    twice = (
        f"{{ SELECT ?fact {{ ?fact <{KG.evidence}>/<{DCTERMS.source}> ?document }} "
        "GROUP BY ?fact HAVING(COUNT(DISTINCT ?document) > 1) }"
    )
    return {
        "documents": documents - teasers,
        "teasers": teasers,
        "triples": len(graph),
        "entities": by_number(found.entities),
        "facts": by_number(found.facts),
        "evidence": classes[KG.Evidence],
        "corroborated": _count(graph, twice),
    }


class Counted(NamedTuple):
    """Entities and facts of some subjects, by type."""

    entities: Counter[str]
    facts: Counter[str]


def totals(graph: GraphStore) -> Counted:
    """Return how many entities and facts a graph holds, the ontology left out."""
    found = Counted(Counter(), Counter())
    for class_, number in _classes(graph).items():
        _count_class(found, class_, number)
    stated = f"?fact a <{RDF.Statement}> ; <{RDF.predicate}> ?name"
    for predicate, number in _counts(graph, stated).items():
        found.facts[_name(predicate)] += number
    return found


def counted(graph: GraphStore, subjects: Iterable[NamedNode]) -> Counted:
    """Return what `stats` counts of some subjects, none of them of the ontology."""
    found = Counted(Counter(), Counter())
    for subject in subjects:
        types = _objects(graph, subject, RDF.type)
        for class_ in types:
            _count_class(found, class_, 1)
        if RDF.Statement in types:
            found.facts.update(map(_name, _objects(graph, subject, RDF.predicate)))
    return found


def _count_class(found: Counted, class_: str, number: int) -> None:
    """Count instances of a class, statements left out: their predicates tell what they state."""
    if class_ in _FACT:
        found.facts[_FACT[class_]] += number
    elif class_.startswith(KG.iri) and class_ not in _NO_ENTITY:
        found.entities[_name(class_)] += number


_FACT: dict[str, str] = {ORG.Membership: "post", KG.Conferral: "honour", KG.Observation: "observation"}
_NO_ENTITY = frozenset([KG.Evidence, KG.Document])


def _objects(graph: GraphStore, subject: NamedNode, term: Term) -> list[str]:
    found = graph.store.quads_for_pattern(subject, term.node, None, DefaultGraph())
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]


def by_number(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts, the largest first, without those of nothing."""
    return {name: count for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count}


def _classes(graph: GraphStore) -> Counter[str]:
    """Return the number of instances of each class, those that the ontology itself has left out."""
    found = _counts(graph, "?thing a ?name")
    found.subtract(_counts(graph, f"GRAPH <{ONTOLOGY_GRAPH}> {{ ?thing a ?name }}"))
    return found


def _counts(graph: GraphStore, pattern: str) -> Counter[str]:
    """Return how often each `?name` comes in a pattern, by its IRI."""
    rows = graph.select(f"SELECT ?name (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?name")
    return Counter({row["name"].value: int(row["n"].value) for row in rows})


def _name(iri: str) -> str:
    return iri.rpartition("#")[2]


def _count(graph: GraphStore, pattern: str) -> int:
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)
