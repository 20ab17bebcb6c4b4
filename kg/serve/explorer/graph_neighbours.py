"""What stands around things: a bounded picture, the most telling relations first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.graph.reading import FactNode, Quote, Reader
from kg.serve.explorer.graph_ties import RANK, Tie, Weight, group_of_iri, ties_of, weights_of

MOST_AT_ONCE: Final = 60
"""Neighbours of one thing that are shown at once."""
MOST_OPENED: Final = 12
"""Things whose neighbours are shown at once."""
MOST_NODES: Final = 240
_TURN: Final = 8  # so many of one relation, then of the next, until the picture is full
_GLIMPSE: Final = 60  # relations of a neighbour that are read, of each kind and direction


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a picture.

    Attributes:
        iri: Its IRI.
        label: Its name.
        type: Local name of its class.
        group: Its group, by which it is coloured.
        place: Name of the place that it belongs to, or "".
        opened: Whether its neighbours are shown.
        hidden: How many of its neighbours are not in the picture; for one that is not opened, at least so many.
    """

    iri: str
    label: str
    type: str
    group: str
    place: str
    opened: bool
    hidden: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation in a picture.

    Attributes:
        source: IRI of the thing that it leads from.
        relation: Which of `RELATIONS` it is.
        target: IRI of the thing that it leads to.
        documents: In how many documents it is stated; 0 for what follows from the structure.
        confidence: The highest with which it was read.
        notes: Posts and dates.
        quote: The sentence that says so with most confidence, if any.
    """

    source: str
    relation: str
    target: str
    documents: int
    confidence: float
    notes: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A thing whose neighbours are shown: how many there are, how many are shown, and of which kinds all are."""

    iri: str
    total: int
    shown: int
    relations: Mapping[str, int]
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """Things and their relations; those that were opened stand first, in the order asked for."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    opened: tuple[Opened, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which relations and things are wanted; empty collections let all pass.

    Attributes:
        relations: Keys of `RELATIONS`.
        groups: Groups of things.
        least: Confidence below which a stated relation is left out.
        limit: Neighbours of one thing to show at once.
    """

    relations: Collection[str] = ()
    groups: Collection[str] = ()
    least: float = 0.0
    limit: int = 24

    def wants(self, tie: Tie, group: str) -> bool:
        """Tell whether a relation that leads to a thing of `group` passes, leaving the confidence aside."""
        return (not self.relations or tie.relation in self.relations) and (not self.groups or group in self.groups)


def neighbourhood(reader: Reader, things: Sequence[str], choice: Choice | None = None) -> Picture:
    """Return what stands around `things`, up to bounds, and how it hangs together.

    Of each relation a few come in turn, those first that most documents state with most confidence, so that one that
    is frequent does not hide the others.

    Args:
        reader: The graph.
        things: IRIs of the things to open; beyond `MOST_OPENED` they are left out.
        choice: What to show.
    """
    choice = choice or Choice()
    base = reader.graph.base
    opened = list(dict.fromkeys(things))[:MOST_OPENED]
    shown: dict[str, None] = dict.fromkeys(opened)
    weights: dict[Tie, Weight] = {}
    drawn: dict[Tie, None] = {}
    found = []
    for iri in opened:
        ties = list(ties_of(reader.graph, iri))
        weights.update(weights_of(reader.graph, iri))
        around = {other: group_of_iri(other, base) for other in (tie.other(iri) for tie in ties)}
        passing = [
            tie
            for tie in ties
            if choice.wants(tie, around[tie.other(iri)]) and weights.get(tie, _STRUCTURE).confidence >= choice.least
        ]
        near: dict[str, None] = {}
        for tie in _in_turn(passing, weights, iri):
            other = tie.other(iri)
            room = len(near) < min(choice.limit, MOST_AT_ONCE) and len(shown) < MOST_NODES
            if other in near or other in shown or room:
                near[other] = shown[other] = drawn[tie] = None
        relations = Counter(tie.relation for tie in ties)
        groups = Counter(around.values())
        found.append(Opened(iri, len(around), len(near), _sorted(relations), dict(groups)))
    hidden = {one.iri: one.total - one.shown for one in found}
    for iri in shown:
        if iri in hidden:
            continue
        ties = list(ties_of(reader.graph, iri, most=_GLIMPSE))
        hidden[iri] = len({tie.other(iri) for tie in ties} - shown.keys())
        for tie in ties:
            # How the neighbours hang together among themselves; that many share a place would only be clutter.
            among = tie.source == iri and tie.target in shown and (tie.relation != "place" or choice.relations)
            if among and choice.wants(tie, group_of_iri(tie.target, base)):
                drawn[tie] = None
    nodes = tuple(node(reader, iri, opened=iri in opened, hidden=hidden[iri]) for iri in shown)
    return Picture(nodes, edges(reader, drawn, weights, choice.least), tuple(found))


def node(reader: Reader, iri: str, *, opened: bool = False, hidden: int = 0) -> Node:
    """Return a thing as it stands in a picture."""
    thing = reader.thing(iri)
    return Node(iri, thing.label, thing.type, group_of_iri(iri, reader.graph.base), thing.region, opened, hidden)


def edges(reader: Reader, ties: Iterable[Tie], known: Mapping[Tie, Weight], least: float = 0.0) -> tuple[Edge, ...]:
    """Return relations with the sentences that state them, the most telling first.

    Args:
        reader: The graph.
        ties: The relations.
        known: How well they are attested, as far as that was read already.
        least: Confidence below which a stated relation is left out.
    """
    weigh = cache(lambda iri: weights_of(reader.graph, iri))
    made = []
    for tie in ties:
        weight = known.get(tie) or (weigh(tie.source).get(tie, _STRUCTURE) if tie.relation in _FACTS else _STRUCTURE)
        if weight.confidence >= least:
            facts = [reader.fact(iri) for iri in weight.facts]
            made.append(Edge(*tie, weight.documents, weight.confidence, _notes(facts), _best(facts)))
    return tuple(sorted(made, key=_telling))


_STRUCTURE: Final = Weight()
_FACTS: Final = frozenset(RANK) - {"concerns", "partOf", "place"}


def _in_turn(ties: Sequence[Tie], weights: Mapping[Tie, Weight], iri: str) -> list[Tie]:
    """Return relations so that each kind has its turn, in a kind the best attested first."""
    kinds: dict[tuple[int, bool], list[tuple[int, float, Tie]]] = {}
    for tie in ties:
        weight = weights.get(tie, _STRUCTURE)
        kind = RANK[tie.relation], tie.source == iri
        kinds.setdefault(kind, []).append((-weight.documents, -weight.confidence, tie))
    keyed = [
        (place // _TURN, kind, place, tie)
        for kind, found in kinds.items()
        for place, (_, _, tie) in enumerate(sorted(found))
    ]
    return [tie for _, _, _, tie in sorted(keyed)]


def _telling(edge: Edge) -> tuple[int, int, float, str, str]:
    return RANK[edge.relation], -edge.documents, -edge.confidence, edge.source, edge.target


def _notes(facts: Iterable[FactNode]) -> str:
    said = dict.fromkeys(
        part for fact in facts for part in (*fact.details.get("roles", "").split("、"), *fact.dates) if part
    )
    return "、".join(said)


def _best(facts: Iterable[FactNode]) -> Quote | None:
    quotes = (quote for fact in facts for quote in fact.quotes)
    return max(quotes, key=lambda quote: quote.confidence, default=None)


def _sorted(relations: Mapping[str, int]) -> dict[str, int]:
    return {key: relations[key] for key in sorted(relations, key=RANK.__getitem__)}
