"""What the reader makes of a sentence: clauses, names, numbers, times, the rules tried and the step that failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.extract import match
from kg.extract.analysis import Analysis, analyse_article
from kg.extract.clauses import Clause, Sentence
from kg.extract.quantities import find_numerals
from kg.extract.reader import read
from kg.extract.rulebook import loading
from kg.extract.rulebook.check import article_of, code_of_place, values
from kg.extract.rulebook.ruleset import GROUPS, Rule, RuleSet, Slot
from kg.extract.times import Time
from kg.model import Fact, Mention, Quantity

Origin = Literal["own", "carried", "none"]


@dataclass(frozen=True, slots=True)
class ExplainedClause:
    """A clause as the reader sees it.

    Attributes:
        start, end: Span in the text.
        subject: Names in full of those who act.
        origin: Whether the subject stands in the clause itself, is carried over from before, or there is none.
        blocked: Whether something that is no known name stands where the subject would.
        plan_from: Where a plan, demand or advice begins that reaches into the clause; None where it states facts.
    """

    start: int
    end: int
    subject: tuple[str, ...]
    origin: Origin
    blocked: bool
    plan_from: int | None


@dataclass(frozen=True, slots=True)
class ExplainedNumber:
    """A number where it stands.

    Attributes:
        start, end: Span in the text.
        quantity: What it states, or None.
        reason: Why it is no quantity, or "".
        rules: Ids of the rules that read an observation from it.
    """

    start: int
    end: int
    quantity: Quantity | None
    reason: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule one of whose triggers stands in the text, and what came of it.

    Attributes:
        rule: The rule.
        start, end: Span of the trigger.
        fillers: What each slot found, as names in full.
        failed: The step that failed, in words; "" where the rule held.
    """

    rule: Rule
    start: int
    end: int
    fillers: tuple[tuple[str, tuple[str, ...]], ...]
    failed: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that the reader makes of a text.

    Attributes:
        text: The text.
        place: Name of the place in whose scope it stands, or "".
        clauses, mentions, numbers, times: What it is made of, in order.
        candidates: The rules with a trigger in it, by the trigger's place.
        facts: What is read from it.
    """

    text: str
    place: str
    clauses: tuple[ExplainedClause, ...]
    mentions: tuple[Mention, ...]
    numbers: tuple[ExplainedNumber, ...]
    times: tuple[Time, ...]
    candidates: tuple[Candidate, ...]
    facts: tuple[Fact, ...]


def explain_sentence(text: str, place: str = "", date: str = "", rules: RuleSet | None = None) -> Explanation:
    """Return what the reader makes of a sentence or of a few.

    Args:
        text: The text, in Simplified Chinese.
        place: Name of the place that its document is about; "" where the text must tell.
        date: Date of its document as YYYY-MM-DD, by which relative times are resolved; "" for none.
        rules: The rules; by default the package's own.

    Raises:
        RuleError: The rules do not load, or there is no such place.
    """
    rules = rules or loading.load()
    article = article_of(text, date)
    code = code_of_place(place) if place else ""
    analysis = analyse_article(article, code, rules.names)
    reading = read(article, rules, code)
    scope = analysis.context.place(0)
    candidates = [*_candidates(analysis, rules), *_bodiless(analysis, rules, reading.facts)]
    return Explanation(
        article.text,
        scope.name if scope else "",
        tuple(_clause(c) for s in analysis.sentences for c in s.clauses),
        reading.mentions,
        tuple(_numbers(article.text, analysis, reading.facts)),
        tuple(analysis.times),
        tuple(sorted(candidates, key=lambda c: (c.start, c.end, bool(c.failed), c.rule.id))),
        tuple(sorted(reading.facts, key=lambda f: (f.start, f.end))),
    )


def name_of(mention: Mention) -> str:
    """Return a mention's name in full, or its characters where the reader knows no more."""
    return mention.name or mention.text


def shown(fact: Fact) -> dict[str, str]:
    """Return the slots of a fact in words, empty ones left out."""
    return {slot: forms[0] or forms[-1] for slot, forms in values(fact).items() if any(forms)}


def _clause(clause: Clause) -> ExplainedClause:
    subject = () if clause.subject is None else tuple(name_of(m) for m in clause.subject.members)
    carried = not clause.own_subject and bool(subject) and not clause.other_subject
    origin: Origin = "own" if clause.own_subject else "carried" if carried else "none"
    subject = subject if origin != "none" else ()
    return ExplainedClause(clause.start, clause.end, subject, origin, clause.other_subject, clause.plan)


def _numbers(text: str, analysis: Analysis, facts: Sequence[Fact]) -> Iterator[ExplainedNumber]:
    for numeral in find_numerals(text):
        start, end, quantity = numeral.start, numeral.end, numeral.quantity
        if quantity is None:
            yield ExplainedNumber(start, end, None, numeral.reason, ())
            continue
        time = next((t for t in analysis.times if t.start <= start and end <= t.end), None)
        name = analysis.names.draft.covering(start)
        if time is not None:
            yield ExplainedNumber(start, end, None, f"in the time {time.text}", ())
        elif name is not None:
            yield ExplainedNumber(start, end, None, f"in the name {name.text}", ())
        else:
            by = dict.fromkeys(f.rule for f in facts if _counts(f, quantity))
            yield ExplainedNumber(quantity.start, quantity.end, quantity, "", tuple(by))


def _counts(fact: Fact, quantity: Quantity) -> bool:
    filler = fact.slots.get("quantity")
    return isinstance(filler, Quantity) and (filler.start, filler.end) == (quantity.start, quantity.end)


def _candidates(analysis: Analysis, rules: RuleSet) -> Iterator[Candidate]:
    for sentence in analysis.sentences:
        tried: dict[str, list[tuple[int, int]]] = {}
        for attempt in match.attempts(sentence, rules, analysis.context):
            tried.setdefault(attempt.rule.id, []).append((attempt.start, attempt.end))
            fillers = tuple((s, tuple(map(name_of, found))) for s, found in attempt.fillers.items())
            failed = attempt.failed
            missing = attempt.rule.slots[len(fillers)] if len(fillers) < len(attempt.rule.slots) else None
            if failed.startswith("nothing fills") and missing:
                failed = f"{failed}: {_unfilled(missing, sentence)}"
            yield Candidate(attempt.rule, attempt.start, attempt.end, fillers, failed)
        for rule in rules.rules:
            yield from _not_tried(rule, sentence, analysis, tried.get(rule.id, []))


def _bodiless(analysis: Analysis, rules: RuleSet, facts: Sequence[Fact]) -> Iterator[Candidate]:
    """Yield the titles before names that make no post because no body tells whose they are."""
    read_of = {fact.slots.get("person") for fact in facts if fact.type == "post"}
    rule = next((r for r in rules.of("post") if r.construction == "before-name"), None)
    for post in analysis.posts:
        if rule is not None and post.organization is None and post.person not in read_of:
            fillers = (("person", (name_of(post.person),)), ("title", post.titles))
            failed = "nothing fills organization: no body is named to which the titles belong"
            yield Candidate(rule, post.start, post.person.start, fillers, failed)


def _unfilled(slot: Slot, sentence: Sentence) -> str:
    """Return why no name of the sentence fills a slot: the type, or the position."""
    names = [t.mention for clause in sentence.clauses for t in clause.tokens if t.mention is not None]
    fitting = [name_of(m) for m in names if m.type in slot.types]
    if fitting:
        return f"of its type there is {'、'.join(dict.fromkeys(fitting))}, but in none of these positions"
    left = set(slot.types)
    groups = []
    for group, types in GROUPS.items():
        if types <= left:
            groups.append(group)
            left -= types
    return f"no {' or '.join([*groups, *sorted(left)])} is named in the sentence"


def _not_tried(
    rule: Rule, sentence: Sentence, analysis: Analysis, tried: Sequence[tuple[int, int]]
) -> Iterator[Candidate]:
    """Yield the triggers of a slot rule that stand in the sentence but are barred before any slot is looked at."""
    if rule.construction:
        return
    text = analysis.context.text
    taken = list(tried)
    for word in rule.triggers:  # the longest first
        pattern = ".{0,20}?".join(map(re.escape, word.split("…")))
        for found in re.finditer(pattern, text[sentence.start : sentence.end]):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                if why := _barred(rule, sentence, text, start, end, analysis):
                    yield Candidate(rule, start, end, (), why)


def _barred(rule: Rule, sentence: Sentence, text: str, start: int, end: int, analysis: Analysis) -> str:
    name = analysis.names.draft.covering(start)
    if name is not None:
        return f"the trigger stands inside the name {name.text}"
    before = next((w for w in rule.unless_before if text[:start].endswith(w)), "")
    after = next((w for w in rule.unless_after if text[end:].startswith(w)), "")
    if before or after:
        side, word = ("before", before) if before else ("behind", after)
        return f"{word} stands {side} the trigger, which the rule excludes (unless)"
    clause = next((c for c in sentence.clauses if c.start <= start < c.end), None)
    if clause is None:
        return "the trigger stands in a remark in brackets"
    within = next((w for w in rule.unless_within if w in text[clause.start : start]), "")
    if within:
        return f"{within} stands before the trigger in its clause, which the rule excludes (unless)"
    if rule.needs_within and not any(w in text[clause.start : start] for w in rule.needs_within):
        return f"the rule needs {' or '.join(rule.needs_within)} before the trigger in its clause"
    if rule.needs_after and not text[end:].startswith(rule.needs_after):
        return f"the rule needs {' or '.join(rule.needs_after)} behind the trigger"
    return ""
