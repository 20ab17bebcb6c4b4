"""Tables that a dump of a page leaves one cell to a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low

from kg.text.lines import SENTENCE, Line

_FIGURE = re.compile(
    r"^[-+－—±]?\d[\d,，.]*\s?(?:[%％‰]|[万亿]?[元人个名家户次天项]|课时|学时)?$|^[-—－/]{1,2}$|"
    r"^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?$"
)
_TABLE = re.compile(r"^(?:附?表\s?[\d一二三四五六七八九十]{1,3}|[（(]?单位\s?[:：])")
_HEADLINE = 8  # Chinese characters
# What the panel of a user counts and offers, one to a line like the cells of a table.
_OF_USERS = re.compile(
    "(?:主题|帖子|积分|精华|威望|金币|经验值?|贡献|好友|听众|粉丝|关注|获赞|阅读权限|注册时间|最后登录|在线时间|发消息|加好友|"
    r"楼主|沙发|Rank|UID|IP属地|\S{2,4}会员|\S{0,2}版主|管理员|新手上路|帖数|发帖数?)(?:\s?[:：]?\s?\d*)?$",
    re.IGNORECASE,
)
_LEAST_COLUMNS = 3
_LEAST_CELLS = 6
_LONGEST_CELL = 16  # characters
_LONGEST_NAME = 24  # characters of a body in a cell of a numbered row


def assess_cells(lines: Sequence[Line]) -> None:
    """Raise the cells of a table that stand one to a line between paragraphs: short words and figures."""
    for longest, tabular in ((_LONGEST_CELL, _mixes), (_LONGEST_NAME, _counts_rows)):
        for first, end in _runs(lines, longest):
            cells = lines[first:end]
            panel = sum(_OF_USERS.match(line.text) is not None for line in cells) > 1
            if len(cells) >= _LEAST_CELLS and tabular(cells) and not panel and _tabulates(lines, first, end):
                for line in cells:
                    line.hint, line.opens, line.score = None, None, 0.1


def _runs(lines: Sequence[Line], longest: int) -> Iterator[tuple[int, int]]:
    """Yield where lines that may be cells begin, and the first line behind them."""
    first = 0
    for index, line in enumerate(lines):
        if line.source.tag or len(line.text) > longest or line.final or line.opens is not None:
            if first < index:
                yield first, index
            first = index + 1
    if first < len(lines):
        yield first, len(lines)


def _mixes(cells: Sequence[Line]) -> bool:
    """Tell whether words and figures stand by turns, but for headlines that figures count: a ranking."""
    figures = sum(1 for line in cells if _FIGURE.match(line.text))
    return 0.25 <= figures / len(cells) <= 0.85 and not _ranks(cells)


def _ranks(cells: Sequence[Line]) -> bool:
    """Tell whether figures count headlines: 1, 2, 3, each above one."""
    counted, step = _counted(cells)
    return step == 2 and median_low([cells[at + 1].chinese for at in counted[:-1]]) >= _HEADLINE


def _counts_rows(cells: Sequence[Line]) -> bool:
    """Tell whether figures count the rows of a table of words: 1, 2, 3, each as far below the last."""
    return _counted(cells)[1] >= _LEAST_COLUMNS


def _counted(cells: Sequence[Line]) -> tuple[list[int], int]:
    """Return where figures stand, and how far from one another if they count 1, 2, 3 in equal steps, else 0."""
    found = [index for index, line in enumerate(cells) if line.text.isdecimal()]
    steps = {below - above for above, below in pairwise(found)}
    in_order = [cells[index].text.lstrip("0") for index in found] == [str(n + 1) for n in range(len(found))]
    return found, steps.pop() if len(steps) == 1 and in_order else 0


def _tabulates(lines: Sequence[Line], first: int, end: int) -> bool:
    """Tell whether a table is announced above, or sentences go on below the cells."""
    if any(_TABLE.match(line.text) for line in lines[max(0, first - 3) : first + 2]):
        return True
    return any(map(_says, lines[max(0, first - 2) : first])) and any(map(_says, lines[end : end + 2]))


def _says(line: Line) -> bool:
    return line.final and line.hint is None and line.chinese >= SENTENCE
