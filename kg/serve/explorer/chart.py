"""A small chart of one indicator over time, as plain coordinates; the template draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from kg.graph.reading import FactNode

WIDTH, HEIGHT = 340, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 16, 16, 30, 24
_APART = 46
"""Horizontal distance that two values written above their points need."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure on the chart.

    Attributes:
        fact: The figure.
        x, y: Where it stands: at the end of its period.
        x_start: Where its period begins, on the left edge if that is open.
        open: Whether its period has no beginning.
        written: Whether there is room to write the value above it.
    """

    fact: FactNode
    x: float
    y: float
    x_start: float
    open: bool
    written: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A line through the figures of one indicator, kind and unit, and the years below it.

    Attributes:
        points: The figures, the earliest first.
        years: Where each year stands that is written below.
        baseline: Where the line below stands.
        from_zero: Whether that line stands for nothing; otherwise heights do not compare.
    """

    points: tuple[Point, ...]
    years: tuple[tuple[float, int], ...]
    baseline: float
    from_zero: bool

    @property
    def line(self) -> str:
        """The points as an attribute of a polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def chart(facts: Sequence[FactNode]) -> Chart | None:
    """Return the chart of figures of one kind and unit, or None where they are of fewer than two times.

    Where several figures are given for one time, each has its point.
    """
    known = sorted(
        ((end, start, value, fact) for fact in facts if (found := _read(fact)) for start, end, value in [found]),
        key=lambda row: (row[0], row[2]),
    )
    if len({end for end, *_ in known}) < 2:
        return None
    values = [value for _, _, value, _ in known]
    low, high = min(values), max(values)
    # From zero, so that heights compare, unless the values lie close together high above it.
    floor = min(low, Decimal(0)) if low < high * Decimal("0.6") else low - (high - low or abs(high) or Decimal(1)) / 4
    first = min(start or end for end, start, _, _ in known)
    last = known[-1][0]
    days = max(1, (last - first).days)

    def across(day: date) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / days, 1)

    def up(value: Decimal) -> float:
        share = float((value - floor) / (high - floor)) if high > floor else 0.5
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)

    points: list[Point] = []
    free = -1000.0
    for end, start, value, fact in known:
        x = across(end)
        written = x - free >= _APART
        free = x if written else free
        points.append(Point(fact, x, up(value), across(start) if start else float(_LEFT), start is None, written))
    years = [(across(max(first, min(last, date(year, 7, 1)))), year) for year in range(first.year, last.year + 1)]
    every = 1 + len(years) // 8
    return Chart(tuple(points), tuple(years[::-every][::-1]), HEIGHT - _BOTTOM, not floor)


def _read(fact: FactNode) -> tuple[date | None, date, Decimal] | None:
    """Return the first day, the last day and the value of a figure; None where it cannot stand on a chart."""
    try:
        value = Decimal(fact.details["value"])
        end = date.fromisoformat(fact.details["end"])
        start = date.fromisoformat(fact.details["start"]) if "start" in fact.details else None
    except (KeyError, ValueError, InvalidOperation):
        return None
    return (start, end, value) if value.is_finite() else None
