"""Lines that were broken at a fixed width, joined to paragraphs again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from kg.text import signs
from kg.text.fields import Layout, RawCell, RawTable
from kg.text.mapped import Edit, Mapped

_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+")
_ENDED = re.compile(r"[。！？!?…；;：:”』」》)）】]\s*$")
_FRESH = re.compile(r"[\s\u3000]{2}|\u3000|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[•·●◆■□▪※—【#*>-]")
_DATE = re.compile(r"\s*(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_LEAST_WIDTH = 36  # columns; a Chinese character takes two
_LEAST_LINES = 3
_PAGE_GAP = 4  # lines looked at on either side of a page's number


def unwrapped(text: Mapped) -> Mapped:
    """Join the lines of paragraphs that were broken at a fixed width; other text comes back as it is.

    A page is taken as wrapped when most of its long lines have one width, within the room that a character which
    did not fit any more leaves.
    """
    lines = text.text.split("\n")
    starts = _starts(lines)
    full = _wrap_width(lines, _widths(lines))
    edits = [_edit(lines, starts, index, index + 1) for index in _continued(lines)]
    edits += [_edit(lines, starts, index, after) for index, after in _over_pages(lines, full)]
    return text.edited(sorted(edits))


def with_fields_joined(layout: Layout) -> Layout:
    """Join the fields of markup that only breaks at a fixed width part, element by element, as `unwrapped` does."""
    lines = layout.text.text.split("\n")
    joined: list[int] = []
    first = 0
    for index in range(1, len(lines) + 1):
        parted = index == len(lines) or not layout.fields[index].soft
        if parted or layout.fields[index].container != layout.fields[first].container:
            joined += (first + at for at in _continued(lines[first:index]))
            first = index
    if not joined:
        return layout
    starts = _starts(lines)
    text = layout.text.edited(_edit(lines, starts, index, index + 1) for index in joined)
    gone = {index + 1 for index in joined}
    for table in layout.tables:
        parts: list[RawTable | RawCell] = [table, *(cell for row in table.rows for cell in row)]
        for part in parts:
            part.first -= bisect_left(joined, part.first)
            part.last -= bisect_left(joined, part.last)
    fields = tuple(field for index, field in enumerate(layout.fields) if index not in gone)
    return Layout(text, fields, layout.tables, layout.title, layout.declared)


def _starts(lines: Sequence[str]) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in lines)]


def _edit(lines: Sequence[str], starts: Sequence[int], index: int, after: int) -> Edit:
    """Return what joins a line to a later one; words of another script need their space."""
    line, following = lines[index], lines[after]
    apart = line[-1:].isascii() and line[-1:].isalnum() and following[:1].isascii() and following[:1].isalnum()
    end = starts[index] + len(line)
    return end, starts[after], " " if apart else ""


def _over_pages(lines: Sequence[str], full: int) -> Iterator[tuple[int, int]]:
    """Yield the indices of lines that end a printed page, with the line of the next page that goes on with them.

    Between them stand the page's number, blank lines, and running heads: lines that come again.
    """
    numbers = [index for index, line in enumerate(lines) if full and signs.PAGE_NUMBER.match(line.strip()[:41])]
    if not numbers:
        return
    times = Counter(line.strip() for line in lines)

    def between(index: int) -> bool:
        line = lines[index].strip()
        return not line or (len(line) <= 40 and (times[line] >= 2 or signs.PAGE_NUMBER.match(line) is not None))

    done = -1
    for number in numbers:
        before, after = number - 1, number + 1
        while before >= 0 and number - before <= _PAGE_GAP and between(before):
            before -= 1
        while after < len(lines) and after - number <= _PAGE_GAP and between(after):
            after += 1
        if before <= done or after >= len(lines) or between(before) or between(after):
            continue
        pair = [lines[before], lines[after]]
        if _widths(pair)[0] >= full - 4 and _goes_on(pair, 0):
            yield before, after
            done = number


def _widths(lines: Sequence[str]) -> list[int]:
    """Return the widths of lines in columns."""
    return [len(line) + sum(map(len, _WIDE.findall(line))) for line in lines]


def _continued(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indices of the lines that the next one goes on with."""
    widths = _widths(lines)
    full = _wrap_width(lines, widths)
    if not full:
        return
    for index in range(len(lines) - 1):
        if widths[index] >= full - 4 and _goes_on(lines, index):
            yield index


def _wrap_width(lines: Sequence[str], widths: Sequence[int]) -> int:
    """Return the width in columns at which the page was broken, or 0."""
    full = max(widths, default=0)
    if full < _LEAST_WIDTH or full > 200:
        return 0
    long = [index for index, width in enumerate(widths) if width >= full - 4]
    # Lines of ordinary paragraphs end in a sentence; those of a broken one mostly do not.
    open_ended = [index for index in long if _goes_on(lines, index)]
    # Nor do lines of other widths, unless they end a paragraph.
    middle = sum(
        1
        for line, width in zip(lines, widths, strict=True)
        if full * 0.6 < width < full - 4 and not _ENDED.search(line)
    )
    wrapped = len(open_ended) >= _LEAST_LINES and 2 * len(open_ended) > len(long) and len(long) > 2 * middle
    return full if wrapped else 0


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Tell whether the next line may go on with this one; the date of an excerpt that was cut off does not."""
    if index + 1 == len(lines) or _ENDED.search(lines[index]):
        return False
    following = lines[index + 1]
    return bool(following.strip()) and not _FRESH.match(following) and not _DATE.match(following)
