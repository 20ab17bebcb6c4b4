"""Teasers of other articles that report on what the page's article is about."""

import pytest
from work import grows_evenly

from kg.model import Page
from kg.text import read_article, read_teasers

TITLE = "云岭市推进班组长轮训计划"
ARTICLE = """云岭市推进班组长轮训计划

2023-05-06 09:10:00 来源：云岭日报

云岭市总工会今年启动班组长轮训计划，首批120家企业的1800名班组长走进课堂。

班组长轮训计划由市人社局牵头，市财政安排资金640万元，每名学员补助2000元。

市总工会负责人表示，班组长轮训计划还将覆盖更多的小微企业，让一线职工得到实惠。

"""
LIST = """相关新闻
松江区总工会把轮训课堂搬进园区
...本文转自:江岸晚报松江区总工会把轮训课堂搬进园区本报讯 松江区总工会实施班组长轮训计划,参训职工2100人次,学员的到课率
2023-04-18 16:07:00
北山市发布大风蓝色预警
记者从北山市气象台获悉,未来三天北山市将出现六到七级大风,请市民注意出行安全,并及时加固门窗
2023-04-19 08:00:00
...走上讲台的老师傅近日,河口县班组长轮训计划第三期开班,河口县职业学校的38名教师参与授课,课程由企业与学
2022-11-30 07:45:00
"""


def teasers(text, name="a.txt"):
    return read_teasers(read_article(Page(name, text, "text/html" if "<" in text else "text/plain", "utf-8", "0" * 64)))


def lines(article, kind):
    return [article.text[block.start : block.end] for block in article.blocks if block.kind.value == kind]


def test_those_on_the_subject_are_articles_of_their_own():
    found = teasers(ARTICLE + LIST)
    assert [(t.page.identifier, t.teaser_of, t.published, t.title, t.publisher, t.truncated) for t in found] == [
        ("a.txt/teaser-1", "a.txt", "2023-04-18", "松江区总工会把轮训课堂搬进园区", "江岸晚报", True),
        ("a.txt/teaser-3", "a.txt", "2022-11-30", None, None, True),
    ]


def test_what_runs_into_the_text_or_is_cut_off_is_no_part_of_it():
    first, second = teasers(ARTICLE + LIST)
    assert lines(first, "paragraph") == ["本报讯 松江区总工会实施班组长轮训计划,参训职工2100人次,"]
    assert lines(second, "paragraph") == ["近日,河口县班组长轮训计划第三期开班,河口县职业学校的38名教师参与授课,"]


def test_every_character_leads_back_to_the_page():
    text = ARTICLE + LIST
    for teaser in teasers(text):
        for block in teaser.blocks:
            start, end = teaser.page_span(block.start, block.end)
            assert text[start:end] == teaser.text[block.start : block.end]
        at = 0
        for block in teaser.blocks:
            assert block.start == at
            at = block.end + 1
        assert at == len(teaser.text) + 1


def test_the_page_itself_stays_as_it_was():
    with_list, without = (
        read_article(Page("a", ARTICLE + LIST, "text/plain", "utf-8", "")),
        read_article(Page("a", ARTICLE, "text/plain", "utf-8", "")),
    )
    shown = [[a.text[b.start : b.end] for b in a.body()] for a in (with_list, without)]
    assert shown[0] == shown[1]
    assert with_list.published == "2023-05-06"


@pytest.mark.parametrize(
    "text",
    [
        # Another subject.
        ARTICLE
        + "相关新闻\n北山市举办采摘节\n北山市的苹果园迎来八方游客,全市采摘收入达到2300万元,果农笑开了颜\n2023-04-19\n",
        # A headline without an excerpt.
        ARTICLE + "相关新闻\n河口县班组长轮训计划第三期开班\n松江区启动班组长轮训计划\n",
        # What the article names once is not its subject.
        ARTICLE.replace("班组长轮训计划由", "计划由").replace("班组长轮训计划还", "计划还")
        + "相关新闻\n...河口县班组长轮训计划第三期开班,河口县职业学校的38名教师参与授课,课程安排由企业决定...\n",
        # No article.
        "首页 | 新闻\n版权所有",
    ],
)
def test_others_are_left_alone(text):
    assert teasers(text) == ()


def test_dates_above_their_teasers():
    text = ARTICLE + (
        "相关新闻\n2023-04-18\n松江区办夜校\n松江区总工会实施班组长轮训计划,开设夜间课程46期,参训职工2100人次...\n"
        "2023-04-02\n河口县开新班\n河口县班组长轮训计划第三期开班,河口县职业学校的38名教师参与授课...\n"
    )
    assert [(t.published, t.title) for t in teasers(text)] == [
        ("2023-04-18", "松江区办夜校"),
        ("2023-04-02", "河口县开新班"),
    ]


def test_how_long_ago_is_no_date():
    text = ARTICLE + "相关新闻\n松江区总工会实施班组长轮训计划,开设夜间课程46期,参训职工2100人次...\n3天前\n"
    assert [t.published for t in teasers(text)] == [None]


def test_a_page_full_of_teasers_costs_little():
    excerpt = "松江区总工会实施班组长轮训计划,开设夜间课程46期,参训职工2100人次...\n2023-04-18\n"

    def full_of(number):
        text = ARTICLE + "相关新闻\n" + excerpt * number
        return read_article(Page("a", text, "text/plain", "utf-8", "", title=TITLE * 200))

    pages = {number: full_of(number) for number in (750, 3_000)}
    assert grows_evenly(lambda number: read_teasers(pages[number]), 750)
    assert len(read_teasers(pages[3_000])) == 60


def test_teasers_in_markup():
    paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines()[2:] if line)
    text = (
        f"<html><body><h1>云岭市推进班组长轮训计划</h1><div>{paragraphs}</div><h3>相关新闻</h3><ul class='related'>"
        "<li><a href='1'>松江区办夜校</a><p>松江区总工会实施班组长轮训计划，开设夜间课程46期，参训职工2100人次…</p>"
        "<span>2023-04-18 10:00</span></li></ul></body></html>"
    )
    (teaser,) = teasers(text, "a.html")
    assert lines(teaser, "paragraph") == ["松江区总工会实施班组长轮训计划，开设夜间课程46期，参训职工2100人次…"]
    start, end = teaser.page_span(0, 5)
    assert text[start:end] == teaser.text[:5]
