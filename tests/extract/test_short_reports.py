"""One page with short reports from several places: each is the scope of its own 全市 and 市总工会."""

import pytest

from kg.extract import read
from kg.model import Observation, Page, Relation
from kg.resolve import resolve
from kg.text import read_article

REPORTS = (
    ("苏州市", "建起车间课堂", "全市有产改示范企业120家。市总工会启动匠心培育行动，让学习不出厂门。"),
    ("襄阳市", "求学路上有补贴", "今年以来，全市新增高技能人才4500人。市总工会启动求学圆梦行动，一线职工都能报名。"),
    ("洛阳市", "培训送到车间", "市总工会启动技能提升行动，由老师傅上门讲课。全市培训职工2.3万人次。"),
)
FORMS = {
    "heading in brackets": "【{place}】\n{text}",
    "heading with a mark": "●{short}\n{text}",
    "bare heading": "{short}\n{text}",
    "headline of each": "{short}：{head}\n{text}",
    "numbered": "{number}．{place}：{head}\n{text}",
    "led by the name": "{place}：{text}",
    "led by the name in brackets": "【{place}】{text}",
    "led by the name and going on": "{place}：这里的职工学技术有了新去处。\n{text}",
    "led by a short name": "{short} {text}",
    "named in the text": "近日，{place}召开现场推进会。{text}",
}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_each_report_has_its_own_scope(form):
    parts = [
        FORMS[form].format(place=place, short=place[:-1], head=head, text=text, number=number)
        for number, (place, head, text) in enumerate(REPORTS, 1)
    ]
    page = "\n".join(["各地职工技能动态", "2023-05-06", *parts])
    article = read_article(Page("a", page, "text/plain", "utf-8", ""))
    record = resolve(article, read(article))
    agents = {s.subject for s in record.statements if isinstance(s, Relation) and s.predicate == "implements"}
    assert agents == {f"org/{place}总工会" for place, _, _ in REPORTS}
    figures = {(s.about, int(s.value)) for s in record.statements if isinstance(s, Observation)}
    assert figures == {("place/苏州市", 120), ("place/襄阳市", 4500), ("place/洛阳市", 23000)}


def test_a_place_before_a_colon_alone_opens_no_scope():
    page = (
        "江苏省推进职工技能提升\n2023-05-06\n江苏省总工会启动技能提升行动，各市分头落实，让学习不出厂门。\n"
        "苏州：车间里的课堂已经开了三个月，学员越来越多。\n全省培训职工2.3万人次，新增高技能人才4500人。"
    )
    article = read_article(Page("a", page, "text/plain", "utf-8", ""))
    record = resolve(article, read(article))
    assert {s.about for s in record.statements if isinstance(s, Observation)} == {"place/江苏省"}
