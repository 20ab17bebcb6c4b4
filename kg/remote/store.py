"""What a SPARQL 1.1 endpoint answers, as `kg.graph.quadstore` has it.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
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

from kg.errors import RemoteError
from kg.graph.quadstore import Graph
from kg.remote.connection import Connection
from kg.vocabulary import RDF

# A query that fails or takes too long does so again.
_PASSING = frozenset([429, 502, 503])
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = {form.media_type: form for form in (RdfFormat.N_TRIPLES, RdfFormat.TURTLE, RdfFormat.RDF_XML)}


class RemoteStore:
    """An endpoint, each call to which is a request.

    Args:
        connection: Its address.
        remembered: Of how many patterns around one thing the quads are kept, so that they are asked for once.
    """

    def __init__(self, connection: Connection, *, remembered: int = 0) -> None:
        self._connection = connection
        self._empty = Store()
        self._known = lru_cache(remembered)(self._found)

    def query(
        self,
        query: str,
        /,
        *,
        prefixes: Mapping[str, str] | None = None,
        default_graph: Sequence[object] | None = None,
        named_graphs: Sequence[object] | None = None,
    ) -> QuerySolutions | QueryBoolean | Iterator[Triple]:
        """Answer a query.

        Raises:
            SyntaxError: The query is not valid; the endpoint is not asked.
            RemoteError: The endpoint does not answer, or not what was asked.
        """
        # Not kept: an answer of pyoxigraph must die in the thread that it was made in, and an error may carry it off.
        triples = isinstance(self._empty.query(query, prefixes=dict(prefixes or {})), QueryTriples)
        # On one line with the beginning of the query, so that line numbers of the endpoint are those of the query.
        head = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in (prefixes or {}).items())
        asked = [("query", head + query)]
        for name, graphs in (("default-graph-uri", default_graph), ("named-graph-uri", named_graphs)):
            asked += [(name, graph.value) for graph in graphs or () if isinstance(graph, NamedNode)]
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
            raise RemoteError(
                what, where=self._connection.url, remedy="give the address of a SPARQL endpoint"
            ) from error

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads of a pattern, in which None stands for anything."""
        around = isinstance(subject, NamedNode) or (isinstance(object, NamedNode) and predicate != RDF.type.node)
        return iter((self._known if around else self._found)(subject, predicate, object, graph_name))

    def _found(self, *pattern: object) -> list[Quad]:
        given = dict(zip("spog", pattern, strict=True))
        asked = " ".join(f"?{name}" if given[name] is None else str(given[name]) for name in "spo")
        if not isinstance(given["g"], DefaultGraph):
            asked = f"GRAPH {given['g'] or '?g'} {{ {asked} }}"
        open_ = [name for name, term in given.items() if term is None]
        selected = " ".join(f"?{name}" for name in open_) or "(1 AS ?found)"
        found = []
        for row in self._rows(f"SELECT {selected} {{ {asked} }}"):
            s, p, o, g = (cast(Any, row[name] if name in open_ else given[name]) for name in "spog")
            found.append(Quad(s, p, o, g))
        return found

    def contains_named_graph(self, graph: Graph, /) -> bool:
        """Tell whether there is a graph of that IRI with anything in it."""
        return bool(self.query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"))

    def named_graphs(self) -> Iterator[NamedNode]:
        """Yield the named graphs."""
        for row in self._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
            yield cast(NamedNode, row["g"])

    def _rows(self, query: str) -> list[Any]:
        return list(cast(QuerySolutions, self.query(query)))
