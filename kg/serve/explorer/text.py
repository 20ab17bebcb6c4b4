"""The text of a document as a page shows it: clean blocks with what was repaired, the page as it was, words marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from kg.archive import ArchivedPage, Repair
from kg.model import Block, BlockKind, Cell, Table

_BODY = frozenset([BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE])


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are shown in one way.

    Attributes:
        text: The characters.
        marked: Whether they are among those that were asked for.
        original: The damaged characters that they stand for, or "" where the page was sound.
        guessed: Whether they are a guess.
    """

    text: str
    marked: bool = False
    original: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of a table as it is shown: once, over the rows and columns that it spans."""

    runs: tuple[Run, ...]
    rows: int
    columns: int
    header: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the page.

    Attributes:
        kind: What it is.
        runs: Its clean text.
        original: The characters of the page that it was read from.
        rows: The rows of a table.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    original: tuple[Run, ...]
    rows: tuple[tuple[Shown, ...], ...] = ()

    @property
    def repairs(self) -> list[Run]:
        """What was put right in it, each different repair once."""
        return list({(run.original, run.text): run for run in self.runs if run.original}.values())

    @property
    def marked(self) -> bool:
        """Whether what was asked for lies in it."""
        return any(run.marked for run in self.runs)


class Text:
    """The text of a page, with the span `[start, end)` of the page marked; an empty span marks nothing."""

    def __init__(self, page: ArchivedPage, start: int = 0, end: int = 0) -> None:
        self._page = page
        self._span = (start, end)
        self._clean = _clean_span(page.article.starts, page.article.ends, start, end)
        self._repairs = page.repairs
        self._repair_starts = [repair.start for repair in self._repairs]

    @property
    def repaired(self) -> bool:
        """Whether anything was put right."""
        return bool(self._repairs)

    def groups(self) -> Iterator[tuple[bool, list[Part]]]:
        """Yield runs of blocks: whether they belong to the article, and the blocks."""
        for body, blocks in groupby(self._page.blocks, key=lambda block: block.kind in _BODY):
            yield body, [self._part(block) for block in blocks]

    def page(self, most: int) -> tuple[str, tuple[Run, ...], str]:
        """Return the page as it was decoded, of a long one `most` characters around the mark, and what is left out.

        The first and last say in characters how much is not shown before and behind, "" for nothing.
        """
        text, (start, end) = self._page.text, self._span
        first = max(0, min(start - most // 2, len(text) - most))
        last = min(len(text), first + most)
        runs = _marked(text, first, last, max(start, first), min(end, last))
        return f"{first:,}" if first else "", runs, f"{len(text) - last:,}" if last < len(text) else ""

    def _part(self, block: Block) -> Part:
        start, end = self._page.page_span(block)
        original = _marked(self._page.text, start, end, *self._span)
        rows = tuple(self._rows(block.table)) if block.table else ()
        return Part(block.kind, tuple(self._runs(block.start, block.end)), original, rows)

    def _rows(self, table: Table) -> Iterator[tuple[Shown, ...]]:
        for number, row in enumerate(table.grid):
            shown = []
            for place, cell in enumerate(row):
                above = table.grid[number - 1][place] if number else None
                if cell is above or (place and row[place - 1] is cell):
                    continue
                columns = _same(cell, row[place:])
                rows = _same(cell, [other[place] for other in table.grid[number:]])
                runs = tuple(self._runs(cell.start, cell.end)) or (Run(cell.text),)
                shown.append(Shown(runs, rows, columns, number < table.header_rows))
            yield tuple(shown)

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        """Yield the characters `[start, end)` of the article."""
        at = start
        first = max(0, bisect_right(self._repair_starts, start) - 1)
        for repair in self._repairs[first:]:
            if repair.start >= end:
                break
            if repair.end <= at:
                continue
            yield from self._plain(at, repair.start)
            yield self._repaired(repair, max(at, repair.start), min(end, repair.end))
            at = min(end, repair.end)
        yield from self._plain(at, end)

    def _plain(self, start: int, end: int) -> Iterator[Run]:
        yield from _marked(self._page.article.text, start, end, *self._clean)

    def _repaired(self, repair: Repair, start: int, end: int) -> Run:
        marked = start < self._clean[1] and end > self._clean[0]
        original = self._page.text[repair.page_start : repair.page_end]
        return Run(self._page.article.text[start:end], marked, original, repair.guessed)


def _same(cell: Cell, cells: Sequence[Cell]) -> int:
    """Return how many of the first of these cells are this one."""
    return len(list(takewhile(lambda other: other is cell, cells)))


def _marked(text: str, start: int, end: int, mark_start: int, mark_end: int) -> tuple[Run, ...]:
    """Return `text[start:end]` with what lies in `[mark_start, mark_end)` marked."""
    low, high = min(max(mark_start, start), end), max(min(mark_end, end), start)
    if low >= high:
        return (Run(text[start:end]),) if start < end else ()
    runs = (Run(text[start:low]), Run(text[low:high], marked=True), Run(text[high:end]))
    return tuple(run for run in runs if run.text)


def _clean_span(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return the span of the article that was read from the span `[start, end)` of its page."""
    if start >= end:
        return 0, 0
    low = bisect_left(starts, start)
    while low and ends[low - 1] > start:
        low -= 1
    return low, max(low, bisect_left(starts, end))
