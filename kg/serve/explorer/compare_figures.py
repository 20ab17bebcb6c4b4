"""Figures of places side by side: of one indicator and those that narrow it, by kind and unit, the newest or all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Final, Literal

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.store import GraphStore
from kg.vocabulary import KG, SKOS

SAME_UNIT: Final[Mapping[str, str]] = {"名": "人", "位": "人", "家": "个"}
"""Measure words that count the same: persons, and things."""
KINDS: Final = ("Level", "Target", "Growth", "Share")
Standing = Literal["", "differs", "conflicts"]
_NEAR = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted: its IRI and name, the indicators right above it, and how many places have figures of it."""

    iri: str
    label: str
    broader: tuple[str, ...]
    places: int
    figures: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a place.

    Attributes:
        iri: The node that carries its evidence.
        place: IRI of the place.
        indicator: IRI of what is counted.
        kind: `Level`, `Growth`, `Share` or `Target`.
        unit: The measure word as written.
        value: The number, in base units.
        bound: `Exact`, `About`, `Over` or `Under`.
        period: When, in EDTF, or "".
        end: Last day of the period, or the first where it is open, or "".
        baseline: What a change is measured against, or "".
    """

    iri: str
    place: str
    indicator: str
    kind: str
    unit: str
    value: Decimal
    bound: str
    period: str
    end: str
    baseline: str

    @property
    def counted(self) -> str:
        """What it counts in, the same for measure words that count the same."""
        return SAME_UNIT.get(self.unit, self.unit)

    @property
    def same(self) -> tuple[str, ...]:
        """What another figure must share to speak of the same."""
        return self.place, self.indicator, self.kind, self.counted, self.period, self.baseline


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that may stand beside each other: of one kind and unit, those of one indicator together.

    Attributes:
        kind: Their kind.
        unit: What they count in.
        rows: Indicators with their figures, the one asked for first; figures from the largest down.
        standing: For those that another source puts otherwise: `conflicts` where both cannot hold, else `differs`.
    """

    kind: str
    unit: str
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    standing: Mapping[str, Standing] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of figures."""
        return sum(len(figures) for _, figures in self.rows)


def indicators(graph: GraphStore) -> dict[str, Indicator]:
    """Return every indicator of which a place has a figure, or one that narrows it, by IRI; those of most places first.

    Both numbers count the narrower ones in.
    """
    labels: dict[str, str] = {}
    broader: dict[str, list[str]] = {}
    for row in graph.select(
        f"SELECT ?it ?label ?above {{ ?it a <{KG.Indicator}> ; <{SKOS.prefLabel}> ?label "
        f"OPTIONAL {{ ?it <{SKOS.broader}> ?above }} }}"
    ):
        labels[row["it"].value] = row["label"].value
        if row["above"] is not None:
            broader.setdefault(row["it"].value, []).append(row["above"].value)
    places: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    for row in graph.select(
        f"SELECT ?it ?place (COUNT(*) AS ?n) {{ ?place a <{KG.Region}> . ?fact <{KG.about}> ?place ; "
        f"<{KG.indicator}> ?it }} GROUP BY ?it ?place"
    ):
        for iri in _upwards(row["it"].value, broader):
            places.setdefault(iri, set()).add(row["place"].value)
            counts[iri] = counts.get(iri, 0) + int(row["n"].value)
    found = (
        Indicator(iri, labels[iri], tuple(sorted(broader.get(iri, ()))), len(where), counts[iri])
        for iri, where in places.items()
        if iri in labels
    )
    return {one.iri: one for one in sorted(found, key=lambda one: (-one.places, -one.figures, one.label))}


def narrower(known: Mapping[str, Indicator], iri: str) -> list[str]:
    """Return an indicator and all that narrow it, those of most places first behind it."""
    broader = {one.iri: one.broader for one in known.values()}
    return [iri, *(one for one in known if one != iri and iri in _upwards(one, broader))]


def figures_of(graph: GraphStore, wanted: Iterable[str]) -> list[Figure]:
    """Return every figure that places have of the indicators `wanted`."""
    found = []
    for indicator in wanted:
        rows = graph.select(
            f"SELECT ?fact ?place ?value ?kind ?bound ?unit ?period ?start ?end ?baseline {{ "
            f"?fact <{KG.indicator}> <{indicator}> ; <{KG.about}> ?place ; <{KG.value}> ?value . "
            f"?place a <{KG.Region}> "
            + " ".join(
                f"OPTIONAL {{ ?fact <{KG[name]}> ?{name} }}"
                for name in ("kind", "bound", "unit", "period", "start", "end", "baseline")
            )
            + " }"
        )
        for row in rows:
            text = {name: row[name].value if row[name] is not None else "" for name in _TEXTS}
            try:
                value = Decimal(row["value"].value)
            except InvalidOperation:
                continue
            found.append(
                Figure(
                    iri=row["fact"].value,
                    place=row["place"].value,
                    indicator=indicator,
                    kind=text["kind"].rpartition("#")[2] or "Level",
                    unit=text["unit"],
                    value=value,
                    bound=text["bound"].rpartition("#")[2] or "Exact",
                    period=text["period"],
                    end=text["end"] or text["start"],
                    baseline=text["baseline"],
                )
            )
    return found


def newest(figures: Iterable[Figure]) -> list[Figure]:
    """Return of each place, indicator, kind and unit the figures of the latest period; those without one come last."""
    latest: dict[tuple[str, ...], str] = {}
    figures = list(figures)
    for one in figures:
        key = one.place, one.indicator, one.kind, one.counted
        latest[key] = max(latest.get(key, ""), one.end)
    return [one for one in figures if one.end == latest[one.place, one.indicator, one.kind, one.counted]]


def grouped(figures: Sequence[Figure], order: Sequence[str]) -> list[Group]:
    """Return figures in groups of one kind and unit, the largest group first, levels before all else.

    Args:
        figures: The figures.
        order: In which order their indicators stand.
    """
    rank = {iri: place for place, iri in enumerate(order)}
    kinds: dict[tuple[str, str], list[Figure]] = {}
    for one in figures:
        kinds.setdefault((one.kind, one.counted), []).append(one)
    groups = []
    for (kind, unit), members in kinds.items():
        rows: dict[str, list[Figure]] = {}
        for one in sorted(members, key=lambda one: (rank[one.indicator], -one.value, one.place, one.period, one.iri)):
            rows.setdefault(one.indicator, []).append(one)
        standing = standings(members)
        groups.append(Group(kind, unit, tuple((iri, tuple(found)) for iri, found in rows.items()), standing))
    return sorted(groups, key=lambda group: (group.kind != "Level", -len(group), _kind(group.kind), group.unit))


def standings(figures: Iterable[Figure]) -> dict[str, Standing]:
    """Return which figures another one of the same thing and period contradicts, or puts in other words."""
    same: dict[tuple[str, ...], list[Figure]] = {}
    for one in figures:
        if one.period:
            same.setdefault(one.same, []).append(one)
    found: dict[str, Standing] = {}
    for members in same.values():
        for one, other in combinations(members, 2):
            if one.value == other.value:
                continue
            for iri in (one.iri, other.iri):
                if not both_hold(one, other):
                    found[iri] = "conflicts"
                else:
                    found.setdefault(iri, "differs")
    return found


def both_hold(one: Figure, other: Figure) -> bool:
    """Tell whether two figures of the same thing can both be right; an approximate one may be a tenth off.

    "Over 12,500" and 13,000 can; "over 12,500" and 12,000 cannot.
    """
    (low, high), (other_low, other_high) = _range(one), _range(other)
    return (high is None or other_low is None or other_low <= high) and (
        other_high is None or low is None or low <= other_high
    )


def places_within(graph: GraphStore, places: Collection[str]) -> dict[str, str]:
    """Return for each place the highest one that it lies in, itself if there is none."""
    above: dict[str, str] = {}
    for place in places:
        current, seen = place, {place}
        while True:
            quads = graph.store.quads_for_pattern(NamedNode(current), KG.within.node, None, DefaultGraph())
            higher = min((quad.object.value for quad in quads if isinstance(quad.object, NamedNode)), default="")
            if not higher or higher in seen:
                break
            current = higher
            seen.add(higher)
        above[place] = current
    return above


def indicator_named(known: Mapping[str, Indicator], graph: GraphStore, name: str) -> str:
    """Return the indicator of an IRI or name, else that of most places whose name contains it, else ""."""
    if name in known:
        return name
    exact = (one.iri for one in known.values() if one.label == name)
    within = (one.iri for one in known.values() if name in one.label)
    alias = (iri for iri in known if name in _aliases(graph, iri))
    return next(exact, "") or next(alias, "") or next(within, "")


_TEXTS: Final = ("kind", "bound", "unit", "period", "start", "end", "baseline")


def _kind(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _range(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    value = figure.value
    if figure.bound == "Over":
        return value, None
    if figure.bound == "Under":
        return None, value
    if figure.bound == "About":
        return value - abs(value) * _NEAR, value + abs(value) * _NEAR
    return value, value


def _upwards(iri: str, broader: Mapping[str, Sequence[str]]) -> list[str]:
    """Return an indicator and all above it."""
    found = [iri]
    for one in found:
        found.extend(above for above in broader.get(one, ()) if above not in found)
    return found


def _aliases(graph: GraphStore, iri: str) -> set[str]:
    quads = graph.store.quads_for_pattern(NamedNode(iri), SKOS.altLabel.node, None, DefaultGraph())
    return {quad.object.value for quad in quads if hasattr(quad.object, "value")}
