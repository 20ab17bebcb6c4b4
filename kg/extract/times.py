"""Times in running text, resolved against the date of the document.

Words and tables are declared in `data/times.yaml`. Without an anchor only times that name their year are found.
A date without year is the latest that is not after the anchor, unless its sentence has named a year.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.errors import KgError
from kg.extract.numerals import half_width, value
from kg.extract.quoted import QuotedNames
from kg.extract.time_words import NUMBER, time_words
from kg.model import Period

Role = Literal["point", "since", "until", "span", "baseline"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time where it stands.

    Attributes:
        start, end: Span in the text, from 截至 or 自 to 以来 where they are there.
        period: The stretch of time.
        role: `point` (in that time), `since` (from then on), `until` (as of then, or to be reached then), `span`
            (from one time to another) or `baseline` (that with which something is compared; the period is then the
            one compared with: 同比 in 2023 gives 2022).
        text: The characters of the span.
    """

    start: int
    end: int
    period: Period
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class _Date:
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
        if self.day:
            return f"{self.year:04}-{self.first:02}-{self.day:02}"
        if (self.first, self.last) == (1, 12):
            return f"{self.year:04}"
        head = f"{self.year:04}-{self.first:02}"
        return head if self.first == self.last else f"{head}/{self.year:04}-{self.last:02}"

    @property
    def opening_edtf(self) -> str:
        return self.edtf.partition("/")[0]

    @property
    def closing_edtf(self) -> str:
        return self.edtf.rpartition("/")[2]

    @property
    def first_day(self) -> str:
        return f"{self.year:04}-{self.first:02}-{self.day or 1:02}"

    @property
    def last_day(self) -> str:
        day = self.day or calendar.monthrange(self.year, self.last)[1]
        return f"{self.year:04}-{self.last:02}-{day:02}"


_JOINT = re.compile(r"\s?(?:—{1,2}|[–~～－-]|至|到)\s?")
_SENTENCE = re.compile("[。！？!?；;\n]")
_PLAN = re.compile("(?:将于|拟于|定于|计划于|计划在|将在|拟在|力争|预计)$")
# 涨到去年的9.8万元 and 升到2023年的41% state values of that year; 到2025年 sets a date.
_GROWTH = frozenset("涨增升降提减扩达加高大展长跌缩回")
_TIMES_OF = re.compile("的[^，,。；;\n]{0,10}?[0-9一二三四五六七八九十两.]+余?倍")
_SINCE_GAP = re.compile("[^，,。；;\n]{1,28}?(?:以来|起)(?![步草点码诉来])")
_LIKE = re.compile("(?:同期)?(?:相比|比)")
_PAST = re.compile(rf"(过去|近|最近|未来|今后)?的?({NUMBER})年(前(?!后)|多?来|间|里|中)?")
_LAST_MONTHS = re.compile(r"前([0-9]{1,2}|[一二两三四五六七八九十]{1,2})个?月(?!来|前|起)")
_MONTHS = re.compile(r"([0-9]{1,2})\s?(?:—{1,2}|[–~～－-]|至|到)\s?([0-9]{1,2})月(?![来饼球])")
_MONTH = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?")
_DAY = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:日|号)(?![内均常程本夜])")
_YEAR_END = re.compile("年?[底末](?![层部线座子])")
_YEAR_START = re.compile("年?初(?![级中步期心次始高])")
_CHINESE_YEAR = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WINDOW = 8
# Beyond these lengths, in characters, a year named earlier is no longer meant.
_LONGEST_SENTENCE = 300
_LONGEST_PARAGRAPH = 2000


def find_times(text: str, anchor: str | None, year: int | None = None) -> list[Time]:
    """Return the times of `text` in order, resolved against `anchor`, the document's date as `YYYY-MM-DD`.

    `year` is the year that the whole document reports on, where it does: 全年 and 年内 are of that year.

    Times inside titles and quoted names are left out, and so are those that need an anchor where there is none.

    >>> [(t.text, t.period.edtf, t.role) for t in find_times("截至去年底，比2020年提高；5月起", "2024-09-12")]
    [('截至去年底', '../2023', 'until'), ('比2020年', '2020', 'baseline'), ('5月起', '2024-05/..', 'since')]

    Raises:
        KgError: `anchor` is no ISO date.
    """
    day = None
    if anchor is not None:
        try:
            day = datetime.date.fromisoformat(anchor)
        except ValueError as error:
            raise KgError(f"{anchor!r} is no date of the form YYYY-MM-DD", remedy="give the document's date") from error
    return list(_Reader(text, day, year).times())


class _Reader:
    def __init__(self, text: str, anchor: datetime.date | None, year: int | None = None) -> None:
        self.origin = text
        self.text = half_width(text)
        self.anchor = anchor
        self.year = year
        self.table = time_words()
        self.names = QuotedNames(self.text)
        self.last: _Date | None = None  # the last time with a year, for 当年 and 上年

    def times(self) -> Iterator[Time]:
        done = 0
        for match in self.table.head.finditer(self.text):
            start = match.start()
            if start < done or self._barred(match):
                continue
            time = self._read(match)
            if time is not None:
                if time.start < done:
                    time = replace(time, start=start, text=self.origin[start : time.end])
                yield time
                done = time.end

    def _barred(self, match: re.Match[str]) -> bool:
        """Whether the match is part of a name, a number or a longer word."""
        text, start = self.text, match.start()
        before = text[start - 1 : start]
        kind = match.lastgroup
        if match["plan"]:
            return self.names.cover(match.end() - 1)
        if self.names.cover(start):
            return True
        if kind in ("year", "iso", "sep") or match["iso"]:
            return before.isdecimal() or (before in (".", "-", "/") and before != "")
        if start >= 2 and text[start - 2 : start] in ("每年", *self.table.mentioned_years):
            return True  # of no one year, or of a year that could not be told
        if match["month"] or match["months"]:
            return before.isdecimal() or before in tuple("个第.一二三四五六七八九十")
        if match["edge"]:
            return before.isdecimal() or before in tuple(
                "今去前明后本上当每多周跨青常历近往大一二三四五六七八九十数几新"
            )
        if match["first"]:
            return before in tuple("目以之此年日当")
        if match["past"]:
            return before.isdecimal() or before in tuple(
                "最附临接将靠时经达长期用" if match[0][0] == "近" else "第每十百几数"
            )
        if match["day"]:
            # 12日 by itself is a date only where a clause begins.
            return bool(before) and before not in "，,。；;：:、（( \n\u3000于在是"
        word = match["word"] or ""
        if text[match.end() : match.end() + 1] in self.table.longer_after:
            return True
        return bool(before) and (before == "第" or before in self.table.longer_before.get(word, ""))

    def _read(self, match: re.Match[str]) -> Time | None:
        """Read the time that begins at the match, with what goes before and follows it."""
        start = match.start()
        if match["plan"]:
            return self._plan(match)
        if match["meeting"]:
            return self._meeting(match)
        if match["past"]:
            return self._past(match)
        word = match["word"]
        if word in self.table.now:
            return self._now(match)
        if word in self.table.same_period:
            year = self._context_year(start)
            return None if year is None else self._time(_Date(*match.span(), year - 1), "baseline")
        date = self._date(match)
        if date is None:
            return None
        end = self._range(date)
        if end is not None:
            time = self._span(date, end)
            self.last = end
            return time
        return self._placed(date)

    # --- dates ----------------------------------------------------------------------------------------------------

    def _date(self, match: re.Match[str]) -> _Date | None:
        """Return the date at the match with as much detail as follows it, or None where it cannot be resolved."""
        start, end = match.span()
        if match["iso"]:
            return self._whole(start, end, *map(int, re.split("[-/.]", match[0])))
        if match["year"]:
            year = int(match[0][:4].translate(_CHINESE_YEAR))
            return self._detail(_Date(start, end, year))
        word = match["word"]
        if word in self.table.years:
            year_ = self._anchor_year(self.table.years[word])
            return None if year_ is None else self._detail(_Date(start, end, year_))
        if word in self.table.context_years:
            year_ = self._whole_year(start) if word == "全年" else self._context_year(start)
            if year_ is None:
                return None
            return self._detail(_Date(start, end, year_ + self.table.context_years[word]))
        if word in self.table.mentioned_years:
            last = self.last
            if last is None or not self._same_paragraph(last, start):
                return None
            return self._detail(_Date(start, end, last.year + self.table.mentioned_years[word]))
        if word in self.table.months:
            return self._month_offset(start, end, self.table.months[word])
        if word in self.table.mentioned_days:
            return self._repeated(start, end, self.table.mentioned_days[word])
        if word in self.table.days:
            return self._day_offset(start, end, self.table.days[word])
        return self._without_year(match)

    def _repeated(self, start: int, end: int, unit: str) -> _Date | None:
        """Return the month or the day that was named last in the paragraph: 同月, 当天."""
        last = self.last
        if last is None or last.first != last.last or not self._same_paragraph(last, start):
            return None
        if unit == "day" and not last.day:
            return None
        return _Date(start, end, last.year, last.first, last.last, last.day if unit == "day" else 0)

    def _whole(self, start: int, end: int, year: int, month: int, day: int) -> _Date | None:
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return _Date(start, end, year, month, month, day)

    def _detail(self, date: _Date) -> _Date:
        """Add the part of the year, month or day that follows a year."""
        text, at = self.text, date.end
        while text[at : at + 1] in (" ", "\u3000", "的") and text[at : at + 1]:
            at += 1
        part = self.table.part.match(text, at)
        if part:
            first, last = self.table.parts[part[1]]
            return self._closed(replace(date, end=part.end(), first=first, last=last))
        months = _LAST_MONTHS.match(text, at)
        if months:
            count = value(months[1])
            if count is not None and 1 <= count <= 12:
                return replace(date, end=months.end(), last=int(count))
        several = _MONTHS.match(text, at)
        if several and 1 <= int(several[1]) <= int(several[2]) <= 12:
            return replace(date, end=several.end(), first=int(several[1]), last=int(several[2]))
        month = _MONTH.match(text, at)
        if month:
            return self._day(replace(date, end=date.end), month)
        edge = _YEAR_END.match(text, date.end)
        if edge:
            return replace(date, end=edge.end(), closing=True)
        edge = _YEAR_START.match(text, date.end)
        return replace(date, end=edge.end()) if edge else date

    def _closed(self, date: _Date) -> _Date:
        """Take 底 or 末 behind a part of the year or a month for its end."""
        if self.text[date.end : date.end + 1] in ("底", "末"):
            return replace(date, end=date.end + 1, closing=True)
        return date

    def _day(self, date: _Date, match: re.Match[str]) -> _Date:
        """Add a month and, if it follows, the day."""
        month = value(match[1])
        if month is None or not 1 <= month <= 12:
            return date
        number = int(month)
        date = replace(date, end=match.end(), first=number, last=number)
        day = _DAY.match(self.text, match.end())
        if day:
            count = value(day[1])
            if count is not None and 1 <= count <= calendar.monthrange(date.year, number)[1]:
                return replace(date, end=day.end(), day=int(count))
        for word in ("上旬", "中旬", "下旬", "初"):
            if self.text.startswith(word, match.end()):
                return replace(date, end=match.end() + len(word))
        return self._closed(date)

    def _without_year(self, match: re.Match[str]) -> _Date | None:
        """Resolve a month, a part of the year or its edge by the year of the sentence, or else by the anchor."""
        start, end = match.span()
        if match["day"]:
            return self._latest_day(start, end, int(match[0][:-1]))
        if self.anchor is None and self._sentence_year(start) is None:
            return None
        year = self._sentence_year(start)
        named = year is not None
        this = year if year is not None else self.year or (self.anchor.year if self.anchor else 0)
        if match["edge"]:
            return _Date(start, end, this, named=named, closing=match[0][1] in "底末")
        if match["month"]:
            month = _MONTH.match(self.text, start)
            assert month is not None  # the head found it
            date = self._day(_Date(start, end, this, named=named), month)
            if (date.first, date.last) == (1, 12):
                return None
        elif match["months"]:
            head, tail = map(int, re.findall("[0-9]+", match[0]))
            if head > tail:
                return None
            date = _Date(start, end, this, head, tail, named=named)
        elif match["first"]:
            months = _LAST_MONTHS.match(self.text, start)
            count = value(months[1]) if months else None
            if count is None or not 1 <= count <= 12:
                return None
            date = _Date(start, end, this, 1, int(count), named=named)
        else:
            first, last = self.table.parts[match[0].removeprefix("第")]
            date = self._closed(_Date(start, end, this, first, last, named=named))
        if named or self.anchor is None:
            return date
        planned = _PLAN.search(self.text, max(0, start - _WINDOW), start)
        today = self.anchor.isoformat()
        if planned:
            return date if date.last_day >= today else self._in_year(date, this + 1)
        return date if date.first_day <= today else self._in_year(date, this - 1)

    def _latest_day(self, start: int, end: int, day: int) -> _Date | None:
        """Return the latest such day of a month that is not after the anchor."""
        if self.anchor is None:
            return None
        months = self.anchor.year * 12 + self.anchor.month - 1 - (day > self.anchor.day)
        return self._whole(start, end, months // 12, months % 12 + 1, day)

    def _in_year(self, date: _Date, year: int) -> _Date | None:
        if date.day and date.day > calendar.monthrange(year, date.first)[1]:
            return None
        return replace(date, year=year)

    def _month_offset(self, start: int, end: int, offset: int) -> _Date | None:
        if self.anchor is None:
            return None
        year, month = divmod(self.anchor.year * 12 + self.anchor.month - 1 + offset, 12)
        date = _Date(start, end, year, month + 1, month + 1)
        day = _DAY.match(self.text, end)
        count = value(day[1]) if day else None
        if day and count is not None and 1 <= count <= calendar.monthrange(year, month + 1)[1]:
            return replace(date, end=day.end(), day=int(count))
        return self._closed(date)

    def _day_offset(self, start: int, end: int, offset: int) -> _Date | None:
        if self.anchor is None:
            return None
        day = self.anchor + datetime.timedelta(days=offset)
        return _Date(start, end, day.year, day.month, day.month, day.day)

    def _anchor_year(self, offset: int) -> int | None:
        return None if self.anchor is None else self.anchor.year + offset

    def _context_year(self, at: int) -> int | None:
        """Return the year that the text speaks of at `at`: that of the last time in the paragraph, or the anchor's."""
        last = self.last
        if self.anchor is None:
            return last.year if last is not None else None
        if last is None or last.year > self.anchor.year or not self._same_paragraph(last, at):
            return self.year or self.anchor.year
        return last.year

    def _whole_year(self, at: int) -> int | None:
        """Return the year meant by 全年: one that is over, or nearly so, unless the paragraph names another."""
        last = self.last
        if self.anchor is None or (last is not None and self._same_paragraph(last, at)):
            return self._context_year(at)
        if self.year is not None:
            return self.year
        if last is not None and last.year in (self.anchor.year, self.anchor.year - 1):
            return last.year
        return self.anchor.year if self.anchor.month >= 7 else self.anchor.year - 1

    def _same_paragraph(self, last: _Date, at: int) -> bool:
        return at - last.end <= _LONGEST_PARAGRAPH and self.text.find("\n", last.end, at) < 0

    def _sentence_year(self, at: int) -> int | None:
        """Return the year that the same sentence has named, or None."""
        last = self.last
        if last is None or not last.named or at - last.end > _LONGEST_SENTENCE:
            return None
        if _SENTENCE.search(self.text, last.end, at):
            return None
        return last.year

    # --- what stands around a date -----------------------------------------------------------------------------------

    def _range(self, date: _Date) -> _Date | None:
        """Return the second date where the first is followed by 至 and another."""
        joint = _JOINT.match(self.text, date.end)
        if joint is None:
            return None
        at = joint.end()
        match = self.table.head.match(self.text, at)
        if match and (match["year"] or match["iso"] or match["word"] in self.table.years):
            end = self._date(match)
        elif match and match["month"] and (date.first, date.last) != (1, 12):
            month = _MONTH.match(self.text, at)
            assert month is not None  # the head found it
            end = self._day(_Date(at, match.end(), date.year), month)
        else:
            day = _DAY.match(self.text, at)
            if day is None or not date.day:
                return None
            count = value(day[1])
            if count is None:
                return None
            end = self._whole(at, day.end(), date.year, date.first, int(count))
        return end if end is not None and end.last_day >= date.first_day else None

    def _span(self, date: _Date, end: _Date) -> Time:
        start = date.start
        if self.text[start - 1 : start] in ("从", "自", "由"):
            start -= 1
        period = Period(f"{date.opening_edtf}/{end.closing_edtf}", date.first_day, end.last_day)
        return Time(start, end.end, period, "span", self.origin[start : end.end])

    def _placed(self, date: _Date) -> Time:
        """Return the time with the role that the words around it give it."""
        text, start, end = self.text, date.start, date.end
        before = text[max(0, start - _WINDOW) : start]
        compared = self.table.baseline.search(before)
        like = _LIKE.match(text, end)
        if compared or (like and before[-1:] in ("与", "同", "和")):
            head = start - (len(compared[0]) if compared else 1)
            stop = like.end() if like and not compared else end + 2 if text.startswith("同期", end) else end
            return self._time(date, "baseline", head, stop)
        if text.startswith("同期", end):
            return self._time(date, "baseline", start, end + 2)
        if before[-1:] in ("是", "为") and _TIMES_OF.match(text, end):
            return self._time(date, "baseline", start, end)
        since = self.table.since.match(text, end)
        if since:
            self.last = date
            head = start - 1 if before[-1:] in ("自", "从") else start
            if since[0] == "以来" and self.anchor and (date.edtf == str(self.anchor.year)):
                return self._time(date, "point", head, since.end())
            return self._time(date, "since", head, since.end())
        if before[-1:] in ("自", "从"):
            gap = _SINCE_GAP.match(text, end)
            if gap or (before[-1:] == "自" and before[-2:] not in ("来自", "各自", "亲自")):
                self.last = date
                return self._time(date, "since", start - 1, end)
        ends = self.table.before_end.match(text, end) if not date.day else None
        until = self.table.until.search(before)
        if until and len(until[0]) == 1:
            lead = text[start - 2 : start - 1]
            if (lead in _GROWTH or text.startswith("的", end)) and not date.closing:
                until = None
        if until:
            self.last = date
            head = start - len(until[0])
            if until[0] in ("到", "至") and text[head - 1 : head] in _GROWTH:
                head = start
            return self._time(date, "until", head, ends.end() if ends else end)
        self.last = date
        if date.closing or ends:
            return self._time(date, "until", start, ends.end() if ends else end)
        return self._time(date, "point")

    def _time(self, date: _Date, role: Role, start: int = -1, end: int = -1) -> Time:
        start, end = (start if start >= 0 else date.start), (end if end >= 0 else date.end)
        if role == "until":
            period = Period(f"../{date.closing_edtf}", None, date.last_day)
        elif role == "since":
            period = Period(f"{date.opening_edtf}/..", date.first_day, None)
        else:
            period = Period(date.edtf, date.first_day, date.last_day)
        return Time(start, end, period, role, self.origin[start:end])

    # --- other times -------------------------------------------------------------------------------------------------

    def _now(self, match: re.Match[str]) -> Time | None:
        if self.anchor is None:
            return None
        today = self.anchor.isoformat()
        edtf = today[: {"year": 4, "month": 7, "day": 10}[self.table.precision]]
        return Time(*match.span(), Period(f"../{edtf}", None, today), "until", self.origin[match.start() : match.end()])

    def _plan(self, match: re.Match[str]) -> Time:
        first, last = self.table.plans[match["plan"]]
        start, end = match.span()
        part = match["plan_part"]
        if part == "以来":
            return self._time(_Date(start, end, first), "since")
        if part in ("末", "期末", "收官"):
            return self._placed(_Date(start, end, last, closing=part != "收官"))
        return self._span(_Date(start, start, first), _Date(start, end, last))

    def _meeting(self, match: re.Match[str]) -> Time:
        year, month = map(int, self.table.meetings[match["meeting"]].split("-"))
        return self._time(_Date(match.start(), match.end() + 2, year, month, month), "since")

    def _past(self, match: re.Match[str]) -> Time | None:
        """Read 过去5年 and 五年来 as the years up to now, 今后5年 as those to come, 五年前 as that year."""
        past = _PAST.match(self.text, match.start())
        number = value(past[2]) if past else None
        if self.anchor is None or past is None or number is None:
            return None
        count, year = int(number), self.anchor.year
        if past[1] in {"未来", "今后"}:
            return self._time(_Date(*past.span(), year + count, closing=True), "until")
        if past[3] == "前":
            return self._placed(_Date(*past.span(), year - count))
        if count == 1 and past[1] and past[1] != "近":
            return self._time(_Date(*past.span(), year - 1), "point")
        return self._span(_Date(past.start(), past.start(), year - count), _Date(past.start(), past.end(), year))
