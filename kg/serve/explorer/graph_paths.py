"""How two things are connected: the shortest ways through the relations of the graph, the best attested first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from math import log2
from typing import Final

from kg.graph.reading import Reader
from kg.serve.explorer.graph_neighbours import Edge, Picture, edges, node
from kg.serve.explorer.graph_ties import Tie, ties_of

LONGEST: Final = 4
"""Relations that a path may have."""
MOST_PATHS: Final = 5
_MOST_READ: Final = 12_000  # relations that are looked at before the search gives up
_MOST_OF_ONE: Final = 400  # relations of one thing, of each kind and direction, that are followed
_MOST_WEIGHED: Final = 60  # shortest paths of which the best are taken


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one thing to another.

    Attributes:
        things: IRIs on the way, both ends included.
        edges: The relation from each thing to the next, whichever way it points.
        weight: From 0 to 1; more for what is stated with confidence and leads through things with few relations.
    """

    things: tuple[str, ...]
    edges: tuple[Edge, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Paths:
    """The leading paths between two things.

    Attributes:
        paths: The best of the shortest, the best first; none where the things are not connected by `LONGEST` relations.
        picture: All of them together.
        complete: Whether everything within reach was looked at; else there may be others.
    """

    paths: tuple[Path, ...]
    picture: Picture
    complete: bool


def leading_paths(reader: Reader, start: str, end: str) -> Paths:
    """Return the leading paths from `start` to `end`.

    Where things are counts only if nothing else connects the two: that both belong to one place says little.
    """
    complete = True
    for places in (False, True):
        search = _Search(reader, places)
        found = search.between(start, end)
        complete = complete and search.complete
        if found:
            break
    weighed = sorted((search.weighed(things) for things in found), key=lambda path: (-path.weight, path.things))[
        :MOST_PATHS
    ]
    drawn = dict.fromkeys(edge for path in weighed for edge in path.edges)
    things = dict.fromkeys(iri for path in weighed for iri in path.things)
    nodes = tuple(node(reader, iri, opened=iri in (start, end)) for iri in things)
    return Paths(tuple(weighed), Picture(nodes, tuple(drawn)), complete)


class _Search:
    """Breadth-first from both ends, the end with fewer open things first."""

    def __init__(self, reader: Reader, places: bool) -> None:
        self.reader = reader
        self.places = places
        self.complete = True
        self._read = 0
        self._ties: dict[str, list[Tie]] = {}

    def ties(self, iri: str) -> list[Tie]:
        if iri not in self._ties:
            if self._read >= _MOST_READ:
                self.complete = False
                return []
            self._ties[iri] = list(ties_of(self.reader.graph, iri, most=_MOST_OF_ONE, places=self.places))
            self._read += 1 + len(self._ties[iri])
        return self._ties[iri]

    def between(self, start: str, end: str) -> list[tuple[str, ...]]:
        """Return shortest paths, up to `_MOST_WEIGHED`, as the things on them."""
        if start == end:
            return []
        # Each side: how far a thing is from its end, and by which things it was reached over a shortest way.
        before: dict[str, set[str]] = {start: set()}
        after: dict[str, set[str]] = {end: set()}
        fronts = [(before, {start}), (after, {end})]
        for _ in range(LONGEST):
            side = 0 if len(fronts[0][1]) <= len(fronts[1][1]) else 1
            reached, front = fronts[side]
            further: dict[str, set[str]] = {}
            for iri in sorted(front):
                for tie in self.ties(iri):
                    other = tie.other(iri)
                    if other not in reached:
                        further.setdefault(other, set()).add(iri)
            reached.update(further)
            fronts[side] = reached, set(further)
            meeting = sorted(further.keys() & fronts[1 - side][0].keys())
            if meeting:
                ways = (
                    (*reversed(head), iri, *tail)
                    for iri in meeting
                    for head in _ways(before, iri)
                    for tail in _ways(after, iri)
                )
                return list(islice(ways, _MOST_WEIGHED))
            if not further:
                break
        return []

    def weighed(self, things: tuple[str, ...]) -> Path:
        """Return a path with the best relation of each step."""
        steps = []
        weight = 1.0
        for here, there in pairwise(things):
            step = max(self._between(here, there), key=lambda edge: (edge.confidence, edge.documents))
            steps.append(step)
            weight *= step.confidence
        for iri in things[1:-1]:
            weight /= 1 + log2(1 + len(self.ties(iri))) / 10
        return Path(things, tuple(steps), weight)

    def _between(self, here: str, there: str) -> tuple[Edge, ...]:
        # One of the two may have so many relations that not all were read.
        near = (*self._ties.get(here, ()), *self._ties.get(there, ()))
        ties = dict.fromkeys(tie for tie in near if {tie.source, tie.target} == {here, there})
        return edges(self.reader, ties, {})


def _ways(reached: dict[str, set[str]], iri: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways from a thing, itself left out, back to where the search began."""
    if not reached[iri]:
        yield ()
    for before in sorted(reached[iri]):
        for rest in _ways(reached, before):
            yield (before, *rest)
