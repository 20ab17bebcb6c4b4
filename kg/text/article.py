"""From a page to its article: the steps in their order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate

from kg.model import Article, Block, Cell, Page, Table
from kg.text.cleaning import spaced_plainly, without_invisible
from kg.text.convert import is_traditional, to_simplified
from kg.text.fields import Field, Layout, RawCell, RawTable
from kg.text.html import read_html
from kg.text.layout import classify
from kg.text.lines import Line
from kg.text.mapped import Mapped, Origins
from kg.text.markdown import read_markdown
from kg.text.metadata import read_metadata
from kg.text.plain import read_plain
from kg.text.repair import Guesses, repaired
from kg.text.tables import grid, holds_data

_HTML = "text/html"


def read_article(page: Page) -> Article:
    """Return the page repaired, in Simplified Chinese, its lines told apart by kind.

    Each line of `Article.text` is one block; a table is one block with a line for each row, its cells parted by tabs.
    Where inserted readings, spaces or markup were left out, `Article.starts` and `Article.ends` lead around them.
    Pages without an article come back with no title and no paragraphs.
    """
    layout = _layout(page)
    text, guesses = repaired(without_invisible(layout.text))
    if is_traditional(text.text):
        text = text.with_text(to_simplified(text.text))
    text = spaced_plainly(text)
    given = page.title or layout.title
    title = to_simplified(given) if is_traditional(given) else given
    return _assembled(page, layout, _Fields(text, layout), title, guesses)


def _layout(page: Page) -> Layout:
    if page.media_type == _HTML:
        return read_html(page.text)
    return read_markdown(page.text) if page.identifier.lower().endswith(".md") else read_plain(page.text)


class _Fields:
    """The clean text of each field of a page."""

    def __init__(self, text: Mapped, layout: Layout) -> None:
        self.text = text
        lines = text.text.split("\n")
        self.ends = list(accumulate(len(line) + 1 for line in lines))
        self.lines = lines

    def of(self, index: int) -> Mapped:
        """Return a field."""
        end = self.ends[index] - 1
        return self.text.slice(end - len(self.lines[index]), end)

    def cell(self, raw: RawCell) -> Mapped:
        """Return a cell: its lines joined, words of another script kept apart."""
        if raw.first >= raw.last:
            return Mapped("", (), ())
        joined = Origins()
        before = ""
        for index in range(raw.first, raw.last):
            piece = self.of(index)
            if (
                before[-1:].isascii()
                and before[-1:].isalnum()
                and piece.text[:1].isascii()
                and piece.text[:1].isalnum()
            ):
                joined.separate(" ")
            joined.append(piece)
            before = piece.text or before
        return joined.finish()


def _assembled(page: Page, layout: Layout, fields: _Fields, title: str, guesses: Guesses) -> Article:
    lines = _lines(layout, fields)
    kinds = classify(lines, title)
    collected = Origins()
    blocks: list[Block] = []
    for line, kind in zip(lines, kinds, strict=True):
        if blocks:
            collected.separate("\n")
        start = collected.length
        table = None
        if line.table >= 0:
            table = _append_table(layout.tables[line.table], fields, collected)
        else:
            collected.append(fields.of(line.field))
        blocks.append(Block(kind, start, collected.length, table))
    clean = collected.finish()
    said = read_metadata(
        [(block.kind, clean.text[block.start : block.end]) for block in blocks], title, layout.declared
    )
    return Article(
        page=page,
        text=clean.text,
        starts=clean.starts,
        ends=clean.ends,
        blocks=tuple(blocks),
        title=title if page.title else said.title,
        published=page.date or said.published,
        publisher=said.publisher,
        authors=said.authors,
        guessed=_guessed(clean, guesses),
    )


def _guessed(clean: Mapped, guesses: Guesses) -> tuple[tuple[int, int], ...]:
    """Return the spans of the clean text that were read from guessed spans of the page."""
    found: list[tuple[int, int]] = []
    for start, end in guesses:
        first, last = bisect_left(clean.starts, start), bisect_left(clean.starts, end)
        if first == last:
            # Nothing is left of it: what stands beside it is as doubtful.
            first, last = max(0, first - 1), min(len(clean.text), last + 1)
        if first < last and (not found or found[-1] != (first, last)):
            found.append((first, last))
    return tuple(found)


def _lines(layout: Layout, fields: _Fields) -> list[Line]:
    """Return the lines that show something; the fields of a table of data make one line."""
    tables = [
        (index, table)
        for index, table in enumerate(layout.tables)
        if holds_data(table, layout.fields, lambda raw: fields.cell(raw).text)
    ]
    firsts = [table.first for _, table in tables]
    lines: list[Line] = []
    index = 0
    count = min(len(fields.lines), len(layout.fields))
    while index < count:
        at = bisect_left(firsts, index)
        if at < len(firsts) and firsts[at] == index and tables[at][1].last > index:
            number, table = tables[at]
            text = " ".join(line for line in fields.lines[table.first : table.last] if line)
            lines.append(Line(text, index, _of_table(layout.fields[index]), number))
            index = table.last
            continue
        if fields.lines[index]:
            lines.append(Line(fields.lines[index], index, layout.fields[index]))
        index += 1
    return lines


def _of_table(field: Field) -> Field:
    return replace(field, tag="table")


def _append_table(table: RawTable, fields: _Fields, collected: Origins) -> Table:
    """Append a table row by row and return its grid."""
    places: dict[int, Cell] = {}
    fresh = True
    for row in table.rows:
        for number, raw in enumerate(row):
            if not fresh:
                collected.separate("\t" if number else "\n")
            fresh = False
            start = collected.length
            piece = fields.cell(raw)
            collected.append(piece)
            places[id(raw)] = Cell(start, collected.length, piece.text)
    end = Cell(collected.length, collected.length, "")
    return grid(table, lambda raw: places[id(raw)], end)
