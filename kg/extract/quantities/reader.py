"""Quantities in running text: numbers with unit and bound, and the reasons why other numbers are none.

Units, words of bound and exclusions are declared, with examples, in `data/quantities.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kg.extract.numerals import DIGITS, half_width, value
from kg.extract.quantities.around import MORE_BEHIND, Surroundings, Tail
from kg.extract.quantities.grammar import SPACE, WINDOW, Grammar, grammar
from kg.extract.quoted import quoted_names
from kg.model import Bound, Quantity

# A maximal run of numeral characters; everything else is looked at only around these.
_RUN = re.compile(
    "[0-9零〇一二两三四五六七八九十百千万亿]"
    "(?:[0-9零〇一二两三四五六七八九十万亿]|百(?!分点)|千(?![瓦克米])|[.,](?=[0-9])|点(?=[零〇一二三四五六七八九]))*"
)
_FRACTION = re.compile("分之([0-9零〇一二两三四五六七八九十百千点]+(?:[.][0-9]+)?)(强|多)?")
_DOUBLED = re.compile("翻了?(?:(近|约)|(超过?))?([一二两三四])?番")
_DOUBLED_BOUND: dict[int, Bound] = {1: "About", 2: "Over"}
# What may join a number without unit to one with: 14至18家, 由96增至431家, 12、15、20个.
_LEAST = 5  # characters before a number in which 至少 and a verb stand
_JOINT = re.compile(
    f"[{SPACE}]?(?:[—–~～-]{{1,2}}|至|到|增至|增加到|扩[大展充]到|扩至|升至|提[升高]?[至到]|上升[至到]|[下降减少]{{1,2}}[至到]|"
    f"发展到|(?P<list>、|和|或))[{SPACE}]?"
)
# 一 is a number before these and an article before measure words.
_ONE_OF = re.compile(f"[{SPACE}]?(?:成|倍|%|个百分点|百分点)")


class Numeral(NamedTuple):
    """A number where it stands: a quantity, or the reason why it is none.

    Attributes:
        start, end: Span of the number itself, without unit.
        text: The characters of the span.
        quantity: What it states, or None.
        reason: Id of the exclusion, or why it is no quantity; "" where it is one.
    """

    start: int
    end: int
    text: str
    quantity: Quantity | None
    reason: str


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order, without those that stand in names, dates, ranks or the like.

    >>> [(q.text, str(q.value), q.unit, q.bound) for q in find_quantities("走访职工12万余人次，近七成满意。")]
    [('12万余人次', '120000', '人次', 'Over'), ('近七成', '70', '%', 'About')]
    """
    return [numeral.quantity for numeral in _scan(text, False) if numeral.quantity is not None]


def find_numerals(text: str) -> list[Numeral]:
    """Return every number of `text` in order, each with its quantity or the reason why it is none.

    >>> [(n.text, n.reason) for n in find_numerals("2023年，第六届大赛设3个赛项")]
    [('2023', 'year'), ('六', 'ordinal'), ('3', '')]
    """
    return sorted(_scan(text, True), key=lambda n: n.start)


def _plain(number: Decimal) -> Decimal:
    """Return the same value without trailing zeros and without exponent."""
    whole = number.to_integral_value()
    return whole if whole == number else Decimal(format(number.normalize(), "f"))


def _scan(text: str, explain: bool) -> Iterator[Numeral]:
    rules = grammar()
    reader = _Reader(rules, half_width(text), text, explain)
    found = list(reader.numbers())
    found += reader.halves()
    found += reader.doublings()
    found.sort(key=lambda n: n.start)
    yield from reader.shared_units(found)


class _Reader:
    """Reads one text. `text` has ASCII digits, `origin` is as given; they have the same length."""

    def __init__(self, rules: Grammar, text: str, origin: str, explain: bool) -> None:
        self.rules, self.text, self.origin, self.explain = rules, text, origin, explain
        self.names = quoted_names(text)
        self.around = Surroundings(rules, text)

    def numbers(self) -> Iterator[Numeral]:
        """Yield all numbers but halves and doublings."""
        text, follow, size = self.text, self.rules.follow, len(self.text)
        chain: list[tuple[int, int, str]] = []
        done = 0
        for match in _RUN.finditer(text):
            start, end = match.span()
            if start < done:
                continue
            if (
                end < size
                and text[start] > "9"
                and text[end] not in follow
                and not self.explain
                and text[end] not in "至到、和—-~～"
            ):
                chain = []
                if match[0][-1] not in "万亿":
                    continue
            run = match[0]
            if run == "一" and not _ONE_OF.match(text, end):
                if self.explain:
                    article = self.around.read(start, end, run, Decimal(1)) is not None
                    yield self._none(start, end, "indefinite-one" if article else self._why(start, end, run, "no unit"))
                continue
            number = value(run)
            if number is None and "0" <= run[-1] <= "9":
                # Half-width punctuation between two numbers: only the last belongs to what follows.
                run = re.split("[,.]", run)[-1]
                start = end - len(run)
                number = value(run)
            if number is None:
                chain = []
                if self.explain:
                    yield self._none(start, end, self._why(start, end, run, "no single number"))
                continue
            if (run[1:2] == "." and start == 0) or ("." in run and text[start - 1 : start] == "\n"):
                start, run, number = self._list_mark(start, end, run, number)
            fraction = _FRACTION.match(text, end) if text.startswith("分之", end) else None
            tail = self.around.fraction(number, fraction) if fraction else self.around.read(start, end, run, number)
            if fraction:
                run = fraction[1]
            if chain and not self._joined(chain[-1], start):
                chain = []
            if tail is None:
                chain.append((start, end, run))
                if self.explain:
                    yield self._none(start, end, self._why(start, end, run, "no unit"))
                continue
            done = tail.unit_end
            yield from self._decide(start, end, run, number, tail, chain)
            chain = []

    def shared_units(self, found: list[Numeral]) -> list[Numeral]:
        """Give the unit of the last to numbers in 万 or 亿 that are joined to it: 20万、10万、5万元."""
        after: Quantity | None = None
        for index in range(len(found) - 1, -1, -1):
            quantity = found[index].quantity
            if quantity is not None and after is not None and not quantity.unit and after.unit not in ("", "%", "倍"):
                joint = _JOINT.fullmatch(self.text, quantity.end, after.start)
                quantity = replace(quantity, unit=after.unit) if joint else quantity
                found[index] = found[index]._replace(quantity=quantity)
            after = quantity
        return found

    def _list_mark(self, start: int, end: int, run: str, number: Decimal) -> tuple[int, str, Decimal]:
        """Take `1.` at the start of a line for the mark of a list where a broken number makes no sense."""
        mark, _, rest = run.partition(".")
        tail = self.around.read(start, end, run, number)
        if tail is None or tail.factor != 1 or tail.unit in MORE_BEHIND or len(mark) > 2 or not rest.isdecimal():
            return start, run, number
        return start + len(mark) + 1, rest, Decimal(rest)

    def _joined(self, previous: tuple[int, int, str], start: int) -> bool:
        bound_start, _ = self.around.bound_before(start, "")
        joint = _JOINT.fullmatch(self.text, previous[1], bound_start)
        # 三、四名 is about three or four; 12、15个 are two counts.
        return joint is not None and (not joint["list"] or previous[2][0] <= "9")

    def _decide(
        self, start: int, end: int, run: str, number: Decimal, tail: Tail, chain: list[tuple[int, int, str]]
    ) -> Iterator[Numeral]:
        """Yield the number as quantity unless an exclusion covers it, and those before it that share its unit."""
        begin, before = self.around.bound_before(start, run, tail.unit_end)
        if begin == start and self.text[start - 1 : start] == "的" and tail.unit in ("%", "倍"):
            far = self.rules.far.search(self.text, max(0, start - WINDOW), start)
            if far:
                begin, before = far.start(), self.rules.bound_of[far[1]]
        if before is None:
            least = self.rules.before_verb.search(self.text, max(0, start - _LEAST), start)
            before = self.rules.bound_of[least[1]] if least else None
        bound: Bound = before or tail.bound or "Exact"
        reason = self._excluded(start, run, tail, bound)
        if reason:
            yield self._none(start, end, reason)
            return
        stated = number * tail.factor if tail.value is None else tail.value
        for at, stop, earlier in chain:
            first = value(earlier)
            if first is None or self._excluded(at, earlier, tail, "Exact"):
                continue
            if tail.value is not None and tail.unit == "%" and first <= 10:
                first *= 10 if number * 10 == tail.value else 1
            elif earlier[-1] not in "百千万亿" and first < _coefficient(run, number):
                first *= tail.factor * int(number / _coefficient(run, number))
            head, lower = self.around.bound_before(at, earlier)
            quantity = Quantity(head, stop, _plain(first), tail.unit, lower or "Exact", self.origin[head:stop])
            yield Numeral(at, stop, self.origin[at:stop], quantity, "")
        quantity = Quantity(begin, tail.end, _plain(stated), tail.unit, bound, self.origin[begin : tail.end])
        yield Numeral(start, end, self.origin[start:end], quantity, "")

    def _excluded(self, start: int, run: str, tail: Tail, bound: str) -> str:
        """Return the id of the exclusion that covers the number, or ""."""
        if self.names.cover(start):
            return "name-in-quotes"
        if tail.bound and bound == "Exact":
            bound = tail.bound
        unit = tail.unit or " "
        for exclusion in self.rules.exclusions_of(unit):
            if exclusion.covers(self.text, start, run, tail.unit_end, bound):
                return exclusion.id
        return ""

    def _why(self, start: int, end: int, run: str, otherwise: str) -> str:
        """Return the reason why a number without unit is no quantity."""
        if self.names.cover(start):
            return "name-in-quotes"
        for exclusion in self.rules.exclusions:
            if exclusion.quoted or (exclusion.unit and not exclusion.bare) or exclusion.id == "indefinite-one":
                continue
            if exclusion.bare and not exclusion.bare.match(self.text, end):
                continue
            if exclusion.unit and not exclusion.unit.fullmatch(" "):
                continue
            if exclusion.covers(self.text, start, run, end, "Exact"):
                return exclusion.id
        return otherwise

    def _none(self, start: int, end: int, reason: str) -> Numeral:
        return Numeral(start, end, self.origin[start:end], None, reason)

    def halves(self) -> Iterator[Numeral]:
        """Yield 一半, 过半, 半数以上 as percent."""
        text, at = self.text, self.text.find("半")
        while at >= 0:
            for word, bound, barred in self.rules.halves:
                start = at - word.index("半")
                end = start + len(word)
                if start >= 0 and text.startswith(word, start) and not barred.match(text, end):
                    yield self._half(start, end, bound)
                    break
            at = text.find("半", at + 1)

    def _half(self, start: int, end: int, bound: Bound) -> Numeral:
        tail = self.around.bounded(Tail(0, end, "%", 1, None))
        begin, before = self.around.bound_before(start, "")
        if before is None and self.text[start - 1 : start] == "另":
            return self._none(start, end, "determined")
        if self.names.cover(start):
            return self._none(start, end, "name-in-quotes")
        stated: Bound = before or tail.bound or bound
        quantity = Quantity(begin, tail.end, Decimal(50), "%", stated, self.origin[begin : tail.end])
        return Numeral(start, end, self.origin[start:end], quantity, "")

    def doublings(self) -> Iterator[Numeral]:
        """Yield 翻一番 as growth by 1 倍, 翻两番 by 3 倍."""
        if "番" not in self.text:
            return
        for match in _DOUBLED.finditer(self.text):
            if self.names.cover(match.start()):
                continue
            times = DIGITS[match[3]] if match[3] else 1
            bound: Bound = "About" if match[1] else "Over" if match[2] else "Exact"
            start, end = match.span()
            quantity = Quantity(start, end, Decimal(2**times - 1), "倍", bound, self.origin[start:end])
            yield Numeral(start, end, self.origin[start:end], quantity, "")


def _coefficient(run: str, number: Decimal) -> Decimal:
    """Return what stands before 万 or 亿: 3 in 3万."""
    head = run.rstrip("百千万亿")
    return (value(head) or number) if head and head != run else number
