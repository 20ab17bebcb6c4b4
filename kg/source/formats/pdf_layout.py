"""From the characters of PDF pages to paragraphs in reading order: rows, columns, then lines joined."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

_GAP = 1.2  # widths of a character; text set in full has none so wide
_SPACE = 0.5  # widths of a character; Chinese text set in full is spread by less
_SPACE_LATIN = 0.15
_OPEN_FIGURE = re.compile(r"\d[.,]?$")
_CELL = "\t"
_COLUMN = 7.0  # characters that half the lines of a column have at least, which cells of a table have not
_COLUMN_ROWS = 3
_GUTTER = 0.7  # characters
_SAME_SIZE = 0.15
_DEPTH = 4
_CANDIDATES = 200  # ends of lines behind which a gutter is looked for
_FOLLOWING = 3
_REPEATED = 3  # pages that show the same line at their edge, which is then no text
_NUMBER = re.compile(r"[-—–－·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/，,]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?)[-—–－·\s]*")
_DIGITS = re.compile(r"\d+")


class Glyph(NamedTuple):
    """A character and its box in points, `y` upwards."""

    character: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Line:
    """Characters beside each other without a wide gap.

    Attributes:
        text: Its characters, words of Latin script parted by spaces.
        left, bottom, right, top: Its box in points.
        size: The height of its characters.
        edges: The left and right edge of the column that it stands in.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    edges: tuple[float, float] = (0.0, 0.0)

    @property
    def middle(self) -> float:
        """The height of its middle above the foot of the page."""
        return (self.bottom + self.top) / 2


def text_of(pages: Sequence[Sequence[Glyph]]) -> str:
    """Return the text of pages, a paragraph on each line; page numbers and repeated running heads are left out."""
    laid_out = [_page(glyphs) for glyphs in pages]
    repeated = _running(laid_out)
    lines = [line for page in laid_out for line in _without_edges(page, repeated)]
    return "\n".join(_paragraphs(lines))


def _page(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order."""
    if not glyphs:
        return []
    return list(_ordered(_lines(glyphs), 0))


def _lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Group characters into lines, from the top down, each row parted at wide gaps."""
    lines: list[Line] = []
    row: list[Glyph] = []
    center = 0.0
    for glyph in sorted(glyphs, key=lambda g: (-(g.bottom + g.top), g.left)):
        middle, size = (glyph.bottom + glyph.top) / 2, glyph.top - glyph.bottom
        if row and center - middle > 0.5 * max(size, row[0].top - row[0].bottom, 1.0):
            lines += _parted(row)
            row = []
        if not row:
            center = middle
        row.append(glyph)
    return lines + _parted(row)


def _parted(row: list[Glyph]) -> list[Line]:
    lines: list[Line] = []
    piece: list[Glyph] = []
    for glyph in sorted(row, key=lambda g: g.left):
        if piece:
            before = piece[-1]
            # Bold print is at times the same character twice, a little apart.
            if glyph.character == before.character and abs(glyph.left - before.left) < 0.2 * _size(glyph):
                continue
            if glyph.left - before.right > _GAP * max(_size(glyph), _size(before)):
                lines.append(_line(piece))
                piece = []
        piece.append(glyph)
    return [*lines, _line(piece)] if piece else lines


def _size(glyph: Glyph) -> float:
    return max(1.0, glyph.top - glyph.bottom)


def _line(glyphs: Sequence[Glyph]) -> Line:
    parts: list[str] = []
    for index, glyph in enumerate(glyphs):
        if index:
            before = glyphs[index - 1]
            latin = _is_latin(before.character) and _is_latin(glyph.character)
            if glyph.left - before.right > (_SPACE_LATIN if latin else _SPACE) * _size(glyph):
                parts.append(" ")
        parts.append(glyph.character)
    return Line(
        "".join(parts),
        min(g.left for g in glyphs),
        min(g.bottom for g in glyphs),
        max(g.right for g in glyphs),
        max(g.top for g in glyphs),
        median(_size(g) for g in glyphs),
    )


def _is_latin(character: str) -> bool:
    return character < "\u0250"


# --- reading order ----------------------------------------------------------------------------------------------


def _ordered(lines: Sequence[Line], depth: int) -> Iterator[Line]:
    """Yield lines in reading order: what spans the gutter parts the page into bands, each read column by column."""
    gutter = _gutter(lines) if depth < _DEPTH else None
    if gutter is None:
        yield from _rows(lines)
        return
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.middle):
        if line.left < gutter < line.right:
            yield from _columns(left, right, depth)
            left, right = [], []
            across.append(line)
            continue
        yield from _rows(across)
        across = []
        (left if line.right <= gutter else right).append(line)
    yield from _columns(left, right, depth)
    yield from _rows(across)


def _columns(left: list[Line], right: list[Line], depth: int) -> Iterator[Line]:
    yield from _ordered(left, depth + 1)
    yield from _ordered(right, depth + 1)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where a gutter runs down between two columns of text, or None; the columns of a table are none."""
    best: tuple[int, float] | None = None
    sizes = [line.size for line in lines]
    for x in _candidates(lines):
        crossing = [line for line in lines if line.left < x < line.right]
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        if len(crossing) > min(len(left), len(right)) or not (_is_column(left) and _is_column(right)):
            continue
        if min(line.left for line in right) - max(line.right for line in left) < _GUTTER * median(sizes):
            continue
        score = len(left) + len(right) - 2 * len(crossing)
        if best is None or score > best[0]:
            best = (score, x)
    return best[1] if best else None


def _candidates(lines: Sequence[Line]) -> Iterator[float]:
    """Yield the middles between where lines end and where others begin, whether or not those stand beside them."""
    # Columns may be set on grids of their own, and what stands across them may begin anywhere.
    lefts = sorted({round(line.left) for line in lines})
    for start in sorted({round(line.right) for line in lines})[:_CANDIDATES]:
        after = bisect_left(lefts, start)
        yield from ((start + left) / 2 for left in lefts[after : after + _FOLLOWING])


def _is_column(lines: Sequence[Line]) -> bool:
    if len(lines) < _COLUMN_ROWS:
        return False
    return median((line.right - line.left) / line.size for line in lines) >= _COLUMN


def _in_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines that stand beside each other, from the top down and from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (-one.middle, one.left)):
        if rows and abs(rows[-1][0].middle - line.middle) < 0.5 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of one column, those beside each other as one with tabs."""
    if not lines:
        return
    edges = (min(line.left for line in lines), max(line.right for line in lines))
    for row in _in_rows(lines):
        yield Line(
            _CELL.join(line.text for line in row),
            row[0].left,
            min(line.bottom for line in row),
            row[-1].right,
            max(line.top for line in row),
            row[0].size,
            edges,
        )


# --- lines to paragraphs ----------------------------------------------------------------------------------------


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Return what stands at the edge of several pages, with its figures masked."""
    counts = Counter(mask for page in pages for mask in {_mask(line) for line in (*page[:1], *page[-1:])})
    return {mask for mask, count in counts.items() if count >= _REPEATED}


def _mask(line: Line) -> str:
    return _DIGITS.sub("0", line.text)


def _without_edges(page: Sequence[Line], repeated: set[str]) -> Iterator[Line]:
    for index, line in enumerate(page):
        at_edge = index in {0, len(page) - 1}
        if not (at_edge and (_NUMBER.fullmatch(line.text) or _mask(line) in repeated)):
            yield line


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    text = ""
    before: Line | None = None
    for line in lines:
        if before and not _continues(before, line):
            yield text
            text = ""
        # A figure that goes on in the next line is one figure.
        if (
            text
            and _is_latin(text[-1])
            and _is_latin(line.text[0])
            and not (_OPEN_FIGURE.search(text[-3:]) and line.text[0].isdigit())
        ):
            text += " "
        text += line.text
        before = line
    if text:
        yield text


def _continues(before: Line, line: Line) -> bool:
    """Tell whether a line goes on with the sentence of the one before: that one is full, and this one not indented."""
    size = max(before.size, line.size)
    if abs(before.size - line.size) > _SAME_SIZE * size or _CELL in before.text or _CELL in line.text:
        return False
    full = before.edges[1] - before.right < 1.6 * size
    indented = line.left - line.edges[0] > 1.2 * size
    return full and not indented
