"""Loading a build into any triple store that speaks the SPARQL 1.1 Graph Store HTTP Protocol.

One named graph per document and one for the ontology, each replaced as a whole: https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, serialize

from kg.graph.store import GraphStore
from kg.remote.connection import Connection
from kg.remote.journal import UNSETTLED, Journal
from kg.vocabulary import ONTOLOGY_GRAPH

PIECE = 50_000
"""Triples of the union that are sent at once."""

_DEFAULT = "default"  # what the journal calls the default graph; no IRI is like it
# Every N-Triples document is a Turtle document, and more stores take Turtle.
_TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}


class Progress(NamedTuple):
    """How far a load is: the graph that is being put, and behind how many of all."""

    graph: str
    done: int
    total: int


@dataclass(slots=True)
class Loaded:
    """What a load did, in numbers of graphs; `triples` counts those sent.

    Attributes:
        put: Graphs that were put anew.
        kept: Graphs that the store held already, as noted by earlier loads.
        removed: Graphs that were removed.
        stale: Graphs of earlier loads that are no longer in the build and were left in the store.
        triples: Triples that were sent.
        forgotten: Whether the store had lost what was noted, so that all was put again.
    """

    put: int = 0
    kept: int = 0
    removed: int = 0
    stale: int = 0
    triples: int = 0
    forgotten: bool = False


def load(
    graph: GraphStore,
    connection: Connection,
    journal: Path,
    *,
    prune: bool = False,
    union: bool = False,
    fresh: bool = False,
    watch: Callable[[Progress], None] | None = None,
) -> Loaded:
    """Put a build into a store; what was put before and has not changed is left out.

    Args:
        graph: The build.
        connection: The Graph Store endpoint.
        journal: Where it is noted what the store holds; a load that was broken off goes on from there.
        prune: Whether to remove the graphs of earlier loads whose documents are no longer in the build.
        union: Whether to put all graphs together into the default graph too, each triple once.
        fresh: Whether to put everything, whatever was noted.
        watch: Is told each graph before it is put.

    Raises:
        StoreError: The store does not answer or refuses something, or the journal cannot be written; what was put
            until then is noted.
    """
    with Journal(journal) as noted:
        result = Loaded()
        if fresh:
            noted.forget()
        elif noted.known and not _holds(connection, noted):
            noted.forget()
            result.forgotten = True
        names = [NamedNode(ONTOLOGY_GRAPH), *graph.document_graphs()]
        whole = hashlib.sha256()
        for number, name in enumerate(names):
            if watch:
                watch(Progress(name.value, number, len(names)))
            body = _content(graph, name)
            hash_ = hashlib.sha256(body).hexdigest()
            whole.update(f"{name.value} {hash_}\n".encode())
            if noted.known.get(name.value) == hash_:
                result.kept += 1
                continue
            # Whoever is killed before the answer comes does not know which of the two the store holds.
            noted.note(name.value, UNSETTLED)
            connection.request("PUT", [("graph", name.value)], body, _TURTLE)
            noted.note(name.value, hash_)
            result.put += 1
            result.triples += body.count(b"\n")
        gone = set(noted.known).difference((name.value for name in names), [_DEFAULT])
        for iri in sorted(gone) if prune else ():
            noted.note(iri, UNSETTLED)
            connection.request("DELETE", [("graph", iri)], accepted=[404])
            noted.note(iri, "")
            result.removed += 1
        result.stale = len(gone) - result.removed
        if union and noted.known.get(_DEFAULT) != whole.hexdigest():
            if watch:
                watch(Progress(_DEFAULT, len(names), len(names)))
            noted.note(_DEFAULT, "")
            result.triples += _put_union(graph, connection)
            noted.note(_DEFAULT, whole.hexdigest())
        return result


def _holds(connection: Connection, journal: Journal) -> bool:
    """Tell whether a store still has what was noted first and last: one that was emptied has neither."""
    graphs = [graph for graph, hash_ in journal.known.items() if graph != _DEFAULT and hash_ != UNSETTLED]
    for graph in dict.fromkeys([*graphs[:1], *graphs[-1:]]):
        # Some servers answer HEAD to whatever is asked, or not at all; any status but this one tells nothing.
        answer = connection.request("HEAD", [("graph", graph)], accepted=range(400, 500))
        if answer.status in (404, 410):
            return False
    return True


def _content(graph: GraphStore, name: NamedNode) -> bytes:
    """Return a named graph as N-Triples, sorted, so that equal graphs are equal."""
    triples = (quad.triple for quad in graph.store.quads_for_pattern(None, None, None, name))
    data = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert data is not None
    return b"".join(sorted(data.splitlines(keepends=True)))


def _put_union(graph: GraphStore, connection: Connection) -> int:
    """Replace the default graph by the union, piece by piece, and return how many triples it has."""
    count = 0
    triples = (quad.triple for quad in graph.store.quads_for_pattern(None, None, None, DefaultGraph()))
    method = "PUT"
    while piece := list(islice(triples, PIECE)):
        body = "".join(f"{triple} .\n" for triple in piece).encode()
        # To add a triple twice adds it once, so that all pieces may be repeated.
        connection.request(method, [("default", "")], body, _TURTLE)
        count += len(piece)
        method = "POST"
    return count
