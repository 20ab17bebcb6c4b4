"""The time that holds at each number, as the text goes on from clause to clause and sentence to sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import Clause, Sentence
from kg.extract.observations.periods.counting import Counting
from kg.extract.observations.periods.gatherings import Gatherings
from kg.extract.observations.periods.own import Own
from kg.extract.observations.periods.passages import Passages
from kg.extract.observations.report import Report
from kg.extract.observations.site import Found, Site, State, levels
from kg.extract.observations.words import Words
from kg.extract.times import Time
from kg.extract.times.stretches import between, is_to_come, month_of, since, until, within
from kg.model import Kind, Period

_ASIDE = re.compile(
    r"(?:早在|仅|光|据|而|但|并|且|同时|其中|就在|“|[（(].{1,4}[)）]|[一二三四五六七八九]是)*$"
)  # what may stand before a time that opens its sentence
_LABEL = re.compile(r"[^，,。；;：:“”]{1,16}[：:]\s*")  # who speaks, or what of: 某某：, 【某区：某事】
_HEAD = re.compile(r"[【\[][^】\]]{1,20}[】\]]\s*")
_SOME_YEARS = re.compile(r"(?:[一二两三四五六七八九十几多]|\d{1,2}|近|连续?)+年多?(?:来|间)(?!自)")
_RUNNING = re.compile("年多?(?:来|间)$")
_HEARD = re.compile(r"[^，,。；;]{0,20}(?:获悉|了解到|透露|披露)")
_ENDED_YEARS = re.compile(r"(?:[一二两三四五六七八九十几]|\d{1,2})年多?下来")
_THEN = re.compile(r"^[^，,]{0,8}(?:同期|期间|其间)")
_TO_NOW = re.compile("(?<!截)至今(?![年日天])")
_THENCE = re.compile(r"^(?:此后|之后|从此|自此)")
_FROM = re.compile(r"(?:由|从)(?:最初|原来|原先|当初|此前)?的?$")
_FROM_SHARE = re.compile(r"(?:由|从)占?比?[例重]?$")
_GRADE = re.compile(r"[，,、和]?(?:国家|省部?|市|县|区|州|自治区)级(?:以上|及以上)?")
_PART = re.compile(r"\s*其中")
_LASTING = re.compile(r"来|过去|全年|半年|季度|[至到—-]")
_YEAR = re.compile(r"\d{4}|[年月][末底初]")
_NEXT_POINT = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、]|首先|其次|再次|最后|此外|同时|第[一二三四五六])"
)


@dataclass(slots=True)
class _Frame:
    """What holds for the rest of a sentence and, from its beginning, behind its semicolons."""

    period: Period | None = None
    opening: bool = False  # stated first, so that it holds for the pieces behind semicolons too


class Periods:
    """Tells the period of the numbers of an article, sentence by sentence in order.

    Args:
        words: The words of the rules.
        report: The article.
    """

    def __init__(self, words: Words, report: Report) -> None:
        self._words, self._published = words, report.published
        self._text, self._times = report.context.text, report.context.times
        self._passages, self._gatherings = Passages(report), Gatherings(words, report)
        self._own, self._counting = Own(words, self._text), Counting(words)
        self._frame = _Frame()
        self._sentence: Sentence | None = None
        self._last: Period | None = None
        self._aimed: Period | None = None  # by when what is planned is to be so
        self._standing: Period | None = None  # up to when the state of things was told last: 截至10月底
        self._block = -1
        self._lasting = False

    # --- the flow of the text ---

    def begin(self, sentence: Sentence, goes_on: bool, state: State) -> None:
        """Start a sentence; `goes_on` where only a semicolon parts it from the one before."""
        text = self._text[sentence.start : sentence.end].lstrip()
        if sentence.block != self._block:
            self._last = self._standing = None
            goes_on = False
            above = self._text[max(0, sentence.block_start - 4) : sentence.block_start].rstrip()
            if not (above.endswith(("：", ":")) or _NEXT_POINT.match(text)):
                self._aimed = None
            self._passages.enter(sentence.start)
        self._block, self._sentence = sentence.block, sentence
        if not (goes_on and self._frame.opening):
            self._frame = _Frame(self._standing if goes_on else None)
        state.period = self._frame.period
        if state.period is None and _THEN.match(text):
            state.period = self._last
        if state.period is None and state.read and _PART.match(text):
            state.period = self._of_the_whole(state)
        if state.period is None and (told := self._gatherings.of(sentence, text)) is not None:
            self._frame = _Frame(told, True)
            state.period = told
            self._lasting = True

    def clause(self, sentence: Sentence, clause: Clause, upto: int, state: State) -> None:
        """Take in what a clause says of time before an offset."""
        surface = self._text[clause.start : clause.end]
        times = self._inside(clause, upto)
        if "年" in surface:
            if not times and _SOME_YEARS.search(self._text, clause.start, upto):
                state.period = None
            if _ENDED_YEARS.search(self._text, clause.start, upto):
                begun = next((t.period for t in state.times if t.role == "point"), None)
                state.period = since(begun) if begun is not None else self._now()
        for time in times:
            if time.role == "baseline" and self._own.stands_alone(clause, time):
                state.period = time.period  # 去年同期，全市培训3万人次
            elif time.role == "baseline" or self._own.compares(clause, time):
                state.baseline = time.period
                state.baseline_named = _YEAR.search(time.text) is not None
            elif self._own.of_one_number(time) or self._own.of_what_is_told(time):
                continue
            else:
                self._hold(sentence, time, state)
        if _TO_NOW.search(surface) and state.period is not None and state.period.end is not None and not state.happened:
            state.period = since(state.period)
        if _THENCE.match(surface) and self._last is not None:
            state.period = since(self._last)

    def _hold(self, sentence: Sentence, time: Time, state: State) -> None:
        """Let a time hold from here on."""
        period = self._held_as(time, sentence, state)
        if self._opens(sentence, time):
            self._frame = _Frame(period, True)
        elif time.role in {"point", "span"} and self._frame.opening and not within(time.period, self._frame.period):
            self._frame = _Frame()
        if time.role == "until" and (time.text.startswith("截") or (time.period.end or "9") <= self._published):
            self._standing = time.period
        if (time.period.end or "") > self._published:
            self._aimed = time.period
        if state.times and time.start - state.times[-1].end == 1 and self._text[time.start - 1] in "、和与及":
            state.times.append(time)
        else:
            state.times = [time]
        state.period = self._last = period
        state.happened = False
        self._lasting = _LASTING.search(time.text) is not None or time.role not in {"point", "span"}
        if time.role in {"point", "span"}:
            self._gatherings.take(time, sentence)

    def _held_as(self, time: Time, sentence: Sentence, state: State) -> Period:
        """Return the period that a time stands for: years that run from one just named are those since it.

        What goes on for some days is told of by its month; what is heard on a day is as of its month.
        """
        if time.role == "point" and _HEARD.match(self._text, time.end, sentence.end):
            return until(month_of(time.period))
        if time.role == "span" and _RUNNING.search(time.text) and time.period.start:
            first = int(time.period.start[:4])  # in 2025 the three years since 2023, counting it, or since 2022
            named = () if state.happened else state.times  # not 2022年被命名，三年来…
            begun = next((t.period for t in named if t.period.edtf in {str(first), str(first + 1)}), None)
            return since(begun) if begun is not None else time.period
        return month_of(time.period) if time.role == "span" else time.period

    def _opens(self, sentence: Sentence, time: Time) -> bool:
        """Whether a time opens its sentence, but for a label or a word that links it."""
        before = self._text[sentence.start : time.start].strip()
        for lead in (_HEAD, _LABEL):
            if (match := lead.match(before)) is not None:
                before = before[match.end() :]
        return _ASIDE.fullmatch(before) is not None

    def leave(self, clause: Clause, state: State) -> None:
        """End a clause: the date on which something was issued or awarded does not hold for what follows."""
        period = state.period
        if period is None or period.start is None or period.end is None or self._lasting:
            return
        if any(t.text in self._words["foundings"] for t in clause.tokens) and period.end < self._published:
            if len(period.edtf) == len("2017"):
                state.period = since(period)
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
        return [t.time for t in clause.tokens if t.time is not None and t.start < max(upto, clause.start + 1)]

    def _now(self) -> Period | None:
        if not self._published:
            return None
        stated = next((t for t in self._times if t.text in {"目前", "截至目前", "当前"}), None)
        this = self._published[:4]
        return stated.period if stated is not None else Period(f"../{this}", None, self._published)

    # --- one number ---

    def has_been(self, site: Site) -> bool:
        """Whether the number is of a time of its own that is over: 由目前的312家."""
        own = self._own.stated(site)
        return own is not None and not self._published < (own.end or "9999")

    def plans(self, site: Site, period: Period | None) -> bool:
        """Whether a number of this period is set by its passage, a plan: 全年建成驿站45个 below 2025年重点任务."""
        return self._passages.plans(period) and self._words.pattern("standing").search(site.between) is None

    def of(self, site: Site, found: Found, kind: Kind, state: State) -> tuple[Period | None, Period | None]:
        """Return the period of a number and, for a change, the time that it is compared with."""
        construction = found.construction
        own = self._own.stated(site)
        if own is not None:
            state.baseline, state.baseline_named = own, True
        if site.place + 1 < site.total and (construction == "from-to" or self._becomes(site, own)):
            return self._own.first_of_two(own, site, state), None
        became = construction == "from-to" or (site.place and self._words.pattern("reached").fullmatch(site.between))
        own = own or (self._own.at_end(state, 1) if became else None)
        own = own or self._own.aligned(site, state.times) or self._own.of_baseline(site, kind)
        baseline = self._own.baseline(site, state) if kind == "Growth" else None
        in_part = kind != "Growth" and _PART.match(site.between) is not None
        part = in_part or construction == "of-which" or _GRADE.fullmatch(site.between) is not None
        if part and state.read and not timed(site):
            whole = self._of_the_whole(state)
            if whole is not None or state.standing:
                return whole, baseline
        if own is None and became and state.pair and not timed(site):
            own = state.pair[1]
        period = own or self._held(site, construction, kind, state, baseline)
        if kind == "Target":
            return self._aim(period), baseline
        yearly = self._own.is_yearly(site) and (period is None or period.end is not None)
        if yearly or (not became and self._own.is_paid_to_each(site)):
            return None, baseline
        period = period or self._told_of(site)
        if period is not None and own is None and not became:
            period = self._counting.counted_at(site, period, self._now())
        if site.quantity.unit == "倍" and baseline is None:
            baseline = state.baseline
        if baseline is not None and period is not None:
            period = between(baseline, period, state.baseline_named)
        if became and state.read:
            state.pair = (state.read[-1].period, period)
        return period, baseline

    def _becomes(self, site: Site, own: Period | None) -> bool:
        """Whether a number becomes the next: 由最初的6家增加到27家, 由占比17%升到34%, 占比由2020年的28%升到34%."""
        if _FROM.search(site.between):
            return True
        behind = "".join(t.text for t in site.right[:3])
        opens = own is not None or _FROM_SHARE.search(site.between) is not None
        return opens and self._words.pattern("reached").match(behind) is not None

    def _aim(self, period: Period | None) -> Period | None:
        """Return by when, or in what year, an aim is to be reached."""
        if period is not None and is_to_come(period, self._published):
            return period
        return self._aimed or self._passages.aim()

    @staticmethod
    def _of_the_whole(state: State) -> Period | None:
        """Return the period of what a part is counted with: the level stated last, not the change on it."""
        said = levels(state.read) or state.read
        return said[-1].period

    def _told_of(self, site: Site) -> Period | None:
        """Return the time of a number that its sentence gives none: of an honour, of the passage, of the report."""
        clause = self._text[site.clause.start : site.clause.end]
        if self._sentence is not None and self._words.pattern("conferrals").search(clause):
            given = self._gatherings.honoured(self._sentence)
            if given is not None:
                return given
        return self._passages.of(site.before)

    def _held(self, site: Site, construction: str, kind: Kind, state: State, baseline: Period | None) -> Period | None:
        """Return the period that holds for a number by what was said before it."""
        if self._own.is_standing(site):
            state.standing = True
            return self._now()
        if state.happened and not timed(site) and not self._counting.is_done(site, construction):
            state.period = None
        period = state.period
        last = state.read[-1].period if state.read else None
        if baseline is not None and period is not None and period.end is None and last is not None:
            return last  # of a number stated as of a day: 发展到194个，比2022年底增加91个
        if kind == "Share" and period is not None and period.end is None:
            return self._now() or period
        if kind == "Share" and period is None and not timed(site):
            return last or self._standing
        if period is not None or kind != "Level" or _SOME_YEARS.search(site.before):
            return period
        if not self._counting.is_stock(site):
            return None
        return self._now() if state.standing else self._standing


def timed(site: Site) -> bool:
    """Whether a time stands between the number before and this one."""
    return any(t.tag == "TIME" for t in site.left)
