"""Lists without a heading, told by their beat: comments and other articles, each with its date or its buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low

from kg.model import BlockKind
from kg.text import signs
from kg.text.lines import Line

_BEAT = 7  # lines from one date to the next, at most
_LEAST_TEXT = 50  # Chinese characters
_LEAST_ITEMS = 3
_LONGEST_MARK = 40  # characters
# What stands above a post.
_HEADS = re.compile(r"^(?:第\s?)?\d{1,5}\s?[楼樓#]|^#\d|发[表布]于|说道?[:：]$")
# What stands below a comment.
_BUTTONS = re.compile(
    r"(?<!点击|我要|欢迎)回[复覆应](?!记者|说|称|道|，|。)|\d\s?[楼樓#](?:\s|$|\d)|(?:沙发|板凳|地板|楼主)$|赞同|点赞|[顶踩]\s?\d|\d\s?[赞踩]|条评论|IP属地|使用道具|"
    r"说道[:：]$|来自\S{2,8}客户端|只看(?:该作者|TA|楼主)"
)


def assess_items(lines: Sequence[Line]) -> None:
    """Lower what stands in lists of comments or of other articles below or beside the article."""
    for marks in _stretches(lines):
        buttons = sum(1 for index in marks if _BUTTONS.search(lines[index].text))
        kind = BlockKind.REPLY if 2 * buttons >= len(marks) else BlockKind.TEASER
        while kind is BlockKind.REPLY and not _BUTTONS.search(lines[marks[0]].text):
            marks = marks[1:]  # the article's own date
        if len(marks) < (2 if kind is BlockKind.REPLY else _LEAST_ITEMS):
            continue
        if not _has_text(lines[: marks[0]]):
            _assess_record(lines, marks)
            continue
        if kind is BlockKind.TEASER and not _headlined(lines, marks):
            continue
        for index in _extent(lines, marks):
            if lines[index].section is None:
                lines[index].section = kind
                lines[index].score -= 2.5


def _has_text(lines: Sequence[Line]) -> bool:
    """Tell whether there is an article, if a short one."""
    told = [line.chinese for line in lines if line.hint is None and line.section is None and line.score > 0]
    return sum(told) >= _LEAST_TEXT or sum(1 for line in lines if line.strong and line.section is None) >= 2


def _assess_record(lines: Sequence[Line], marks: Sequence[int]) -> None:
    """Bring together what is said on a page that holds nothing else: each statement has its time and its speaker."""
    spoken = sum(1 for index in marks if index + 1 < len(lines) and lines[index + 1].final)
    if len(marks) < _LEAST_ITEMS or 3 * spoken < 2 * len(marks):
        return
    for index in marks:
        lines[index].score = max(lines[index].score, -0.1)
        above = lines[index - 1] if index else None
        if above is not None and not above.final and above.chinese <= 24:
            above.score = max(above.score, -0.1)


def _stretches(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the marks that follow one another in short distances."""
    stretch: list[int] = []
    for index, line in enumerate(lines):
        if not _marks_item(line):
            continue
        if stretch and index - stretch[-1] > _BEAT:
            yield stretch
            stretch = []
        stretch.append(index)
    if stretch:
        yield stretch


def _marks_item(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_MARK or line.final or line.table >= 0:
        return False
    if line.hint is None and signs.SIGNING_DATE.match(text):
        return False
    return (
        _BUTTONS.search(text) is not None
        or signs.DATE_ONLY.match(text) is not None
        or signs.RELATIVE.search(text) is not None
        or (line.hint is BlockKind.META and (signs.DATE.search(text) or signs.TIME_OF_DAY.search(text)) is not None)
    )


def _headlined(lines: Sequence[Line], marks: Sequence[int]) -> bool:
    """Tell whether most of what the marks part has a headline; the days of a chronicle have none."""
    parts = [lines[above + 1 : below] for above, below in pairwise(marks)]
    headed = sum(
        1 for part in parts if any(line.hint is None and not line.final and line.chinese >= 6 for line in part)
    )
    return 3 * headed >= 2 * len(parts)


def _extent(lines: Sequence[Line], marks: Sequence[int]) -> range:
    """Return the lines of a list: from its first mark to its last, with the rest of the first and of the last item."""
    beat = median_low([below - above for above, below in pairwise(marks)])
    first, last = marks[0], marks[-1]
    size = beat - 1
    if all(_HEADS.search(lines[index].text) for index in marks):
        while last + 1 < len(lines) and last - marks[-1] < _BEAT and lines[last + 1].hint is None:
            last += 1
    elif first >= size and _shape(lines, first - size, size) == _shape(lines, marks[1] - size, size):
        first -= size
    elif first and not lines[first - 1].final and lines[first - 1].opens is None:
        first -= 1
    if last + beat < len(lines) and _shape(lines, last + 1, size) == _shape(lines, marks[0] + 1, size):
        last += size
    return range(first, last + 1)


def _shape(lines: Sequence[Line], start: int, size: int) -> list[tuple[bool, bool]]:
    """Return what a stretch of lines looks like from afar."""
    return [(line.final, line.hint is None) for line in lines[start : start + size]]
