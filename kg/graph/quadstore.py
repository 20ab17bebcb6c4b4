"""What a graph is read from: a store on this machine, or one that is asked over the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

Graph = NamedNode | BlankNode | DefaultGraph


class Quads(Protocol):
    """What can be asked for quads of a pattern."""

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads of a pattern, in which None stands for anything."""


class QuadStore(Quads, Protocol):
    """What readers ask of a store; `pyoxigraph.Store` is one, `kg.remote.graph.RemoteStore` another."""

    def query(
        self,
        query: str,
        /,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: list[Graph] | None = None,
        named_graphs: list[NamedNode | BlankNode] | None = None,
    ) -> QuerySolutions | QueryBoolean | Iterator[Triple]:
        """Answer a query that only reads."""

    def contains_named_graph(self, graph_name: Graph, /) -> bool:
        """Tell whether there is a graph of that name."""

    def named_graphs(self) -> Iterator[NamedNode | BlankNode]:
        """Yield the names of the graphs."""
