"""Finding the article among the lines of a page, and telling the kinds of its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import signs
from kg.text.crowns import crown, head_short_reports
from kg.text.lines import HEADING_TAGS, Line
from kg.text.runs import find_run
from kg.text.scores import assess
from kg.text.title import find_title

_AWAY = -2.0  # below this score short lines are furniture also between paragraphs
_SHORT = 16  # Chinese characters
_FEW_STRAYS = 3
_FEW_COLUMNS = 3
_FIGURE = re.compile(r"[-+]?\d[\d,.]*%?")
_MARKED_NAME = re.compile(r"^[■●◆◎]\s?[\u4e00-\u9fff]{2,3}$")
_META_ABOVE = 12
_META_BELOW = 6


def classify(lines: Sequence[Line], page_title: str = "") -> list[BlockKind]:
    """Return the kind of each line.

    Args:
        lines: All lines of the page that show something, in order; they get their scores.
        page_title: What the head of the markup calls the page.
    """
    if not lines:
        return []
    assess(lines)
    first, last = find_run(lines)
    if first > last:
        return [_outside(line, index, first, last) for index, line in enumerate(lines)]
    title = find_title(lines, first, last, page_title)
    # A list above the article ends where its title stands.
    for line in lines[title + 1 : first] if title >= 0 else ():
        if line.opens is not None:
            break
        line.section = None
    # Nothing stands above it but letterheads and names of sections.
    first = max(first, title)
    # The heading of the first section has no paragraph above it that would have drawn it in.
    while first - 1 > title and (_heads(lines[first - 1]) or (title >= 0 and _precedes(lines[first - 1]))):
        first -= 1
    kinds = [
        _inside(line, lines[index - 1] if index > first else None, lines[index + 1] if index < last else None)
        if first <= index <= last
        else _outside(line, index, first, last)
        for index, line in enumerate(lines)
    ]
    _leave_out_strays(lines, kinds, first, last)
    _keep_figures(lines, kinds, first, last)
    # The masthead of a newspaper dates an article that has no date of its own.
    if not any(
        kind is BlockKind.META and signs.DATE.search(line.text) for line, kind in zip(lines, kinds, strict=True)
    ):
        for index, line in enumerate(lines[:first]):
            if line.hint is BlockKind.META and signs.MASTHEAD.match(line.text):
                kinds[index] = BlockKind.META
                break
    head_short_reports(lines, kinds, title, first, last)
    if title >= 0:
        crown(lines, kinds, title, first, last)
    return kinds


def _leave_out_strays(lines: Sequence[Line], kinds: list[BlockKind], first: int, last: int) -> None:
    """Name a few short lines that furniture encloses as what they are: a panel of a forum's user."""
    stretch: list[int] = []
    enclosed = False
    for index in range(first, last + 1):
        line = lines[index]
        if kinds[index] is BlockKind.FURNITURE or line.hint is BlockKind.META:
            if enclosed and len(stretch) <= _FEW_STRAYS:
                for at in stretch:
                    kinds[at] = BlockKind.FURNITURE
            stretch, enclosed = [], True
        elif kinds[index] is BlockKind.PARAGRAPH and not line.final and line.chinese <= _SHORT:
            stretch.append(index)
        else:
            stretch, enclosed = [], False


def _keep_figures(lines: Sequence[Line], kinds: list[BlockKind], first: int, last: int) -> None:
    """Keep the rows of a table of figures that stand below their heads within the article, one to a line."""
    columns = 0
    for index in range(first, last + 1):
        cells = lines[index].text.split()
        figures = len(cells) >= _FEW_COLUMNS and all(map(_FIGURE.fullmatch, cells))
        if figures and kinds[index] is BlockKind.FURNITURE and len(cells) == columns:
            kinds[index] = BlockKind.PARAGRAPH
        elif not figures:
            columns = len(cells) if not lines[index].final else 0


def _inside(line: Line, previous: Line | None, following: Line | None) -> BlockKind:
    if line.table >= 0 and line.hint is None:
        return BlockKind.TABLE
    if line.hint is not None or line.section is not None:
        return line.hint or line.section or BlockKind.FURNITURE
    if line.score < _AWAY and not line.final:
        return BlockKind.FURNITURE  # in a box that calls itself advertisement, tools or the like
    if line.source.tag in HEADING_TAGS and line.chinese <= 50:
        return BlockKind.HEADING
    if signs.NUMBER_ALONE.match(line.text):
        return BlockKind.HEADING
    announced = previous is not None and (
        signs.NUMBER_ALONE.match(previous.text) or signs.APPENDIX.match(previous.text)
    )
    if announced and not line.final and 2 <= line.chinese <= 40:
        return BlockKind.HEADING
    if line.final or following is None or line.text.endswith((",", "，", ";", "；", ":", "：")):
        return BlockKind.PARAGRAPH
    if signs.OFFICIAL.search(line.text) or signs.SENTENCE_END.search(line.text):
        return BlockKind.PARAGRAPH
    if 2 <= line.chinese <= 36 and signs.HEADING.match(line.text):
        return BlockKind.HEADING
    # Short and unfinished, between sentences: a heading without a number.
    above = previous is None or previous.final or previous.text.endswith((")", "）"))
    if above and 4 <= line.chinese <= 20 and following.final and following.chinese >= 12:
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _heads(line: Line) -> bool:
    return not _MARKED_NAME.match(line.text) and (
        line.hint is None
        and line.source.region >= 0
        and line.source.link < 0.5
        and 2 <= line.chinese <= 40
        and (signs.HEADING.match(line.text) is not None or line.source.tag in HEADING_TAGS)
        and not line.text.startswith(("——", "•", "·"))
    )


def _precedes(line: Line) -> bool:
    """Tell whether a line right below the title and above the text is of it: a motto, a summary, who speaks."""
    plain = line.hint is None and line.section is None and line.table < 0
    told = (line.final and line.chinese >= 6) or signs.SPEAKS.match(line.text) is not None
    return plain and told and line.source.region >= 0 and line.source.link < 0.5


def _outside(line: Line, index: int, first: int, last: int) -> BlockKind:
    near = first - _META_ABOVE <= index <= last + _META_BELOW and first <= last
    if line.section is not None and line.hint is not BlockKind.FURNITURE and not signs.DATE_ONLY.match(line.text):
        return line.section
    if line.hint is BlockKind.META:
        return BlockKind.META if near else BlockKind.FURNITURE
    if line.hint is not None:
        return line.hint
    if index > last >= 0 and line.final and line.text.endswith("。") and line.chinese < 40 and not line.source.tag:
        return BlockKind.REPLY
    titled = line.chinese >= 8 and line.table < 0
    return BlockKind.TEASER if titled and index > last >= 0 else BlockKind.FURNITURE
