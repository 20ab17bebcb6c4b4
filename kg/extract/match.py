"""Applies the slot rules: a trigger hits, then each slot looks for its filler in the positions that the rule names."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from kg.extract.clauses import Clause, Sentence
from kg.extract.context import Context, starting_in
from kg.extract.positions import fill
from kg.extract.rulebook.ruleset import Rule, RuleSet
from kg.extract.site import Site
from kg.model import Fact, Mention
from kg.naming import slug

__all__ = ["Attempt", "Context", "Found", "attempts", "facts", "starting_in", "stated_first"]

# These positions assume a filler; one that is stated elsewhere in the article comes before it.
_ASSUMED = frozenset({"locality", "place", "named", "protagonist"})
_DENIED = re.compile("没有?|尚未|并未|未能|从未|未|不再|无法|缺乏|难以|推迟|延期|延后|取消|暂缓|暂停")
_ALIGNED = re.compile("分别|各自|依次")
_MOST_TRIGGERS = 50  # of one word in a clause
_SPAN_LIMIT = 200  # characters of evidence beyond which only the trigger's clause is shown


class Attempt(NamedTuple):
    """One trigger of one rule at one place, and what came of it: for explanations and for the reader alike.

    Attributes:
        rule: The rule tried.
        start, end: Span of the trigger.
        fillers: What each slot found so far.
        assumed: Whether a filler was assumed from the context, not said in the sentence.
        failed: The step that failed in words, or "" where the rule held.
    """

    rule: Rule
    start: int
    end: int
    fillers: dict[str, tuple[Mention, ...]]
    assumed: bool = False
    failed: str = ""


class Found(NamedTuple):
    """A fact of a slot rule, and whether its agent was assumed for want of a stated one."""

    fact: Fact
    assumed: bool


def attempts(sentence: Sentence, rules: RuleSet, context: Context) -> Iterator[Attempt]:
    """Try every slot rule on a sentence; yield each trigger found, held or failed."""
    for index, clause in enumerate(sentence.clauses):
        worth_trying = _worth_trying(rules, context.text, clause)
        surface = _surface(clause, context.text) if worth_trying else ""
        for rule, words in worth_trying:
            for start, end in _triggers(rule, words, surface, clause.start):
                yield _try(rule, sentence, index, start, end, context)


def facts(sentence: Sentence, rules: RuleSet, context: Context) -> list[Found]:
    """Return the facts that the slot rules read from a sentence."""
    found: list[Found] = []
    for attempt in attempts(sentence, rules, context):
        if attempt.failed:
            continue
        left, right = (slot.name for slot in attempt.rule.slots)
        date = _date_before(attempt.start, sentence, context)
        for a, b in _pairs(attempt.fillers[left], attempt.fillers[right], attempt, context.text, sentence):
            if (a.start, a.end) == (b.start, b.end):
                continue
            start, end = _evidence(sentence, attempt, a, b)
            slots = {left: a, right: b, "date": date}
            fact = Fact(attempt.rule.fact, slots, start, end, attempt.rule.id, attempt.rule.confidence)
            found.append(Found(fact, attempt.assumed))
    return found


def stated_first(found: Sequence[Found]) -> list[Fact]:
    """Drop facts with an assumed agent where the article states an agent of the same fact elsewhere."""

    def object_of(fact: Fact) -> tuple[str, str]:
        right = list(fact.slots.values())[1]
        assert isinstance(right, Mention)
        return fact.type, slug(right.name or right.text)

    stated = {object_of(f.fact) for f in found if not f.assumed}
    return [f.fact for f in found if not f.assumed or object_of(f.fact) not in stated]


def _pairs(
    left: Sequence[Mention], right: Sequence[Mention], attempt: Attempt, text: str, sentence: Sentence
) -> list[tuple[Mention, Mention]]:
    """Return every pair; with 分别 before the trigger, the pairs that stand in the same place of both lists."""
    clause = next((c for c in sentence.clauses if c.start <= attempt.start < c.end), None)
    before = text[clause.start : attempt.start] if clause else ""
    if len(left) == len(right) > 1 and _ALIGNED.search(before):
        return list(zip(left, right, strict=True))
    return [(a, b) for a in left for b in right]


def _surface(clause: Clause, text: str) -> str:
    """Return the clause as written, names blanked, so that no trigger is found inside a name."""
    parts: list[str] = []
    at = clause.start
    for token in clause.tokens:
        if token.tag == "NAME":
            parts += text[at : token.start], "\0" * (token.end - token.start)
            at = token.end
    parts.append(text[at : clause.end + 1])  # with the mark that ends it
    return "".join(parts)


@functools.lru_cache(maxsize=8)
def _index(rules: RuleSet) -> tuple[AhoCorasick, list[list[tuple[int, int]]]]:
    """Return an automaton of the longest words of triggers, and the triggers of which each is a part.

    A trigger goes by the number of its rule and its own number in the rule.
    """
    by_word: dict[str, list[tuple[int, int]]] = {}
    for number, rule in enumerate(rules.rules):
        for place, trigger in enumerate(rule.triggers):
            by_word.setdefault(max(trigger.split("…"), key=len), []).append((number, place))
    return AhoCorasick(list(by_word)), list(by_word.values())


@functools.lru_cache(maxsize=1)
def _hits(rules: RuleSet, text: str) -> tuple[list[int], list[list[tuple[int, int]]]]:
    """Return where the longest words of triggers stand in an article, in order, and the triggers of each."""
    automaton, triggers = _index(rules)
    hits = sorted((start, word) for word, start, _ in automaton.find_matches_as_indexes(text, overlapping=True))
    return [start for start, _ in hits], [triggers[word] for _, word in hits]


def _worth_trying(rules: RuleSet, text: str, clause: Clause) -> list[tuple[Rule, list[str]]]:
    """Return the rules of which a trigger may stand in a clause, in their order, each with these triggers in theirs."""
    starts, triggers = _hits(rules, text)
    first = bisect.bisect_left(starts, clause.start)
    last = bisect.bisect_right(starts, clause.end, first)
    if first == last:
        return []
    hits = {trigger for of_word in triggers[first:last] for trigger in of_word}
    found: dict[int, list[str]] = {}
    for number, place in sorted(hits):
        found.setdefault(number, []).append(rules.rules[number].triggers[place])
    return [(rules.rules[number], words) for number, words in found.items()]


def _triggers(rule: Rule, words: Sequence[str], surface: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield where triggers of a rule, in their order, stand in a clause as it asks for."""
    taken: list[tuple[int, int]] = []
    for word in words:
        for match in itertools.islice(_pattern(word).finditer(surface), _MOST_TRIGGERS):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
    for at, end in sorted(taken):
        before, after = surface[:at], surface[end:]
        if rule.unless_before and before.endswith(rule.unless_before):
            continue
        if rule.unless_after and after.startswith(rule.unless_after):
            continue
        if any(word in before for word in rule.unless_within):
            continue
        if rule.needs_within and not any(word in before for word in rule.needs_within):
            continue
        if rule.needs_after and not after.startswith(rule.needs_after):
            continue
        yield offset + at, offset + end


@functools.cache
def _pattern(trigger: str) -> re.Pattern[str]:
    """A trigger as a pattern; … stands for up to 20 characters, none of them 副 (任副组长 is not 任…组长)."""
    return re.compile("[^副]{0,20}?".join(re.escape(part) for part in trigger.split("…")), re.DOTALL)


def _try(rule: Rule, sentence: Sentence, index: int, start: int, end: int, context: Context) -> Attempt:
    clause = sentence.clauses[index]
    fillers: dict[str, tuple[Mention, ...]] = {}
    # 去年印发的《甲》 tells of what is done; 某局牵头的行动 may still lie ahead.
    done = rule.fact in {"issues", "organises"} and context.text.startswith("的", end)
    if clause.is_plan(start) and not rule.planned and not done:
        return Attempt(rule, start, end, fillers, failed="a plan, demand or advice, not a fact")
    if _DENIED.search(context.text, max(clause.start, start - 4), start):
        return Attempt(rule, start, end, fillers, failed="denied, not stated")
    if rule.needs_type and not any(
        m.type in rule.needs_type and m.start < end + 20 for m in _names(sentence.clauses[: index + 1], context, start)
    ):
        return Attempt(rule, start, end, fillers, failed=f"no {' or '.join(sorted(rule.needs_type))} before")
    assumed = False
    for slot in rule.slots:
        position, found = fill(Site(slot, sentence, index, start, end, context))
        if not found:
            return Attempt(rule, start, end, fillers, failed=f"nothing fills {slot.name} ({', '.join(slot.positions)})")
        assumed = assumed or position in _ASSUMED
        fillers[slot.name] = found
    return Attempt(rule, start, end, fillers, assumed)


def _names(clauses: Sequence[Clause], context: Context, at: int) -> list[Mention]:
    first = clauses[0].start
    return list(starting_in(context.mentions, first, at + 30))


def _date_before(at: int, sentence: Sentence, context: Context) -> str | None:
    """Return the date last stated in the sentence before an offset, as EDTF."""
    stated = [t for t in starting_in(context.times, sentence.start, at) if t.role in {"point", "span"}]
    return stated[-1].period.edtf if stated else None


def _evidence(sentence: Sentence, attempt: Attempt, *mentions: Mention) -> tuple[int, int]:
    inside = [m for m in mentions if sentence.start <= m.start < sentence.end and m.end > m.start]
    start = min([attempt.start, *(m.start for m in inside)])
    end = max([attempt.end, *(m.end for m in inside)])
    return (start, end) if end - start <= _SPAN_LIMIT else (attempt.start, attempt.end)
