"""Pairs what was found with the references, and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.items import ENTITIES, FACTS, RESPONSIBLE, Item

_BANDS = (0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.0)


@dataclass(slots=True)
class Score:
    """How much was found of what there is.

    Attributes:
        right: Built items that match a reference.
        predicted: Built items.
        reference: References.
    """

    right: int = 0
    predicted: int = 0
    reference: int = 0

    @property
    def precision(self) -> float:
        """Share of the built items that are right; 0 where there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the references that were found; 0 where there are none."""
        return self.right / self.reference if self.reference else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, right: int, predicted: int, reference: int) -> None:
        """Count further items."""
        self.right += right
        self.predicted += predicted
        self.reference += reference


@dataclass(frozen=True, slots=True)
class Difference:
    """A reference that was missed, or a built fact that matches none.

    Attributes:
        document: Stem of the document.
        item: The fact or entity.
        missed: Whether it is a reference.
    """

    document: str
    item: Item
    missed: bool


@dataclass(slots=True)
class Evaluation:
    """The result of a comparison.

    Attributes:
        types: Scores by type of fact, then `responsible` (leads and implements together) and `entities`.
        documents: Scores of the facts by document.
        attributes: Of the facts that match, those whose attribute is right as well, by attribute.
        confidence: Facts that are right among those of a band of confidence, by the band's lower end.
        differences: What was missed and what is spurious, document by document.
        paired: Built facts that match a reference, by document.
    """

    types: dict[str, Score] = field(default_factory=dict)
    documents: dict[str, Score] = field(default_factory=dict)
    attributes: dict[str, Score] = field(default_factory=dict)
    confidence: dict[float, Score] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    paired: dict[str, list[Item]] = field(default_factory=dict)

    @property
    def headline(self) -> Score:
        """All types of facts together."""
        total = Score()
        for kind in FACTS:
            score = self.types[kind]
            total.add(score.right, score.predicted, score.reference)
        return total


def evaluate(built: Mapping[str, Sequence[Item]], references: Mapping[str, Sequence[Item]]) -> Evaluation:
    """Compare what was built with the references of the documents that have some."""
    result = Evaluation(types={kind: Score() for kind in (*FACTS, "responsible", ENTITIES)})
    for document, reference in references.items():
        theirs = _by_kind(reference)
        ours = _by_kind(built.get(document, ()))
        total = result.documents[document] = Score()
        result.paired[document] = []
        for kind in (*FACTS, ENTITIES):
            pairs = _pairs(theirs[kind], ours[kind])
            counts = len(pairs), len(ours[kind]), len(theirs[kind])
            result.types[kind].add(*counts)
            found = {id(item) for _, item in pairs}
            met = {id(item) for item, _ in pairs}
            result.differences += [Difference(document, i, True) for i in theirs[kind] if id(i) not in met]
            result.differences += [Difference(document, i, False) for i in ours[kind] if id(i) not in found]
            if kind == ENTITIES:
                continue
            total.add(*counts)
            result.paired[document] += [item for _, item in pairs]
            _count_attributes(pairs, result.attributes)
            _count_confidence(ours[kind], found, result.confidence)
        wanted = [item for kind in RESPONSIBLE for item in theirs[kind]]
        given = [item for kind in RESPONSIBLE for item in ours[kind]]
        result.types["responsible"].add(len(_pairs(wanted, given)), len(given), len(wanted))
    return result


def _by_kind(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.kind].append(item)
    return found


def _pairs(references: Sequence[Item], built: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Return a largest pairing, begun with those that agree in most attributes."""
    partners = [[i for i, item in enumerate(built) if reference.matches(item)] for reference in references]
    agreement: dict[tuple[int, int], int] = {}
    for index, row in enumerate(partners):
        for i in row:
            agreement[index, i] = sum(references[index].attributes(built[i]).values())
    taken: dict[int, int] = {}
    settled: set[int] = set()
    for index, partner in sorted(agreement, key=lambda edge: -agreement[edge]):
        if index not in settled and partner not in taken:
            taken[partner] = index
            settled.add(index)

    def settle(index: int, seen: set[int]) -> bool:
        for partner in partners[index]:
            if partner not in seen:
                seen.add(partner)
                if partner not in taken or settle(taken[partner], seen):
                    taken[partner] = index
                    return True
        return False

    for index in range(len(references)):
        if index not in settled:
            settle(index, set())
    return [(references[index], built[partner]) for partner, index in sorted(taken.items())]


def _count_attributes(pairs: Iterable[tuple[Item, Item]], scores: dict[str, Score]) -> None:
    for reference, item in pairs:
        for name, right in reference.attributes(item).items():
            scores.setdefault(name, Score()).add(int(right), 1, 1)


def _count_confidence(built: Iterable[Item], found: set[int], scores: dict[float, Score]) -> None:
    for item in built:
        if item.place is not None:
            band = next(low for low in _BANDS if item.place.confidence >= low)
            scores.setdefault(band, Score()).add(int(id(item) in found), 1, 0)
