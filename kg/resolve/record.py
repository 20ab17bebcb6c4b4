"""From what was read in an article to what it contributes to the graph."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.extract.clauses import sentence_spans
from kg.model import (
    Article,
    Conferral,
    Evidence,
    Fact,
    Membership,
    Mention,
    Observation,
    Period,
    Quantity,
    Reading,
    Record,
    Relation,
    Statement,
)
from kg.naming import INITIATIVES, slug
from kg.resolve.entities import Gathering
from kg.resolve.indicators import concept, concepts

_RELATIONS = {
    "leads": ("agent", "initiative"),
    "implements": ("agent", "initiative"),
    "participatesIn": ("agent", "initiative"),
    "issues": ("agent", "document"),
    "organises": ("agent", "event"),
}
# What was read from characters that are a best guess is worth less, and what is said behind them in their sentence.
_GUESSED = 0.6
_BEHIND_GUESSED = 0.9
_FIGURES = re.compile(r"[\d.．]")


def resolve(article: Article, reading: Reading, min_confidence: float = 0) -> Record:
    """Return the entities and statements of an article.

    The same fact read twice in the article is kept once, with its most confident evidence; what was read with less
    than `min_confidence` is left out, and a figure whose first digits may be lost.
    """
    gathering = Gathering(reading.mentions)
    sentences = _Sentences(article)
    best: dict[object, Statement] = {}
    kept = []
    for fact in reading.facts:
        if sentences.lost_digits(fact):
            continue
        statement = _statement(fact, gathering, sentences)
        if statement.evidence.confidence < min_confidence:
            continue
        kept.append(fact)
        key = _identity(statement)
        if key not in best or best[key].evidence.confidence < statement.evidence.confidence:
            best[key] = statement
    statements = tuple(best.values())
    _date_and_place(statements, gathering)
    statements = tuple(replace(s, place=_place_of(s, gathering)) for s in statements)
    entities = (*gathering.entities(_concerns(reading.mentions, gathering)), *concepts(_labels(kept)))
    return Record(article, tuple(sorted(entities)), statements)


class _Sentences:
    """Finds the evidence of a span: the page's characters and the clean sentence around it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._spans = [
            span for block in article.blocks for span in sentence_spans(article.text, block.start, block.end)
        ]
        self._starts = [start for start, _ in self._spans]

    def evidence(self, fact: Fact) -> Evidence:
        start, end = self.article.page_span(fact.start, fact.end)
        return Evidence(
            start,
            end,
            self.article.page.text[start:end],
            self._around(fact.start, fact.end),
            fact.rule,
            round(fact.confidence * self._worth(fact), 3),
        )

    def lost_digits(self, fact: Fact) -> bool:
        """Tell whether the number of a fact is written in figures of which the first are a guess.

        Damage leaves no trace of a digit that is lost: 1270 comes back as 270.
        """
        quantity = fact.slots.get("quantity")
        if not self.article.guessed or not isinstance(quantity, Quantity):
            return False
        figures = _FIGURES.search(self.article.text, quantity.start, quantity.end)
        return figures is not None and self._guessed([(figures.start(), figures.start() + 1)])

    def _worth(self, fact: Fact) -> float:
        """Return what remains of the confidence in a fact where its characters, or some before them, are a guess."""
        if not self.article.guessed:
            return 1
        if self._guessed(self._read(fact)):
            return _GUESSED
        if fact.type in {"post", "honour"}:
            return 1
        # The time, or who it is about, may be said there.
        begin, _ = self._sentence(fact.start, fact.end)
        return _BEHIND_GUESSED if self._guessed([(begin, fact.start)]) else 1

    def _guessed(self, spans: Iterable[tuple[int, int]]) -> bool:
        return any(a < stop and first < b for a, b in self.article.guessed for first, stop in spans)

    def _read(self, fact: Fact) -> list[tuple[int, int]]:
        """Return the spans that a fact was read from: who is meant may be named in another sentence than it stands in.

        Within its sentence that is all from the first to the last of them; an indicator lies between.
        """
        begin, stop = self._sentence(fact.start, fact.end)
        fillers = [filler for filler in fact.slots.values() if isinstance(filler, Mention | Quantity)]
        spans = [(filler.start, filler.end) for filler in fillers]
        near = [(fact.start, fact.end), *(span for span in spans if begin <= span[0] and span[1] <= stop)]
        return [(min(near)[0], max(end for _, end in near)), *spans]

    def _around(self, start: int, end: int) -> str:
        begin, stop = self._sentence(start, end)
        return self.article.text[begin:stop].strip()

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        index = max(0, bisect.bisect_right(self._starts, start) - 1)
        begin, stop = self._spans[index]
        while index + 1 < len(self._spans) and stop < end:
            index += 1
            stop = self._spans[index][1]
        return begin, stop


def _mention(fact: Fact, slot: str) -> Mention:
    filler = fact.slots[slot]
    assert isinstance(filler, Mention), (fact.rule, slot)
    return filler


def _statement(fact: Fact, gathering: Gathering, sentences: _Sentences) -> Statement:
    evidence = sentences.evidence(fact)
    date = fact.slots.get("date")
    stated = date if isinstance(date, str) else ""
    if fact.type in _RELATIONS:
        left, right = _RELATIONS[fact.type]
        subject, object_ = gathering.id_of(_mention(fact, left)), gathering.id_of(_mention(fact, right))
        return Relation(fact.type, subject, object_, evidence, stated if fact.type in {"issues", "organises"} else "")
    if fact.type == "post":
        titles = fact.slots["titles"]
        assert isinstance(titles, tuple)
        person, body = gathering.id_of(_mention(fact, "person")), gathering.id_of(_mention(fact, "organization"))
        return Membership(person, body, titles, evidence)
    if fact.type == "honour":
        recipient, honour = gathering.id_of(_mention(fact, "recipient")), gathering.id_of(_mention(fact, "honour"))
        return Conferral(recipient, honour, evidence, date=stated)
    return _observation(fact, gathering, evidence)


def _observation(fact: Fact, gathering: Gathering, evidence: Evidence) -> Observation:
    slots = fact.slots
    quantity, period, baseline = slots["quantity"], slots.get("period"), slots.get("baseline")
    whole = slots.get("of_which")
    assert isinstance(quantity, Quantity)
    return Observation(
        about=gathering.id_of(_mention(fact, "about")),
        indicator=concept(str(slots["indicator"])).name,
        value=quantity.value,
        unit=quantity.unit,
        evidence=evidence,
        bound=quantity.bound,
        kind=str(slots.get("kind") or "Level"),  # type: ignore[arg-type]
        period=period if isinstance(period, Period) else None,
        baseline=baseline if isinstance(baseline, Period) else None,
        of_which=concept(str(whole)).name if whole else "",
    )


def _labels(facts: Iterable[Fact]) -> set[str]:
    """Return what is counted, in the words of the article."""
    return {
        str(label)
        for fact in facts
        for label in (fact.slots.get("indicator"), fact.slots.get("of_which"))
        if fact.type == "observation" and label
    }


def _identity(statement: Statement) -> object:
    match statement:
        case Relation():
            return "relation", statement.predicate, statement.subject, statement.object
        case Membership():
            return "post", statement.person, statement.organization, statement.titles
        case Conferral():
            return "honour", statement.recipient, statement.honour
        case Observation():
            period = statement.period.edtf if statement.period else ""
            return (
                "observation",
                statement.about,
                slug(statement.indicator),
                statement.value,
                statement.unit,
                statement.bound,
                statement.kind,
                period,
            )


def _date_and_place(statements: tuple[Statement, ...], gathering: Gathering) -> None:
    for statement in statements:
        if not isinstance(statement, Relation):
            continue
        if statement.date and statement.predicate in {"issues", "organises"}:
            gathering.set_date(statement.object, statement.date)
        if gathering.type_of(statement.object) in INITIATIVES and (code := gathering.place_of(statement.subject)):
            gathering.set_place(statement.object, code)


def _place_of(statement: Statement, gathering: Gathering) -> str:
    """Return the region in which a statement holds: its subject's, or the object's where that lies within it.

    One initiative of several places must not carry the agents of one into another.
    """
    match statement:
        case Relation():
            here, there = gathering.region_of(statement.subject), gathering.region_of(statement.object)
            return there if there and gathering.lies_in(statement.object, statement.subject) else here or there
        case Membership():
            return gathering.region_of(statement.organization)
        case Conferral():
            return gathering.region_of(statement.recipient)
        case Observation():
            return gathering.region_of(statement.about)


def _concerns(mentions: tuple[Mention, ...], gathering: Gathering) -> dict[str, set[str]]:
    """Return which initiatives each policy document names in its title."""
    found: dict[str, set[str]] = defaultdict(set)
    documents = [m for m in mentions if m.type == "PolicyDocument"]
    for mention in mentions:
        if mention.type in INITIATIVES:
            for document in documents:
                if document.start <= mention.start and mention.end <= document.end:
                    found[gathering.id_of(document)].add(gathering.id_of(mention))
    return found
