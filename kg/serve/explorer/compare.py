"""The page that compares places by a figure, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from kg.graph.reading import Thing
from kg.serve.explorer.chart import Chart, chart
from kg.serve.explorer.compare_figures import (
    Figure,
    Group,
    figures_of,
    grouped,
    indicator_named,
    indicators,
    narrower,
    newest,
    places_within,
    standings,
)
from kg.serve.explorer.frame import Build, page
from kg.serve.explorer.lookup import once_per_build
from kg.serve.state import Snapshot, state

router = APIRouter()

MOST_ROWS = 80
"""Figures of one kind and unit that are shown; the rest is in the CSV."""
_MOST_CHARTS = 24
_MOST_OFFERED = 400
_MOST_PLACES = 150
_COLUMNS = (
    *("indicator", "place", "adcode", "kind", "bound", "value", "unit", "period", "baseline", "standing"),
    *("sentence", "document", "title", "issued", "confidence", "place_iri", "indicator_iri", "fact_iri"),
)

Kept = dict[tuple[str, ...], tuple[list[Figure], dict[str, str]]]

_indicators = once_per_build(lambda build: indicators(build.graph))
_MOST_KEPT = 8
# What was asked last is likely asked again: of other places, another period. Nothing in it may hold the build itself.
_kept = once_per_build(lambda _: Kept())


def read_figures(build: Snapshot, order: tuple[str, ...]) -> tuple[list[Figure], dict[str, str]]:
    """Return the figures of indicators, and of each of their places the highest one that it lies in."""
    kept = _kept(build)
    found = kept.get(order)
    if found is None:
        figures = figures_of(build.graph, order)
        found = figures, places_within(build.graph, {one.place for one in figures})
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[order] = found
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: indicators, the one asked for first, figures of them, and in which highest places these are."""

    indicator: str
    order: list[str]
    figures: list[Figure]
    highest: dict[str, str]


class Scale:
    """Where figures stand between the edges of a chart, in percent."""

    def __init__(self, values: Iterable[Decimal]) -> None:
        values = list(values)
        self.low = min([Decimal(0), *values])
        self.high = max([Decimal(0), *values])

    def at(self, value: Decimal) -> float:
        """Return the place of a value."""
        whole = self.high - self.low
        # Room is left at the right for the sign of what lies above a value.
        return round(float((value - self.low) / whole) * 94, 2) if whole else 0.0

    def bar(self, value: Decimal) -> tuple[float, float]:
        """Return where the bar of a value begins, and how wide it is."""
        zero, end = self.at(Decimal(0)), self.at(value)
        return min(zero, end), round(abs(end - zero), 2)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for: an indicator by IRI or name, places in one place, places, a period, narrower ones."""

    indicator: str = ""
    within: Annotated[str, Query(alias="in")] = ""
    picked: Annotated[tuple[str, ...], Query(alias="place")] = ()
    period: str = "newest"
    narrow: str = "1"


Wished = Annotated[Wish, Depends()]


@router.get("/compare", response_class=HTMLResponse)
def compare(request: Request, build: Build, wish: Wished) -> HTMLResponse:
    """Show figures of places side by side."""
    known = _indicators(build)
    asked = _asked(build, wish)
    periods = sorted({one.period for one in asked.figures if one.period.isdigit()}, reverse=True)
    period = wish.period if wish.period in ("all", *periods) else "newest"
    groups = grouped(_at(asked.figures, period), asked.order)
    highest = asked.highest
    provinces = sorted(
        {_thing(build, iri) for iri in set(highest.values())}, key=lambda thing: (thing.adcode, thing.label)
    )
    places = sorted(
        (_thing(build, iri) for iri, top in highest.items() if not wish.within or wish.within in (iri, top)),
        key=lambda thing: (thing.adcode or "~", thing.label),
    )
    address = _address(request)
    context: dict[str, Any] = {
        "known": list(known.values())[:_MOST_OFFERED],
        "indicator": known.get(asked.indicator),
        "labels": {iri: known[iri].label for iri in asked.order},
        "unknown": wish.indicator if not asked.indicator else "",
        "narrowed": len(asked.order) > 1 or wish.narrow == "0",
        "narrow": wish.narrow != "0",
        "provinces": provinces,
        "within": wish.within,
        "places": places if len(places) <= _MOST_PLACES else [thing for thing in places if thing.iri in wish.picked],
        "picked": set(wish.picked),
        "period_": period,
        "periods": periods,
        "groups": [_shown(build, group) for group in groups],
        "charts": _charts(build, groups) if period == "all" else [],
        "most": MOST_ROWS,
        "csv": state(request).href(f"/compare.csv?{address}"),
    }
    return page(request, "compare.html", **context)


@router.get("/compare.csv")
def compare_csv(build: Build, wish: Wished) -> StreamingResponse:
    """Give the same figures, all of them, as CSV: a row for each sentence that states one."""
    asked = _asked(build, wish)
    figures = [
        one
        for group in grouped(_at(asked.figures, wish.period), asked.order)
        for _, found in group.rows
        for one in found
    ]
    headers = {"Content-Disposition": 'attachment; filename="compare.csv"', "Cache-Control": "no-cache"}
    return StreamingResponse(_csv(build, figures), headers=headers, media_type="text/csv; charset=utf-8")


def _asked(build: Snapshot, wish: Wish) -> Asked:
    known = _indicators(build)
    name = wish.indicator
    first = indicator_named(known, build.graph, name.strip()[:200]) if name else next(iter(known), "")
    if not first:
        return Asked("", [], [], {})
    order = [first] if wish.narrow == "0" else narrower(known, first)
    everywhere, highest = read_figures(build, tuple(order))
    figures = everywhere
    if wish.within:
        figures = [one for one in figures if wish.within in (one.place, highest[one.place])]
    if wish.picked:
        figures = [one for one in figures if one.place in wish.picked]
    return Asked(first, order, figures, highest)


def _at(figures: list[Figure], period: str) -> list[Figure]:
    if period == "all":
        return figures
    if period.isdigit():
        return [one for one in figures if one.period == period]
    return newest(figures)


def _shown(build: Snapshot, group: Group) -> dict[str, Any]:
    """Return a group as the template shows it: each figure with its bar and its sentences."""
    rows, left = [], MOST_ROWS
    scale = Scale(one.value for _, found in group.rows for one in found)
    for iri, found in group.rows:
        shown = [(one, scale.bar(one.value), build.reader.fact(one.iri)) for one in found[:left]]
        left -= len(shown)
        if shown:
            rows.append((iri, shown))
    zero = scale.at(Decimal(0))
    return {"kind": group.kind, "unit": group.unit, "rows": rows, "all": len(group), "zero": zero} | {
        "standing": group.standing
    }


def _charts(build: Snapshot, groups: Sequence[Group]) -> list[tuple[Thing, str, Chart]]:
    """Return a chart over time for each place, indicator and kind of which there are figures of several times."""
    of_places: dict[tuple[str, str, str, str], list[Figure]] = {}
    for group in groups:
        for iri, figures in group.rows:
            for one in figures:
                of_places.setdefault((iri, group.kind, group.unit, one.place), []).append(one)
    drawn: list[tuple[Thing, str, Chart]] = []
    for (iri, _, _, place), members in of_places.items():
        if len(drawn) == _MOST_CHARTS:
            break
        if len({one.end for one in members}) > 1 and (found := chart([build.reader.fact(one.iri) for one in members])):
            drawn.append((_thing(build, place), iri, found))
    return drawn


def _csv(build: Snapshot, figures: Sequence[Figure]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"  # by which spreadsheets know UTF-8
    writer.writerow(_COLUMNS)
    standing = standings(figures)
    for one in figures:
        place, fact = _thing(build, one.place), build.reader.fact(one.iri)
        head = (fact.object.label, place.label, place.adcode, one.kind, one.bound, one.value, one.unit, one.period)
        for quote in fact.quotes:
            source = quote.document
            row = (
                *(*head, one.baseline, standing.get(one.iri, ""), quote.sentence, source.identifier, source.title),
                *(source.issued, quote.confidence, one.place, one.indicator, one.iri),
            )
            writer.writerow([_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: object) -> object:
    """Return what stands in a cell; text that a spreadsheet would run as a formula gets a quote before it.

    >>> _cell("=1+1"), _cell(Decimal("-2.5"))
    ("'=1+1", Decimal('-2.5'))
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _thing(build: Snapshot, iri: str) -> Thing:
    return build.reader.thing(iri)


def _address(request: Request) -> str:
    return urlencode([pair for pair in request.query_params.multi_items() if pair[0] != "lang"])
