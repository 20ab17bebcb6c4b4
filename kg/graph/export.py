"""A graph in every format that it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from kg.errors import KgError
from kg.graph.layout import groups, prefixes
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
    named = ((name, groups(graph, name)) for name in graph.document_graphs())
    write_trig(named, out, prefixes(graph.base))


_WRITERS: dict[str, Callable[[GraphStore, IO[bytes]], None]] = {
    "turtle": _turtle,
    "trig": _trig,
}
FORMATS = tuple(_WRITERS)
"""The formats that go into one stream."""
