"""Tables that a dump of a page leaves one cell to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.text.lines import SENTENCE, Line

_FIGURE = re.compile(
    r"^[-+－—±]?\d[\d,，.]*\s?(?:[%％‰]|[万亿]?[元人个名家户次天项]|课时|学时)?$|^[-—－/]{1,2}$|"
    r"^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?$"
)
_TABLE = re.compile(r"^(?:附?表\s?[\d一二三四五六七八九十]{1,3}|[（(]?单位\s?[:：])")
_LEAST_COLUMNS = 3
_LEAST_CELLS = 6
_LONGEST_NAME = 24  # characters of a body in a cell


def assess_cells(lines: Sequence[Line]) -> None:
    """Raise the cells of a table that stand one to a line between paragraphs: short words and figures."""
    index, count = 0, len(lines)
    while index < count:
        end = index
        while end < count and _may_be_cell(lines[end]):
            end += 1
        figures = sum(1 for line in lines[index:end] if _FIGURE.match(line.text))
        filled = 0.25 <= figures / max(end - index, 1) <= 0.85 or _counts_rows(lines[index:end])
        if end - index >= _LEAST_CELLS and filled and _tabulates(lines, index, end):
            for line in lines[index:end]:
                line.hint, line.opens, line.score = None, None, 0.1
        index = max(end, index + 1)


def _may_be_cell(line: Line) -> bool:
    return not line.source.tag and len(line.text) <= _LONGEST_NAME and not line.final and line.opens is None


def _counts_rows(lines: Sequence[Line]) -> bool:
    """Tell whether figures count the rows of a table of words: 1, 2, 3, each as far below the last."""
    counted = [index for index, line in enumerate(lines) if line.text.isdecimal()]
    steps = {below - above for above, below in pairwise(counted)}
    in_order = [lines[index].text.lstrip("0") for index in counted] == [str(n + 1) for n in range(len(counted))]
    return len(steps) == 1 and max(steps) >= _LEAST_COLUMNS and in_order


def _tabulates(lines: Sequence[Line], first: int, end: int) -> bool:
    """Tell whether a table is announced above, or sentences go on below the cells."""
    if any(_TABLE.match(line.text) for line in lines[max(0, first - 3) : first + 2]):
        return True
    return any(map(_says, lines[max(0, first - 2) : first])) and any(map(_says, lines[end : end + 2]))


def _says(line: Line) -> bool:
    return line.final and line.hint is None and line.chinese >= SENTENCE
