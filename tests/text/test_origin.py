"""Where an article comes from: date, outlet and writers, in the forms in which pages give them."""

import pytest

from kg.model import Page
from kg.text import read_article

TITLE = "云岭市推进班组长轮训计划"
BODY = """云岭市总工会今年启动班组长轮训计划，首批120家企业的1800名班组长走进课堂。
班组长轮训计划由市人社局牵头，市财政安排资金640万元，每名学员补助2000元。
市总工会负责人表示，班组长轮训计划还将覆盖更多的小微企业，让一线职工得到实惠。"""


def read(head="", tail="", body=BODY):
    text = "\n".join(part for part in (TITLE, head, body, tail) if part)
    return read_article(Page("a", text, "text/plain", "utf-8", ""))


def outside(article, line):
    return line not in [article.text[block.start : block.end] for block in article.body()]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("2024.11.05", "2024-11-05"),
        ("2024/11/5 08:30", "2024-11-05"),
        ("2024年11月5日", "2024-11-05"),
        ("2024年11月05日08时30分", "2024-11-05"),
        ("二〇二四年十一月五日", "2024-11-05"),
        ("二○二四年十一月二十五日", "2024-11-25"),
        ("云岭市总工会 2024年11月5日", "2024-11-05"),
        ("云岭市总工会2024年11月5日", "2024-11-05"),
        ("（2024年11月5日）", "2024-11-05"),
        ("发布时间：2024-11-05", "2024-11-05"),
        ("时间： 2024-11-05 浏览：33", "2024-11-05"),
        ("日期：2024年11月5日 字号：大 中 小", "2024-11-05"),
        ("发布于 2024-11-05 10:20", "2024-11-05"),
        ("发表时间：2024-11-05 更新时间：2024-12-01", "2024-11-05"),
        ("更新时间：2024-12-01 发布时间：2024-11-05", "2024-11-05"),
        ("云岭日报 2024-11-05 第3版", "2024-11-05"),
        ("2024-11-05T08:30:00+08:00", "2024-11-05"),
        # A year with two digits, none at all, or how long ago: not resolved rather than wrong.
        ("24-11-05 08:30", None),
        ("11-05 08:30", None),
        ("3天前", None),
        ("昨天 08:30", None),
        # Others' dates.
        ("快照时间：2024-11-05", None),
        ("注册时间：2014-11-05", None),
    ],
)
def test_date(head, published):
    article = read(head)
    assert article.published == published
    assert outside(article, head)


@pytest.mark.parametrize(
    "tail", ["相关新闻\n北山市召开会议\n2024-11-05", "2024-11-05 10:20 张三 发表评论", "上一篇：迎新春2024-11-05"]
)
def test_dates_of_others_are_not_its_own(tail):
    assert read(tail=tail).published is None


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("来源：云岭日报", "云岭日报"),
        ("来源: 云岭日报 作者: 林一帆", "云岭日报"),
        ("2024-11-05 来源：云岭市总工会办公室 编辑：高小禾", "云岭市总工会办公室"),
        ("稿源：云岭发布 2024-11-05", "云岭发布"),
        ("本文转自：江岸晚报", "江岸晚报"),
        ("来源：云岭门户\n本文转自：江岸晚报", "江岸晚报"),
        ("云岭日报 2024-11-05 第3版", "云岭日报"),
        ("云岭新闻客户端11-05 08:30", "云岭新闻客户端"),
        ("云岭融媒 2024-11-05 08:30", "云岭融媒"),
        ("2024-11-05 08:30 云岭新闻网", "云岭新闻网"),
        ("云岭市总工会 2024年11月5日", None),
        ("2024-11-05", None),
    ],
)
def test_publisher(head, publisher):
    assert read(head).publisher == publisher


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("记者 林一帆", ("林一帆",)),
        ("本报记者 林一帆 通讯员 高小禾 王五一", ("林一帆", "高小禾", "王五一")),
        ("云岭日报全媒体记者 林一帆", ("林一帆",)),
        ("文/林一帆 图/高小禾", ("林一帆",)),
        ("文/本刊记者 林一帆 图/受访者提供", ("林一帆",)),
        ("作者：林一帆 来源：云岭日报", ("林一帆",)),
        ("文字：林一帆", ("林一帆",)),
        ("撰文丨林一帆", ("林一帆",)),
        ("本报记者 林一帆 实习生 高小禾", ("林一帆", "高小禾")),
        ("文字 | 林一帆", ("林一帆",)),
        ("供稿：林一帆", ("林一帆",)),
        ("供稿：云岭市总工会", ()),
        ("责编：林一帆", ()),
        ("责任编辑：林一帆 校对：高小禾", ()),
        ("编辑：林一帆 记者：高小禾", ("高小禾",)),
        ("作者：云岭市总工会", ()),
        ("摄影：林一帆", ()),
        ("作者 回帖奖励", ()),
    ],
)
def test_authors(head, authors):
    article = read(head)
    assert article.authors == authors
    assert outside(article, head)


@pytest.mark.parametrize(
    ("tail", "authors"),
    [
        ("（记者 林一帆 通讯员 高小禾）", ("林一帆", "高小禾")),
        ("（林一帆 高小禾）", ()),
        ("（责任编辑：林一帆）", ()),
        ("文/林一帆", ("林一帆",)),
        ("供稿：林一帆　责编：高小禾", ("林一帆",)),
    ],
)
def test_authors_below(tail, authors):
    assert read(tail=tail).authors == authors


@pytest.mark.parametrize("above", ["云岭市总工会文件", "云政发〔2024〕19号"])
def test_a_letterhead_is_no_kicker(above):
    text = f"{above}\n关于推进班组长轮训计划的通知\n各县（区）总工会：\n{BODY}\n云岭市总工会\n2024年11月5日"
    article = read_article(Page("a", text, "text/plain", "utf-8", ""))
    assert article.title == "关于推进班组长轮训计划的通知"
    assert outside(article, above)
    assert article.published == "2024-11-05"


def test_a_body_above_a_headline_is_no_kicker():
    article = read_article(Page("a", f"云岭市职工技能发展中心\n{TITLE}\n{BODY}", "text/plain", "utf-8", ""))
    assert outside(article, "云岭市职工技能发展中心")


def test_bodies_above_the_title_of_their_document_begin_it():
    above = "云岭市总工会 云岭市人力资源和社会保障局"
    text = f"{above}\n关于推进班组长轮训计划的通知\n云工发〔2024〕19号\n\n各县（区）总工会：\n{BODY}"
    article = read_article(Page("a", f"首页 > 文件\n\n{text}", "text/plain", "utf-8", ""))
    assert not outside(article, above)


@pytest.mark.parametrize(
    ("masthead", "published"),
    [
        ("商丘日报 2023年12月5日 星期二", "2023-12-05"),
        ("2023年12月5日 星期二", None),  # of a site, the day of the visit
        ("数字报2023年12月5日 星期二 第02版：要闻 << 上一版 下一版 >>", "2023-12-05"),
    ],
)
def test_the_date_of_a_masthead_far_above_the_title_is_the_articles(masthead: str, published: str | None) -> None:
    sections = "".join(f"{name}频道\n" for name in ("新闻", "社会", "房产", "汽车", "教育", "健康", "旅游", "图库"))
    text = "让手艺值钱\n　　甲市总工会召开推进会，走访企业100家，服务职工两万多人，受到大家的欢迎和好评。\n"
    article = read_article(Page("a.txt", f"{masthead}\n{sections * 3}{text}", "text/plain", "utf-8", ""))
    assert article.published == published


def test_the_head_of_a_page_names_its_outlet_behind_the_title() -> None:
    def publisher(head: str) -> str | None:
        body = "<p>甲市总工会召开推进会，走访企业100家，服务职工两万多人。</p>"
        page = f"<html><head><title>{head}</title></head><body><h1>让手艺值钱</h1>{body}</body></html>"
        return read_article(Page("a.html", page, "text/html", "utf-8", "")).publisher

    assert publisher("让手艺值钱-商丘日报") == "商丘日报"
    assert publisher("让手艺值钱_正文") is None
