"""Tables of plain text: rows of figures below a row of heads, the columns set apart by wide spaces or tabs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.text.fields import RawCell, RawTable
from kg.text.mapped import Mapped

_GAP = re.compile(r"[ \u3000]{2,}|\u3000+|[ ]*\t[ \t]*")
_FIGURE = re.compile(r"[+\-−－]?\d[\d,，]*(?:\.\d+)?\s?[万亿]?[%％]?|[—–\-－/]{1,2}|…")
_FEWEST_ROWS = 2  # of figures


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as cells: `gaps` are the spans between them in the text."""

    cells: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]

    @property
    def holds_figures(self) -> bool:
        """Whether all cells but the first are figures."""
        return len(self.cells) > 1 and not _is_figure(self.cells[0]) and all(map(_is_figure, self.cells[1:]))

    @property
    def names_columns(self) -> bool:
        """Whether no cell is a figure."""
        return len(self.cells) > 1 and not any(map(_is_figure, self.cells))


def with_tables(text: Mapped) -> tuple[Mapped, tuple[RawTable, ...]]:
    """Return a text with each cell of its tables on a line of its own, and the tables by their lines."""
    if _GAP.search(text.text) is None:
        return text, ()
    rows = _rows(text.text)
    gaps: list[tuple[int, int]] = []
    tables: list[RawTable] = []
    line = 0  # of the text returned
    index = 0
    while index < len(rows):
        height = _height(rows, index)
        if not height:
            line, index = line + 1, index + 1
            continue
        table = RawTable(line, head=1)
        for row in rows[index : index + height]:
            table.rows.append([RawCell(line + n, line + n + 1, 1, 1, False) for n in range(len(row.cells))])
            line += len(row.cells)
            gaps.extend(row.gaps)
        table.last = line
        tables.append(table)
        index += height
    if not tables:
        return text, ()
    return text.edited([(start, end, "\n") for start, end in gaps]), tuple(tables)


def _rows(text: str) -> list[_Row]:
    rows = []
    at = 0
    for line in text.split("\n"):
        begin, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        gaps = tuple(match.span() for match in _GAP.finditer(text, begin, end)) if begin < end else ()
        edges = [begin, *itertools.chain.from_iterable(gaps), end]
        rows.append(_Row(tuple(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)), gaps))
        at += len(line) + 1
    return rows


def _height(rows: Sequence[_Row], first: int) -> int:
    """Return how many lines the table has whose heads are the line `first`; 0 where it has none."""
    head = rows[first]
    if not head.names_columns:
        return 0
    width = len(head.cells)
    last = first + 1
    while last < len(rows) and rows[last].holds_figures and len(rows[last].cells) == width:
        last += 1
    return last - first if last - first > _FEWEST_ROWS else 0


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None
