"""What a store says of each subject, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.layout import Group, Value, order_of_subjects, predicate_key, value_key
from kg.graph.store import GraphStore
from kg.vocabulary import ONTOLOGY_GRAPH


def groups(graph: GraphStore, name: NamedNode | None = None, subjects: Iterable[str] | None = None) -> Iterator[Group]:
    """Yield what a graph says, subject by subject in the order of writing.

    Args:
        graph: The store.
        name: The named graph, by default the documents together.
        subjects: The IRIs of the subjects, by default all; one of which nothing is said has no properties.
    """
    root = f"{graph.base}id/"
    for iri in sorted(_subjects(graph, name) if subjects is None else subjects, key=order_of_subjects(graph.base)):
        subject = NamedNode(iri)
        kind = iri[len(root) :].partition("/")[0] if iri.startswith(root) else ""
        found = [
            (quad.predicate, _plain(quad.object))
            for quad in graph.store.quads_for_pattern(subject, None, None, name or DefaultGraph())
        ]
        found.sort(key=_key)
        properties = [
            (predicate, [value for _, value in pairs]) for predicate, pairs in groupby(found, key=lambda pair: pair[0])
        ]
        yield Group(subject, kind, properties)


def _subjects(graph: GraphStore, name: NamedNode | None) -> list[str]:
    if name is None:
        query = f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s a ?class }} }} }}"
    else:
        query = f"SELECT DISTINCT ?s {{ GRAPH {name} {{ ?s ?p ?o }} }}"
    return [solution["s"].value for solution in graph.select(query)]


def _plain(value: object) -> Value:
    if isinstance(value, NamedNode | Literal):
        return value
    raise TypeError(f"{type(value).__name__} in the graph, which has neither blank nodes nor quoted triples")


def _key(pair: tuple[NamedNode, Value]) -> tuple[tuple[int, str], tuple[bool, bool, str, str]]:
    predicate, value = pair
    datatype = value.datatype.value if isinstance(value, Literal) else ""
    return predicate_key(predicate.value), value_key(value.value, datatype)
