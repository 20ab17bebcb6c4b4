"""Some documents of a graph, to be read as if there were no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.graph.quadstore import Graph, Quads


class Excerpt:
    """Some named graphs of a store, taken together.

    Args:
        store: The store.
        graphs: Their names.
    """

    def __init__(self, store: Quads, graphs: Collection[NamedNode]) -> None:
        self.graphs = graphs
        self._store = store

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads of a pattern as they stand in the named graphs, whatever graph is asked for."""
        everywhere = self._store.quads_for_pattern(subject, predicate, object, None)
        # Most things stand in one graph or two; only what is mentioned everywhere is looked for in each.
        first = [*islice(everywhere, len(self.graphs))]
        if len(first) < len(self.graphs):
            return (quad for quad in first if quad.graph_name in self.graphs)
        return chain.from_iterable(
            self._store.quads_for_pattern(subject, predicate, object, graph) for graph in self.graphs
        )

    def says(self, subject: NamedNode, predicate: NamedNode, object: NamedNode | Literal) -> bool:
        """Tell whether any of the named graphs states a triple, without looking at all that do."""
        everywhere = self._store.quads_for_pattern(subject, predicate, object, None)
        first = islice(everywhere, len(self.graphs))
        if any(quad.graph_name in self.graphs for quad in first):
            return True
        # Only where as many others state it is it looked for in each.
        return any(True for _ in everywhere) and any(
            True for graph in self.graphs for _ in self._store.quads_for_pattern(subject, predicate, object, graph)
        )

    def values(self, subject: NamedNode, predicate: NamedNode) -> set[str]:
        """Return the values that a subject has in the named graphs."""
        union = self._store.quads_for_pattern(subject, predicate, None, DefaultGraph())
        found = {quad.object for quad in union if isinstance(quad.object, NamedNode | Literal)}
        return {value.value for value in found if self.says(subject, predicate, value)}

    def subjects(self, graph: NamedNode) -> set[NamedNode]:
        """Return the subjects of which a named graph says anything."""
        quads = self._store.quads_for_pattern(None, None, None, graph)
        return {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}


def differing(old: Excerpt, new: Excerpt, touched: Mapping[Graph, Collection[NamedNode]]) -> set[NamedNode]:
    """Return the subjects in which two excerpts differ.

    Args:
        old: One.
        new: The other.
        touched: The subjects in which the graphs of that name differ in the stores of the two.
    """
    found: set[NamedNode] = set()
    for graph in {*old.graphs, *new.graphs}:
        found.update(touched.get(graph, ()))
    for one, other in ((old, new), (new, old)):
        for graph in one.graphs:
            if graph not in other.graphs:
                found.update(one.subjects(graph))
    return found
