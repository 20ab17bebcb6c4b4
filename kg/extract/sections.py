"""Parts of an article that are of one year: what a heading or the title says that was done, or is planned, in it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.times import find_times
from kg.model import Article, Block, BlockKind, Period

_TIMED = re.compile(r"\d{4}年|[今去明]年|[上下]半年|季度|十[三四五]五")
_PLANNED = re.compile(r"任务|计划|安排|打算|目标|思路|要点|重点|部署|方案|清单|下一步|展望|谋划")
_DONE = re.compile(r"情况|回顾|总结|成效|进展|完成|概况|数据|亮点|指标|成绩|做法|工作$|通报|报告|成果")
_YEAR_ALONE = re.compile(r"[\s一二三四五六七八九十、.．（）()]*\d{4}年度?[:：]?")
# How deep a heading is, by its number: 一、, （一）, 1., (1).
_DEPTHS = tuple(
    re.compile(rf"\s*{number}")
    for number in (
        "第[一二三四五六七八九十]+[章部]",
        "[一二三四五六七八九十]+、",
        "[(（][一二三四五六七八九十]+[)）]",
        r"\d+[.．、]",
        r"[(（]\d+[)）]",
    )
)
_PLAN_OF_YEAR = re.compile(r"(20\d\d)年(?!至|—|-).{0,40}(?:要点|计划|安排|方案|清单|任务|部署)")
_OPENING_YEAR = re.compile(r"\s*(20\d\d)年(?:来|以来|度)?[,，]")
_SUMMARY = re.compile("总结|情况|通报|报告|综述|回顾|述职|盘点|公报|白皮书|蓝皮书|年报")
_PRAISE = re.compile("表扬|表彰|嘉奖")
_SUMMARY_YEAR = re.compile(rf"(20\d\d)年(?:度)?.{{0,30}}(?:{_SUMMARY.pattern})")


@dataclass(frozen=True, slots=True)
class Section:
    """What the passage below a heading is of.

    Attributes:
        period: The time that the heading names.
        planned: Whether it tells what is to be done in that time, not what was done.
    """

    period: Period
    planned: bool

    @property
    def year(self) -> int:
        """The year in which the time ends."""
        return int((self.period.end or self.period.edtf)[:4])


class Sections:
    """Answers of which time the passage at an offset is, by its heading.

    A heading holds until the next that is no deeper: 一、2023年工作情况 is also over （一）, not over 二、.

    Args:
        text: The article's text.
        blocks: Its blocks, in order.
        published: Its date as `YYYY-MM-DD`, or None.
    """

    def __init__(self, text: str, blocks: Sequence[Block], published: str | None) -> None:
        self._starts: list[int] = []
        self._sections: list[Section | None] = []
        current: Section | None = None
        depth = 0
        for block in blocks:
            if block.kind is not BlockKind.HEADING:
                continue
            heading = text[block.start : block.end]
            named, own = section_of(heading, published), _depth(heading)
            if named is not None or own <= depth:
                current, depth = named, own
            self._starts.append(block.start)
            self._sections.append(current)

    def at(self, offset: int) -> Section | None:
        """Return the section in which an offset stands, or None where no heading names a time."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self._sections[index] if index >= 0 else None


def section_of(heading: str, published: str | None) -> Section | None:
    """Return what a heading says of the time of the passage below it, or None.

    >>> section_of("一、2023年工作情况", "2024-01-20")
    Section(period=Period(edtf='2023', start='2023-01-01', end='2023-12-31'), planned=False)
    >>> section_of("二、今年重点任务", "2024-01-20").planned
    True
    >>> section_of("2023年的那个春天", "2024-01-20") is None
    True
    """
    if not _TIMED.search(heading):
        return None
    time = next((t for t in find_times(heading, published) if t.role in {"point", "span"}), None)
    if time is None or time.period.end is None:
        return None
    planned = _PLANNED.search(heading) is not None
    if planned or _DONE.search(heading.strip()) or _YEAR_ALONE.fullmatch(heading):
        return Section(time.period, planned)
    return None


def planned_year(title: str) -> int | None:
    """Return the year that a document plans for by its title, or None.

    >>> planned_year("某市2024年产业工人队伍建设改革工作要点")
    2024
    >>> planned_year("某市职工创新三年行动方案（2024—2026年）")
    """
    found = _PLAN_OF_YEAR.search(title)
    return int(found[1]) if found else None


def reported_year(article: Article, blocks: Sequence[Block]) -> int | None:
    """Return the year that an article as a whole reports on; a yearly summary has it in its title, or opens with it.

    A line above the first paragraph may be the title as well: 2023年…公报 above the names of those who publish it.
    """
    title = article.title or ""
    if _PRAISE.search(title):
        return None  # a decision of now on those who did well in that year
    first = next((b for b in blocks if b.kind is BlockKind.PARAGRAPH), None)
    above = [article.text[b.start : b.end] for b in blocks if first is not None and b.end <= first.start]
    found = next((match for line in [title, *above] if (match := _SUMMARY_YEAR.search(line))), None)
    if found is None and first is not None and _SUMMARY.search(title):
        found = _OPENING_YEAR.match(article.text, first.start)
    if found is None:
        return None
    year = int(found[1])
    written = int(article.published[:4]) if article.published else year
    return year if written - 1 <= year <= written else None


def _depth(heading: str) -> int:
    """Return how deep a heading is; one without a number is deeper than all others."""
    return next((depth for depth, number in enumerate(_DEPTHS, 1) if number.match(heading)), len(_DEPTHS) + 1)
