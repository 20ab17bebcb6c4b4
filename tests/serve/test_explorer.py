"""What the pages show, before it is a page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from explorer_sample import PAGES, write_build
from records import CITY, REFORM, UNION, article, evidence, record

from kg.archive import ArchivedPage
from kg.graph.identity import entity_iri
from kg.graph.reading import FactNode, Thing
from kg.model import Block, BlockKind, Cell, Entity, Observation, Period, Record, Relation, Table
from kg.serve.explorer import entity
from kg.serve.explorer.chart import HEIGHT, WIDTH, chart
from kg.serve.explorer.lookup import once_per_build
from kg.serve.explorer.overview import overview
from kg.serve.explorer.places import TILES
from kg.serve.explorer.start import tiles
from kg.serve.explorer.text import Text
from kg.serve.explorer.words import WORDS
from kg.serve.snapshot import Snapshot, open_snapshot
from kg.source import read_pages
from kg.text import read_article

BASE = "https://kg.example/"


@pytest.fixture
def build(tmp_path: Path) -> Snapshot:
    many = [Entity("TradeUnion", f"第{number:02}工会", place=CITY.name) for number in range(30)]
    leads = tuple(Relation("leads", one.id, REFORM.id, evidence("牵头"), place=CITY.id) for one in many)
    other = Record(article("b.txt", published="2024-05-01"), (CITY, REFORM, *many), leads)
    return open_snapshot(write_build([record("a.txt"), other], tmp_path / "out"))


def iri(one: Entity) -> str:
    return entity_iri(BASE, one.id)


# --- things


def test_sections_are_counted_in_full_and_read_in_part(build: Snapshot) -> None:
    found = {one.key: one for one in entity.sections(build.graph, build.reader, iri(REFORM))}
    assert found["leads-by"].total == 31
    assert len(found["leads-by"].facts) == entity.SHORT
    assert [one.label for one in found["concerned-by"].things] == ["青川市技工培养办法"]
    assert [one.identifier for one in found["documents-mentioning"].documents] == ["b.txt", "a.txt"]


def test_the_pages_of_a_section_hold_each_entry_once(build: Snapshot) -> None:
    pages = [entity.section(build.graph, build.reader, iri(REFORM), "leads-by", page, 10) for page in (1, 2, 3, 4, 5)]
    assert [len(one.facts) for one in pages] == [10, 10, 10, 1, 0]
    facts = [fact for one in pages for fact in one.facts]
    assert len({fact.iri for fact in facts}) == 31
    assert {fact.type for fact in facts} == {"leads"}
    labels = [fact.subject.label for fact in facts]
    assert labels == sorted(labels)


@pytest.mark.parametrize("key", entity.ORDER)
def test_every_section_can_be_asked_of_everything(build: Snapshot, key: str) -> None:
    for thing in build.reader.things():
        found = entity.section(build.graph, build.reader, thing.iri, key, 1, 5)
        shown = [*found.facts, *found.things, *found.documents, *found.figures]
        assert bool(shown) == bool(found.total)
        assert len(shown) == min(5, found.total)


def test_a_place_tells_who_does_what_there_leaders_first(build: Snapshot) -> None:
    found = entity.section(build.graph, build.reader, iri(CITY), "efforts-here", 1, 100)
    assert found.total == 33
    assert [fact.type for fact in found.facts] == ["leads"] * 31 + ["implements", "participatesIn"]


def test_the_overview_names_who_leads_by_place(build: Snapshot) -> None:
    seen = overview(build)
    assert (seen.counts["documents"], seen.counts["initiatives"], seen.counts["figures"]) == (2, 2, 2)
    effort = next(one for one in seen.efforts if one.initiative == iri(REFORM))
    assert effort.place
    assert effort.place.label == CITY.name
    assert iri(UNION) in {part.agent for part in effort.parts["leads"]}
    assert seen.chosen(led=True) == [effort]
    assert seen.chosen("23") == []


def test_what_is_found_once_per_build_is_found_once(build: Snapshot) -> None:
    calls = []
    counted = once_per_build(lambda one: calls.append(one) or len(calls))
    assert [counted(build), counted(build)] == [1, 1]


def test_every_province_has_a_tile_of_its_own(build: Snapshot) -> None:
    assert len(TILES) == 34
    assert len({tile[:2] for tile in TILES.values()}) == 34
    assert len({tile[2] for tile in TILES.values()}) == len({tile[3] for tile in TILES.values()}) == 34
    assert {tile.shade for tile in tiles(overview(build), "zh")} == {0}


def test_words_take_as_many_values_in_both_languages() -> None:
    assert {key for key, (zh, en) in WORDS.items() if zh.count("{}") != en.count("{}") or not zh or not en} == set()


# --- the text of a page


def shown(text: str, start: int, end: int) -> tuple[Text, str]:
    found = Text(ArchivedPage(read_article(page_of(text))), start, end)
    runs = [run for _, parts in found.groups() for part in parts for run in part.runs]
    return found, "".join(run.text for run in runs if run.marked)


def page_of(text: str) -> Any:
    return article("a.txt", text).page


DAMAGED = PAGES["damaged.txt"]


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("黑龍江省總工會", "黑龙江省总工会"),
        ("產(chǎn)業(yè)工人", "产业工人"),
        ("產(chǎn)", "产"),
        ("(chǎn)業(yè)", "产业"),  # half of what stands for a character marks it
        ("，", "，"),
    ],
)
def test_a_span_of_the_page_is_marked_in_the_clean_text(words: str, clean: str) -> None:
    start = DAMAGED.index(words)
    found, marked = shown(DAMAGED, start, start + len(words))
    assert marked == clean
    _, runs, _ = found.page(10_000)
    assert "".join(run.text for run in runs if run.marked) == words
    assert "".join(run.text for run in runs) == DAMAGED


@pytest.mark.parametrize("span", [(0, 0), (7, 3), (10**9, 10**9 + 5)])
def test_spans_outside_the_page_mark_nothing(span: tuple[int, int]) -> None:
    found, marked = shown(DAMAGED, *span)
    assert marked == ""
    assert not any(run.marked for run in found.page(10)[1])


def test_a_repair_knows_what_it_stands_for() -> None:
    found, _ = shown(DAMAGED, 0, 0)
    repairs = {run.original: run.text for _, parts in found.groups() for part in parts for run in part.repairs}
    assert repairs["產(chǎn)"] == "产"
    assert all(not run.guessed for _, parts in found.groups() for part in parts for run in part.repairs)


def test_a_long_page_is_shown_around_what_is_marked() -> None:
    text = "一二三四五六七八九十" * 100
    before, runs, behind = Text(ArchivedPage(read_article(page_of(text))), 500, 505).page(100)
    assert (before, behind) == ("450", "450")
    assert "".join(run.text for run in runs) == text[450:550]


def test_a_cell_that_spans_is_shown_once() -> None:
    text = "指标\n年份\n人数\n率"
    cells = [Cell(text.index(word), text.index(word) + len(word), word) for word in text.split("\n")]
    wide, year, people, rate = cells
    table = Table(((wide, wide), (year, people), (year, rate)), 1)
    page = replace(article("a.txt", text), blocks=(Block(BlockKind.TABLE, 0, len(text), table),))
    ((_, (part,)),) = Text(ArchivedPage(page)).groups()
    shape = [[(cell.runs[0].text, cell.rows, cell.columns, cell.header) for cell in row] for row in part.rows]
    assert shape == [
        [("指标", 1, 2, True)],
        [("年份", 2, 1, False), ("人数", 1, 1, False)],
        [("率", 1, 1, False)],
    ]


# --- charts


def observed(value: str, **details: str) -> FactNode:
    thing = Thing("x", "Region", "x")
    return FactNode(value, "observation", thing, thing, (), {"value": value, "unit": "人", **details})


def year(number: int) -> dict[str, str]:
    return {"start": f"{number}-01-01", "end": f"{number}-12-31"}


def test_a_chart_rises_with_its_values_and_stays_within_its_frame() -> None:
    drawn = chart([observed("300", **year(2023)), observed("100", **year(2021)), observed("200", end="2022-12-31")])
    assert drawn
    assert [point.fact.details["value"] for point in drawn.points] == ["100", "200", "300"]
    heights = [point.y for point in drawn.points]
    assert heights == sorted(heights, reverse=True)
    assert all(0 <= point.x_start <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in drawn.points)
    assert [point.open for point in drawn.points] == [False, True, False]
    assert [number for _, number in drawn.years] == [2021, 2022, 2023]
    assert drawn.from_zero


def test_values_close_together_are_told_apart() -> None:
    drawn = chart([observed("1000", **year(2021)), observed("1001", **year(2022))])
    assert drawn
    assert not drawn.from_zero
    assert drawn.points[0].y - drawn.points[1].y > 20


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [observed("1", **year(2021))],
        [observed("1", **year(2021)), observed("2", **year(2021))],
        [observed("1", **year(2021)), observed("2")],
        [observed("1", **year(2021)), observed("two", **year(2022))],
        [observed("1", **year(2021)), observed("NaN", **year(2022))],
        [observed("1", **year(2021)), observed("2", start="2020-01-01")],  # since then: of no one time
    ],
)
def test_no_chart_of_fewer_than_two_times(facts: list[FactNode]) -> None:
    assert chart(facts) is None


@pytest.mark.parametrize("value", ["0", "-5", "1e30", "0.000001"])
def test_a_chart_of_any_values(value: str) -> None:
    drawn = chart([observed(value, **year(1)), observed(value, **year(9999)), observed("3", **year(2000))])
    assert drawn
    assert all(0 <= point.y <= HEIGHT for point in drawn.points)
    assert len(drawn.years) < 12


def test_figures_of_one_indicator_are_charted_by_unit_and_kind(tmp_path: Path) -> None:
    def seen(value: int, unit: str, number: int) -> Observation:
        edtf = str(number)
        when = Period(edtf, f"{edtf}-01-01", f"{edtf}-12-31")
        return Observation(CITY.id, "技工", Decimal(value), unit, evidence("技工"), period=when, place=CITY.id)

    made = Record(article("a.txt"), (CITY,), (seen(1, "人", 2020), seen(2, "人", 2021), seen(30, "%", 2022)))
    build = open_snapshot(write_build([made], tmp_path / "out"))
    (found,) = entity.section(build.graph, build.reader, iri(CITY), "figures", 1, 10).figures
    assert found.total == 3
    assert found.chart
    assert [point.fact.details["unit"] for point in found.chart.points] == ["人", "人"]


def test_seeds_are_shown_whole() -> None:
    for page in read_pages(["seeds"]):
        text = Text(ArchivedPage(read_article(page)))  # type: ignore[arg-type]
        assert any(part.runs for body, parts in text.groups() if body for part in parts)
