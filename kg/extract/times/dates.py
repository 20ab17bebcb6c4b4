"""Dates of running text with as much detail as they state, resolved against the date of the document."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace

from kg.extract.numerals import value
from kg.extract.times.words import TimeWords

_SENTENCE = re.compile("[。！？!?；;\n]")
_PLAN = re.compile("(?:将于|拟于|定于|计划于|计划在|将在|拟在|力争|预计)$")
_AIM = re.compile("(?:力争|确保|争取|预计|计划|预期|要|将)$")
_BEGINS = re.compile("起[，,][^。；;\n]{0,16}?将")
_LAST_MONTHS = re.compile(r"前([0-9]{1,2}|[一二两三四五六七八九十]{1,2})个?月(?!来|前|起)")
_MONTHS = re.compile(r"([0-9]{1,2})\s?(?:—{1,2}|[–~～－-]|至|到)\s?([0-9]{1,2})月(?![来饼球])")
MONTH = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?")
DAY = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:日|号)(?![内均常程本夜])")
_YEAR_END = re.compile("年?[底末](?![层部线座子])")
_YEAR_START = re.compile("年?初(?![级中步期心次始高])")
_CHINESE_YEAR = str.maketrans("〇零○一二三四五六七八九", "000123456789")
WINDOW = 8
# Beyond these lengths, in characters, a year named earlier is no longer meant.
_LONGEST_SENTENCE = 300
_LONGEST_PARAGRAPH = 2000


@dataclass(frozen=True, slots=True)
class Date:
    """A stretch of the calendar: months `first` to `last` of a year, or one day.

    Attributes:
        start, end: Span in the text.
        named: Whether the text names the year, as a number or as 去年.
        closing: Whether the end of the stretch is meant (2021年底).
    """

    start: int
    end: int
    year: int
    first: int = 1
    last: int = 12
    day: int = 0
    named: bool = True
    closing: bool = False

    @property
    def edtf(self) -> str:
        """The stretch in Extended Date/Time Format: a day, a month, a year or months `2024-01/2024-06`."""
        if self.day:
            return f"{self.year:04}-{self.first:02}-{self.day:02}"
        if (self.first, self.last) == (1, 12):
            return f"{self.year:04}"
        head = f"{self.year:04}-{self.first:02}"
        return head if self.first == self.last else f"{head}/{self.year:04}-{self.last:02}"

    @property
    def opening_edtf(self) -> str:
        """The first part of `edtf`."""
        return self.edtf.partition("/")[0]

    @property
    def closing_edtf(self) -> str:
        """The last part of `edtf`."""
        return self.edtf.rpartition("/")[2]

    @property
    def first_day(self) -> str:
        """Its first day, `YYYY-MM-DD`."""
        return f"{self.year:04}-{self.first:02}-{self.day or 1:02}"

    @property
    def last_day(self) -> str:
        """Its last day, `YYYY-MM-DD`."""
        day = self.day or calendar.monthrange(self.year, self.last)[1]
        return f"{self.year:04}-{self.last:02}-{day:02}"


class Dates:
    """Reads the dates of one text.

    Args:
        text: The text, its digits in half width.
        anchor: The document's date.
        year: The year that the text reports on or plans for.
        said: The year named last before the text, for 当年.
        table: The declared words.

    Attributes:
        last: The last time with a year, for 当年 and 上年.
    """

    def __init__(
        self, text: str, anchor: datetime.date | None, year: int | None, said: int | None, table: TimeWords
    ) -> None:
        self._text, self._anchor, self._year, self._said, self._table = text, anchor, year, said, table
        self.last: Date | None = None

    def read(self, match: re.Match[str]) -> Date | None:
        """Return the date at the match with as much detail as follows it, or None where it cannot be resolved."""
        start, end = match.span()
        if match["iso"]:
            return self.whole(start, end, *map(int, re.split("[-/.]", match[0])))
        if match["year"]:
            year = int(match[0][:4].translate(_CHINESE_YEAR))
            return self.detail(Date(start, end, year))
        word = match["word"]
        if word in self._table.years:
            year_ = self._anchor_year(self._table.years[word])
            return None if year_ is None else self.detail(Date(start, end, year_))
        if word in self._table.context_years:
            year_ = self._whole_year(start) if word == "全年" else self.context_year(start)
            if year_ is None:
                return None
            return self.detail(Date(start, end, year_ + self._table.context_years[word]))
        if word in self._table.mentioned_years:
            last = self.last
            said = last.year if last is not None and self._same_paragraph(last, start) else self._said or self._year
            return None if said is None else self.detail(Date(start, end, said + self._table.mentioned_years[word]))
        if word in self._table.months:
            return self._month_offset(start, end, self._table.months[word])
        if word in self._table.mentioned_days:
            return self._repeated(start, end, self._table.mentioned_days[word])
        if word in self._table.days:
            return self._day_offset(start, end, self._table.days[word])
        return self._without_year(match)

    def _repeated(self, start: int, end: int, unit: str) -> Date | None:
        """Return the month or the day that was named last in the paragraph: 同月, 当天."""
        last = self.last
        if last is None or last.first != last.last or not self._same_paragraph(last, start):
            return None
        if unit == "day" and not last.day:
            return None
        return Date(start, end, last.year, last.first, last.last, last.day if unit == "day" else 0)

    def whole(self, start: int, end: int, year: int, month: int, day: int) -> Date | None:
        """Return the date of a day, or None where the calendar has no such day."""
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return Date(start, end, year, month, month, day)

    def detail(self, date: Date) -> Date:
        """Add the part of the year, month or day that follows a year."""
        text, at = self._text, date.end
        while text[at : at + 1] in (" ", "\u3000", "的") and text[at : at + 1]:
            at += 1
        if text.startswith("全年", at):
            return replace(date, end=at + 2)
        part = self._table.part.match(text, at)
        if part:
            first, last = self._table.parts[part[1]]
            return self._closed(replace(date, end=part.end(), first=first, last=last))
        months = _LAST_MONTHS.match(text, at)
        if months:
            count = value(months[1])
            if count is not None and 1 <= count <= 12:
                return replace(date, end=months.end(), last=int(count))
        several = _MONTHS.match(text, at)
        if several and 1 <= int(several[1]) <= int(several[2]) <= 12:
            return replace(date, end=several.end(), first=int(several[1]), last=int(several[2]))
        month = MONTH.match(text, at)
        if month:
            return self.day(replace(date, end=date.end), month)
        edge = _YEAR_END.match(text, date.end)
        if edge:
            return replace(date, end=edge.end(), closing=True)
        edge = _YEAR_START.match(text, date.end)
        return replace(date, end=edge.end()) if edge else date

    def _closed(self, date: Date) -> Date:
        """Take 底 or 末 behind a part of the year or a month for its end."""
        if self._text[date.end : date.end + 1] in ("底", "末"):
            return replace(date, end=date.end + 1, closing=True)
        return date

    def day(self, date: Date, match: re.Match[str]) -> Date:
        """Add a month and, if it follows, the day."""
        month = value(match[1])
        if month is None or not 1 <= month <= 12:
            return date
        number = int(month)
        date = replace(date, end=match.end(), first=number, last=number)
        day = DAY.match(self._text, match.end())
        if day:
            count = value(day[1])
            if count is not None and 1 <= count <= calendar.monthrange(date.year, number)[1]:
                return replace(date, end=day.end(), day=int(count))
        for word in ("上旬", "中旬", "下旬", "初"):
            if self._text.startswith(word, match.end()):
                return replace(date, end=match.end() + len(word))
        return self._closed(date)

    def _without_year(self, match: re.Match[str]) -> Date | None:
        """Resolve a month, a part of the year or its edge by the year of the sentence, or else by the anchor."""
        start, end = match.span()
        if match["day"]:
            return self._latest_day(start, end, int(match[0][:-1]))
        if self._anchor is None and self._sentence_year(start) is None:
            return None
        year = self._sentence_year(start)
        named = year is not None
        this = year if year is not None else self._year or (self._anchor.year if self._anchor else 0)
        if match["edge"]:
            return Date(start, end, this, named=named, closing=match[0][1] in "底末")
        if match["month"]:
            month = MONTH.match(self._text, start)
            assert month is not None  # the head found it
            date = self.day(Date(start, end, this, named=named), month)
            if (date.first, date.last) == (1, 12):
                return None
        elif match["months"]:
            head, tail = map(int, re.findall("[0-9]+", match[0]))
            if head > tail:
                return None
            date = Date(start, end, this, head, tail, named=named)
        elif match["first"]:
            months = _LAST_MONTHS.match(self._text, start)
            count = value(months[1]) if months else None
            if count is None or not 1 <= count <= 12:
                return None
            date = Date(start, end, this, 1, int(count), named=named)
        else:
            first, last = self._table.parts[match[0].removeprefix("第")]
            date = self._closed(Date(start, end, this, first, last, named=named))
        if (
            named
            or self._anchor is None
            or self._year is not None
            or self._table.before_end.match(self._text, date.end)
        ):
            return date
        planned = _PLAN.search(self._text, max(0, start - WINDOW), start) or _BEGINS.match(self._text, date.end)
        today = self._anchor.isoformat()
        if planned:
            return date if date.last_day >= today else self._in_year(date, this + 1)
        return date if date.first_day <= today else self._in_year(date, this - 1)

    def _latest_day(self, start: int, end: int, day: int) -> Date | None:
        """Return the latest such day of a month that is not after the anchor."""
        if self._anchor is None:
            return None
        months = self._anchor.year * 12 + self._anchor.month - 1 - (day > self._anchor.day)
        return self.whole(start, end, months // 12, months % 12 + 1, day)

    def _in_year(self, date: Date, year: int) -> Date | None:
        if date.day and date.day > calendar.monthrange(year, date.first)[1]:
            return None
        return replace(date, year=year)

    def _month_offset(self, start: int, end: int, offset: int) -> Date | None:
        if self._anchor is None:
            return None
        year, month = divmod(self._anchor.year * 12 + self._anchor.month - 1 + offset, 12)
        date = Date(start, end, year, month + 1, month + 1)
        day = DAY.match(self._text, end)
        count = value(day[1]) if day else None
        if day and count is not None and 1 <= count <= calendar.monthrange(year, month + 1)[1]:
            return replace(date, end=day.end(), day=int(count))
        return self._closed(date)

    def _day_offset(self, start: int, end: int, offset: int) -> Date | None:
        if self._anchor is None:
            return None
        day = self._anchor + datetime.timedelta(days=offset)
        return Date(start, end, day.year, day.month, day.month, day.day)

    def _anchor_year(self, offset: int) -> int | None:
        return None if self._anchor is None else self._anchor.year + offset

    def context_year(self, at: int) -> int | None:
        """Return the year that the text speaks of at `at`: that of the last time in the paragraph, or the anchor's."""
        last = self.last
        if self._anchor is None:
            return last.year if last is not None else None
        if last is None or last.year > self._anchor.year or not self._same_paragraph(last, at):
            return self._year or self._anchor.year
        return last.year

    def same_months(self, date: Date) -> Date:
        """Return the months of the time named last, in the year of `date`: 去年同期 behind 今年上半年."""
        last = self.last
        if last is None or date.edtf != f"{date.year:04}" or not self._same_paragraph(last, date.start):
            return date
        return replace(date, first=last.first, last=last.last) if last.year > date.year else date

    def year_told(self, at: int) -> int | None:
        """Return the year that is told of at `at`, where it is over: 2023年…。一年来."""
        if self._year is not None:
            return self._year
        last = self.last
        over = last is not None and self._anchor is not None and last.year < self._anchor.year
        if last is None or not over or (last.first, last.last) != (1, 12) or not self._same_paragraph(last, at):
            return None
        return last.year

    def _whole_year(self, at: int) -> int | None:
        """Return the year meant by 全年: one that is over, or nearly so, unless the paragraph names another."""
        last = self.last
        if self._anchor is None or (last is not None and self._same_paragraph(last, at)):
            return self.context_year(at)
        if self._year is not None:
            return self._year
        if _AIM.search(self._text, max(0, at - WINDOW), at):
            return self._anchor.year
        if last is not None and last.year in (self._anchor.year, self._anchor.year - 1):
            return last.year
        return self._anchor.year if self._anchor.month >= 7 else self._anchor.year - 1

    def _same_paragraph(self, last: Date, at: int) -> bool:
        return at - last.end <= _LONGEST_PARAGRAPH and self._text.find("\n", last.end, at) < 0

    def _sentence_year(self, at: int) -> int | None:
        """Return the year that the same sentence has named, or None."""
        last = self.last
        if last is None or not last.named or at - last.end > _LONGEST_SENTENCE:
            return None
        if _SENTENCE.search(self._text, last.end, at):
            return None
        return last.year
