"""Lists of names inside an article and in its annex belong to it; lists of other articles below it do not."""

from __future__ import annotations

import hashlib

from kg.model import BlockKind, Page
from kg.text import read_article

BODY = {BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH}
DECISION = """北江市总工会关于表彰2024年度“北江工匠”的决定

各县（市、区）总工会，各产业工会：
为弘扬劳模精神、劳动精神、工匠精神，经研究，决定授予李向前等3名同志“北江工匠”称号。希望受表彰的同志珍惜荣誉，再立新功。

北江市总工会
2024年4月28日

抄送：省总工会，市委办公室，市政府办公室。

附件
2024年度“北江工匠”名单
李向前  北江重工集团焊工
周小满  东山电缆公司质检员
王志强  市供水公司检修班班长
"""
BULLETIN = """北江一批集体和个人受表彰
2025-04-29 09:10
4月28日，北江市召开庆祝“五一”国际劳动节大会，会上宣读了表彰决定，一批集体和个人受到表彰。
部分名单如下——
北江市五一劳动奖状
北江港城轴承制造有限公司
东山区人民医院
北江市五一劳动奖章
陶 建  北江港城轴承制造有限公司磨工
奚小妹（女）  东山纺织有限公司值车工
王圣强  北江轨道交通有限公司检修工长
大会号召全市职工向受表彰的集体和个人学习，立足岗位，比学赶超，在各自岗位上再创佳绩。
相关阅读
南浦公布第三届“诗城工匠”名单
清川一快递员获评省级人才
"""


def body(text: str) -> list[str]:
    article = read_article(Page("页.txt", text, "text/plain", "utf-8", hashlib.sha256(text.encode()).hexdigest()))
    return [" ".join(article.text[b.start : b.end].split()) for b in article.blocks if b.kind in BODY]


def test_an_annex_below_the_copies_is_part_of_the_document() -> None:
    lines = body(DECISION)
    assert lines[-3:] == ["李向前 北江重工集团焊工", "周小满 东山电缆公司质检员", "王志强 市供水公司检修班班长"]
    assert not any(line.startswith("抄送") for line in lines)


def test_a_list_between_paragraphs_does_not_part_them() -> None:
    lines = body(BULLETIN)
    assert lines[0] == "北江一批集体和个人受表彰"
    assert "奚小妹（女） 东山纺织有限公司值车工" in lines
    assert lines[-1].startswith("大会号召")
