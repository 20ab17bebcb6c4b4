"""The comparison of places: which figures stand beside each other, which contradict each other, and how it is shown."""

from __future__ import annotations

import csv
import gc
import io
import weakref
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from browsing import LAPTOP, NARROWEST, visiting
from playwright.sync_api import Browser
from pyoxigraph import NamedNode, Quad
from records import record, second, third
from tools_sample import fourth, write_sample

from kg.graph.store import GraphStore
from kg.serve.explorer.compare import read_figures
from kg.serve.explorer.compare_figures import (
    Figure,
    both_hold,
    figures_of,
    grouped,
    indicator_named,
    indicators,
    narrower,
    newest,
    places_within,
    standings,
)
from kg.serve.snapshot import open_snapshot
from kg.vocabulary import SKOS

BASE = "https://kg.example/id/"


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    return GraphStore.in_memory([record(), second(), third(), fourth()])


def figure(value: str, bound: str = "Exact", *, place: str = "甲", period: str = "2023", unit: str = "人") -> Figure:
    iri = f"{place} {value} {bound} {period} {unit}"
    return Figure(iri, place, "技工", "Level", unit, Decimal(value), bound, period, f"{period}-12-31", "")


def test_narrower_indicators_come_with_the_one_asked_for(graph: GraphStore) -> None:
    known = indicators(graph)
    craft = indicator_named(known, graph, "技工")
    assert (known[craft].label, known[craft].places) == ("技工", 3)
    assert indicator_named(known, graph, "无此指标") == ""
    high = indicator_named(known, graph, "高级技工")
    assert narrower(known, craft) == [craft]
    graph.store.add(Quad(NamedNode(high), SKOS.broader.node, NamedNode(craft)))
    try:
        known = indicators(graph)
        assert narrower(known, craft) == [craft, high]
        assert narrower(known, high) == [high]
        assert known[craft].figures == sum(1 for _ in figures_of(graph, [craft, high]))
    finally:
        graph.store.remove(Quad(NamedNode(high), SKOS.broader.node, NamedNode(craft)))


def test_only_figures_of_one_kind_and_unit_stand_beside_each_other(graph: GraphStore) -> None:
    known = indicators(graph)
    order = narrower(known, indicator_named(known, graph, "技工"))
    groups = grouped(figures_of(graph, order), order)
    for group in groups:
        assert len({(one.kind, one.counted) for _, found in group.rows for one in found}) == 1
    persons = groups[0]
    assert (persons.kind, persons.unit) == ("Level", "人")
    # 名 counts persons as 人 does, and is shown as it was written.
    assert {one.unit for _, found in persons.rows for one in found} == {"人", "名"}
    assert ("Growth", "%") in {(group.kind, group.unit) for group in groups}
    values = [one.value for one in persons.rows[0][1]]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "hold"),
    [
        (figure("12500", "Over"), figure("13000"), True),
        (figure("12500", "Over"), figure("12000"), False),
        (figure("5000", "Under"), figure("4000"), True),
        (figure("5000", "Under"), figure("6000", "Over"), False),
        (figure("10000", "About"), figure("10900"), True),
        (figure("10000", "About"), figure("13000"), False),
        (figure("10000"), figure("10001"), False),
    ],
)
def test_two_figures_contradict_each_other_where_both_cannot_hold(one: Figure, other: Figure, hold: bool) -> None:
    assert both_hold(one, other) is both_hold(other, one) is hold


def test_what_is_marked_is_of_the_same_thing_and_period() -> None:
    figures = [figure("1"), figure("2"), figure("2", place="乙"), figure("3", period="2022"), figure("4", unit="家")]
    assert standings(figures) == {figures[0].iri: "conflicts", figures[1].iri: "conflicts"}
    assert standings([figure("1", period=""), figure("2", period="")]) == {}
    assert set(standings([figure("1", "Over"), figure("2")]).values()) == {"differs"}


def test_the_newest_of_each_place() -> None:
    old, new, other = figure("1", period="2021"), figure("2", period="2023"), figure("3", place="乙", period="2020")
    assert newest([old, new, other]) == [new, other]


def test_places_lie_in_their_province(graph: GraphStore) -> None:
    assert places_within(graph, [BASE + "place/青川市"]) == {BASE + "place/青川市": BASE + "place/东岭省"}


def test_a_build_that_is_replaced_is_let_go(tmp_path: Path) -> None:
    build = open_snapshot(write_sample(tmp_path / "out"))
    known = indicators(build.graph)
    order = tuple(narrower(known, indicator_named(known, build.graph, "技工")))
    assert read_figures(build, order) is read_figures(build, order)
    seen = weakref.ref(build)
    del build
    gc.collect()
    assert seen() is None


# --- over HTTP


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_csv_holds_each_figure_with_its_sentence(tools: httpx.Client) -> None:
    found = rows(tools.get("/compare.csv", params={"indicator": "技工", "period": "all"}))
    assert {row["place"] for row in found} == {"青川市", "白石县", "南浦市"}
    twice = [row for row in found if row["standing"]]
    assert {row["document"] for row in twice} == {"甲.txt", "乙.html"}
    assert all(row["value"] and row["sentence"] for row in found)
    inside = rows(tools.get("/compare.csv", params={"indicator": "技工", "in": BASE + "place/东岭省"}))
    assert {row["place"] for row in inside} == {"青川市", "白石县"}
    year = rows(tools.get("/compare.csv", params={"indicator": "技工", "period": "2022"}))
    assert {row["period"] for row in year} == {"2022"}
    picked = rows(tools.get("/compare.csv", params={"indicator": "技工", "place": BASE + "place/南浦市"}))
    assert {row["place"] for row in picked} == {"南浦市"}
    alone = rows(tools.get("/compare.csv", params={"indicator": "技工", "narrow": "0", "period": "all"}))
    assert {row["indicator"] for row in alone} == {"技工"}


@pytest.mark.parametrize(
    "query", ["indicator=无此指标", "period=9999", "in=x&place=y", "indicator=" + "长" * 3000, "narrow=%00"]
)
def test_odd_addresses_get_a_page(tools: httpx.Client, query: str) -> None:
    assert tools.get(f"/compare?{query}").status_code == 200
    assert tools.get(f"/compare.csv?{query}").status_code == 200


# --- in a browser


@pytest.mark.browser
def test_bounds_periods_and_both_sources_are_visible(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/compare?indicator=技工&period=all")
        words = page.inner_text("main")
        for said in ("超1.25万人", "1.3万人", "约1万人", "不足5,000名", "截至2023年", "12.5%"):
            assert said in words
        marked = page.locator("tr.differs, tr.conflicts")
        assert marked.count() == 2
        links = [marked.nth(at).locator(".sources a").first.get_attribute("href") or "" for at in range(2)]
        assert len({urlsplit(link).path for link in links}) == 2
        assert page.locator(".compare-charts svg").count() >= 1


@pytest.mark.browser
def test_a_figure_leads_to_its_sentence(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/compare?indicator=技工")
        link = page.locator(".sources a").first
        # Pages were not kept beside this store, so that the link leads to the document.
        assert "/id/document/" in unquote(link.get_attribute("href") or "")
        assert "技工" in (link.get_attribute("title") or "")


@pytest.mark.browser
def test_a_choice_shows_its_comparison_at_once(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/compare?indicator=技工")
        page.select_option("select[name=in]", label="西岭省")
        page.wait_for_url("**in=http**")
        assert page.locator("tbody th .thing").all_inner_texts() == ["南浦市"]
        page.wait_for_selector("html[data-ready]", state="attached")
        page.fill("input[name=indicator]", "资金")
        page.keyboard.press("Enter")
        page.wait_for_url("**%E8%B5%84%E9%87%91**")
        assert "3,000万元" in page.inner_text("main")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/compare", "/compare?indicator=技工&period=all&lang=en", "/compare?indicator=无"])
@pytest.mark.parametrize(("size", "dark"), [(LAPTOP, False), (NARROWEST, True)])
def test_everyone_can_use_it(
    tools: httpx.Client, browser: Browser, path: str, size: tuple[int, int], dark: bool
) -> None:
    with visiting(browser, str(tools.base_url), size, dark=dark) as visit:
        page = visit.open(path)
        assert visit.faults() == []
        assert visit.overflow() == 0
        assert page.locator("main b, main script").count() == 0
