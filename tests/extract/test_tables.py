"""Observations in tables: whose each cell is, and when it holds."""

from kg.extract.reader import read
from kg.lexicon.places import places_named
from kg.model import Page
from kg.text import read_article

PAGE = """<html><body><h1>清远市2024年技能人才统计公报</h1><p>发布时间：2025-03-01</p>
<p>2024年，清远市总工会牵头推进技能人才工作，各县（市、区）工作取得新的进展，现将有关数据公布如下。</p>
<p>表1 2024年各县（市、区）主要指标</p>
<table><tr><td>地区</td><td>技能人才（万人，年末）</td><td>补贴性培训（人次）</td><td>就业率比上年提高（百分点）</td></tr>
<tr><td>清城区</td><td>6.1</td><td>5200</td><td>1.5</td></tr>
<tr><td>英德市</td><td>4.8</td><td>4100</td><td>0.7</td></tr></table>
<p>清远市总工会将继续做好技能人才工作，各县（市、区）工会要认真组织学习，把各项任务落到实处。</p></body></html>"""


def test_columns_tell_when_their_numbers_hold() -> None:
    article = read_article(Page("page.html", PAGE, "text/html", "utf-8", "0" * 64))
    facts = [f for f in read(article, place=places_named("清远市")[0].code).facts if f.rule == "observation.table"]
    found = {(f.slots["about"].name, str(f.slots["quantity"].value), f.slots["period"].edtf) for f in facts}
    assert found == {
        ("清城区", "61000", "../2024"),
        ("清城区", "5200", "2024"),
        ("清城区", "1.5", "2024"),
        ("英德市", "48000", "../2024"),
        ("英德市", "4100", "2024"),
        ("英德市", "0.7", "2024"),
    }
