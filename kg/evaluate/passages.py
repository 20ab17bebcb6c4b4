"""The sentences of a document, with what was missed and what is spurious in them."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from kg.evaluate.items import ENTITIES, Item
from kg.evaluate.scoring import Difference
from kg.extract.clauses import sentence_spans
from kg.extract.quantities import find_quantities
from kg.model import Article, Quantity

Mark = Literal["right", "missed", "spurious"]


@dataclass(slots=True)
class Passage:
    """A sentence with its marks.

    Attributes:
        text: The clean sentence.
        start: Where it begins in the clean text; -1 where only the sentence is known.
        marks: Spans of the sentence, each with what it is.
        notes: The differences that belong to the sentence.
    """

    text: str
    start: int = -1
    marks: list[tuple[int, int, Mark]] = field(default_factory=list)
    notes: list[Difference] = field(default_factory=list)


class Document:
    """A document's sentences, in which differences are put where they belong.

    Args:
        article: The article, or None where only the sentences are known in which something was found.
        built: What was found in it.
    """

    def __init__(self, article: Article | None, built: Iterable[Item]) -> None:
        self.article = article
        self.passages: list[Passage] = list(_passages(article, built))
        self.elsewhere: list[Difference] = []
        """Differences that no sentence could be found for."""

    def mark_right(self, items: Iterable[Item]) -> None:
        """Mark the facts that match a reference."""
        for item in items:
            for passage, start, end in self._read_from(item):
                passage.marks.append((start, end, "right"))

    def add(self, difference: Difference) -> Passage | None:
        """Put a difference where it belongs and return the sentence, or None where none is found."""
        if not difference.missed and difference.item.place is not None:
            found = list(self._read_from(difference.item))
            for passage, start, end in found:
                passage.marks.append((start, end, "spurious"))
            where = found[0][0] if found else None
        else:
            where = self._best(difference.item)
            if where is not None:
                mark: Mark = "missed" if difference.missed else "spurious"
                where.marks += [(*span, mark) for span in _spans(difference.item, where.text)]
        (where.notes if where is not None else self.elsewhere).append(difference)
        return where

    def _read_from(self, item: Item) -> Iterator[tuple[Passage, int, int]]:
        """Yield the sentences that an item was read from, each with the span in it."""
        place = item.place
        if place is None:
            return
        if self.article is None:
            yield from ((p, 0, len(p.text)) for p in self.passages if p.text == place.sentence)
            return
        start = bisect.bisect_left(self.article.starts, place.start)
        end = bisect.bisect_left(self.article.starts, place.end)
        for passage in self.passages:
            a, b = max(start - passage.start, 0), min(end - passage.start, len(passage.text))
            if a < b:
                yield passage, a, b

    def _best(self, item: Item) -> Passage | None:
        """Return the sentence that names most of what a fact is about, or None if one names nothing of it."""
        ranked = max(self.passages, key=lambda p: _likeness(item, p.text), default=None)
        return ranked if ranked is not None and _likeness(item, ranked.text) > (0, 0) else None


def _passages(article: Article | None, built: Iterable[Item]) -> Iterator[Passage]:
    if article is not None:
        for block in article.body():
            for start, end in sentence_spans(article.text, block.start, block.end):
                yield Passage(article.text[start:end], start)
        return
    places = {item.place.sentence: item.place.start for item in built if item.place is not None}
    for sentence, _ in sorted(places.items(), key=lambda pair: pair[1]):
        yield Passage(sentence)


def _likeness(item: Item, sentence: str) -> tuple[int, int]:
    """Return how many fields of a fact a sentence names, its number counting double, and how many characters."""
    spans = list(_spans(item, sentence))
    fields = sum(any(form in sentence for form in forms) for forms in item.names.values())
    if item.value is not None:
        # Without its number, a sentence does not state an observation.
        if not any(q.value == item.value for q in _quantities(sentence)):
            return 0, 0
        fields += 2
    return fields, sum(end - start for start, end in spans)


def _spans(item: Item, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where a sentence names what a fact is about: of each field the longest form that stands there."""
    for forms in item.names.values():
        present = max((form for form in forms if form and form in sentence), key=len, default="")
        if present:
            at = sentence.index(present)
            yield at, at + len(present)
    if item.value is not None:
        yield from ((q.start, q.end) for q in _quantities(sentence) if q.value == item.value)


@cache
def _quantities(sentence: str) -> Sequence[Quantity]:
    return find_quantities(sentence)


def documents(
    built: dict[str, list[Item]],
    articles: dict[str, Article],
    differences: Iterable[Difference],
    right: dict[str, list[Item]],
) -> dict[str, Document]:
    """Return the documents that have references, with all their marks; entities are left out.

    Args:
        built: What was found, by document.
        articles: The articles that are at hand, by document.
        differences: What was missed and what is spurious.
        right: What matches a reference, by document.
    """
    found = {stem: Document(articles.get(stem), built.get(stem, ())) for stem in right}
    for stem, items in right.items():
        found[stem].mark_right(items)
    for difference in differences:
        if difference.item.kind != ENTITIES:
            found[difference.document].add(difference)
    return found
