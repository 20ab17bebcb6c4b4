"""Composes graphs of any size in the shape that policy reporting has, for measuring stores, queries and the server.

    python bench/synthetic.py out --documents 1000     writes a store of about 850,000 triples

Cities and counties take part with bodies of their own, documents report on one place each, and facts are spread
as in real pages: half are figures, the others relations, posts and honours; a third of the figures are of few
indicators that all report, each other indicator is met a few times at most. The same seed gives the same graph.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from kg.lexicon.divisions import Place, place, places
from kg.model import (
    Article,
    Conferral,
    Entity,
    Evidence,
    Membership,
    Observation,
    Page,
    Period,
    Record,
    Relation,
    Statement,
)

FACTS = 40
"""Facts of a document; real pages have about fifty."""

# Of which class what a question is asked about is, by the name of its parameter.
ABOUT = {
    "region": "Region",
    "agent": "TradeUnion",
    "organization": "TradeUnion",
    "issuer": "TradeUnion",
    "recipient": "Person",
    "person": "Person",
    "initiative": "Programme",
    "indicator": "Indicator",
    "honour": "Honour",
    "entity": "TradeUnion",
}

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_GIVEN = (
    "建国伟强磊洋勇军杰涛明超秀兰霞平刚桂英华玉萍红娥玲芬芳燕彩春菊勤珍贞莉兰凤洁梅琳云莲真环雪荣爱妹霞香月莺媛艳瑞"
)
_DEPARTMENTS = ("人力资源和社会保障局", "教育局", "工业和信息化局", "发展和改革局", "科学技术局", "住房和城乡建设局")
_PROGRAMMES = ("匠心行动", "强技计划", "技能提升工程", "求学圆梦行动", "工匠培育计划", "安心驿站工程", "师徒结对活动")
_INDICATORS = (
    ("技能人才", "人"), ("高技能人才", "人"), ("职工创新工作室", "个"), ("培训职工", "人次"), ("新建工会组织", "家"),
    ("发放补贴", "元"), ("技术创新成果", "项"), ("参赛选手", "名"), ("集体合同", "份"), ("高技能人才占比", "%"),
)  # fmt: skip
_COMMON = 0.33
"""How many of the figures are of the indicators above; the others are of those composed of these."""
_WHOSE = ("青年", "女", "一线", "新就业形态", "农民工", "困难", "离岗", "外来", "班组", "产业", "园区", "乡镇", "街道",
          "非公企业", "国有企业", "灵活就业", "退役", "残疾", "骨干", "新录用")  # fmt: skip
_DOES = ("职工培训", "技术比武", "师徒结对", "学历提升", "技能鉴定", "岗位练兵", "法律援助", "心理咨询", "健康体检",
         "互助保障", "就业推荐", "创业扶持", "读书学习", "文体活动", "联谊交友", "走访慰问", "合理化建议", "安全检查",
         "民主评议", "工资协商")  # fmt: skip
_COUNTED = (("人数", "人"), ("场次", "场"), ("参与单位", "家"), ("投入资金", "元"), ("站点", "个"), ("成果", "项"),
            ("课时", "小时"), ("覆盖率", "%"), ("案例", "件"), ("志愿者", "名"), ("教材", "本"), ("导师", "名"),
            ("基地", "个"), ("满意率", "%"), ("协议", "份"), ("获奖者", "人"), ("小组", "个"), ("线上用户", "人"),
            ("补助", "元"), ("合格率", "%"))  # fmt: skip
_HONOURS = ("五一劳动奖章", "工匠", "技术能手", "劳动模范", "首席技师")
_TITLES = ("主席", "副主席", "党组书记", "局长", "一级调研员")


def records(documents: int, seed: int = 1) -> Iterator[Record]:
    """Yield the records of `documents` documents."""
    chance = random.Random(seed)
    seats = [seat for seat in places().values() if seat.level in {"prefecture", "county"}]
    for number in range(documents):
        yield _record(number, chance.choice(seats), chance)


def _record(number: int, seat: Place, chance: random.Random) -> Record:
    entities: dict[str, Entity] = {}
    statements: list[Statement] = []
    text: list[str] = []

    def known(entity: Entity) -> str:
        entities[entity.id] = entity
        return entity.id

    def said(sentence: str, rule: str) -> Evidence:
        start = sum(map(len, text))
        text.append(sentence + "\n")
        return Evidence(start, start + len(sentence), sentence, sentence, rule, chance.choice((0.75, 0.85, 0.9, 0.95)))

    above = place(seat.parent)
    full = above.name if above.level != "province" and seat.level == "county" else ""
    name = full + seat.name
    region = known(Entity("Region", name, place=above.name, adcode=seat.code))
    union = known(Entity("TradeUnion", f"{name}总工会", ("市总工会",), place=name))
    departments = [known(Entity("GovernmentDepartment", f"{name}{d}", place=name)) for d in _DEPARTMENTS[:4]]
    firm = known(
        Entity("Enterprise", f"{name}{chance.choice('东南西北')}{chance.choice('岭山河江')}重工集团", place=name)
    )
    reform = known(Entity("Reform", "产业工人队伍建设改革", ("产改",)))
    programmes = [
        known(Entity("Programme", f"{name[:2]}{p}", place=name, parent=reform)) for p in chance.sample(_PROGRAMMES, 3)
    ]
    year = chance.randint(2018, 2025)
    for _ in range(FACTS):
        agent = chance.choice([union, union, region, *departments])
        match chance.random():
            case x if x < 0.55:
                indicator, unit = _counted(chance)
                known(Entity("Indicator", indicator))
                value = Decimal(chance.randint(1, 999)) * (1 if unit == "%" else chance.choice((1, 10, 1000)))
                period = Period(str(year), f"{year}-01-01", f"{year}-12-31")
                bound = chance.choice(("Exact", "Exact", "Over", "About"))
                proof = said(f"{year}年，{name}{indicator}{value}{unit}。", "observation.counted-before")
                seen = Observation(region, indicator, value, unit, proof, bound, "Level", period, place=region)
                statements.append(seen)
            case x if x < 0.75:
                goal = chance.choice([reform, *programmes])
                verb, word = chance.choice((("leads", "牵头"), ("implements", "实施"), ("implements", "开展")))
                proof = said(f"{entities[agent].name}{word}{entities[goal].name}。", f"{verb}.verb")
                statements.append(Relation(verb, agent, goal, proof, place=region))
            case x if x < 0.82:
                title = f"{name}新时期产业工人队伍建设改革实施方案（{year}）"
                policy = known(Entity("PolicyDocument", title, concerns=(reform,), date=str(year)))
                proof = said(f"{entities[agent].name}印发《{title}》。", "issues.verb")
                statements.append(Relation("issues", agent, policy, proof, str(year), region))
            case x if x < 0.92:
                person = known(Entity("Person", _person(chance)))
                body, title = union if agent == region else agent, chance.choice(_TITLES)
                proof = said(f"{entities[body].name}{title}{entities[person].name}出席。", "post.before-name")
                statements.append(Membership(person, body, (title,), proof, region))
            case _:
                person = chance.choice([known(Entity("Person", _person(chance))), firm])
                honour = known(Entity("Honour", f"{name}{chance.choice(_HONOURS)}"))
                proof = said(f"{entities[person].name}获评{entities[honour].name}。", "honour.received")
                statements.append(Conferral(person, honour, proof, (), str(year), region))
    body = "".join(text)
    identifier = f"{seat.code}/{number:07}.txt"
    page = Page(identifier, body, "text/plain", "utf-8", f"{number:064x}")
    article = Article(
        page,
        body,
        range(len(body)),
        range(1, len(body) + 1),
        (),
        title=f"{name}推进产业工人队伍建设改革",
        published=f"{year}-{chance.randint(1, 12):02}-15",
        publisher="工人晚报",
    )
    return Record(article, tuple(sorted(entities.values())), tuple(statements))


def _counted(chance: random.Random) -> tuple[str, str]:
    if chance.random() < _COMMON:
        return chance.choice(_INDICATORS)
    whose, does, (what, unit) = chance.choice(_WHOSE), chance.choice(_DOES), chance.choice(_COUNTED)
    return f"{whose}{does}{what}", unit


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))


def main() -> None:
    """Write a synthetic graph to a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    from kg.graph.store import write_store

    manifest = write_store(records(given.documents, given.seed), given.out).manifest
    sys.stdout.write(f"{manifest.documents} documents, {manifest.triples} triples in {given.out}\n")


if __name__ == "__main__":
    main()
