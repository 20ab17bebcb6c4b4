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
_FRESH = re.compile(
    r"[\s\u3000]{2}|\u3000|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[•·●◆■□▪※—【#*>-]|"
    r"本[报网刊台](?:记者|通讯员|讯)|(?:记者|通讯员)[\s\u3000]"
)
_SENTENCE_ENDED = re.compile(r"[。！？!?…；;][”’』」》)）】■]*\s*$")
_CLOSING = re.compile(r"\s*[，。、；？！”’》）]")
_DATE = re.compile(r"\s*(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_COMMA = re.compile(r"[，。；]")
_PARTED = re.compile(r"[，。、；：？！“”,;]")
_LEAST_WIDTH = 24  # columns; a Chinese character takes two
_USUAL_WIDTH = 36  # narrower columns need more lines to be taken for one
_ROOM = 4  # columns around the usual width: a character and the mark behind it did not fit, or just did
_LEAST_LINES = 3
_LONG = 24  # characters of a line that a page's end may have broken
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
    if not edits:
        edits = [_edit(lines, starts, index, index + 1) for index in _fragments(lines)]
    return text.edited(sorted(edits))


def _fragments(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indices of lines that the next one goes on with, on pages where links and bold words end lines.

    No line of a text begins with a comma or a stop: where several do, each sentence is joined to its end.
    """
    begins = sum(1 for line in lines if _CLOSING.match(line))
    if begins < _LEAST_LINES:
        return
    joined = False
    for index in range(len(lines) - 1):
        line, following = lines[index].strip(), lines[index + 1].strip()
        if not line or not following:
            joined = False
            continue
        within = joined or _COMMA.search(line) is not None
        joined = _CLOSING.match(following) is not None or (
            within and not _SENTENCE_ENDED.search(line) and line[-1] not in ":：" and not _DATE.match(following)
        )
        if joined:
            yield index


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
    numbers = [index for index, line in enumerate(lines) if signs.PAGE_NUMBER.match(line.strip()[:41])]
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
        broken = abs(_widths(pair)[0] - full) <= _ROOM if full else _PARTED.search(pair[0]) and len(pair[0]) >= _LONG
        if broken and _goes_on(pair, 0) and (full or _SENTENCE_ENDED.search(pair[1])):
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
        if abs(widths[index] - full) <= _ROOM and _goes_on(lines, index):
            yield index


def _wrap_width(lines: Sequence[str], widths: Sequence[int]) -> int:
    """Return the width in columns at which the page was broken, or 0.

    Other lines of the page, around the broken text, may be of any width.
    """
    goes_on = [index for index, width in enumerate(widths) if _LEAST_WIDTH <= width <= 200 and _goes_on(lines, index)]
    if len(goes_on) < _LEAST_LINES:
        return 0
    times = Counter(widths[index] for index in goes_on)
    full = max(times, key=lambda width: (sum(times[width - less] for less in range(_ROOM + 1)), width))
    open_ended = [index for index in goes_on if abs(widths[index] - full) <= _ROOM]
    if len(open_ended) < (_LEAST_LINES if full >= _USUAL_WIDTH else 2 * _LEAST_LINES):
        return 0
    within = range(open_ended[0], open_ended[-1] + 1)
    # Lines of ordinary paragraphs end in a sentence; those of a broken one mostly do not.
    long = sum(1 for index in within if abs(widths[index] - full) <= _ROOM)
    wider = sum(1 for index in within if widths[index] > full + _ROOM)
    # Nor do lines of other widths, unless they end a paragraph.
    middle = sum(1 for index in within if full * 0.6 < widths[index] < full - _ROOM and not _ENDED.search(lines[index]))
    # Headlines of one length go on as well, but to no end, and hardly any holds a comma.
    open_lines = set(open_ended)
    ends = [index + 1 for index in open_ended if index + 1 not in open_lines]
    ended = sum(1 for index in ends if _SENTENCE_ENDED.search(lines[index]))
    parted = sum(1 for index in open_ended if _PARTED.search(lines[index]))
    wrapped = (
        2 * len(open_ended) > long
        and long > 2 * middle
        and long > 6 * wider
        and 2 * ended >= len(ends)
        and 3 * parted >= len(open_ended)
    )
    return full if wrapped else 0


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Tell whether the next line may go on with this one; the date of an excerpt that was cut off does not."""
    if index + 1 == len(lines) or _ENDED.search(lines[index]):
        return False
    following = lines[index + 1]
    return bool(following.strip()) and not _FRESH.match(following) and not _DATE.match(following)
