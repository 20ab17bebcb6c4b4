"""Honours: who received each, read from the verb of winning or conferring before it.

甲获评乙; 甲被丙授予乙             the recipient stands before the verb, or in a clause before
授予甲乙称号; 将甲命名为乙         it stands behind the verb
获得乙的甲                        it stands behind the honour
甲、丙分获乙、丁                   one each
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.extract.clauses import Clause, split_clauses
from kg.extract.conferrals.appositions import honours_beside_names
from kg.extract.conferrals.frames import awards_of
from kg.extract.conferrals.lists import counted_in_tables, listed_below, tabled
from kg.extract.conferrals.ranks import APART, one_each, split_honour
from kg.extract.conferrals.recipients import recipients_of
from kg.extract.conferrals.scene import RECIPIENTS, WORKS, Award, Scene, fits, kinds_of
from kg.extract.match import starting_in
from kg.extract.names.draft import Draft
from kg.extract.posts.before import Post
from kg.extract.rulebook.ruleset import Rule, RuleSet
from kg.extract.times import Time
from kg.model import BlockKind, Fact, Mention

_FAR = 200  # characters that a fact's evidence spans at most
_LED_BY = re.compile("(?:命名|领衔|领办|牵头|带领|负责|创办|创建)的(?=.{0,8}工作室)")


def facts(
    draft: Draft,
    posts: Sequence[Post],
    rules: RuleSet,
    at_place: Callable[[int], Mention | None],
    times: Sequence[Time],
) -> list[Fact]:
    """Return the honours that an article states.

    Args:
        draft: The article's names and sentences.
        posts: The posts before names: the bodies in them receive nothing.
        rules: The declared rules, each of which names one construction.
        at_place: Answers which place an offset is about.
        times: Every time in the article.
    """
    declared = {r.construction: r for r in rules.of("honour")}
    begins = {p.person.start: p.start for p in posts}
    embedded = frozenset(m.start for p in posts for m in p.covered)
    found: list[Fact] = []
    for clauses, sentence_of in _blocks(draft):
        owners = _employers(clauses)
        begins |= {person: owner for owner, person in owners if person not in begins}
        embedded |= {owner for owner, _ in owners}
        for index in range(len(clauses)):
            scene = Scene(draft, clauses, sentence_of, index, begins, embedded, at_place)
            for award in awards_of(scene):
                for recipient, honour, construction in _pairs(scene, award):
                    rule = declared.get(construction)
                    if rule is not None:
                        found.append(_fact(recipient, honour, award, rule, times))
    beside = declared.get("apposition")
    if beside is not None:
        found += [_listed_fact(person, honour, beside) for person, honour in honours_beside_names(draft)]
    rule = declared.get("list-below")
    if rule is not None:
        found += [
            _listed_fact(r, h, rule) for r, h in [*listed_below(draft), *tabled(draft), *counted_in_tables(draft)]
        ]
    return _dated_alike(found)


def _dated_alike(found: Sequence[Fact]) -> list[Fact]:
    """Let an honour that is told twice be one: where only one sentence says when, that is when."""
    dates: dict[tuple[str, str], set[str]] = {}

    def key(fact: Fact) -> tuple[str, str]:
        recipient, honour = fact.slots["recipient"], fact.slots["honour"]
        assert isinstance(recipient, Mention)
        assert isinstance(honour, Mention)
        return recipient.name, honour.name

    for fact in found:
        date = fact.slots["date"]
        if isinstance(date, str):
            dates.setdefault(key(fact), set()).add(date)
    once = {named: next(iter(stated)) for named, stated in dates.items() if len(stated) == 1}
    return [replace(f, slots={**f.slots, "date": f.slots["date"] or once.get(key(f))}) for f in found]


def _listed_fact(recipient: Mention, honour: Mention, rule: Rule) -> Fact:
    slots = {"recipient": recipient, "honour": honour, "date": None}
    start, end = min(recipient.start, honour.start), max(recipient.end, honour.end)
    if end - start > _FAR:
        start, end = recipient.start, recipient.end
    return Fact("honour", {**slots}, start, end, rule.id, rule.confidence)


def _employers(clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return where bodies and places directly before a person (某公司的某某) begin, with where the person begins."""
    found = []
    for clause in clauses:
        owner: Mention | None = None
        for token in clause.tokens:
            mention = token.mention
            if mention is not None and mention.type == "Person":
                if owner is not None:
                    found.append((owner.start, token.start))
                owner = None
            elif mention is not None:
                owner = mention if mention.type in RECIPIENTS else None
            elif token.text != "的" and (owner is None or not token.nominal):
                owner = None
    return found


def _fact(recipient: Mention, honour: Mention, award: Award, rule: Rule, times: Sequence[Time]) -> Fact:
    recipient = replace(recipient, name=_LED_BY.sub("", recipient.name))
    ends = [award.start, award.end, honour.start, honour.end, recipient.start, recipient.end]
    start, end = min(ends), max(ends)
    if end - start > _FAR:
        start, end = min(award.start, honour.start), max(award.end, honour.end)
    near = starting_in(times, start - 40, award.start)
    stated = [t for t in near if t.period is not None and t.role == "point"]
    date = stated[-1].period.edtf if stated and stated[-1].period else None
    return Fact(
        "honour", {"recipient": recipient, "honour": honour, "date": date}, start, end, rule.id, rule.confidence
    )


def _blocks(draft: Draft) -> Iterator[tuple[list[Clause], list[int]]]:
    """Yield the clauses of each block that names an honour, with the number of their sentence."""
    named = [draft.names_any("Honour", block.start, block.end) for block in draft.blocks]
    clauses: list[Clause] = []
    numbers: list[int] = []
    current = -1
    for number, (start, end, index) in enumerate(draft.sentences):
        if draft.blocks[index].kind in {BlockKind.TITLE, BlockKind.META} or not named[index]:
            continue
        if index != current and clauses:
            yield clauses, numbers
            clauses, numbers = [], []
        current = index
        for clause in split_clauses(draft.tokens(start, end)):
            clauses.append(clause)
            numbers.append(number)
    if clauses:
        yield clauses, numbers


def _pairs(scene: Scene, award: Award) -> Iterator[tuple[Mention, Mention, str]]:
    """Yield each recipient with each honour, or one each where the text tells them apart."""
    kinds = [kinds_of(h.name) for h in award.honours]
    recipients = recipients_of(scene, award, frozenset().union(*kinds))
    said = scene.text(scene.clause.start, scene.clause.end)
    each = one_each(recipients, award.honours, apart=APART.search(said) is not None)
    if each:
        yield from ((recipient, honour, "one-each") for recipient, honour in each)
        return
    for recipient in recipients:
        for honour, fitting in zip(award.honours, kinds, strict=True):
            parts = split_honour(honour) if len(recipients) == 1 else []
            if fits(recipient, fitting) or recipient.type in WORKS:
                yield from ((recipient, part, award.construction) for part in parts or [honour])
