"""Times in running text, resolved against the date of the document.

Words and tables are declared in `data/times.yaml`. Without an anchor only times that name their year are found.
A date without year is the latest that is not after the anchor, unless its sentence has named a year.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.errors import KgError
from kg.extract.numerals import half_width, value
from kg.extract.quoted import quoted_names
from kg.extract.times.dates import DAY, MONTH, WINDOW, Date, Dates
from kg.extract.times.words import NUMBER, time_words
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

    def moved(self, by: int) -> Time:
        """Return it as it stands so many characters further on."""
        return Time(self.start + by, self.end + by, self.period, self.role, self.text)


_JOINT = re.compile(r"\s?(?:—{1,2}|[–~～－-]|至|到)\s?")
# 涨到去年的9.8万元 and 升到2023年的41% state values of that year; 到2025年 sets a date.
_GROWTH = frozenset("涨增升降提减扩达加高大展长跌缩回")
_TIMES_OF = re.compile("的[^，,。；;\n]{0,10}?[0-9一二三四五六七八九十两.]+余?倍")
_SINCE_GAP = re.compile("[^，,。；;\n]{1,28}?(?:以来|起)(?![步草点码诉来])")
_LIKE = re.compile("(?:同期)?(?:相比|比)")
_PAST = re.compile(rf"(过去|近|最近|未来|今后)?的?({NUMBER})年(前(?!后)|多?来|间|里|中|多)?")


def find_times(text: str, anchor: str | None, year: int | None = None, said: int | None = None) -> list[Time]:
    """Return the times of `text` in order, resolved against `anchor`, the document's date as `YYYY-MM-DD`.

    `year` is the year that the text reports on or plans for, where its title or heading says so: 全年, 年内 and months
    without a year are of that year. `said` is the year that what stands before the text named last, for 当年.

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
    return list(_Reader(text, day, year, said).times())


class _Reader:
    def __init__(self, text: str, anchor: datetime.date | None, year: int | None, said: int | None) -> None:
        self.origin = text
        self.text = half_width(text)
        self.anchor = anchor
        self.table = time_words()
        self.dates = Dates(self.text, anchor, year, said, self.table)
        self.names = quoted_names(self.text)
        self.planned: tuple[int, int] | None = None  # the five-year plan named last

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
        if match["plan"] or text[start] in '“"':
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
            year = self.dates.context_year(start)
            return None if year is None else self._time(Date(*match.span(), year - 1), "baseline")
        date = self.dates.read(match)
        if date is None:
            return None
        end = self._range(date)
        if end is not None:
            time = self._span(date, end)
            self.dates.last = replace(end, first=date.first) if date.year == end.year and not end.day else end
            return time
        return self._placed(date)

    # --- what stands around a date -----------------------------------------------------------------------------------

    def _range(self, date: Date) -> Date | None:
        """Return the second date where the first is followed by 至 and another."""
        joint = _JOINT.match(self.text, date.end)
        if joint is None:
            return None
        at = joint.end()
        match = self.table.head.match(self.text, at)
        if match and (match["year"] or match["iso"] or match["word"] in self.table.years):
            end = self.dates.read(match)
        elif match and match["month"] and (date.first, date.last) != (1, 12):
            month = MONTH.match(self.text, at)
            assert month is not None  # the head found it
            end = self.dates.day(Date(at, match.end(), date.year), month)
        else:
            day = DAY.match(self.text, at)
            if day is None or not date.day:
                return None
            count = value(day[1])
            if count is None:
                return None
            end = self.dates.whole(at, day.end(), date.year, date.first, int(count))
        return end if end is not None and end.last_day >= date.first_day else None

    def _span(self, date: Date, end: Date) -> Time:
        start = date.start
        if self.text[start - 1 : start] in ("从", "自", "由"):
            start -= 1
        period = Period(f"{date.opening_edtf}/{end.closing_edtf}", date.first_day, end.last_day)
        return Time(start, end.end, period, "span", self.origin[start : end.end])

    def _placed(self, date: Date) -> Time:
        """Return the time with the role that the words around it give it."""
        text, start, end = self.text, date.start, date.end
        before = text[max(0, start - WINDOW) : start]
        compared = self.table.baseline.search(before)
        like = _LIKE.match(text, end)
        if compared or (like and before[-1:] in ("与", "同", "和")):
            head = start - (len(compared[0]) if compared else 1)
            stop = like.end() if like and not compared else end + 2 if text.startswith("同期", end) else end
            opened = replace(date, last=1) if text[end - 1] == "初" and date.first == 1 else date
            return self._time(opened, "baseline", head, stop)
        if text.startswith("同期", end):
            return self._time(self.dates.same_months(date), "baseline", start, end + 2)
        if before[-1:] in ("是", "为") and _TIMES_OF.match(text, end):
            return self._time(date, "baseline", start, end)
        since = self.table.since.match(text, end)
        if since or self.table.begun.match(text, end):
            self.dates.last = date
            head = start - 1 if before[-1:] in ("自", "从") else start
            stop = since.end() if since else end
            if since and since[0] == "以来" and self.anchor and (date.edtf == str(self.anchor.year)):
                return self._time(date, "point", head, stop)
            return self._time(date, "since", head, stop)
        if before[-1:] in ("自", "从"):
            gap = _SINCE_GAP.match(text, end)
            if gap or (before[-1:] == "自" and before[-2:] not in ("来自", "各自", "亲自")):
                self.dates.last = date
                return self._time(date, "since", start - 1, end)
        ends = self.table.before_end.match(text, end) if not date.day else None
        until = self.table.until.search(before)
        if until and len(until[0]) == 1:
            lead = text[start - 2 : start - 1]
            if (lead in _GROWTH or text.startswith("的", end)) and not date.closing:
                until = None
        if until:
            self.dates.last = date
            head = start - len(until[0])
            if until[0] in ("到", "至") and text[head - 1 : head] in _GROWTH:
                head = start
            return self._time(date, "until", head, ends.end() if ends else end)
        self.dates.last = date
        if date.closing or ends:
            return self._time(date, "until", start, ends.end() if ends else end)
        return self._time(date, "point")

    def _time(self, date: Date, role: Role, start: int = -1, end: int = -1) -> Time:
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
        self.planned = (first, last)
        if part == "以来":
            return self._time(Date(start, end, first), "since")
        if part in ("末", "期末", "收官"):
            return self._placed(Date(start, end, last, closing=part != "收官"))
        return self._span(Date(start, start, first), Date(start, end, last))

    def _meeting(self, match: re.Match[str]) -> Time:
        year, month = map(int, self.table.meetings[match["meeting"]].split("-"))
        return self._time(Date(match.start(), match.end() + 2, year, month, month), "since")

    def _past(self, match: re.Match[str]) -> Time | None:
        """Read 过去5年 and 五年来 as the years up to now, 今后5年 as those to come, 五年前 as that year."""
        past = _PAST.match(self.text, match.start())
        number = value(past[2]) if past else None
        if self.anchor is None or past is None or number is None:
            return None
        count, year = int(number), self.anchor.year
        if count == 5 and past[3] in ("来", "间") and self.planned is not None and self.planned[1] - year in range(2):
            return self._span(Date(past.start(), past.start(), self.planned[0]), Date(*past.span(), self.planned[1]))
        if past[1] in {"未来", "今后"}:
            return self._span(Date(past.start(), past.start(), year), Date(*past.span(), year + count))
        if past[3] == "前":
            return self._placed(Date(*past.span(), year - count))
        if count == 1 and past[1] and past[1] != "近":
            return self._time(Date(*past.span(), year - 1), "point")
        if count == 1 and past[3] == "来" and (told := self.dates.year_told(past.start())) is not None:
            return self._time(Date(*past.span(), told), "point")
        return self._span(Date(past.start(), past.start(), year - count), Date(past.start(), past.end(), year))
