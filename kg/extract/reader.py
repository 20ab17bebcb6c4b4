"""The reader of articles by declared rules, one implementation of a small interface."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from kg.extract import conferrals, heads, match
from kg.extract.analysis import Analysis, analyse_article
from kg.extract.dating import day_of
from kg.extract.observations import ObservationReader, Report, set_going
from kg.extract.posts import appointments
from kg.extract.rulebook import loading
from kg.extract.rulebook.ruleset import RuleSet
from kg.extract.tables import read_table
from kg.model import Article, BlockKind, Fact, Mention, Reading


class ArticleReader(Protocol):
    """Anything that reads facts from an article."""

    def __call__(self, article: Article) -> Reading:
        """Return what the article says."""
        ...


def read(article: Article, rules: RuleSet | None = None, place: str = "") -> Reading:
    """Read an article by the declared rules.

    Args:
        article: The article.
        rules: The rules; by default the package's own.
        place: Code of the place that the article is known to be about; "" where its text must tell.

    Raises:
        RuleError: The declared rules do not load.
    """
    rules = rules or loading.load()
    article = replace(article, published=day_of(article))
    analysis = analyse_article(article, place, rules.names)
    relations: list[match.Found] = []
    facts: list[Fact] = []
    observations = _observation_reader(article, analysis, rules)
    for sentence in analysis.sentences:
        found = match.facts(sentence, rules, analysis.context)
        relations.extend(found)
        going = set_going([f.fact for f in found])
        facts.extend(observations.read(sentence, analysis.context, going))
    held = appointments.facts(analysis.names.draft, analysis.posts, rules, analysis.context.place)
    headed = heads.facts(held, analysis, rules)
    facts.extend([*heads.settled(match.stated_first(relations), headed), *held, *headed])
    context = analysis.context
    facts.extend(conferrals.facts(analysis.names.draft, analysis.posts, rules, context.place, context.times))
    for block in article.blocks:
        if block.kind is BlockKind.TABLE and block.table is not None:
            facts.extend(read_table(block.table, article.text, analysis, rules))
    mentions = {*analysis.mentions, *(m for f in facts for m in f.slots.values() if isinstance(m, Mention))}
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end, m.type, m.name))
    return Reading(tuple(ordered), tuple(facts))


def _observation_reader(article: Article, analysis: Analysis, rules: RuleSet) -> ObservationReader:
    opening = next((b.start for b in article.blocks if b.kind is BlockKind.PARAGRAPH), 0)
    published, title = article.published or "", article.title or ""
    report = Report(analysis.context, published, opening, title, analysis.year, analysis.sections)
    return ObservationReader(rules, report, analysis.mentions)
