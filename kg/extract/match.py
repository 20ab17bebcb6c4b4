"""Applies the slot rules: a trigger hits, then each slot looks for its filler in the positions that the rule names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.clauses import Clause, Group, Sentence, groups_of, marker_before
from kg.extract.ruleset import Rule, RuleSet, Slot
from kg.extract.times import Time
from kg.model import Fact, Mention

_JOINT_MARKERS = frozenset({"会同", "联合", "携手"})
_SPAN_LIMIT = 200  # characters of evidence beyond which only the trigger's clause is shown


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask of the article beyond the sentence.

    Attributes:
        text: The article's text.
        place: The region in whose scope an offset stands, as a mention, or None.
        topic: The initiative spoken of last before an offset, or that of the article, or None.
        times: Every time in the article, in order.
    """

    text: str
    place: Callable[[int], Mention | None]
    topic: Callable[[int], Mention | None]
    times: Sequence[Time]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One trigger of one rule at one place, and what came of it: for explanations and for the reader alike.

    Attributes:
        rule: The rule tried.
        start, end: Span of the trigger.
        fillers: What each slot found so far.
        failed: The step that failed in words, or "" where the rule held.
    """

    rule: Rule
    start: int
    end: int
    fillers: dict[str, tuple[Mention, ...]]
    failed: str = ""


def attempts(sentence: Sentence, rules: RuleSet, context: Context) -> Iterator[Attempt]:
    """Try every slot rule on a sentence; yield each trigger found, held or failed."""
    surfaces = [_surface(clause, context.text) for clause in sentence.clauses]
    for rule in rules.rules:
        for index, surface in enumerate(surfaces):
            for start, end in _triggers(rule, surface, sentence.clauses[index].start):
                yield _try(rule, sentence, index, start, end, context)


def facts(sentence: Sentence, rules: RuleSet, context: Context) -> list[Fact]:
    """Return the facts that the slot rules read from a sentence."""
    found: list[Fact] = []
    for attempt in attempts(sentence, rules, context):
        if attempt.failed:
            continue
        names = [slot.name for slot in attempt.rule.slots]
        left, right = names[0], names[1]
        date = _date_before(attempt.start, sentence, context)
        for a in attempt.fillers[left]:
            for b in attempt.fillers[right]:
                if (a.start, a.end) == (b.start, b.end):
                    continue
                start, end = _evidence(sentence, attempt, a, b)
                found.append(
                    Fact(
                        attempt.rule.fact,
                        {left: a, right: b, "date": date},
                        start,
                        end,
                        attempt.rule.id,
                        attempt.rule.confidence,
                    )
                )
    return found


def _surface(clause: Clause, text: str) -> str:
    """Return the clause as written, names blanked, so that no trigger is found inside a name."""
    chars = list(text[clause.start : clause.end])
    for token in clause.tokens:
        if token.mention is not None:
            for i in range(token.start - clause.start, token.end - clause.start):
                chars[i] = "\0"
    return "".join(chars)


def _triggers(rule: Rule, surface: str, offset: int) -> Iterator[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for word in rule.triggers:
        at = surface.find(word)
        while at >= 0:
            end = at + len(word)
            if not any(a < end and at < b for a, b in taken):
                taken.append((at, end))
            at = surface.find(word, at + 1)
    for at, end in sorted(taken):
        before, after = surface[:at], surface[end:]
        if rule.unless_before and before.endswith(rule.unless_before):
            continue
        if rule.unless_after and after.startswith(rule.unless_after):
            continue
        if rule.needs_after and not after.startswith(rule.needs_after):
            continue
        yield offset + at, offset + end


def _try(rule: Rule, sentence: Sentence, index: int, start: int, end: int, context: Context) -> Attempt:
    clause = sentence.clauses[index]
    fillers: dict[str, tuple[Mention, ...]] = {}
    if clause.is_plan(start) and not rule.planned:
        return Attempt(rule, start, end, fillers, "a plan, demand or advice, not a fact")
    for slot in rule.slots:
        found = _fill(_Site(slot, sentence, index, start, end, context))
        if not found:
            return Attempt(rule, start, end, fillers, f"nothing fills {slot.name} ({', '.join(slot.positions)})")
        fillers[slot.name] = found
    return Attempt(rule, start, end, fillers)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a trigger stands, from which a slot looks around."""

    slot: Slot
    sentence: Sentence
    index: int
    start: int
    end: int
    context: Context

    @property
    def clause(self) -> Clause:
        return self.sentence.clauses[self.index]

    def groups(self, clause: Clause) -> list[Group]:
        """Return the coordinations of names of the slot's types in a clause."""
        return groups_of(clause.tokens, lambda m: m.type in self.slot.types and m.start not in clause.embedded)

    def agents(self) -> list[Group]:
        """Return the clause's agent groups before the trigger, members of other types dropped."""
        kept = []
        for group in self.clause.groups:
            members = self.fitting(group)
            if members and group.end <= self.start:
                kept.append(Group(members, group.first, group.last))
        return kept

    def fitting(self, group: Group) -> tuple[Mention, ...]:
        """Return the members of a group that the slot takes."""
        return tuple(m for m in group.members if m.type in self.slot.types)

    def marked(self, markers: frozenset[str]) -> tuple[Mention, ...]:
        """Return the nearest agents before the trigger that stand behind one of these words."""
        for group in reversed(self.agents()):
            if marker_before(self.clause.tokens, group.first) in markers:
                return group.members
        return ()

    def with_joint(self, group: Group) -> tuple[Mention, ...]:
        """Return the slot's members of a subject and those that 会同 or 联合 joins to them."""
        own = self.fitting(group)
        joint = self.marked(_JOINT_MARKERS)
        return own + tuple(m for m in joint if m not in own) if own else ()


def _fill(site: _Site) -> tuple[Mention, ...]:
    for position in site.slot.positions:
        found = _POSITIONS[position](site)
        if found:
            return found
    return ()


def _by(site: _Site) -> tuple[Mention, ...]:
    return site.marked(site.slot.markers)


def _subject(site: _Site) -> tuple[Mention, ...]:
    clause = site.clause
    if not clause.own_subject or clause.subject is None or clause.subject.start >= site.start:
        return ()
    return site.with_joint(clause.subject)


def _carried(site: _Site) -> tuple[Mention, ...]:
    clause = site.clause
    if clause.own_subject or clause.other_subject or clause.carried is None:
        return ()
    return site.with_joint(clause.carried)


def _before(site: _Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if g.end <= site.start]
    return groups[-1].members if groups else ()


def _earlier(site: _Site) -> tuple[Mention, ...]:
    for clause in reversed(site.sentence.clauses[: site.index]):
        groups = site.groups(clause)
        if groups:
            return groups[-1].members
    return ()


def _object(site: _Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if g.start >= site.end]
    return groups[0].members if groups else ()


def _later(site: _Site) -> tuple[Mention, ...]:
    for clause in site.sentence.clauses[site.index + 1 :]:
        groups = site.groups(clause)
        if groups:
            return groups[0].members
    return ()


def _place(site: _Site) -> tuple[Mention, ...]:
    place = site.context.place(site.start)
    return (place,) if place is not None and place.type in site.slot.types else ()


def _topic(site: _Site) -> tuple[Mention, ...]:
    topic = site.context.topic(site.start)
    return (topic,) if topic is not None and topic.type in site.slot.types else ()


_POSITIONS = {
    "by": _by,
    "subject": _subject,
    "carried": _carried,
    "before": _before,
    "earlier": _earlier,
    "object": _object,
    "later": _later,
    "place": _place,
    "topic": _topic,
}


def _date_before(at: int, sentence: Sentence, context: Context) -> str | None:
    """Return the date last stated in the sentence before an offset, as EDTF."""
    stated = [t for t in context.times if sentence.start <= t.start < at and t.period is not None and t.role == "point"]
    return stated[-1].period.edtf if stated and stated[-1].period else None


def _evidence(sentence: Sentence, attempt: Attempt, *mentions: Mention) -> tuple[int, int]:
    inside = [m for m in mentions if sentence.start <= m.start < sentence.end]
    start = min([attempt.start, *(m.start for m in inside)])
    end = max([attempt.end, *(m.end for m in inside)])
    return (start, end) if end - start <= _SPAN_LIMIT else (attempt.start, attempt.end)
