"""Single values of a graph, read by pattern: no query to plan, so that a page can make thousands of look-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.store import GraphStore
from kg.serve.snapshot import Snapshot
from kg.vocabulary import KG, RDF, RDFS, Term

Found = TypeVar("Found")
_UNION = DefaultGraph()


class Lookup:
    """Reads the values of nodes, by their IRIs.

    Attributes:
        graph: The graph to read.
    """

    def __init__(self, graph: GraphStore) -> None:
        self.graph = graph
        self._store = graph.store

    def values(self, iri: str, term: Term) -> Iterator[str]:
        """Yield the values of a property, in no order: IRIs, and what literals say."""
        for quad in self._store.quads_for_pattern(NamedNode(iri), term.node, None, _UNION):
            if isinstance(quad.object, NamedNode | Literal):
                yield quad.object.value

    def value(self, iri: str, term: Term) -> str:
        """Return the first value of a property in the order of characters, or ""."""
        return min(self.values(iri, term), default="")

    def subjects(self, term: Term, iri: str) -> Iterator[str]:
        """Yield the IRIs of what has `iri` as the value of a property."""
        for quad in self._store.quads_for_pattern(None, term.node, NamedNode(iri), _UNION):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def pairs(self, term: Term) -> Iterator[tuple[str, str]]:
        """Yield everything that has a property, with its value."""
        for quad in self._store.quads_for_pattern(None, term.node, None, _UNION):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.object.value

    def label(self, iri: str) -> str:
        """Return the label of a thing, or the last part of its IRI."""
        return self.value(iri, RDFS.label) or iri.rpartition("/")[2]

    def type(self, iri: str) -> str:
        """Return the local name of a thing's class of the ontology, or ""."""
        return min((value for value in self.values(iri, RDF.type) if value.startswith(KG.iri)), default="")[
            len(KG.iri) :
        ]


def once_per_build(make: Callable[[Snapshot], Found]) -> Callable[[Snapshot], Found]:
    """Remember what `make` found in a build for as long as that build is served; others wait for the first."""
    known: WeakKeyDictionary[Snapshot, Found] = WeakKeyDictionary()
    lock = Lock()

    def remembered(build: Snapshot) -> Found:
        with lock:
            if build not in known:
                known[build] = make(build)
            return known[build]

    return remembered
