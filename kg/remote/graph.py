"""A graph behind a SPARQL 1.1 endpoint, read as the embedded store is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolution

from kg.errors import StoreError
from kg.graph.store import GraphStore
from kg.remote.connection import Connection, Credentials
from kg.remote.store import RemoteStore
from kg.vocabulary import KG, ONTOLOGY_GRAPH, RDF

if TYPE_CHECKING:
    from rdflib import Dataset

_UNION = "load with 'kg load --union', and have the server answer from the default graph alone"


class RemoteGraph(GraphStore):
    """A graph behind a SPARQL endpoint, for reading; see `GraphStore`."""

    def __init__(self, connection: Connection, *, remembered: int = 0) -> None:
        self.url = connection.url
        super().__init__(RemoteStore(connection, remembered=remembered))
        self.base = self._found_base()
        self._check_union()

    def __len__(self) -> int:
        """Return the number of distinct triples that the documents contribute."""
        return self._size

    def select(self, query: str) -> list[QuerySolution]:
        """Return the rows of a SELECT query of our own."""
        # As a list, for the reason that `RemoteStore.query` has.
        return list(super().select(query))

    @cached_property
    def _size(self) -> int:
        everything, ontology = (
            int(next(iter(self.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")))["n"].value)
            for pattern in ("?s ?p ?o", f"GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }}")
        )
        return everything - ontology

    def rdflib(self) -> Dataset:
        """Refuse what needs the store itself."""
        raise StoreError("the graph is not on this machine", where=self.url, remedy="use rdflib's SPARQLStore")

    def _found_base(self) -> str:
        asked = f"SELECT ?document {{ ?document a <{KG.Document}> }} LIMIT 1"
        found = [str(row["document"].value) for row in self.select(asked)]
        if not found:
            inside = f"ASK {{ GRAPH ?g {{ ?document a <{KG.Document}> }} }}"
            if self.store.query(inside):
                raise StoreError("its default graph is empty", where=self.url, remedy=_UNION)
            raise StoreError("there is no graph of kg", where=self.url, remedy="load one with 'kg load'")
        base, name, _ = found[0].rpartition("id/document/")
        if not name:
            raise StoreError(f"<{found[0]}> is no document of kg", where=self.url, remedy="load a build with 'kg load'")
        return base

    def _check_union(self) -> None:
        """Make sure that a triple which several graphs hold is one triple of the default graph.

        Raises:
            StoreError: It counts as often as there are graphs, and so would everything.
        """
        several = "?s a ?c . GRAPH ?g { ?s a ?c } GRAPH ?h { ?s a ?c } FILTER(STR(?g) < STR(?h))"
        for row in self.select(f"SELECT ?s ?c {{ ?s <{RDF.type}> <{KG.Region}> . {several} }} LIMIT 1"):
            (counted,) = self.select(f"SELECT (COUNT(*) AS ?n) {{ {row['s']} a {row['c']} }}")
            if counted["n"].value != "1":
                what = "its default graph counts a triple once for each graph that holds it"
                raise StoreError(
                    what, where=self.url, remedy="load with 'kg load --union', into a default graph of its own"
                )


def open_remote(
    url: str, credentials: Credentials | None = None, *, timeout: float = 300, remembered: int = 0
) -> RemoteGraph:
    """Return the graph behind a SPARQL endpoint.

    Args:
        url: Its address.
        credentials: What it is told of who asks; by default what the environment says.
        timeout: Seconds without a byte after which it counts as not answering.
        remembered: Of how many patterns around one thing the quads are kept, so that they are asked for once.

    Raises:
        StoreError: It does not answer, holds no graph of kg, or its default graph is not the union of its graphs.
    """
    connection = Connection(url, credentials or Credentials.from_environment(), retries=3, timeout=timeout)
    return RemoteGraph(connection, remembered=remembered)
