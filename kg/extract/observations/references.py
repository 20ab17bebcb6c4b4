"""Numbers that name what they count only by what was said before: 总量, 省级以上, 这一数字, 又开展31场, 共14条."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import Clause
from kg.extract.observations.phrases import Phrases
from kg.extract.observations.site import Found, Site, State
from kg.extract.observations.words import RELATIVE, Words, tidy

_YEARS = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)年多?(?:来|间)?")
_THIS_NUMBER = re.compile(r"(?:这一?|这个|该|此)(?:数字|数据|数目|比例|比重|指标)")
_GRADE = re.compile(
    r"(?:国家|省|市|县|区|州|部|自治区)?(?:[、和]?(?:国家|省部|省|市|县|区|州|部))*级(?:以上|及以上)?|\S{0,4}以上"
)
_FOUNDED = re.compile(r"^(?:新建|新增|净增|建成|累计|各级)")
_TREASURY = re.compile(r"([省市县区州]?级?财政)(?:每年|连续|累计|专门|另外|还|已)*[^，,、。]{2,3}$")
_ADVERBS = re.compile(r"^(?:计划|拟|将|再(?!建)|又|还|已)+")
_THESE_NUMBERS = re.compile(r"(?:这|上述|以上)[两三四五]个?(?:数字|数据|指标)")
_AMOUNTS = RELATIVE | {"元", "次"}
_NEW = re.compile(r"^(?:新建|新增|净增)")
_DOCUMENT = re.compile(r"《[^》]*?(措施|政策|举措|规定|细则|办法|意见|方案|条例)[^》]{0,12}》")
_RECENT = 300  # characters within which a document is meant that is not named again
_REACHES = re.compile(r"[至到](?:了|近|约|超过?)?$")


class References:
    """Tells what a number counts that refers back, and what a clause leaves for those behind it.

    Args:
        words: The words of the rules.
        text: The article's text.
        phrases: Finds noun phrases in it.
    """

    def __init__(self, words: Words, text: str, phrases: Phrases) -> None:
        self._words, self._text, self._phrases = words, text, phrases

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

    def repeated(self, named: str, site: Site, state: State) -> str:
        """Return what a verb without object counts again, or "": 开展义诊26场，…又开展31场; 招收420名，…扩招至600名."""
        same = [read for read in state.read if read.unit == site.quantity.unit and read.kind in {"Level", "Target"}]
        if not same:
            return ""
        if not named and _REACHES.search(site.between):
            return _NEW.sub("", same[-1].indicator)
        verb = _ADVERBS.sub("", named or self._phrases.verb(site))
        if verb in self._words["more"]:
            return _NEW.sub("", same[-1].indicator)
        if verb not in self._words["light"] | self._words["narrowing"] | self._words["spending"]:
            return ""
        return next((read.indicator for read in reversed(same) if verb in read.between), "")

    @staticmethod
    def aligned(site: Site, others: Sequence[Site], state: State) -> str:
        """Return what a number counts of several told of again, by their units, or "": 这三个数字分别是….

        Args:
            site: Where the number stands.
            others: All numbers of its clause.
            state: What was said before.
        """
        if _THESE_NUMBERS.search(site.before) is None:
            return ""
        unit = site.quantity.unit
        here = [other.place for other in others if other.quantity.unit == unit]
        said = [r.indicator for r in state.read[: len(state.read) - site.place] if r.unit == unit]
        return said[here.index(site.place) - len(here)] if len(said) >= len(here) else ""

    def part_done(self, deed: str, state: State) -> str:
        """其中两成实现转化: what was done stands with what it was done to."""
        done = self._words.pattern("light", before="^").sub("", deed) or deed
        return state.last_level + done if state.last_level and state.last_level not in done else done

    def of_amount(self, verb: str, site: Site, state: State) -> str:
        """共计45万元 sums up what was named before."""
        if verb in self._words["spending"] and self._tail(state).endswith(self._words.edges("payments")):
            return self._tail(state)  # 列支专项资金，发放300万元
        if verb not in self._words["links"]:
            paid = _TREASURY.search(site.between) if verb in self._words["spending"] else None
            return paid[1] + verb if paid else verb
        if site.quantity.unit == "元" and not any(r.unit == "元" for r in state.read) and (tail := self._tail(state)):
            return tail
        return state.last or verb

    def continued(self, site: Site, state: State) -> Found | None:
        """累计达到17个: the number goes on with the indicator before it."""
        if site.quantity.unit == "元" and not any(r.unit == "元" for r in state.read) and (tail := self._tail(state)):
            return Found("continued", tail)
        if not state.read:
            named = self._articles(site)
            if not named and state.clause is not None and site.quantity.unit != "次":
                named = self._topic(state.clause)
            return Found("continued", named) if named else None
        return Found("continued", _NEW.sub("", state.last))

    def _articles(self, site: Site) -> str:
        """Return what a document is made of that was named before: 印发《若干措施》，共14条."""
        if site.quantity.unit != "条":
            return ""
        start = site.quantity.start
        titles = _DOCUMENT.findall(self._text, max(0, start - _RECENT), start)
        return titles[-1] if titles else ""

    def topic(self, verb: str, site: Site, state: State) -> str:
        """Return what the clause before named alone, for a verb without object: 这样的工作站，全市建起了48家; or ""."""
        said = [t for t in state.clause.tokens if t.tag != "w"] if state.clause is not None else []
        alone = said and not any((t.verbal and t.text != "像") or t.tag in {"TIME", "NAME"} for t in said)
        if not alone or state.clause is None or verb not in self._words["light"] or site.quantity.unit in _AMOUNTS:
            return ""
        return self._topic(state.clause)

    def _topic(self, clause: Clause) -> str:
        """Return the noun phrase that a clause without numbers names, for the clause behind it: 甲的月薪，由8600元….

        A predicate of one word may follow: 培训机构偏少，不足10家.
        """
        tokens = [t for t in clause.tokens if t.tag != "w"]
        if not tokens or any(t.quantity is not None or (t.mention is not None and t == tokens[-1]) for t in tokens):
            return ""
        if len(tokens) > 1 and tokens[-1].tag in {"a", "d", "ad", "v"} and not tokens[-1].nominal:
            tokens.pop()
        return tidy(self._phrases.ending(tokens, clause.embedded))

    def _tail(self, state: State) -> str:
        """Return the noun phrase that ends the clause before, behind its numbers and a verb: 为226人发放助学金."""
        clause = state.clause
        if clause is None:
            return ""
        last = max((i for i, t in enumerate(clause.tokens) if t.quantity is not None), default=-1)
        behind = [t for t in clause.tokens[last + 1 :] if t.tag != "w"]
        if not any(t.verbal or t.text in self._words["light"] for t in behind):
            return ""
        return tidy(self._phrases.ending(behind, clause.embedded))


def _is_part(state: State) -> bool:
    """Whether something was counted before of which this can be a part."""
    return any(read.unit not in RELATIVE | {"元"} for read in state.read)
