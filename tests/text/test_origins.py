"""Every character of an article leads back to the page, whatever was left out on the way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Page
from kg.text import read_article
from kg.text.convert import to_simplified

PIECES = st.sampled_from(
    [
        "深化改革",
        "深化產業工人隊伍",
        "發(fā)展",
        "業(yè)",
        "工會(huì)",
        "，",
        "。",
        "\n",
        "\r\n",
        "　　",
        " ",
        "\u200b",
        "\x00",
        "\ud800",
        "𠮷",
        "12.5",
        "abc",
        "(",
        ")",
        "?",
        "来源：江岸晚报",
        "2023-01-02",
        "帶著",
        "首页",
        "\t",
        "\x1f",
        "著名",
    ]
)
MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td rowspan=2>",
        "<th colspan=3>",
        "</td>",
        "</tr>",
        "&nbsp;",
        "&emsp;",
        "&amp;",
        "&#x6539;",
        "&#xd800;",
        "&lt",
        "&bogus;",
        "<a href=x>",
        "</a>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<",
        ">",
        '"',
        "'",
        "<h1>",
        "</h1>",
        "<pre>",
        "<title>",
        "<span id='x'>",
    ]
)


def check(page):
    article = read_article(page)
    size = len(article.text)
    assert len(article.starts) == len(article.ends) == size
    last = 0
    for start, end in zip(article.starts, article.ends, strict=True):
        assert 0 <= start <= end <= len(page.text)
        assert start >= last
        last = start
    at = 0
    for block in article.blocks:
        assert block.start == at
        assert block.start <= block.end
        at = block.end + 1
        if block.table:
            assert len({len(row) for row in block.table.grid}) == 1
            for row in block.table.grid:
                for cell in row:
                    assert article.text[cell.start : cell.end] == cell.text
        else:
            assert "\n" not in article.text[block.start : block.end]
    assert at == (size + 1 if article.blocks else 0)
    return article


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=80).map("".join))
def test_plain_text(text):
    article = check(Page("a", text, "text/plain", "utf-8", ""))
    for index, character in enumerate(article.text):
        if not character.isspace():
            origin = text[article.starts[index] : article.ends[index]]
            assert character in (origin[0], to_simplified(origin[0]), "着")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, MARKUP), max_size=120).map("".join))
def test_markup(text):
    check(Page("a", text, "text/html", "utf-8", ""))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text):
    check(Page("a", text, "text/plain", "utf-8", ""))
    check(Page("a", text, "text/html", "utf-8", ""))


def test_entities_lead_to_their_source():
    text = "<p>&emsp;&emsp;改&#x9769;&nbsp;&nbsp;见&amp;效，职工满意度大幅提高。</p>"
    article = check(Page("a", text, "text/html", "utf-8", ""))
    assert article.text == "改革 见&效，职工满意度大幅提高。"
    origins = [text[slice(*article.page_span(index, index + 1))] for index in range(6)]
    assert origins == ["改", "&#x9769;", "&nbsp;&nbsp;", "见", "&amp;", "效"]


def test_a_reading_belongs_to_its_character():
    text = "產業(yè)發(fā)展，職(zhí)業(yè)教育，工會(huì)會(huì)員，隊(duì)伍建設(shè)，改革實(shí)施，辦(bàn)法。"
    article = check(Page("a", text, "text/plain", "utf-8", ""))
    assert article.text == "产业发展，职业教育，工会会员，队伍建设，改革实施，办法。"
    start = article.text.index("业")
    assert text[slice(*article.page_span(start, start + 1))] == "業(yè)"
