"""The start page: the graph at a glance, and who does what in which reform, by place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from math import ceil, sqrt
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.graph.reading import FactNode, Reader, Thing
from kg.serve.explorer.frame import Build, page, words_of
from kg.serve.explorer.overview import Effort, Overview, Part, overview
from kg.serve.explorer.places import NATION, TILES, Place

ROWS = 40
"""Initiatives on one page."""
AGENTS = 6
"""Of those involved in one initiative in one way, how many are named."""
STEPS = 5
"""Shades of the map."""

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map: where it stands, what it is called, how many facts there are and how dark that is."""

    province: str
    column: int
    row: int
    short: str
    label: str
    facts: int
    shade: int


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody who is involved in an initiative, and the fact that says so."""

    agent: Thing
    fact: FactNode


@dataclass(frozen=True, slots=True)
class Row:
    """An initiative with those involved, by way of being involved: up to `AGENTS`, and how many there are."""

    initiative: Thing
    parts: dict[str, tuple[list[Involved], int]]


@router.get("/", response_class=HTMLResponse)
def start(
    request: Request,
    build: Build,
    place: Annotated[str, Query(max_length=2)] = "",
    led: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """Show what is in the graph, and who does what in which reform: everywhere, or in one province."""
    seen = overview(build)
    language = words_of(request).language
    chosen = seen.chosen(place, led=led)
    last = max(1, ceil(len(chosen) / ROWS))
    number = min(number, last)

    def address(**changes: object) -> str:
        wanted = {"place": place, "led": led and 1, "page": 1} | changes
        query = urlencode({name: value for name, value in wanted.items() if value and (name, value) != ("page", 1)})
        return f"/?{query}" if query else "/"

    return page(
        request,
        "start.html",
        seen=seen,
        tiles=tiles(seen, language),
        nation=NATION,
        place=place,
        province=seen.provinces.get(place),
        led=led,
        total=len(chosen),
        provinces=list(rows(build.reader, chosen[(number - 1) * ROWS : number * ROWS])),
        page=number,
        last=last,
        address=address,
    )


def tiles(seen: Overview, language: str) -> list[Tile]:
    """Return the provinces as they stand on the map, row by row."""
    most = max((seen.facts.get(province, 0) for province in TILES), default=0)
    found = []
    for province, (column, row, short, letters) in TILES.items():
        facts = seen.facts.get(province, 0)
        # By the root: one province with very many must not make all others pale.
        shade = ceil(STEPS * sqrt(facts / most)) if facts else 0
        known = seen.provinces.get(province)
        short = short if language == "zh" else letters
        found.append(Tile(province, column, row, short, known.label if known else short, facts, shade))
    return sorted(found, key=lambda tile: (tile.row, tile.column))


def rows(reader: Reader, efforts: list[Effort]) -> Iterator[list[tuple[Place | None, list[Row]]]]:
    """Yield, for each province, its places with their efforts as rows, names and facts read from the graph."""
    for _, found in groupby(efforts, key=lambda effort: effort.province):
        yield [
            (place, [_row(reader, effort) for effort in of_place])
            for place, of_place in groupby(found, key=lambda effort: effort.place)
        ]


def _row(reader: Reader, effort: Effort) -> Row:
    parts = {role: _named(reader, parts) for role, parts in effort.parts.items()}
    return Row(reader.thing(effort.initiative), parts)


def _named(reader: Reader, parts: tuple[Part, ...]) -> tuple[list[Involved], int]:
    return [Involved(reader.thing(part.agent), reader.fact(part.fact)) for part in islice(parts, AGENTS)], len(parts)
