"""What stands around a number: the factor, unit and bound behind it, and the words of bound before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.numerals import DIGITS, MULTIPLIERS, value
from kg.extract.quantities.grammar import SPACE, Grammar, Unit
from kg.model import Bound

_AFTER_NUMBER = re.compile(
    f"[{SPACE}]?(?P<more>有余|余|多|几|来)?"
    f"[{SPACE}]?(?P<factor>[百千]?万亿?|[百千]?亿|千(?![瓦克米]))?(?P<again>余|多)?[{SPACE}]?"
)
_ROUND = frozenset("百千万亿")
# Behind these units 多 and 余 follow the unit: 四成多, 1倍多.
MORE_BEHIND = frozenset({"%", "倍", "个百分点", "元", "吨", "亩", "公里"})
_MORE_IS_WORD = re.compile("多[元方样种渠次部层功年家项地向个]|余[额款]")


@dataclass(slots=True)
class Tail:
    """What follows a number: value factor, unit, bound, and where it ends."""

    end: int  # of unit and bound
    unit_end: int
    unit: str
    factor: int
    bound: Bound | None
    value: Decimal | None = None


class Surroundings:
    """Reads what stands around the numbers of one text.

    Args:
        rules: The declared grammar.
        text: The text, its digits in half width.
    """

    def __init__(self, rules: Grammar, text: str) -> None:
        self._rules, self._text = rules, text

    def read(self, start: int, end: int, run: str, number: Decimal) -> Tail | None:
        """Read what follows the number; None where no unit does."""
        rules, text = self._rules, self._text
        match = _AFTER_NUMBER.match(text, end)
        assert match is not None  # every part is optional
        more, factor_text, again = match["more"], match["factor"] or "", match["again"]
        if (
            factor_text not in MULTIPLIERS
            or (more == "来" and run[-1] not in "十百0")
            or (more == "几" and run[-1] not in "十百千")
        ):
            return None
        factor = MULTIPLIERS[factor_text]
        bound: Bound | None = "About" if more == "来" else "Over" if more or again else None
        at = match.end()
        unit = self._unit(at, run)
        if unit is not None:
            if unit.bound:
                bound = unit.bound
            return self.bounded(Tail(0, at + len(unit.surface), unit.name, factor, bound))
        if text.startswith(rules.tenth, at) and factor == 1 and number <= 10:
            at += len(rules.tenth)
            if rules.tenth_barred.match(text, at):
                return None
            percent = number * 10
            nxt = text[at : at + 1]
            if nxt in DIGITS and nxt and text[at + 1 : at + 2] not in rules.units:
                percent, at = percent + DIGITS[nxt], at + 1
            elif nxt == "半":
                percent, at = percent + 5, at + 1
            return self.bounded(Tail(0, at, "%", 1, bound, percent))
        if run[0] > "9" and not (run[-1] in "万亿" and run[0] not in _ROUND and not text[at : at + 1].isalnum()):
            return None
        # 技术工人26.4万, 超过十万: the unit goes without saying. 11街道: so does 个.
        if (factor >= 10**4 or run[-1] in "万亿") and not re.match("[A-Za-z0-9.]", text[at : at + 1]):
            stop = match.end("again") if again else match.end("factor") if factor_text else end
            if more and not factor_text:
                stop = match.end("more")
            return self.bounded(Tail(0, stop, "", factor, bound))
        counted = rules.counted.match(text, at)
        if counted and number == number.to_integral_value() and number < 1900:
            return Tail(at, at, "个", factor, bound)
        return None

    def _unit(self, at: int, run: str) -> Unit | None:
        text = self._text
        for unit in self._rules.units.get(text[at : at + 1], ()):
            if not text.startswith(unit.surface, at) or (unit.digits and run[0] > "9"):
                continue
            if unit.barred is None or not unit.barred.match(text, at + len(unit.surface)):
                return unit
        return None

    def bounded(self, tail: Tail) -> Tail:
        """Add the bound that follows a unit: 600人以上, 四成多, 10人(含)以上."""
        text, at = self._text, tail.unit_end
        tail.end = at
        skip = 3 if text[at : at + 3] in ("(含)", "（含）") else 1 if text[at : at + 2] in ("及以", "或以") else 0
        if text[at : at + 1] in SPACE and text[at : at + 1]:
            skip = 1
        match = self._rules.after.match(text, at + skip)
        if match is None:
            return tail
        word = match[1]
        if word in ("多", "余") and (tail.unit not in MORE_BEHIND or skip or _MORE_IS_WORD.match(text, at)):
            return tail
        if word == "以下" and text[match.end() : match.end() + 1] in ("简", "几"):
            return tail
        tail.bound = tail.bound or self._rules.bound_after[word]
        tail.end = match.end()
        return tail

    def fraction(self, whole: Decimal, match: re.Match[str]) -> Tail | None:
        """Read 百分之三十 and 三分之二 as percent; thirds and the like to one decimal place."""
        part = value(match[1])
        if part is None or not whole:
            return None
        percent = part * 100 / whole
        if percent != percent.quantize(Decimal("0.0001")):
            percent = percent.quantize(Decimal("0.1"))
        bound: Bound | None = "Over" if match[2] else None
        return self.bounded(Tail(0, match.end(), "%", 1, bound, percent))

    def bound_before(self, start: int, run: str, end: int = -1) -> tuple[int, Bound | None]:
        """Return where the number begins with the words of bound before it, and the bound they state."""
        rules, text = self._rules, self._text
        if not start or text[start - 1] not in rules.bound_ends:
            return start, None
        stop = start
        while stop and text[stop - 1] in SPACE:
            stop -= 1
        window = max(0, stop - 5)
        for pattern, wanted in ((rules.before, True), (rules.before_round, bool(run) and _ROUND.issuperset(run))):
            if not wanted:
                continue
            for at in range(window, stop):
                match = pattern.match(text, at, stop)
                if match is None or match.end() != stop:
                    continue
                if rules.no_bound.search(text, max(0, at - 4), stop) or (
                    match[1] == "上" and text[at - 1 : at] == "以"
                ):
                    return start, None
                if match[1] == rules.thing_word and end >= 0 and rules.thing_after.match(text, end):
                    return start, None
                return at, rules.bound_of[match[1]]
        return start, None
