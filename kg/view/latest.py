"""What a picture shows of a graph of many documents: those that were published last.

A page that holds everything would grow with the graph, beyond what a browser opens; it tells how many documents there
are, and `kg serve` shows them all.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from kg.graph.contribution import Contribution
from kg.graph.identity import graph_iri
from kg.graph.layout import prefixes
from kg.graph.settling import Edit
from kg.graph.turtle import header

SHOWN = 1000
"""Documents that a picture shows at most; the page then takes some seven megabytes."""


class _Dated(NamedTuple):
    """A document; the one that compares greater is the later one."""

    published: str
    identifier: str


def latest(documents: Iterable[tuple[str, str | None]], base: str) -> frozenset[NamedNode]:
    """Return the named graphs of the documents that a picture shows.

    Args:
        documents: The identifier of each, and when it was published, `YYYY-MM-DD` or None.
        base: What the IRIs of instances begin with.
    """
    dated = (_Dated(published or "", identifier) for identifier, published in documents)
    return frozenset(_graph(document, base) for document in heapq.nlargest(SHOWN, dated))


class Latest:
    """The documents that a picture shows, gathered while all of a graph come by.

    Args:
        base: What the IRIs of instances begin with.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._header = header(prefixes(base)).encode()
        self._heap: list[tuple[_Dated, bytes]] = []
        self.count = 0

    def add(self, contribution: Contribution) -> None:
        """Add what one document says."""
        self.count += 1
        document = _Dated(contribution.published, contribution.identifier)
        if len(self._heap) < SHOWN:
            heapq.heappush(self._heap, (document, b"".join(contribution.paragraphs.values())))
        elif document > self._heap[0][0]:
            heapq.heapreplace(self._heap, (document, b"".join(contribution.paragraphs.values())))

    def triples(self, edits: Iterable[Edit]) -> Iterator[Triple | Quad]:
        """Yield what they say, a triple as often as documents say it.

        Args:
            edits: What `kg.graph.settling.settle` did to the whole graph.
        """
        graphs = {_graph(document, self._base) for document, _ in self._heap}
        final = {edit.quad: edit.added for edit in edits if edit.quad.graph_name in graphs}
        # A label or class that is given up is given up in every document.
        removed = {quad.triple for quad, added in final.items() if not added}
        for _, text in self._heap:
            for quad in pyoxigraph.parse(self._header + text, RdfFormat.TURTLE, lenient=True):
                if not removed or quad.triple not in removed:
                    yield quad
        yield from (quad for quad, added in final.items() if added)


def _graph(document: _Dated, base: str) -> NamedNode:
    return NamedNode(graph_iri(base, document.identifier))
