"""The time of a whole passage: that of its heading, or the year that the report is about or plans for."""

from __future__ import annotations

import re

from kg.extract.observations.report import Report
from kg.extract.sections import Section, planned_year
from kg.extract.times.stretches import is_to_come, until, year
from kg.model import Period

_STANDING = re.compile(r"累计|现有|共有|总[量数](?!的)|达到?$")  # of a year told of: as of its end
_SPOKEN_WITH = 12  # characters before a number
_TITLED_YEAR = re.compile(r"(20\d\d)年(?!至|—|-)")
_OVER = re.compile(r"来|过去|全年|半年|季度|[至到—-]")
_COMMA = re.compile("[，,]")
_OPENS_WITHIN = 8  # characters of a report in which the year stands that it opens with


class Passages:
    """Tells the time of the passage that is being read.

    Args:
        report: The report that it is of.
    """

    def __init__(self, report: Report) -> None:
        self._published, self._sections = report.published, report.sections
        planned, titled = planned_year(report.title), _TITLED_YEAR.search(report.title)
        self._planned = year(str(planned)) if planned else None
        self._titled = year(titled[1]) if titled and titled[1] >= report.published[:4] else None
        self._reported = year(str(report.summed)) if report.summed is not None else _year_reported(report)
        self._section: Section | None = None

    def enter(self, offset: int) -> None:
        """Take in that a paragraph begins at an offset."""
        self._section = self._sections.at(offset) if self._sections else None

    def of(self, before: str) -> Period | None:
        """Return the time of a number of which its sentence tells none, or None.

        Args:
            before: What its clause says before it.
        """
        told = self._section.period if self._section is not None else self._reported or self._planned
        return until(told) if told is not None and _STANDING.search(before[-_SPOKEN_WITH:]) else told

    def aim(self) -> Period | None:
        """Return by when, or in what year, that is to be reached for which the sentence names no time."""
        section = self._section.period if self._section is not None and self._section.planned else None
        return section or self._planned or self._titled

    def plans(self, period: Period | None) -> bool:
        """Whether a number of this period is one of a plan: 全年建成驿站45个 below 2025年重点任务."""
        this = self._published[:4]
        if this and period is not None and (period.start or "")[:4] >= this and (period.end or "")[:4] > this:
            return True  # 2025年至2027年, told in 2025
        planning = self._planned is not None if self._section is None else self._section.planned
        return planning and (period is None or is_to_come(period, self._published))


def _year_reported(report: Report) -> Period | None:
    """Return the year that a report opens with (今年以来，…; 刚刚过去的2023年，…) and that it is all about."""
    text, opening = report.context.text, report.opening
    first = next((t for t in report.context.times if t.start >= opening), None)
    if first is None or first.start - opening > _OPENS_WITHIN or not report.published:
        return None
    told = first.period.edtf.removesuffix("/..")
    recent = {report.published[:4], str(int(report.published[:4]) - 1)}
    if told not in recent or not _COMMA.match(text, first.end) or not _OVER.search(text[opening : first.end]):
        return None
    return year(told)
