"""The Turtle of a graph that differs in few subjects from one already written: the rest is copied as it stands."""

from __future__ import annotations

import mmap
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode

from kg.graph.groups import groups
from kg.graph.layout import order_of_subjects, prefixes
from kg.graph.store import GraphStore
from kg.graph.turtle import write_paragraphs

_PIECE = 1 << 20  # bytes
_BREAK = b"\n\n"  # between paragraphs and nowhere else: literals have their line breaks escaped


def splice_turtle(earlier: Path, graph: GraphStore, touched: Collection[NamedNode], out: IO[bytes]) -> None:
    """Write a graph as `kg.graph.export.serialize` does.

    Args:
        earlier: The Turtle of the earlier graph, of the same base.
        graph: The graph.
        touched: All subjects in which the two differ.
        out: Where it goes.
    """
    key = order_of_subjects(graph.base)
    with earlier.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        paragraphs = _Paragraphs(text, prefixes(graph.base), graph.base)
        done = 0
        for group in groups(graph, subjects=[node.value for node in touched]):
            start, end = paragraphs.find(key(group.subject.value), done)
            _copy(file, done, start, out)
            done = end
            if group.properties:
                paragraph = BytesIO()
                write_paragraphs([group], paragraph, prefixes(graph.base))
                out.write(paragraph.getvalue())
        _copy(file, done, len(text), out)


def _copy(file: IO[bytes], start: int, end: int, out: IO[bytes]) -> None:
    """Write what stands in `[start, end)` of a file."""
    file.seek(start)
    for at in range(start, end, _PIECE):
        out.write(file.read(min(_PIECE, end - at)))


class _Paragraphs:
    """The paragraphs of a Turtle file, in the order of their subjects, found without reading them all."""

    def __init__(self, text: mmap.mmap, namespaces: dict[str, str], base: str) -> None:
        self._text = text
        self._namespaces = namespaces
        self._key = order_of_subjects(base)

    def find(self, key: tuple[int, str], low: int) -> tuple[int, int]:
        """Return where the paragraph of a subject starts and ends behind `low`, or twice where it belongs.

        Args:
            key: Of the subject, by `order_of_subjects`.
            low: A start or end of a paragraph before it, or 0.
        """
        high = len(self._text)
        while low < high:
            middle = self._start((low + high) // 2)
            if middle < high and self._key_at(middle) < key:
                low = self._end(middle)
            elif middle < high:
                high = middle
            else:  # none starts in the upper half
                high = (low + high) // 2
        at = self._start(low)
        if at < len(self._text) and self._key_at(at) == key:
            return at, self._end(at)
        return at, at

    def _start(self, at: int) -> int:
        """Return where the first paragraph starts at or behind `at`: at the line break of its empty line."""
        found = self._text.find(_BREAK, max(at - 1, 0))
        return len(self._text) if found < 0 else found + 1

    def _end(self, start: int) -> int:
        return self._start(start + 1)

    def _key_at(self, start: int) -> tuple[int, str]:
        line = self._text[start + 1 : self._text.find(b"\n", start + 1)].decode()
        if line.startswith("<"):
            return self._key(line[1:-1])
        prefix, _, name = line.partition(":")
        return self._key(self._namespaces[prefix] + name)
