"""The neighbourhood graph: what it shows, in which order and within which bounds, and how it is worked with."""

from __future__ import annotations

import re

import httpx
import pytest
from browsing import LAPTOP, NARROWEST, visiting
from playwright.sync_api import Browser, expect
from records import record, second, third
from tools_sample import HONOUR, PERSON, REFORM, UNION

from kg.graph.reading import Reader
from kg.graph.store import GraphStore
from kg.serve.explorer.graph_neighbours import MOST_AT_ONCE, Choice, Picture, neighbourhood
from kg.serve.explorer.graph_paths import leading_paths
from kg.serve.explorer.graph_ties import ties_of

BASE = "https://kg.example/id/"
CITY_UNION, REFORM_IRI, PERSON_IRI = BASE + UNION.id, BASE + REFORM.id, BASE + PERSON.id


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(GraphStore.in_memory([record(), second(), third()]))


def said(picture: Picture) -> set[tuple[str, str, str]]:
    names = {node.iri: node.label for node in picture.nodes}
    return {(names[edge.source], edge.relation, names[edge.target]) for edge in picture.edges}


def test_every_relation_of_a_thing_is_there_in_both_directions(reader: Reader) -> None:
    shown = said(neighbourhood(reader, [CITY_UNION]))
    assert shown >= {
        ("青川市总工会", "leads", "青川技工培养改革"),
        ("青川市总工会", "issues", "青川市技工培养办法"),
        ("青川市总工会", "organises", "青川技工大会"),
        ("何大川", "post", "青川市总工会"),
        ("青川机床厂工会", "partOf", "青川市总工会"),
        ("青川市总工会", "place", "青川市"),
        # how the neighbours hang together
        ("青川市技工培养办法", "concerns", "青川技工培养改革"),
    }


def test_relations_carry_their_best_sentence_and_what_states_them(reader: Reader) -> None:
    picture = neighbourhood(reader, [CITY_UNION])
    leads, post = (next(one for one in picture.edges if one.relation == name) for name in ("leads", "post"))
    assert leads.documents == 2
    assert leads.quote is not None
    assert "牵头" in leads.quote.sentence
    assert post.notes in ("主席、党组书记", "党组书记、主席")
    assert picture.edges[0] == leads  # the most telling first


def test_filters_leave_only_what_is_wanted(reader: Reader) -> None:
    assert {name for _, name, _ in said(neighbourhood(reader, [CITY_UNION], Choice(relations=["post"])))} == {"post"}
    policies = neighbourhood(reader, [CITY_UNION], Choice(groups=["policy"]))
    assert {node.group for node in policies.nodes if not node.opened} == {"policy"}
    unsure = neighbourhood(reader, [CITY_UNION], Choice(relations=["leads"], least=0.95))
    assert unsure.edges == ()


def test_bounds_hold_and_what_is_hidden_is_counted(reader: Reader) -> None:
    whole = neighbourhood(reader, [CITY_UNION])
    (one,) = neighbourhood(reader, [CITY_UNION], Choice(limit=2)).opened
    assert (one.shown, one.total) == (2, whole.opened[0].total)
    assert one.total == len({tie.other(CITY_UNION) for tie in ties_of(reader.graph, CITY_UNION)})
    few = neighbourhood(reader, [CITY_UNION], Choice(limit=2))
    assert next(node.hidden for node in few.nodes if node.iri == CITY_UNION) == one.total - 2


def test_a_frequent_relation_does_not_hide_the_others() -> None:
    from pyoxigraph import NamedNode, Quad, Store

    store, ontology = Store(), "https://kg.example/ontology#"
    hub = NamedNode(BASE + "initiative/改革")
    for number in range(200):
        store.add(Quad(NamedNode(f"{BASE}org/{number:03}"), NamedNode(ontology + "leads"), hub))
    store.add(Quad(NamedNode(BASE + "policy/办法"), NamedNode(ontology + "concerns"), hub))
    picture = neighbourhood(Reader(GraphStore(store)), [hub.value], Choice(limit=500))
    assert len(picture.nodes) == MOST_AT_ONCE + 1
    assert {edge.relation for edge in picture.edges} == {"leads", "concerns"}
    assert dict(picture.opened[0].relations) == {"leads": 200, "concerns": 1}


def test_the_leading_path_goes_through_facts_not_through_a_common_place(reader: Reader) -> None:
    found = leading_paths(reader, PERSON_IRI, REFORM_IRI)
    names = [[reader.thing(iri).label for iri in path.things] for path in found.paths]
    assert names[0] == ["何大川", "青川市总工会", "青川技工培养改革"]
    assert [edge.relation for edge in found.paths[0].edges] == ["post", "leads"]
    assert found.complete
    weights = [path.weight for path in found.paths]
    assert weights == sorted(weights, reverse=True)
    assert len({len(path.things) for path in found.paths}) == 1


def test_paths_end_where_nothing_leads(reader: Reader) -> None:
    assert leading_paths(reader, PERSON_IRI, PERSON_IRI).paths == ()
    assert leading_paths(reader, PERSON_IRI, BASE + "org/无此机构").paths == ()
    lone = leading_paths(reader, BASE + HONOUR.id, BASE + "place/西岭省")
    assert all(len(path.edges) <= 4 for path in lone.paths)


# --- over HTTP


def test_programs_get_the_same_as_json(tools: httpx.Client) -> None:
    found = tools.get("/api/neighbourhood", params={"of": "青川市总工会", "relation": "leads", "class": "initiative"})
    assert [edge["relation"] for edge in found.json()["edges"]] == ["leads"]
    paths = tools.get("/api/paths", params={"from": PERSON_IRI, "to": "技工改革"}).json()
    assert paths["paths"][0]["things"][-1] == REFORM_IRI
    assert tools.get("/api/neighbourhood", params={"of": "无此机构"}).status_code == 404
    for wrong in ({"relation": "hates"}, {"class": "x"}, {"limit": "61"}, {"min": "2"}, {"of": ["x"] * 13}):
        assert tools.get("/api/neighbourhood", params={"of": "青川市总工会"} | wrong).status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "of=%00",
        "of=../../etc/passwd",
        "of=http://x y",
        "of=青川市总工会&limit=x&min=nan",
        "of=" + "长" * 3000,
        "of=a&to=b",
    ],
)
def test_odd_addresses_get_a_page(tools: httpx.Client, query: str) -> None:
    assert tools.get(f"/graph?{query}").status_code == 200


def test_names_stay_text(tools: httpx.Client) -> None:
    html = tools.get("/graph", params={"of": "青川市总工会"}).text
    assert "<img src=x" not in html
    assert "<script>alert" not in html


def test_the_page_of_a_thing_leads_to_its_graph(tools: httpx.Client) -> None:
    html = tools.get(f"/id/{UNION.id}", headers={"Accept": "text/html"}).text
    (link,) = re.findall(r'href="(/graph\?of=[^"]+)"', html)
    assert "青川技工培养改革" in tools.get(link).text


# --- in a browser


@pytest.mark.browser
def test_a_thing_unfolds_and_folds_by_click_and_goes_back(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/graph?of=青川市总工会")
        names = page.evaluate("kgGraph.labels()")
        assert {"青川技工培养改革", "何大川"} <= set(names)
        assert "南浦市总工会" not in names
        spot = page.evaluate("kgGraph.spot('何大川')")
        page.locator("#graph-canvas").click(position=spot)
        assert page.evaluate("kgGraph.selected()") == "何大川"
        page.locator("#graph-card button").click()
        expect(page.locator("#graph-list h2").nth(1)).to_contain_text("何大川")
        assert "东岭工匠" in page.evaluate("kgGraph.labels()")
        page.locator("#graph-card button").click()
        expect(page.locator("#graph-list")).not_to_contain_text("东岭工匠")
        page.go_back()
        expect(page.locator("#graph-list")).to_contain_text("东岭工匠")


@pytest.mark.browser
def test_the_keyboard_alone_suffices(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/graph?of=何大川")
        page.focus("#graph-canvas")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("kgGraph.selected()") == "何大川"
        page.keyboard.press("ArrowRight")
        chosen = page.evaluate("kgGraph.selected()")
        assert chosen != "何大川"
        expect(page.locator("#graph-status")).to_contain_text(chosen)
        page.keyboard.press("Enter")
        expect(page.locator("#graph-list h2").nth(1)).to_contain_text(chosen)
        assert "of=" in page.url.partition("何")[2] or page.url.count("of=") == 2


@pytest.mark.browser
def test_a_path_is_found_by_typing_two_names(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/graph")
        page.fill(".graph-find input", "hedachuan")
        page.locator(".graph-find [role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector("#graph-canvas")
        page.fill(".graph-find input[type=search]", "技工改革")
        page.keyboard.press("Enter")
        page.wait_for_selector(".paths")
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.locator(".paths > li").first.locator("li").count() == 2
        boxes = page.evaluate("kgGraph.boxes()")
        assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]


@pytest.mark.browser
def test_only_what_can_be_drawn_is_suggested(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/graph")
        page.fill(".graph-find input", "技工")
        page.locator(".graph-find [role=option]").first.wait_for()
        said = page.locator(".graph-find [role=option]").all_inner_texts()
        assert any("青川技工培养改革" in one for one in said)
        assert not any("指标" in one for one in said)


@pytest.mark.browser
def test_it_works_as_a_list_without_scripts(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url), scripts=False) as visit:
        visit.page.goto(f"{tools.base_url}graph?of=何大川")
        visit.page.locator(".graph-unfold a").first.click()
        assert visit.page.locator("#graph-list h2").count() >= 3


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/graph", "/graph?of=青川市总工会", "/graph?of=何大川&to=技工改革", "/graph?of=何大川&lang=en"]
)
@pytest.mark.parametrize(("size", "dark"), [(LAPTOP, False), (NARROWEST, True)])
def test_everyone_can_use_it(
    tools: httpx.Client, browser: Browser, path: str, size: tuple[int, int], dark: bool
) -> None:
    with visiting(browser, str(tools.base_url), size, dark=dark) as visit:
        page = visit.open(path)
        assert visit.faults() == []
        assert visit.overflow() == 0
        assert page.locator("[onerror], main b, main script:not(#graph-data)").count() == 0


@pytest.mark.browser
def test_boxes_do_not_lie_on_each_other(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        boxes = visit.open("/graph?of=青川市总工会&of=何大川&of=技工改革").evaluate("kgGraph.boxes()")
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = max(
                    abs(one["x"] - other["x"]) - (one["width"] + other["width"]) / 2,
                    abs(one["y"] - other["y"]) - (one["height"] + other["height"]) / 2,
                )
                assert apart > 0
