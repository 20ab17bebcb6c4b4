"""Numbers that name what they count only by what was counted before: 总量, 省级以上, 这一数字, 又开展31场."""

from __future__ import annotations

import re

from kg.extract.observations.site import Site, State
from kg.extract.observations.words import RELATIVE, Words

_YEARS = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)年多?(?:来|间)?")
_THIS_NUMBER = re.compile(r"(?:这一?|这个|该|此)(?:数字|数据|数目|比例|比重|指标)")
_GRADE = re.compile(
    r"(?:国家|省|市|县|区|州|部|自治区)?(?:[、和]?(?:国家|省部|省|市|县|区|州|部))*级(?:以上|及以上)?|\S{0,4}以上"
)
_FOUNDED = re.compile(r"^(?:新建|新增|净增|建成|累计|各级)")
_TREASURY = re.compile(r"([省市县区州]?级?财政)(?:每年|连续|累计|专门|另外|还|已)*[^，,、。]{2,3}$")
_NEW = re.compile(r"^(?:新建|新增|净增)")
_REACHES = re.compile(r"[至到](?:了|近|约|超过?)?$")


class References:
    """Tells what a number counts that refers back.

    Args:
        words: The words of the rules.
    """

    def __init__(self, words: Words) -> None:
        self._words = words

    def completed(self, indicator: str, state: State) -> str:
        """Give a relational noun (总量, 人数) and a bare grade the noun that they are of."""
        if indicator in {"前者", "后者"} or _YEARS.fullmatch(indicator):
            return state.read[-2].indicator if indicator == "前者" and len(state.read) > 1 else state.last
        if _THIS_NUMBER.match(indicator):
            return state.last
        if indicator in self._words["relational"] and state.last_level:
            whole = _FOUNDED.sub("", state.last_level)
            return whole if whole.endswith(indicator) else whole + indicator
        if _GRADE.fullmatch(indicator) and _is_part(state) and not indicator.endswith(self._words.edges("people")):
            last = re.sub(_GRADE.pattern + "(?=.)", "", state.last_level)
            return indicator + _FOUNDED.sub("", last)
        return indicator

    def repeated(self, named: str, verb: str, site: Site, state: State) -> str:
        """Return what a verb without object counts again, or "": 开展义诊26场，…又开展31场; 招收420名，…扩招至600名."""
        same = [read for read in state.read if read.unit == site.quantity.unit and read.kind in {"Level", "Target"}]
        if not named and _REACHES.search(site.between):
            return _NEW.sub("", same[-1].indicator) if same else ""
        verb = named or verb
        if verb not in self._words["light"] | self._words["narrowing"] | self._words["spending"]:
            return ""
        return next((read.indicator for read in reversed(same) if verb in read.between), "")

    def part_done(self, deed: str, state: State) -> str:
        """其中两成实现转化: what was done stands with what it was done to."""
        done = self._words.pattern("light", before="^").sub("", deed) or deed
        return state.last_level + done if state.last_level and state.last_level not in done else done

    def of_amount(self, verb: str, site: Site, state: State) -> str:
        """共计45万元 sums up what was named before."""
        if verb in self._words["spending"] and state.tail.endswith(self._words.edges("payments")):
            return state.tail  # 列支专项资金，发放300万元
        if verb not in self._words["links"]:
            paid = _TREASURY.search(site.between) if verb in self._words["spending"] else None
            return paid[1] + verb if paid else verb
        if site.quantity.unit == "元" and state.tail and not any(r.unit == "元" for r in state.read):
            return state.tail
        return state.last or verb


def _is_part(state: State) -> bool:
    """Whether something was counted before of which this can be a part."""
    return any(read.unit not in RELATIVE | {"元"} for read in state.read)
