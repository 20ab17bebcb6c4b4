"""Reading plain text into fields, one for each line, hard-wrapped paragraphs joined."""

from __future__ import annotations

import re

from kg.text.fields import Field, Layout
from kg.text.mapped import Mapped

_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+")
_ENDED = re.compile(r"[。！？!?…；;：:”』」》)）】]\s*$")
_FRESH = re.compile(r"[\s\u3000]{2}|\u3000|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[•·●◆■□▪※—【#*>-]")
_LEAST_WIDTH = 36  # columns; a Chinese character takes two
_LEAST_LINES = 3


def read_plain(page: str) -> Layout:
    """Read plain text into fields; carriage returns and form feeds end lines as well."""
    text = Mapped.of_page(page)
    if _BREAK.search(page):
        text = text.substituted(_BREAK, "\n")
    text = unwrapped(text)
    return Layout(text, (Field(),) * (text.text.count("\n") + 1))


def unwrapped(text: Mapped) -> Mapped:
    """Join the lines of paragraphs that were broken at a fixed width; other text comes back as it is.

    A page is taken as wrapped when most of its long lines have one width, within the room that a character which
    did not fit any more leaves.
    """
    lines = text.text.split("\n")
    widths = [len(line) + sum(map(len, _WIDE.findall(line))) for line in lines]
    full = _wrap_width(lines, widths)
    if not full:
        return text
    edits: list[tuple[int, int, str]] = []
    offset = 0
    for index, line in enumerate(lines[:-1]):
        end = offset + len(line)
        following = lines[index + 1]
        if widths[index] >= full - 4 and following.strip() and not _ENDED.search(line) and not _FRESH.match(following):
            # Words of another script need their space.
            apart = line[-1:].isascii() and line[-1:].isalnum() and following[:1].isascii() and following[:1].isalnum()
            edits.append((end, end + 1, " " if apart else ""))
        offset = end + 1
    return text.edited(edits)


def _wrap_width(lines: list[str], widths: list[int]) -> int:
    """Return the width in columns at which the page was broken, or 0."""
    full = max(widths, default=0)
    if full < _LEAST_WIDTH or full > 200:
        return 0
    long = [index for index, width in enumerate(widths) if width >= full - 4]
    # Lines of ordinary paragraphs end in a sentence; those of a broken one mostly do not.
    open_ended = [index for index in long if not _ENDED.search(lines[index])]
    middle = sum(1 for width in widths if full * 0.6 < width < full - 4)
    wrapped = len(open_ended) >= _LEAST_LINES and 2 * len(open_ended) > len(long) and len(long) > 2 * middle
    return full if wrapped else 0
