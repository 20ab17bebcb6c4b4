"""A graph behind a SPARQL 1.1 endpoint, read as the embedded store is.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import StoreError
from kg.graph.store import GraphStore
from kg.remote.connection import Connection, Credentials
from kg.vocabulary import KG, ONTOLOGY_GRAPH, RDF

if TYPE_CHECKING:
    from rdflib import Dataset

# A query that fails or takes too long does so again.
_PASSING = frozenset([429, 502, 503])
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = {form.media_type: form for form in (RdfFormat.N_TRIPLES, RdfFormat.TURTLE, RdfFormat.RDF_XML)}
_UNION = "load with 'kg load --union', and have the server answer from the default graph alone"


class RemoteStore:
    """What the readers of a graph use of `pyoxigraph.Store`, each call a request to an endpoint."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._empty = Store()

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        default_graph: Sequence[object] = (),
        named_graphs: Sequence[object] = (),
    ) -> QuerySolutions | QueryBoolean | Iterator[Triple]:
        """Answer a query.

        Raises:
            SyntaxError: The query is not valid; the endpoint is not asked.
            StoreError: The endpoint does not answer, or not what was asked.
        """
        form = self._empty.query(query, prefixes=dict(prefixes or {}))
        # On one line with the beginning of the query, so that line numbers of the endpoint are those of the query.
        head = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in (prefixes or {}).items())
        asked = [("query", head + query)]
        for name, graphs in (("default-graph-uri", default_graph), ("named-graph-uri", named_graphs)):
            asked += [(name, graph.value) for graph in graphs if isinstance(graph, NamedNode)]
        triples = isinstance(form, QueryTriples)
        answer = self._connection.request(
            "POST",
            body=urlencode(asked).encode(),
            headers={**_FORM, "Accept": ", ".join(_TRIPLES) if triples else _SOLUTIONS},
            passing=_PASSING,
        )
        try:
            if triples:
                format_ = _TRIPLES[answer.type]
                return iter([quad.triple for quad in parse(answer.body, format_, without_named_graphs=True)])
            if answer.type not in (_SOLUTIONS, "application/json"):
                raise ValueError(answer.type)
            return parse_query_results(io.BytesIO(answer.body), QueryResultsFormat.JSON)
        except (KeyError, ValueError, SyntaxError) as error:
            what = f"the answer is no answer to a query ({answer.type or 'of no type'})"
            raise StoreError(
                what, where=self._connection.url, remedy="give the address of a SPARQL endpoint"
            ) from error

    def quads_for_pattern(
        self, subject: object, predicate: object, value: object, graph_name: object = None
    ) -> Iterator[Quad]:
        """Yield the quads of a pattern, in which None stands for anything."""
        terms = [
            f"?{name}" if term is None else str(term)
            for name, term in zip("spo", (subject, predicate, value), strict=True)
        ]
        given = dict(zip("spo", (subject, predicate, value), strict=True))
        pattern = " ".join(terms)
        if not isinstance(graph_name, DefaultGraph):
            graph = "?g" if graph_name is None else str(graph_name)
            pattern = f"GRAPH {graph} {{ {pattern} }}"
        given["g"] = graph_name
        open_ = [name for name, term in given.items() if term is None]
        selected = " ".join(f"?{name}" for name in open_) or "(1 AS ?found)"
        for row in self._rows(f"SELECT {selected} {{ {pattern} }}"):
            s, p, o, g = (cast(Any, row[name] if name in open_ else given[name]) for name in "spog")
            yield Quad(s, p, o, g)

    def contains_named_graph(self, graph: NamedNode) -> bool:
        """Tell whether there is a graph of that IRI with anything in it."""
        return bool(self.query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"))

    def named_graphs(self) -> Iterator[NamedNode]:
        """Yield the named graphs."""
        for row in self._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
            yield cast(NamedNode, row["g"])

    def _rows(self, query: str) -> Iterable[Any]:
        return cast(QuerySolutions, self.query(query))


class RemoteGraph(GraphStore):
    """A graph behind a SPARQL endpoint, for reading; see `GraphStore`."""

    def __init__(self, connection: Connection) -> None:
        self.url = connection.url
        remote = RemoteStore(connection)
        super().__init__(cast(Store, remote))
        self.base = self._found_base()
        self._check_union()

    def __len__(self) -> int:
        """Return the number of distinct triples that the documents contribute."""
        return self._size

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


def open_remote(url: str, credentials: Credentials | None = None) -> RemoteGraph:
    """Return the graph behind a SPARQL endpoint.

    Args:
        url: Its address.
        credentials: What it is told of who asks; by default what the environment says.

    Raises:
        StoreError: It does not answer, holds no graph of kg, or its default graph is not the union of its graphs.
    """
    return RemoteGraph(Connection(url, credentials or Credentials.from_environment(), retries=3))
