"""The article among the furniture of pages in plain text.

Each file of `layouts` is a page in our own words: every line has its kind in front; `+` continues a paragraph that
was broken at a fixed width, and nothing stands before blank lines.
"""

from pathlib import Path

import pytest

from kg.model import Page
from kg.text import read_article

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.lines"))
BODY = {"title", "heading", "paragraph", "table"}


def read(path):
    rows = [line.split("|", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(line for _, line in rows)
    kinds = [kind for kind, _ in rows if kind not in {"", "+"}]
    return kinds, read_article(Page(path.name, text, "text/plain", "utf-8", ""))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_article_is_found(path):
    kinds, article = read(path)
    expected = [kind if kind in BODY else "outside" for kind in kinds]
    found = [block.kind.value if block.kind.value in BODY else "outside" for block in article.blocks]
    lines = [article.text[block.start : block.end] for block in article.blocks]
    assert list(zip(found, lines, strict=True)) == list(zip(expected, lines, strict=True))


@pytest.mark.parametrize(
    ("name", "title", "published", "publisher", "authors"),
    [
        ("notice", "关于做好2024年职工技能提升工作的通知", "2023-12-20", None, ()),
        ("wrapped", "松江区开展班组长轮训", "2022-06-17", "江岸晚报", ("林一帆", "高小禾")),
        ("forum", "[转帖] 云岭市车间夜校开到了厂门口", "2021-09-03", None, ()),
        ("roundup", "各地技能竞赛动态", "2020-11-02", None, ()),
        ("honours", "2021年云岭市技能人才表彰名单公布", "2021-05-06", "市人社局", ()),
        ("interview", "“把手艺留在车间”", "2019-08-14", None, ("林一帆",)),
        ("aggregator", "北山市：实训基地建到产业园里", "2023-10-12", "北山发布", ()),
        ("award", "关于表彰2018年度劳动竞赛先进单位的决定", "2019-01-30", None, ()),
        ("bulletin", "一线动态（2017年第11期）", None, None, ()),
        ("clickbait", "松江区“技能夜市”火了，一晚上千人来学", "2023-08-05", "松江发布", ()),
        ("commentless", None, None, None, ()),
        ("summary", "河口县总工会2022年上半年工作总结", "2022-07-04", None, ()),
    ],
)
def test_origin_is_read(name, title, published, publisher, authors):
    _, article = read(Path(__file__).parent / "layouts" / f"{name}.lines")
    assert (article.title, article.published, article.publisher, article.authors) == (
        title,
        published,
        publisher,
        authors,
    )


@pytest.mark.parametrize("text", ["松江区总工会牵头技能提升行动", "松江区总工会牵头技能提升行动。", "改革"])
def test_a_lone_line_is_an_article(text):
    article = read_article(Page("a", text, "text/plain", "utf-8", ""))
    assert [article.text[block.start : block.end] for block in article.body()] == [text]


def test_navigation_alone_is_no_article():
    text = "首页 | 新闻 | 产品\n版权所有 2020\n联系电话：0800-000000"
    assert not list(read_article(Page("a", text, "text/plain", "utf-8", "")).body())
