"""The Turtle of a graph from the paragraphs of its documents: what one document alone says is written as it stands."""

from __future__ import annotations

import heapq
import pickle
import re
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.graph.contribution import Contribution
from kg.graph.groups import groups
from kg.graph.layout import order_of_subjects, prefixes
from kg.graph.turtle import header, write_paragraphs

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

RUN_BYTES = 16_000_000
"""Of paragraphs that are kept in memory; more are sorted, put aside on disk, and merged in the end."""

_Item = tuple[int, str, bytes]
"""A paragraph behind what it is sorted by, see `order_of_subjects`."""


_SEVERAL = re.compile(rb' kg:\w+ , kg:| rdfs:label .*" , "')  # classes of the ontology, or labels


class Gathered:
    """Paragraphs of documents, gathered until all are there.

    Args:
        folder: Where paragraphs may be put aside, in files without a name.
        base: What the IRIs of instances begin with.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._base = base
        self._key = order_of_subjects(base)
        self._items: list[_Item] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def __enter__(self) -> Gathered:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for run in self._runs:
            run.close()

    def add(self, contribution: Contribution) -> None:
        """Add what one document says.

        Raises:
            OSError: Nothing can be put aside.
        """
        for iri, text in contribution.paragraphs.items():
            self._items.append((*self._key(iri), text))
            self._size += len(text)
        if self._size > RUN_BYTES:
            self._put_aside()

    def write(self, graph: GraphStore, out: IO[bytes], settled: Collection[NamedNode] = ()) -> None:
        """Write the graph that the documents make up, as `kg.graph.export.serialize` does.

        Args:
            graph: The graph.
            out: Where it goes.
            settled: The things of which it says something else than the documents do.
        """
        anew = {node.value for node in settled}
        out.write(header(prefixes(graph.base)).encode())
        for iri, found in groupby(self._sorted(), key=itemgetter(1)):
            texts = {text for _, _, text in found}
            out.write(texts.pop() if len(texts) == 1 and iri not in anew else _paragraph(graph, iri))

    def unsettled(self) -> set[NamedNode]:
        """Return the things that documents may name or class differently, see `kg.graph.settling`."""
        found = set()
        for iri, items in groupby(self._sorted(), key=itemgetter(1)):
            heads = {_head(text) for _, _, text in items}
            if len(heads) > 1 or _SEVERAL.search(heads.pop()):
                found.add(NamedNode(iri))
        return found

    def _put_aside(self) -> None:
        self._items.sort()
        run = TemporaryFile(dir=self._folder)  # noqa: SIM115 (closed by __exit__)
        self._runs.append(run)
        for item in self._items:
            pickle.dump(item, run, pickle.HIGHEST_PROTOCOL)
        self._items.clear()
        self._size = 0

    def _sorted(self) -> Iterable[_Item]:
        self._items.sort()
        return heapq.merge(self._items, *map(_read, self._runs)) if self._runs else self._items


def _head(text: bytes) -> bytes:
    """Return a paragraph as far as its classes and its label."""
    return text[: text.find(b"\n", text.find(b" rdfs:label ") + 1)].removesuffix(b" ;")


def _read(run: IO[bytes]) -> Iterator[_Item]:
    run.seek(0)
    while run.peek(1):  # type: ignore[attr-defined]
        yield pickle.load(run)


def _paragraph(graph: GraphStore, iri: str) -> bytes:
    text = BytesIO()
    write_paragraphs(groups(graph, subjects=[iri]), text, prefixes(graph.base))
    return text.getvalue()
