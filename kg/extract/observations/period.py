"""When a number holds: the time of its clause or sentence, of the meeting spoken of, or the year reported."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.clauses import Clause, Sentence
from kg.extract.observations.site import Site, State
from kg.extract.observations.words import RELATIVE, Words
from kg.extract.times import Time
from kg.model import Kind, Period

_ASIDE = re.compile(
    r"(?:早在|仅|光|据|而|但|并|且|同时|其中|就在|“|[（(].{1,4}[)）]|[一二三四五六七八九]是)*$"
)  # what may stand before a time that opens its sentence
_SOME_YEARS = re.compile(r"(?:[一二两三四五六七八九十几多]|\d{1,2}|近|连续?)+年多?(?:来|间)(?!自)")
_ENDED_YEARS = re.compile(r"(?:[一二两三四五六七八九十几]|\d{1,2})年多?下来")
_THEREUPON = re.compile(r"^[^，,]{0,12}(?:因此|由此|同期|期间|其间)")
_THENCE = re.compile(r"^(?:此后|之后|从此|自此)")
_AT_MEETING = re.compile(r"^(?:会上|会议(?!指出|强调|要求|认为|通报|明确|提出|决定))")
_SPOKEN = re.compile(r"透露|介绍|通报|获悉|发布")
_AT_CONTEST = re.compile(r"^[^，,]{0,8}?(?:本次|此次|本届|该届|这次|大赛(?!组委会)|比赛|赛事|竞赛(?!活动))")
_LASTING = re.compile(r"来|过去|全年|半年|季度|[至到—-]")
_YEAR = re.compile(r"\d{4}")
_COMPARED = re.compile(r"较|比")
_TITLED_YEAR = re.compile(r"(20\d\d)年(?!至|—|-)")
_HEADED_YEAR = re.compile(r"(20\d\d)年.{0,16}(?:工作|任务|计划|安排|打算|目标|思路|要点|重点)")
_NEXT_POINT = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、]|首先|其次|再次|最后|此外|同时|第[一二三四五六])"
)
_ANAPHORIC_MONTH = 7
_SOON = 2  # paragraphs within which 本届大赛 means the contest dated last
# What a title says a plan is for: 2024年工作要点.
_PLANNED_YEAR = re.compile(r"(20\d\d)年(?!至|—|-).{0,40}(?:要点|计划|安排|方案|清单|任务|部署)")
_YEAR_OPENS = re.compile(r"^[，,]")


@dataclass(slots=True)
class _Frame:
    """What holds for the rest of a sentence and, from its beginning, behind its semicolons."""

    period: Period | None = None
    opening: bool = False  # stated first, so that it holds for the pieces behind semicolons too


class Periods:
    """Tells the period of the numbers of an article, sentence by sentence in order.

    Args:
        words: The words of the rules.
        text: The article's text.
        times: Its times in order.
        published: Its date as `YYYY-MM-DD`, or "".
        opening: Where its first paragraph begins.
        title: Its headline, or "".
    """

    def __init__(
        self, words: Words, text: str, times: Sequence[Time], published: str, opening: int, title: str = ""
    ) -> None:
        self._words, self._text, self._times, self._published = words, text, times, published
        planned = _PLANNED_YEAR.search(title)
        self._planned = _year(planned[1]) if planned else None
        titled = _TITLED_YEAR.search(title)
        self._titled = _year(titled[1]) if titled and titled[1] >= published[:4] else None
        self._reported = self._year_reported(opening)
        self._frame = _Frame()
        self._last: Period | None = None
        self._headed: Period | None = None  # the year of the plans below a heading
        self._going: Period | None = None  # since when things are done: 2021年以来
        self._aimed: Period | None = None  # by when what is planned is to be so
        self._standing: Period | None = None  # up to when the state of things was told last: 截至10月底
        self._meeting: Period | None = None
        self._contest: Period | None = None
        self._block = self._contest_in = -1
        self._lasting = False

    def _year_reported(self, opening: int) -> Period | None:
        """Return the year that a report opens with (今年以来，…; 刚刚过去的2023年，…) and that it is all about."""
        first = next((t for t in self._times if t.start >= opening), None)
        if first is None or first.start - opening > 8 or not self._published:
            return None
        year = first.period.edtf.removesuffix("/..")
        recent = {self._published[:4], str(int(self._published[:4]) - 1)}
        told = self._text[opening : first.end]
        if year not in recent or not _YEAR_OPENS.match(self._text[first.end :]) or not _LASTING.search(told):
            return None
        return _year(year)

    # --- the flow of the text ---

    def begin(self, sentence: Sentence, goes_on: bool, state: State) -> None:
        """Start a sentence; `goes_on` where only a semicolon parts it from the one before."""
        text = self._text[sentence.start : sentence.end].lstrip()
        if sentence.block != self._block:
            self._last = self._standing = None
            goes_on = False
            self._going = None
            above = self._text[max(0, sentence.block_start - 4) : sentence.block_start].rstrip()
            if not (above.endswith(("：", ":")) or _NEXT_POINT.match(text)):
                self._aimed = None
            headed = _HEADED_YEAR.search(sentence.heading)
            self._headed = _year(headed[1]) if headed else None
        self._block = sentence.block
        if not goes_on and any(t.tag == "TIME" for c in sentence.clauses for t in c.tokens):
            self._standing = self._going = None
        if not (goes_on and self._frame.opening):
            self._frame = _Frame(self._standing if goes_on else None)
        state.period = self._frame.period
        if state.period is None and _THEREUPON.match(text):
            state.period = self._last
        if state.period is None and self._meeting is not None and _AT_MEETING.match(text):
            self._frame = _Frame(self._at_meeting(text), True)
            state.period = self._frame.period
            self._lasting = True
        elif state.period is None and self._contest is not None and self._is_of_contest(sentence, text):
            self._frame = _Frame(self._contest, True)
            state.period = self._contest
            self._lasting = True

    def _is_of_contest(self, sentence: Sentence, text: str) -> bool:
        """Whether a sentence without time goes on with the contest of the sentence before: 28支代表队的选手参加."""
        if any(t.tag == "TIME" for c in sentence.clauses for t in c.tokens):
            return False
        if _AT_CONTEST.match(text):
            return sentence.block - self._contest_in <= _SOON
        return sentence.block == self._contest_in and self._words.pattern("participants").search(text) is not None

    def _at_meeting(self, text: str) -> Period | None:
        """Return the month of the meeting last spoken of; what is said there of the state of things is up to then."""
        meeting = self._meeting
        if meeting is None:
            return None
        month = meeting.edtf[:_ANAPHORIC_MONTH]
        if _SPOKEN.search(text[:6]):
            return Period(f"../{month}", None, meeting.end)
        return Period(month, meeting.start, meeting.end)

    def clause(self, sentence: Sentence, clause: Clause, upto: int, state: State) -> None:
        """Take in what a clause says of time before an offset."""
        surface = self._text[clause.start : clause.end]
        if _SOME_YEARS.search(self._text[clause.start : upto]) and not self._inside(clause, upto):
            state.period = None
        if _ENDED_YEARS.search(self._text[clause.start : upto]):
            state.period = self._now()
        for time in self._inside(clause, upto):
            if time.role == "baseline" or self.compares(clause, time):
                state.baseline = time.period
                state.baseline_named = _YEAR.search(time.text) is not None
            elif self._of_one_number(time) or self._of_an_aim(time):
                continue
            else:
                self._hold(sentence, time, state)
        if _THENCE.match(surface) and self._last is not None:
            state.period = Period(f"{self._last.edtf.split('/')[0]}/..", self._last.start, None)

    def _hold(self, sentence: Sentence, time: Time, state: State) -> None:
        """Let a time hold from here on."""
        if _ASIDE.fullmatch(self._text[sentence.start : time.start].strip()):
            self._frame = _Frame(time.period, True)
        elif time.role in {"point", "span"} and self._frame.opening and not _within(time.period, self._frame.period):
            self._frame = _Frame()
        if time.role == "until" and (time.text.startswith("截") or (time.period.end or "9") <= self._published):
            self._standing = time.period
        if time.role == "since":
            self._going = time.period
        if (time.period.end or "") > self._published:
            self._aimed = time.period
        state.period = self._last = time.period
        state.happened = False
        self._lasting = _LASTING.search(time.text) is not None or time.role not in {"point", "span"}
        if time.role not in {"point", "span"}:
            return
        rest = self._text[time.end : sentence.end]
        if self._words.pattern("gatherings").search(rest):
            self._meeting = time.period
        if self._words.pattern("contests").search(rest):
            self._contest, self._contest_in = _month_of(time.period), sentence.block

    def leave(self, clause: Clause, state: State) -> None:
        """End a clause: the date on which something was issued or awarded does not hold for what follows."""
        period = state.period
        if period is None or period.start is None or period.end is None or self._lasting:
            return
        if any(t.text in self._words["foundings"] for t in clause.tokens) and period.end < self._published:
            state.period = Period(f"{period.edtf}/..", period.start, None) if "/" not in period.edtf else None
            return
        if any(t.quantity is not None for t in clause.tokens):
            return
        if any(t.text in self._words["happenings"] for t in clause.tokens):
            state.happened = True
            if len(period.edtf) > len("2023"):
                state.period = None
            if self._frame.period == period:
                self._frame = _Frame()

    @staticmethod
    def _inside(clause: Clause, upto: int) -> list[Time]:
        """Return the times of a clause before an offset, without those in names and brackets."""
        return [t.known for t in clause.tokens if t.tag == "TIME" and t.start < max(upto, clause.start + 1)]

    def compares(self, clause: Clause, time: Time) -> bool:
        """Whether a time is what something is compared with (较2020年底, 是2018年的)."""
        before = self._text[clause.start : time.start]
        after = self._text[time.end : time.end + 2]
        if before.endswith(("是", "为")):
            return after[:1] == "的"
        return before.endswith(("较", "比", "与"))

    def _of_one_number(self, time: Time) -> bool:
        """Whether a time is only of the number behind it: 由2020年的28%."""
        before = self._text[max(0, time.start - 1) : time.start + 1]
        return bool(set(before) & {"由", "从"}) and self._text[time.end : time.end + 1] == "的"

    def _of_an_aim(self, time: Time) -> bool:
        """Whether a time only says what an aim is for: 完成全年目标的68%."""
        return self._text.startswith(("目标", "任务", "计划", "指标"), time.end)

    def _now(self) -> Period | None:
        if not self._published:
            return None
        stated = next((t for t in self._times if t.text in {"目前", "截至目前", "当前"}), None)
        year = self._published[:4]
        return stated.period if stated is not None else Period(f"../{year}", None, self._published)

    # --- one number ---

    def has_been(self, site: Site) -> bool:
        """Whether the number is of a time of its own that is over: 由目前的312家."""
        own = self._own(site)
        return own is not None and not self._published < (own.end or "9999")

    def of(self, site: Site, construction: str, kind: Kind, state: State) -> tuple[Period | None, Period | None]:
        """Return the period of a number and, for a change, the time that it is compared with."""
        own = self._own(site)
        if own is not None:
            state.baseline, state.baseline_named = own, True
        elif construction == "from-to" and site.place + 1 < site.total:
            return None, None
        baseline = self._baseline(site, state) if kind == "Growth" else None
        if construction == "of-which" and state.read and state.read[-1].period is not None and not _timed(site):
            return state.read[-1].period, baseline
        period = own or self._held(site, construction, kind, state)
        if kind == "Target":
            to_come = period is not None and _is_to_come(period, self._published)
            return (period if to_come else self._aimed or self._headed or self._planned or self._titled), baseline
        if self._is_rate_of_pay(site) and (period is None or period.end is not None):
            return None, baseline
        period = self._counted_at(site, period or self._reported or self._planned)
        if baseline is not None and period is not None:
            period = _between(baseline, period, state.baseline_named)
        return period, baseline

    def _held(self, site: Site, construction: str, kind: Kind, state: State) -> Period | None:
        """Return the period that holds for a number by what was said before it."""
        if self._is_standing(site):
            return self._now()
        if state.happened and not _timed(site) and not self._is_done(site, construction):
            state.period = None
        period = state.period
        last = state.read[-1].period if state.read else None
        if kind == "Growth" and period is not None and period.end is None and last is not None:
            return last  # of a number stated as of a day: 发展到194个，比2022年底增加91个
        if kind == "Share" and period is not None and period.end is None:
            return self._now() or period
        if kind == "Share" and period is None and not _timed(site):
            return last or self._standing
        if period is not None or kind != "Level" or _SOME_YEARS.search(site.before):
            return period
        return (self._standing if self._is_stock(site) else None) or self._going

    def _is_stock(self, site: Site) -> bool:
        """Whether a number is of what there is, not of what was done: 技工院校67所, not 培训3万人次."""
        verbs = [t.text for t in site.left if t.tag == "v"]
        return not any(verb not in self._words["states"] for verb in verbs)

    def _counted_at(self, site: Site, period: Period | None) -> Period | None:
        """Return the end of a period for what is amassed in it or reached since."""
        if period is None:
            return None
        if self._words.pattern("amassed").search(site.between):
            return _until(period)
        reached = self._words.pattern("reached", after="(?:现在|如今|今天)?的?$")
        if period.end is None and reached.search(site.between):
            return self._now() or period
        return period

    def _is_done(self, site: Site, construction: str) -> bool:
        """Whether a number is of something done, not of those who act or of what there is: 发放补贴300万元."""
        if construction in {"counted-after", "deed"} and not any(t.verbal for t in site.left):
            return False
        return not any(t.text in self._words["states"] for t in site.left)

    def _is_standing(self, site: Site) -> bool:
        """Whether the number is said of now: 现有成员34人."""
        return not _timed(site) and self._words.pattern("standing_now").search(site.between) is not None

    def _own(self, site: Site) -> Period | None:
        """Return the time that is of this number alone: 由2020年的28%."""
        near = [t for t in site.left if t.tag == "TIME"]
        if near and self._text[near[-1].end : site.quantity.start] == "的" and self._of_one_number(near[-1].known):
            period: Period = near[-1].known.period
            return period
        return None

    def _is_rate_of_pay(self, site: Site) -> bool:
        """Whether an amount is what each gets, by rule and not at a time: 每人奖励3万元, 最高50万元."""
        if site.quantity.unit != "元":
            return False
        return self._words.pattern("each").search(site.before[-16:]) is not None

    def _baseline(self, site: Site, state: State) -> Period | None:
        if site.quantity.unit not in RELATIVE and _COMPARED.search(site.before) is None:
            return None
        if state.baseline is not None:
            return state.baseline
        first = next((t for t in site.clause.tokens if t.tag == "TIME" and self._of_one_number(t.known)), None)
        return first.known.period if first is not None else None


def _year(year: str) -> Period:
    return Period(year, f"{year}-01-01", f"{year}-12-31")


def _month_of(period: Period) -> Period:
    """Return the month of a day: who took part in a contest did so over more than its last day."""
    if period.start is None or len(period.edtf) != len("2024-05-01"):
        return period
    year, month = int(period.edtf[:4]), int(period.edtf[5:7])
    return Period(period.edtf[:7], f"{period.edtf[:7]}-01", f"{period.edtf[:7]}-{calendar.monthrange(year, month)[1]}")


def _is_to_come(period: Period, published: str) -> bool:
    """Whether a period reaches to the day of the article or beyond."""
    return period.end is None or period.end >= published


def _timed(site: Site) -> bool:
    return any(t.tag == "TIME" for t in site.left)


def _within(period: Period, frame: Period | None) -> bool:
    """Whether a period lies inside another: 今年以来，…3月…."""
    if frame is None or frame.start is None or period.start is None or period.end is None:
        return False
    return frame.start <= period.start and (frame.end is None or period.end <= frame.end)


def _until(period: Period) -> Period:
    """Return a period as the time up to its end: what is amassed in a year is counted at its end."""
    if period.start is None or period.end is None:
        return period
    return Period(f"../{period.edtf.rsplit('/', 1)[-1]}", None, period.end)


def _between(baseline: Period, period: Period, named: bool) -> Period:
    """Return the stretch over which something changed; a change on the year before is one of the year itself."""
    if baseline.end is None or period.end is None:
        return period
    first, last = baseline.edtf.rsplit("/", 1)[-1], period.edtf.rsplit("/", 1)[-1]
    if int(last[:4]) - int(first[:4]) < (1 if named else 2):
        return period
    return Period(f"{first}/{last}", baseline.end, period.end)
