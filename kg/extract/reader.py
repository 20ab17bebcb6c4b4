"""The reader of articles by declared rules, one implementation of a small interface."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.extract import appointments, match, posts, ruleset
from kg.extract.clauses import Posts, Sentence, analyse, split_clauses
from kg.extract.name_list import GivenName
from kg.extract.names import Names, recognise
from kg.extract.names.draft import Draft
from kg.extract.observations import ObservationReader, set_going
from kg.extract.protagonist import protagonist
from kg.extract.quantities import find_quantities
from kg.extract.ruleset import RuleSet
from kg.extract.segment import Token
from kg.extract.tables import read_table
from kg.extract.times import Time, find_times
from kg.model import Article, BlockKind, Fact, Mention, Quantity, Reading
from kg.naming import ORGANISATIONS

_REFORM = re.compile("产改|产业工人")
# The title of a notice states who issues what; other titles only repeat the article.
_NOTICE = re.compile(r"关于.{0,8}《[^》]+》的(?:通知|公告|决定|意见)")


class ArticleReader(Protocol):
    """Anything that reads facts from an article."""

    def __call__(self, article: Article) -> Reading:
        """Return what the article says."""
        ...


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article taken apart, before rules are applied.

    Attributes:
        names: Its names.
        times: Its times, in order.
        sentences: Its sentences with their clauses, block by block.
        posts: The posts that stand before names.
        context: What rules may ask beyond the sentence.
    """

    names: Names
    times: Sequence[Time]
    sentences: Sequence[Sentence]
    posts: Sequence[posts.Post]
    context: match.Context


def read(article: Article, rules: RuleSet | None = None, place: str = "") -> Reading:
    """Read an article by the declared rules.

    Args:
        article: The article.
        rules: The rules; by default the package's own.
        place: Code of the place that the article is known to be about; "" where its text must tell.

    Raises:
        RuleError: The declared rules do not load.
    """
    rules = rules or ruleset.load()
    analysis = analyse_article(article, place, rules.names)
    relations: list[match.Found] = []
    facts: list[Fact] = []
    observations = _observation_reader(article, analysis, rules)
    for sentence in analysis.sentences:
        found = match.facts(sentence, rules, analysis.context)
        relations.extend(found)
        going = set_going([f.fact for f in found])
        facts.extend(observations.read(sentence, analysis.context, going))
    facts.extend(match.stated_first(relations))
    held = appointments.facts(analysis.names.draft, analysis.posts, rules, analysis.context.place)
    facts.extend([*held, *_headed(held, analysis, rules)])
    for block in article.blocks:
        if block.kind is BlockKind.TABLE and block.table is not None:
            facts.extend(read_table(block.table, article.text, analysis, rules))
    mentions = {*analysis.names.mentions(), *(m for f in facts for m in f.slots.values() if isinstance(m, Mention))}
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end, m.type, m.name))
    return Reading(tuple(ordered), tuple(facts))


def _observation_reader(article: Article, analysis: Analysis, rules: RuleSet) -> ObservationReader:
    opening = next((b.start for b in article.blocks if b.kind is BlockKind.PARAGRAPH), 0)
    return ObservationReader(rules, analysis.context, analysis.names.mentions(), article.published or "", opening)


def analyse_article(article: Article, place: str = "", given: Sequence[GivenName] = ()) -> Analysis:
    """Take an article apart: names (those given too), numbers, times, sentences, clauses, posts."""
    text = article.text
    blocks = list(article.body()) + [b for b in article.blocks if b.kind is BlockKind.META]
    blocks.sort(key=lambda b: b.start)
    quantities, times = [], []
    for block in blocks:
        times.extend(_moved_times(text, block.start, block.end, article.published))
        quantities.extend(_moved_quantities(text, block.start, block.end))
    inside = {i for t in times for i in range(t.start, t.end)}
    counted = [Token(t.start, t.end, t.text, "TIME", t) for t in times]
    counted += [Token(q.start, q.end, q.text, "NUM", q) for q in quantities if not inside & set(range(q.start, q.end))]
    names = recognise(text, blocks, counted, place, given)
    sentences, found_posts = _sentences(names, text)
    mentions = names.draft.names()
    context = match.Context(
        text,
        _place_of(names),
        mentions,
        times,
        protagonist(text, blocks, mentions, sentences),
        next((m for m in names.mentions() if m.type == "Reform"), None),
    )
    return Analysis(names, times, sentences, found_posts, context)


def _moved_times(text: str, start: int, end: int, anchor: str | None) -> list[Time]:
    return [Time(t.start + start, t.end + start, t.period, t.role, t.text) for t in find_times(text[start:end], anchor)]


def _moved_quantities(text: str, start: int, end: int) -> list[Quantity]:
    return [replace(q, start=q.start + start, end=q.end + start) for q in find_quantities(text[start:end])]


def _sentences(names: Names, text: str) -> tuple[list[Sentence], list[posts.Post]]:
    draft = names.draft
    by_block: dict[int, list[Sentence]] = {}
    found_posts: list[posts.Post] = []
    embedded: set[int] = set()
    begins: dict[int, int] = {}
    bodies: dict[int, Mention] = {}
    heading = ""
    for start, end, index in draft.sentences:
        block = draft.blocks[index]
        if block.kind is BlockKind.HEADING:
            heading = text[block.start : block.end]
        notice = _NOTICE.search(text, start, end)
        if block.kind is BlockKind.META or (block.kind is BlockKind.TITLE and not notice):
            continue
        if notice and index and _only_bodies(draft, index - 1):
            start = draft.blocks[index - 1].start
        tokens = draft.tokens(start, end)
        here = posts.before_names(tokens, text)
        found_posts.extend(here)
        embedded.update(m.start for post in here for m in post.covered)
        for post in here:
            begins[post.person.start] = post.start
            if post.organization is not None:
                bodies[post.person.start] = post.organization
        clauses = split_clauses(tokens)
        if clauses:
            by_block.setdefault(index, []).append(Sentence(start, end, clauses, index, heading))
    sentences: list[Sentence] = []
    known = Posts(frozenset(embedded), begins, bodies)
    for _, group in sorted(by_block.items()):
        analyse(group, known, text)
        sentences.extend(group)
    return sentences, found_posts


def _only_bodies(draft: Draft, index: int) -> bool:
    """Whether a block holds names of bodies alone: the issuers above the title of a notice."""
    block = draft.blocks[index]
    named = draft.within(block.start, block.end)
    rest = "".join(c for i, c in enumerate(draft.text[block.start : block.end], block.start) if not draft.covering(i))
    return bool(named) and not rest.strip() and all(m.type in ORGANISATIONS for m in named)


def _place_of(names: Names) -> Callable[[int], Mention | None]:
    def place(offset: int) -> Mention | None:
        found = names.scopes.at(offset)
        if found is None:
            return None
        return Mention(offset, offset, "Region", "", scope=found.code, name=found.full_name)

    return place


def _headed(held: Sequence[Fact], analysis: Analysis, rules: RuleSet) -> list[Fact]:
    """Who is at the head of a body set up for a reform leads the reform."""
    rule = next((r for r in rules.of("leads") if r.construction == "heads-body"), None)
    if rule is None:
        return []
    facts = []
    for fact in held:
        body, titles = fact.slots["organization"], fact.slots["titles"]
        if not isinstance(body, Mention) or body.type != "CoordinationBody" or not isinstance(titles, tuple):
            continue
        reform = analysis.context.reform if _REFORM.search(body.name) else None
        if reform is not None and set(titles) & set(rule.words["heads"]):
            slots = {"agent": fact.slots["person"], "initiative": reform, "date": None}
            facts.append(Fact("leads", slots, fact.start, fact.end, rule.id, rule.confidence))
    return facts
