"""A graph in every format that it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from kg.errors import KgError
from kg.graph.groups import groups
from kg.graph.jsonld import write_jsonld
from kg.graph.layout import Group, prefixes
from kg.graph.store import GraphStore
from kg.graph.turtle import write_trig, write_turtle


def serialize(graph: GraphStore, format: str, out: IO[bytes]) -> None:
    """Write a graph, the ontology left out, to `out` in one of `FORMATS`.

    The same graph gives the same bytes. TriG, N-Quads and JSON-LD keep the named graph of each document; the other
    formats hold the documents together.

    Raises:
        KgError: There is no such format.
    """
    try:
        write = _WRITERS[format]
    except KeyError:
        raise KgError(f"unknown format {format!r}", remedy=f"choose one of {', '.join(FORMATS)}") from None
    write(graph, out)


def _turtle(graph: GraphStore, out: IO[bytes]) -> None:
    write_turtle(groups(graph), out, prefixes(graph.base))


def _trig(graph: GraphStore, out: IO[bytes]) -> None:
    write_trig(_named(graph), out, prefixes(graph.base))


def _ntriples(graph: GraphStore, out: IO[bytes]) -> None:
    triples = (
        Triple(group.subject, predicate, value)
        for group in groups(graph)
        for predicate, values in group.properties
        for value in values
    )
    pyoxigraph.serialize(triples, out, RdfFormat.N_TRIPLES)


def _nquads(graph: GraphStore, out: IO[bytes]) -> None:
    quads = (
        Quad(group.subject, predicate, value, name)
        for name, found in _named(graph)
        for group in found
        for predicate, values in group.properties
        for value in values
    )
    pyoxigraph.serialize(quads, out, RdfFormat.N_QUADS)


def _jsonld(graph: GraphStore, out: IO[bytes]) -> None:
    write_jsonld(_named(graph), out, graph.base)


# What XML is written with is slow to load and seldom asked for.


def _rdfxml(graph: GraphStore, out: IO[bytes]) -> None:
    from kg.graph.rdfxml import write_rdfxml

    write_rdfxml(groups(graph), out)


def _graphml(graph: GraphStore, out: IO[bytes]) -> None:
    from kg.graph.network import write_graphml

    write_graphml(graph, out)


def _named(graph: GraphStore) -> Iterator[tuple[NamedNode, Iterator[Group]]]:
    return ((name, groups(graph, name)) for name in graph.document_graphs())


_WRITERS: dict[str, Callable[[GraphStore, IO[bytes]], None]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
    "graphml": _graphml,
}
FORMATS = tuple(_WRITERS)
"""The formats that go into one stream."""
