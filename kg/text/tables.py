"""Tables of markup as full grids: spans filled in, header rows counted, layout tables told apart."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Cell, Table
from kg.text import signs
from kg.text.fields import Field, RawCell, RawTable

_LARGEST_GRID = 50_000  # cells; more is an attack or a database
_LONGEST_CELL = 400  # characters
_USUAL_CELL = 80


def holds_data(table: RawTable, fields: tuple[Field, ...], texts: Callable[[RawCell], str]) -> bool:
    """Tell whether a table holds figures and words in rows and columns rather than the layout of a page."""
    cells = [cell for row in table.rows for cell in row]
    if len([row for row in table.rows if row]) < 2 or max(map(len, table.rows), default=0) < 2:
        return False
    if len(cells) > _LARGEST_GRID or _grid_size(table) > _LARGEST_GRID:
        return False
    lengths = [len(texts(cell)) for cell in cells]
    filled = [length for length in lengths if length]
    if len(filled) < 4 or max(filled) > _LONGEST_CELL:
        return False
    links = [field.link for field in fields[table.first : table.last]]
    if links and sum(links) > len(links) / 2:
        return False
    return sum(length <= _USUAL_CELL for length in filled) >= 0.8 * len(filled)


def _grid_size(table: RawTable) -> int:
    return len(table.rows) * max(sum(cell.colspan for cell in row) for row in table.rows)


def grid(table: RawTable, place: Callable[[RawCell], Cell], nowhere: Cell) -> Table:
    """Return the table with every cell at each row and column it spans.

    Args:
        table: The table as written.
        place: Gives each cell its place in the article's text.
        nowhere: Stands where the markup has no cell.
    """
    height = len(table.rows)
    slots: list[dict[int, tuple[Cell, RawCell]]] = [{} for _ in range(height)]
    for number, row in enumerate(table.rows):
        column = 0
        for raw in row:
            while column in slots[number]:
                column += 1
            cell = place(raw)
            for below in range(number, min(number + raw.rowspan, height)):
                for beside in range(column, column + raw.colspan):
                    slots[below].setdefault(beside, (cell, raw))
            column += raw.colspan
    width = max((max(row, default=-1) + 1 for row in slots), default=0)
    filled = [row for row in slots if row]
    cells = tuple(tuple(row[column][0] if column in row else nowhere for column in range(width)) for row in filled)
    return Table(cells, _header_rows(table, cells))


def _header_rows(table: RawTable, cells: tuple[tuple[Cell, ...], ...]) -> int:
    if 0 < table.head < len(cells):
        return table.head
    marked = 0
    for row in table.rows:
        if not row or not all(cell.header for cell in row):
            break
        marked += 1
    if marked:
        return min(max(marked, max(cell.rowspan for cell in table.rows[0])), len(cells) - 1)
    first = table.rows[0]
    # Nothing is marked: the rows down to the first that holds a figure, as far as spans and the look of it allow.
    rows = max((cell.rowspan for cell in first), default=1)
    figures = [sum(_is_figure(cell.text) for cell in row) for row in cells]
    return min(rows, len(cells) - 1) if figures and figures[0] == 0 and signs.han(cells[0][-1].text) else 0


def _is_figure(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return digits * 2 > len(text.strip("%+- 万亿元人个家")) and not text.endswith("年")
