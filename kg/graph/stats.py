"""How much of what a graph holds."""

from __future__ import annotations

from typing import TypedDict

from kg.graph.store import GraphStore
from kg.vocabulary import DCTERMS, KG, ONTOLOGY_GRAPH, ORG, RDF


class Stats(TypedDict):
    """Counts of a graph; each type maps to a number, the largest first."""

    documents: int
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
    twice = (
        f"{{ SELECT ?fact {{ ?fact <{KG.evidence}>/<{DCTERMS.source}> ?document }} "
        "GROUP BY ?fact HAVING(COUNT(DISTINCT ?document) > 1) }"
    )
    return {
        "documents": documents,
        "triples": len(graph),
        "entities": _sorted(classes),
        "facts": _sorted(facts),
        "evidence": evidence,
        "corroborated": _count(graph, twice),
    }


def _sorted(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count}


def _counts(graph: GraphStore, query: str) -> dict[str, int]:
    return {row["name"].value.rpartition("#")[2]: int(row["n"].value) for row in graph.select(query)}


def _count(graph: GraphStore, pattern: str) -> int:
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)
