"""The page as a user has it: in real headless Chromium, opened from disk, network off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Opened
from playwright.sync_api import expect
from pyoxigraph import Store
from view_samples import HOSTILE, five_bulletins, hostile, large, unsure

pytestmark = pytest.mark.browser

Open = Callable[[Store], Opened]


@pytest.fixture
def five(open_page: Open) -> Opened:
    return open_page(five_bulletins())


def test_opens_without_a_request_or_complaint(five: Opened) -> None:
    assert [url for url in five.requests if not url.startswith("file:")] == []
    assert len(five.requests) == 1
    assert five.complaints == []
    nodes, edges = five.status()
    assert nodes > 50
    assert edges > 50


def test_says_who_leads_which_reform_at_first_sight(five: Opened) -> None:
    panel = five.page.inner_text("#panel")
    assert "云山省总工会" in panel
    assert "新型工匠队伍建设改革" in panel
    assert "云山省总工会作为牵头单位" in panel
    assert "云山日报" in panel
    assert "2024-03-12" in panel


def test_legend_is_in_both_languages(five: Opened) -> None:
    legend = " ".join(five.page.inner_text("nav").split())
    for words in ("机构 Agents", "改革与项目 Initiatives", "地区 Regions", "牵头 leads", "实施 implements"):
        assert words in legend


def test_search_by_alias_focuses_on_enter(five: Opened) -> None:
    five.page.keyboard.press("/")
    five.page.keyboard.type("工匠改革")
    expect(five.page.locator("#results [role=option]").first).to_contain_text("新型工匠队伍建设改革")
    five.page.keyboard.press("Enter")
    expect(five.page.locator("#panel h2")).to_have_text("新型工匠队伍建设改革")
    assert five.page.locator("#results").is_hidden()


def test_search_finds_what_is_not_in_the_picture_yet(five: Opened) -> None:
    five.page.fill("#search", "云大山")
    five.page.keyboard.press("ArrowDown")
    five.page.keyboard.press("Enter")
    panel = five.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("云大山")
    expect(panel).to_contain_text("主席")
    expect(panel).to_contain_text("获得")


def test_search_says_when_nothing_is_found(five: Opened) -> None:
    five.page.fill("#search", "没有这个名字")
    expect(five.page.locator("#results")).to_contain_text("没有找到")


def test_confidence_filter_leaves_out_relations_and_figures_below(open_page: Open) -> None:
    opened = open_page(unsure())
    assert opened.status()[1] == 2
    opened.page.fill("#confidence", "0.9")
    opened.page.keyboard.press("Enter")
    assert opened.status()[1] == 1
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("云山省总工会")
    expect(panel).not_to_contain_text("青川市总工会")
    opened.page.fill("#search", "云山省")
    opened.page.keyboard.press("Enter")
    expect(panel).not_to_contain_text("2643000")
    opened.page.click("#reset")
    assert opened.status()[1] == 2
    assert opened.page.input_value("#confidence") == "0"
    assert opened.complaints == []


def test_the_address_may_ask_for_a_confidence(open_page: Open) -> None:
    opened = open_page(unsure())
    opened.page.evaluate("window.location.hash = 'min-confidence=0.9'")
    expect(opened.page.locator("#confidence")).to_have_value("0.9")
    opened.page.reload()
    opened.page.wait_for_selector("html[data-ready]", state="attached")
    assert opened.status()[1] == 1
    opened.page.evaluate("window.location.hash = 'min-confidence=many'")
    assert opened.complaints == []


@pytest.mark.parametrize("relation", ["leads", "implements"])
def test_relation_filter(five: Opened, relation: str) -> None:
    _, before = five.status()
    five.press(relation)
    _, after = five.status()
    assert after < before
    assert five.page.get_attribute(f'button[data-key="{relation}"]', "aria-pressed") == "false"
    five.press(relation)
    assert five.status()[1] == before


def test_class_filter(five: Opened) -> None:
    before, _ = five.status()
    five.press("region")
    assert five.status()[0] == before - 10
    five.press("initiative")
    assert five.status() == (0, 0)
    expect(five.page.locator("#empty")).to_be_visible()


def test_narrow_class_filter(five: Opened) -> None:
    _, before = five.status()
    five.page.select_option("#kind", value="TradeUnion")
    _, unions = five.status()
    assert 0 < unions < before
    assert "云山省总工会" in five.page.inner_text("#panel")
    assert "云山省教育局" not in five.page.inner_text("#panel")


def test_region_filter_takes_in_what_lies_within(five: Opened) -> None:
    five.page.select_option("#region", label="青川市")
    city, _ = five.status()
    five.page.select_option("#region", label="云山省")
    province, _ = five.status()
    assert 0 < city < province
    assert "江左省总工会" not in five.page.inner_text("#panel")


def test_document_filter(five: Opened) -> None:
    five.page.select_option("#document", label="2024-03-12 云山省推进工匠队伍建设")
    assert 0 < five.status()[1] < 15
    panel = five.page.inner_text("#panel")
    assert "云山省总工会" in panel
    assert "青川市总工会" not in panel


def test_widening_and_reset(five: Opened) -> None:
    first = five.status()
    five.page.click("#all-relations")
    nodes, edges = five.status()
    assert (nodes, edges) > first
    assert edges == 97
    five.page.click("#reset")
    assert five.status() == first


def test_neighbours_of_the_selected_node(five: Opened) -> None:
    five.page.fill("#search", "云山省总工会")
    five.page.keyboard.press("Enter")
    before = five.status()
    five.page.click("#neighbours")
    assert five.status() > before


def test_card_shows_sentence_document_and_date(five: Opened) -> None:
    five.page.click("#zoom-fit")
    card = five.hover("云山省总工会")
    assert "云山省总工会作为牵头单位，会同有关部门" in card
    assert "云山省推进工匠队伍建设 · 云山日报 · 2024-03-12" in card


def test_an_edge_shows_its_sentence_and_opens_in_the_panel(five: Opened) -> None:
    five.page.click("#zoom-fit")
    agent, initiative, card = five.hover_edge("牵头")
    assert agent in card
    assert initiative in card
    assert "2024" in card
    five.page.mouse.down()
    five.page.mouse.up()
    expect(five.page.locator("#panel h2")).to_contain_text("牵头 leads")
    expect(five.page.locator("#panel blockquote")).to_contain_text(initiative)
    five.page.keyboard.press("Escape")
    expect(five.page.locator("#panel h2")).to_contain_text("牵头一览")


def test_panel_shows_figures_with_their_sentence(five: Opened) -> None:
    five.page.fill("#search", "云山省")
    five.page.keyboard.press("Enter")
    panel = five.page.locator("#panel")
    expect(panel).to_contain_text("超过264.3万人")
    expect(panel).to_contain_text("截至 2023")
    expect(panel).to_contain_text("截至2023年底，云山省技能人才总量超过264.3万人。")


def test_usable_by_keyboard_alone(five: Opened) -> None:
    reached = set()
    for _ in range(24):
        five.page.keyboard.press("Tab")
        reached.add(five.page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"search", "region", "document", "chip", "all-relations", "reset"} <= reached


def test_hostile_names_stay_text(open_page: Open) -> None:
    opened = open_page(hostile())
    page = opened.page
    for name in HOSTILE.values():
        page.fill("#search", name[:40])
        page.locator("#results [role=option]").first.click()
        opened.page.click("#neighbours")
        opened.hover(page.locator("#panel h2").evaluate("() => window.kgView.selected()"))
    page.click("#reset")
    page.wait_for_timeout(200)
    assert opened.dialogs == []
    assert opened.complaints == []
    assert len(opened.requests) == 1
    assert page.locator("img, a, iframe").count() == 0
    assert page.locator("script").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_thousands_of_entities_open_at_once_on_the_leading_relations(open_page: Open) -> None:
    store = large(3_000)
    opened = open_page(store)
    nodes, edges = opened.status()
    assert 100 < nodes <= 300
    assert edges < 200
    opened.page.click("#more")
    assert opened.status()[0] > nodes


def test_an_empty_graph_says_so(open_page: Open) -> None:
    opened = open_page(Store())
    expect(opened.page.locator("#empty")).to_contain_text("图中没有实体")
    assert opened.complaints == []


def test_the_wheel_moves_and_ctrl_wheel_zooms(five: Opened) -> None:
    where = "() => window.kgView.view()"
    before = five.page.evaluate(where)
    five.page.mouse.move(500, 400)
    five.page.mouse.wheel(0, 120)
    moved = five.page.evaluate(where)
    assert moved["y"] > before["y"]
    assert moved["scale"] == before["scale"]
    five.page.keyboard.down("Control")
    five.page.mouse.wheel(0, -120)
    five.page.keyboard.up("Control")
    assert five.page.evaluate(where)["scale"] > before["scale"]


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_no_two_shapes_or_labels_overlap_at_first_view(five: Opened, size: tuple[int, int]) -> None:
    five.page.set_viewport_size({"width": size[0], "height": size[1]})
    five.page.wait_for_timeout(200)
    boxes = five.page.evaluate("() => window.kgView.boxes()")
    assert len(boxes) > 100
    clashes = [
        (one["text"], other["text"])
        for index, one in enumerate(boxes)
        for other in boxes[:index]
        if abs(one["x"] - other["x"]) < (one["width"] + other["width"]) / 2
        and abs(one["y"] - other["y"]) < (one["height"] + other["height"]) / 2
    ]
    assert clashes == []
