"""Times that are of one number, or of a comparison, and hold for nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import Clause
from kg.extract.observations.site import Site, State
from kg.extract.observations.words import RELATIVE, Words
from kg.extract.times import Time
from kg.extract.times.stretches import ends, until
from kg.model import Kind, Period

_COMPARED = re.compile(r"较|比")
_COMPARING = ("比", "较", "与", "同", "和", "相")
_SPAN = re.compile(r"\d{4}.*[至到—–~～-].*\d{4}")
_EACH_TIME = re.compile(r"分别|依次")
_RELATED = frozenset({"倍", "个百分点"})
_TELLING = re.compile(r"(?:通报|总结|部署|回顾|安排|解读|汇报|谋划|听取|审议|研究|报告)了?$")
_NEAR = 16  # characters before a number
_EVERY = re.compile(r"每(?:两?年|季度?|个?月|周|天|日)")
_AVERAGE = re.compile(r"平均|[人户月年场]均")


class Own:
    """Tells the time of a single number.

    Args:
        words: The words of the rules.
        text: The article's text.
    """

    def __init__(self, words: Words, text: str) -> None:
        self._words, self._text = words, text

    def stated(self, site: Site) -> Period | None:
        """Return the time that is of this number alone: 由2020年的28%."""
        near = [t.time for t in site.left if t.time is not None]
        if near and self._text[near[-1].end : site.quantity.start] == "的" and self.of_one_number(near[-1]):
            return near[-1].period
        return None

    def first_of_two(self, own: Period | None, site: Site, state: State) -> Period | None:
        """Return the time of a number that became another: the end of its year where the other is as of a day.

        Args:
            own: The time stated of this number alone, or None.
            site: Where the number stands.
            state: What the sentence has said before.
        """
        if own is None:
            return self.at_end(state, 0) or (state.pair[0] if state.pair else None)
        later = next((t.time.period for t in site.right if t.time is not None), state.period)
        return until(own) if later is not None and later.start is None else own

    @staticmethod
    def at_end(state: State, which: int) -> Period | None:
        """Return the first (0) or last (1) of the years over which a number became another: 从2022年到2024年，…."""
        stated = state.times[0] if len(state.times) == 1 else None
        if stated is None or stated.role != "span" or _SPAN.search(stated.text) is None:
            return None
        years = ends(stated.period)
        return years[which] if years is not None else None

    @staticmethod
    def aligned(site: Site, times: Sequence[Time]) -> Period | None:
        """Return the time of coordinated ones that a number belongs to: 2023年、2024年分别新建218家、230家."""
        if len(times) < 2 or len(times) != site.total or _EACH_TIME.search(site.before) is None:
            return None
        return times[site.place].period

    def of_baseline(self, site: Site, kind: Kind) -> Period | None:
        """Return the time compared with where the number is said of it: 上年同期为9.7亿元, 去年同期12家."""
        near = [t.time for t in site.left if t.time is not None]
        if (
            kind == "Growth"
            or site.quantity.unit in _RELATED
            or not near
            or near[-1].role != "baseline"
            or near[-1].text.startswith(_COMPARING)
        ):
            return None
        period: Period = near[-1].period
        return period

    def compares(self, clause: Clause, time: Time) -> bool:
        """Whether a time is what something is compared with (较2020年底, 是2018年的)."""
        before = self._text[clause.start : time.start]
        after = self._text[time.end : time.end + 2]
        if before.endswith(("是", "为")):
            return after[:1] == "的"
        return before.endswith(("较", "比", "与"))

    def of_what_is_told(self, time: Time) -> bool:
        """Whether a time is of the work that someone reports on or plans: 通报上半年进展, 部署下半年工作."""
        return (
            time.role in {"point", "span"}
            and _TELLING.search(self._text, max(0, time.start - 4), time.start) is not None
        )

    @staticmethod
    def stands_alone(clause: Clause, time: Time) -> bool:
        """Whether a time compared with is all that a clause says, so that what follows is told of it: 去年同期，…."""
        return time.text.endswith("同期") and all(t.time is not None or t.tag in {"w", "c"} for t in clause.tokens)

    def of_one_number(self, time: Time) -> bool:
        """Whether a time is only of the number behind it: 由2020年的28%."""
        before = self._text[max(0, time.start - 1) : time.start + 1]
        return bool(set(before) & {"由", "从"}) and self._text[time.end : time.end + 1] == "的"

    def is_standing(self, site: Site) -> bool:
        """Whether the number is said of now: 现有成员34人."""
        if any(t.tag == "TIME" for t in site.left):
            return False
        return self._words.pattern("standing_now").search(site.between) is not None

    @staticmethod
    def is_yearly(site: Site) -> bool:
        """Whether a number is of every year or month: 每年服务6万人次."""
        return _EVERY.search(site.before[-_NEAR:]) is not None

    def is_paid_to_each(self, site: Site) -> bool:
        """Whether an amount is what each gets by rule: 每人奖励3万元, not 月均增资400元."""
        before = site.before[-_NEAR:]
        if site.quantity.unit != "元" or _AVERAGE.search(before):
            return False
        return self._words.pattern("each").search(before) is not None

    def baseline(self, site: Site, state: State) -> Period | None:
        """Return the time that a change is measured from, or None."""
        if site.quantity.unit not in RELATIVE and _COMPARED.search(site.before) is None:
            return None
        if state.baseline is not None:
            return state.baseline
        times = (t.time for t in site.clause.tokens if t.time is not None)
        return next((t.period for t in times if self.of_one_number(t)), None)
