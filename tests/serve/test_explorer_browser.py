"""The pages as people use them, in a browser that reaches nothing but the server."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from browsing import NARROWEST, Visit, visiting
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

CITY, UNION = quote("/id/place/哈尔滨市"), quote("/id/org/黑龙江省总工会")
REFORM, ACTION = quote("/id/initiative/产业工人队伍建设改革"), quote("/id/initiative/试样工匠培育行动")
PAGES = {
    "start": "/",
    "province": "/?place=23&led=1",
    "search": f"/search?q={quote('总工会')}",
    "nothing found": "/search?q=zzzz",
    "place": CITY,
    "body": UNION,
    "initiative": REFORM,
    "person": quote("/id/person/何大川"),
    "honour": quote("/id/honour/黑龙江省试样先进单位"),
    "indicator": quote("/id/indicator/技能人才"),
    "section": f"{UNION}?section=documents-mentioning",
    "documents": "/documents",
    "things": "/things/bodies",
    "text": "/page/damaged.txt?at=60-90",
    "side by side": "/page/damaged.txt?at=60-90&view=both",
    "as decoded": "/page/damaged.txt?at=60-90&view=page",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_every_page_is_accessible(browser: Browser, shown: str, path: str, language: str, scheme: str) -> None:
    with visiting(browser, shown, dark=scheme == "dark") as visit:
        visit.page.context.add_cookies([{"name": "kg-lang", "value": language, "url": shown}])
        page = visit.see(path)
        assert visit.faults() == []
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_is_wider_than_a_phone(browser: Browser, shown: str, path: str) -> None:
    with visiting(browser, shown, NARROWEST) as visit:
        visit.see(path)
        assert visit.overflow() == 0
        assert visit.faults() == []


@pytest.fixture
def reader(browser: Browser, shown: str) -> Iterator[Visit]:
    with visiting(browser, shown) as visit:
        yield visit


def test_who_leads_which_reform_is_seen_first(reader: Visit) -> None:
    reader.see("/")
    row = reader.page.locator("tr", has_text="产业工人队伍建设改革").first
    expect(row.locator("td.leads")).to_contain_text("黑龙江省总工会")
    assert "4" in reader.page.inner_text(".contents")  # documents


def test_from_the_map_to_the_sentence_on_its_page(reader: Visit) -> None:
    page = reader.see("/")
    page.get_by_role("link", name="黑龙江省：").click()
    expect(page.locator("#efforts-of")).to_contain_text("黑龙江省")
    page.locator("tr", has_text="产业工人队伍建设改革").first.locator("td.leads .quote").first.click()
    page.wait_for_url("**/page/**")
    expect(page.locator("#at")).to_be_in_viewport()
    assert "牵头" in "".join(page.locator(".text mark").all_inner_texts())
    expect(page.locator(".read .here")).to_contain_text("牵头")


def test_the_words_of_a_fact_are_marked_to_the_character(reader: Visit) -> None:
    page = reader.see(UNION)
    page.locator("#leads .said .words").first.click()
    page.wait_for_url("**/page/**")
    at = page.url.split("at=")[1].split("#")[0]
    start, end = map(int, at.split("-"))
    page.get_by_role("link", name="原页").click()
    page.wait_for_url("**view=page**")
    marked = "".join(page.locator(".raw mark").all_text_contents())
    whole = "".join(page.locator(".raw").all_text_contents())
    assert marked == whole[start:end]


def test_what_was_damaged_stands_beside_its_repair(reader: Visit) -> None:
    page = reader.see("/page/damaged.txt")
    notes = page.locator(".notes").all_inner_texts()
    assert any("產(chǎn)" in note and "产" in note for note in notes)
    assert page.locator("ins.repair").count() > 5
    page.get_by_role("link", name="对照").click()
    expect(page.locator(".original").first).to_contain_text("產(chǎn)業(yè)")


def test_figures_over_time_show_bound_and_period(reader: Visit) -> None:
    page = reader.see(CITY)
    figures = page.locator("#figures .indicator", has_text="技能人才").first
    expect(figures).to_contain_text("超101万人")
    expect(figures).to_contain_text("约92万人")
    expect(figures).to_contain_text("截至2023年")
    chart = figures.locator("svg.chart")
    expect(chart.locator(".point")).to_have_count(3)
    expect(chart.locator(".Over path")).to_have_count(1)
    expect(chart.locator(".About circle")).to_have_count(1)
    figures.locator("summary", has_text="80万人").click()
    expect(figures.locator("blockquote", has_text="80万人")).to_be_visible()


def test_the_search_box_by_keyboard_alone(reader: Visit) -> None:
    page = reader.see("/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("hljszgh")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("黑龙江省总工会")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("hljszgh")
    page.keyboard.type("a")
    page.keyboard.press("Backspace")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{UNION}")
    expect(page.locator("h1")).to_have_text("黑龙江省总工会")


def test_a_search_without_a_choice_gives_the_results(reader: Visit) -> None:
    page = reader.see("/")
    page.get_by_role("combobox").fill("省总")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator(".results")).to_contain_text("黑龙江省总工会")


def test_the_keyboard_reaches_the_content_first(reader: Visit) -> None:
    page = reader.see(UNION)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_language_stays_as_chosen(reader: Visit) -> None:
    page = reader.see(UNION)
    page.get_by_role("link", name="English").click()
    expect(page.locator(".kind")).to_have_text("Trade union")
    reader.see("/")
    expect(page.locator("h1")).to_have_text("Who leads which reform")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("谁在牵头哪项改革")


def test_pages_do_without_scripts(browser: Browser, shown: str) -> None:
    with visiting(browser, shown, scripts=False) as visit:
        page = visit.see("/")
        page.locator("input[name=q]").fill("产改")
        page.locator("input[name=q]").press("Enter")
        page.get_by_role("link", name="产业工人队伍建设改革", exact=True).click()
        expect(page.locator("#leads-by")).to_contain_text("黑龙江省总工会")


@pytest.mark.parametrize("path", ["/nothing", quote("/id/org/没有此会"), "/page/none.txt", "/things/none"])
def test_a_page_that_is_not_there_says_what_to_do(reader: Visit, path: str) -> None:
    page = reader.see(path)
    expect(page.locator("main")).to_contain_text("404")
    assert page.get_by_role("link", name="回到概览").get_attribute("href") == "/"
    assert reader.faults() == []
    assert len(reader.complaints) == 1  # of the browser, about the status
    reader.complaints.clear()


def test_print_leaves_out_the_frame(reader: Visit) -> None:
    page = reader.see(UNION)
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_programs_still_get_problems_as_json(shown: str) -> None:
    answer = httpx.get(f"{shown}nothing", trust_env=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    answer = httpx.get(f"{shown}nothing", headers={"Accept": "text/html,*/*;q=0.8"}, trust_env=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
