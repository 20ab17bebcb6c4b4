"""How much of what a graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypedDict

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.said import Properties
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
    classes = _counts(
        graph,
        f"SELECT ?name (COUNT(*) AS ?n) {{ ?thing a ?name FILTER(STRSTARTS(STR(?name), '{KG.iri}')) "
        f"FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?thing a ?name }} }} }} GROUP BY ?name",
    )
    facts = _counts(
        graph,
        f"SELECT ?name (COUNT(*) AS ?n) {{ ?fact a <{RDF.Statement}> ; <{RDF.predicate}> ?name }} GROUP BY ?name",
    )
    facts["post"] = _count(graph, f"?fact a <{ORG.Membership}>")
    facts["honour"] = classes.pop("Conferral", 0)
    facts["observation"] = classes.pop("Observation", 0)
    evidence, documents = classes.pop("Evidence", 0), classes.pop("Document", 0)
    teasers = _count(graph, f"?teaser <{KG.teaserOf}> ?page")
    twice = (
        f"{{ SELECT ?fact {{ ?fact <{KG.evidence}>/<{DCTERMS.source}> ?document }} "
        "GROUP BY ?fact HAVING(COUNT(DISTINCT ?document) > 1) }"
    )
    return {
        "documents": documents - teasers,
        "teasers": teasers,
        "triples": len(graph),
        "entities": by_number(classes),
        "facts": by_number(facts),
        "evidence": evidence,
        "corroborated": _count(graph, twice),
    }


class Counted(NamedTuple):
    """Entities and facts of some subjects, by type."""

    entities: Counter[str]
    facts: Counter[str]


COUNTED = frozenset([RDF.type, RDF.predicate])
"""The properties by which `counted_in` counts."""


def counted_in(said: Mapping[str, Properties]) -> Counted:
    """Return what `stats` counts of what a graph says under each property of `COUNTED`, the ontology left out."""
    found = Counted(Counter(), Counter())
    for subject, types in said[RDF.type].items():
        _count_one(found, types, said[RDF.predicate].get(subject, ()))
    return found


def counted(graph: GraphStore, subjects: Iterable[NamedNode]) -> Counted:
    """Return what `stats` counts of some subjects, none of them of the ontology."""
    found = Counted(Counter(), Counter())
    for subject in subjects:
        types = _objects(graph, subject, RDF.type)
        _count_one(found, types, _objects(graph, subject, RDF.predicate) if RDF.Statement in types else ())
    return found


def _count_one(found: Counted, types: Sequence[str], predicates: Sequence[str]) -> None:
    for iri in types:
        if iri.startswith(KG.iri):
            name = iri[len(KG.iri) :]
            if name in _FACT:
                found.facts[_FACT[name]] += 1
            elif name not in _NO_ENTITY:
                found.entities[name] += 1
        elif iri == ORG.Membership:
            found.facts["post"] += 1
        elif iri == RDF.Statement:
            found.facts.update(predicate.rpartition("#")[2] for predicate in predicates)


_FACT = {"Conferral": "honour", "Observation": "observation"}
_NO_ENTITY = frozenset([*_FACT, "Evidence", "Document"])


def _objects(graph: GraphStore, subject: NamedNode, term: Term) -> list[str]:
    found = graph.store.quads_for_pattern(subject, term.node, None, DefaultGraph())
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]


def by_number(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts, the largest first, without those of nothing."""
    return {name: count for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count}


def _counts(graph: GraphStore, query: str) -> dict[str, int]:
    return {row["name"].value.rpartition("#")[2]: int(row["n"].value) for row in graph.select(query)}


def _count(graph: GraphStore, pattern: str) -> int:
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)
