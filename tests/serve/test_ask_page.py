"""The page to ask: the editor and what it completes, answers in three views, errors at their place, without scripts."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from browsing import LAPTOP, NARROWEST, visiting
from playwright.sync_api import Browser, Page, expect

from kg.errors import QueryError
from kg.query.catalogue import named_queries, named_query
from kg.serve.explorer.ask import filled
from kg.serve.explorer.ask_vocabulary import vocabulary
from kg.vocabulary import KG

LEADS = "SELECT ?who ?what WHERE { ?who kg:leads ?what } ORDER BY ?who"
COUNTS = "SELECT ?type (COUNT(*) AS ?n) WHERE { ?thing a ?type } GROUP BY ?type ORDER BY DESC(?n)"


def test_every_term_of_the_ontology_is_known_in_both_languages() -> None:
    known = {one.name: one for one in vocabulary()}
    assert {f"kg:{term.name}" for term in KG} <= known.keys()
    assert all(one.zh and one.en for one in known.values() if one.name.startswith("kg:"))
    assert known["kg:Region"].kind == "class"
    assert known["kg:leads"].kind == "property"
    assert known["kg:Over"].kind == "value"
    assert "rdfs:label" in known


def test_values_are_filled_into_the_lines_of_their_parameters() -> None:
    question = named_query("who-leads")
    text = filled(question, {"region": ' 某"省 ', "agent": "", "unknown": "x"})
    assert 'VALUES ?param_region { "某\\"省" }' in text
    assert "VALUES ?param_agent { UNDEF }" in text
    with pytest.raises(QueryError):
        filled(named_query("corroborated-facts"), {"documents": "many"})


def test_every_named_question_can_be_opened(tools: httpx.Client) -> None:
    for name in named_queries():
        answer = tools.get("/ask", params={"name": name})
        assert answer.status_code == 200
        assert "SELECT" in answer.text


def test_a_question_with_its_values_is_given_as_text(tools: httpx.Client) -> None:
    answer = tools.get("/ask/filled", params={"name": "who-leads", "region": "西岭省"})
    assert 'VALUES ?param_region { "西岭省" }' in answer.text
    assert tools.get("/ask/filled", params={"name": "none"}).status_code == 400
    assert tools.get("/ask/filled", params={"name": "corroborated-facts", "documents": "x"}).status_code == 400


def test_terms_are_given_as_json(tools: httpx.Client) -> None:
    found = json.loads(tools.get("/ask/terms.json").text)
    assert found["prefixes"]["kg"] == KG.iri
    assert any(one["zh"] == "牵头" for one in found["terms"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (LEADS, "青川市总工会"),
        ("ASK { ?who kg:leads ?what }", "true"),
        ("CONSTRUCT { ?who kg:leads ?what } WHERE { ?who kg:leads ?what }", "kg:leads"),
        ("SELECT ?x WHERE { ?x }", "line 1, column"),
        ("DROP ALL", "read-only"),
        ("SELECT * { SERVICE <http://evil.example/> { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)
def test_the_server_answers_where_scripts_do_not_run(tools: httpx.Client, query: str, found: str) -> None:
    answer = tools.get("/ask", params={"query": query, "run": "1"})
    assert answer.status_code == 200
    assert found in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "name=none",
        "name=who-leads&region=" + "长" * 5000,
        "query=%00&run=1",
        "query=" + quote("<b>" * 50) + "&run=1",
        "name=corroborated-facts&documents=x",
    ],
)
def test_odd_addresses_get_a_page(tools: httpx.Client, query: str) -> None:
    answer = tools.get(f"/ask?{query}")
    assert answer.status_code == 200
    assert "<b><b>" not in answer.text


# --- in a browser


def ask(page: Page, query: str) -> None:
    page.evaluate("query => { kgAsk.query = query }", query)
    page.click("#ask-form .run")


@pytest.mark.browser
def test_an_answer_is_a_table_that_sorts_and_leads_to_things(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        ask(page, LEADS)
        rows = page.locator("#ask-result tbody tr")
        expect(rows).to_have_count(2)
        expect(page.locator("#ask-status")).to_contain_text("2 行")
        expect(page.locator("#ask-status")).to_contain_text("秒")
        page.click("#ask-result th button >> nth=0")
        first = rows.first.inner_text()
        page.click("#ask-result th button >> nth=0")
        assert rows.last.inner_text() == first
        assert page.locator("th[aria-sort=descending]").count() == 1
        link = rows.first.locator("a").first.get_attribute("href") or ""
        assert tools.get(link, headers={"Accept": "text/html"}).status_code == 200
        # The address can be passed on.
        assert parse_qs(urlsplit(page.url).query)["query"] == [LEADS]
        page.reload()
        expect(page.locator("#ask-result tbody tr")).to_have_count(2)


@pytest.mark.browser
def test_a_long_answer_is_shown_in_part_and_says_so(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        ask(page, "SELECT * WHERE { ?s ?p ?o }")
        expect(page.locator("#ask-status")).to_contain_text("前 500 行")
        expect(page.locator("#ask-result tbody tr")).to_have_count(200)
        page.get_by_role("button", name="再显示").click()
        expect(page.locator("#ask-result tbody tr")).to_have_count(400)


@pytest.mark.browser
def test_numbers_become_a_chart_and_relations_a_graph(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        ask(page, COUNTS)
        page.click("#ask-tab-chart")
        assert page.locator(".ask-bars rect").count() > 5
        widths = page.eval_on_selector_all(
            ".ask-bars rect", "all => all.map(one => parseFloat(one.getAttribute('width')))"
        )
        assert widths == sorted(widths, reverse=True)
        assert widths[0] == 100
        ask(page, LEADS)
        page.click("#ask-tab-graph")
        page.wait_for_selector("#ask-graph canvas")
        ask(page, "CONSTRUCT { ?who kg:leads ?what } WHERE { ?who kg:leads ?what }")
        page.wait_for_selector("#ask-graph canvas")
        page.keyboard.press("Tab")
        page.focus("#ask-tab-graph")
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#ask-result tbody tr")).to_have_count(2)


@pytest.mark.browser
def test_literals_of_every_kind_are_read_from_triples(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        written = '"甲\\"乙\\\\丙\\n<b>丁</b>"@zh, 1.5, true, "x"^^<http://e.example/t>'
        ask(page, f"CONSTRUCT {{ <http://e.example/s> rdfs:label {written} . _:b rdfs:label 2 }} WHERE {{ }}")
        page.click("#ask-tab-table")
        cells = page.locator("#ask-result tbody tr td:nth-child(3)")
        expect(cells).to_have_count(5)
        assert '甲"乙\\丙\n<b>丁</b>' in [text.strip() for text in cells.all_text_contents()]


@pytest.mark.browser
def test_an_error_is_shown_at_its_line_and_column(tools: httpx.Client, browser: Browser) -> None:
    # Chromium itself reports an answer of status 400.
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        ask(page, "SELECT ?who WHERE {\n  ?who kg:leads ?what .\n  FILTR(?what)\n}")
        expect(page.locator("#ask-problem")).to_contain_text("line 3")
        expect(page.locator(".ace_gutter-cell.ace_error")).to_have_text("3")
        assert page.locator(".ask-fault").count() == 1
        page.click("#ask-problem button")
        page.keyboard.press("End")
        page.keyboard.type(" ")
        expect(page.locator(".ace_gutter-cell.ace_error")).to_have_count(0)
        assert all("status of 400" in said for said in visit.complaints)
        visit.complaints.clear()


@pytest.mark.browser
def test_terms_are_completed_by_their_chinese_names(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        page.evaluate("kgAsk.query = ''")
        page.click("#ask-editor")
        page.keyboard.type("SELECT ?a WHERE { ?a 牵头")
        page.keyboard.press("Control+Space")
        expect(page.locator(".ace_autocomplete")).to_contain_text("kg:leads")
        page.keyboard.press("Enter")
        assert page.evaluate("kgAsk.query").rstrip("} ").endswith("?a kg:leads")


@pytest.mark.browser
def test_a_named_question_with_its_fields(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        page.select_option("#ask-name", "who-leads")
        expect(page.locator("#ask-params input")).to_have_count(3)
        page.fill('#ask-params input[name="region"]', "西岭省")
        page.keyboard.press("Enter")
        expect(page.locator("#ask-result tbody")).to_contain_text("南浦市总工会")
        expect(page.locator("#ask-result tbody")).not_to_contain_text("青川市总工会")
        with page.expect_download() as download:
            page.click("#ask-files a >> nth=0")
        assert "南浦市总工会" in Path(download.value.path()).read_text("utf-8")


@pytest.mark.browser
def test_a_value_is_no_part_of_the_query(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask?name=who-leads")
        page.fill('#ask-params input[name="agent"]', '"} } DROP ALL #\\')
        page.keyboard.press("Enter")
        expect(page.locator("#ask-status")).to_contain_text("0 行")


@pytest.mark.browser
def test_the_keyboard_leads_into_the_editor_and_out_of_it(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url)) as visit:
        page = visit.open("/ask")
        page.focus("#ask-begin button")
        inside = "document.getElementById('ask-editor').contains(document.activeElement)"
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate(inside):
                break
        assert page.evaluate(inside)
        for _ in range(6):
            page.keyboard.press("Tab")
            if not page.evaluate(inside):
                break
        assert page.evaluate("document.activeElement.matches('.run')")


@pytest.mark.browser
def test_it_works_with_a_plain_text_area_without_scripts(tools: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(tools.base_url), scripts=False) as visit:
        visit.page.goto(f"{tools.base_url}ask?name=who-leads")
        visit.page.fill('input[name="region"]', "西岭省")
        visit.page.click("#ask-begin button")
        assert "西岭省" in visit.page.input_value("#ask-query")
        visit.page.click("#ask-form .run")
        assert "南浦市总工会" in visit.page.inner_text("#ask-result")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", f"?query={quote(LEADS)}", f"?query={quote(COUNTS)}&lang=en", "?name=who-leads"])
@pytest.mark.parametrize(("size", "dark"), [(LAPTOP, False), (NARROWEST, True)])
def test_everyone_can_use_it(
    tools: httpx.Client, browser: Browser, query: str, size: tuple[int, int], dark: bool
) -> None:
    with visiting(browser, str(tools.base_url), size, dark=dark) as visit:
        visit.open(f"/ask{query}")
        assert visit.faults() == []
        assert visit.overflow() == 0
