"""Fills a new store with what documents contribute, while the next documents are being read.

Each document's paragraphs go in twice: once in its named graph and once in the default graph, which is the union of
all. Oxigraph can answer over the union of named graphs by itself, but then a triple that two documents state comes
twice and counts are wrong. It loads text outside Python's lock, so that a thread keeps another core busy with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kg.graph.contribution import Contribution, contribution
from kg.graph.layout import prefixes
from kg.graph.ontology import ontology_triples
from kg.graph.turtle import TermWriter, header
from kg.model import Record
from kg.vocabulary import ONTOLOGY_GRAPH

LEAST = 4_000_000
MOST = 8_000_000
"""Bytes of text that are loaded at once. Each time makes some files, which the store merges if they get many, so that
each is as large as a quarter of what is there, within these bounds; what is loaded takes about ten times its memory."""


Source = Record | Contribution
"""What one document says."""


class Loader:
    """Loads contributions into a store, in a thread of its own.

    Args:
        store: A store that is empty.
        base: What the IRIs of instances begin with.

    Attributes:
        documents: Number of documents that were added.
        triples: Number of triples in their named graphs together.
    """

    def __init__(self, store: Store, base: str) -> None:
        self.documents = 0
        self.triples = 0
        self._store = store
        self._base = base
        self._header = header(prefixes(base)).encode()
        self._terms = TermWriter(prefixes(base))
        self._thread = ThreadPoolExecutor(1, "loader")
        self._under_way: Future[None] | None = None
        self._waiting = [_ontology()]
        self._size = 0
        self._loaded = 0

    def __enter__(self) -> Loader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._wait()
        finally:
            self._thread.shutdown(cancel_futures=True)

    def add_all(self, source: Iterable[Source]) -> None:
        """Add what documents say; it is in the store once the loader is closed.

        Raises:
            OSError: The store cannot be written.
        """
        for item in source:
            self._add(contribution(item, self._base) if isinstance(item, Record) else item)
        self._load()

    def _add(self, contribution: Contribution) -> None:
        self.documents += 1
        self.triples += contribution.triples
        text = b"".join(contribution.paragraphs.values())
        self._waiting += [text, f"\n{self._terms.iri(contribution.graph)} {{".encode(), text, b"}\n"]
        self._size += 2 * len(text)
        if self._size > min(max(LEAST, self._loaded // 4), MOST):
            self._load()

    def _load(self) -> None:
        self._wait()
        text = b"".join([self._header, *self._waiting])
        self._waiting.clear()
        self._loaded, self._size = self._loaded + self._size, 0
        # Nothing is checked that this package wrote itself a moment ago.
        self._under_way = self._thread.submit(self._store.bulk_load, text, RdfFormat.TRIG, lenient=True)

    def _wait(self) -> None:
        if self._under_way:
            self._under_way.result()
            self._under_way = None


def _ontology() -> bytes:
    graphs = (NamedNode(ONTOLOGY_GRAPH), DefaultGraph())
    quads = (Quad(t.subject, t.predicate, t.object, graph) for t in ontology_triples() for graph in graphs)
    return pyoxigraph.serialize(quads, format=RdfFormat.TRIG) or b""
