"""Records made by hand, in sentences of our own."""

from __future__ import annotations

from decimal import Decimal

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

CITY = Entity("Region", "青川市", ("青川",), place="东岭省", adcode="990100")
UNION = Entity("TradeUnion", "青川市总工会", ("市总工会",), place="青川市")
OFFICE = Entity("GovernmentDepartment", "东岭省教育厅", place="东岭省")
SHOP_UNION = Entity("TradeUnion", "青川机床厂工会", parent="org/青川市总工会")
REFORM = Entity("Reform", "青川技工培养改革", ("技工改革",), place="青川市")
ACTION = Entity("Programme", "学徒安家行动", place="青川市", parent="initiative/青川技工培养改革")
POLICY = Entity("PolicyDocument", "青川市技工培养办法", concerns=("initiative/青川技工培养改革",), date="2023-05")
MEETING = Entity("Event", "青川技工大会", place="青川市", date="2024-03-01")
PERSON = Entity("Person", "何大川")
HONOUR = Entity("Honour", "东岭工匠")
ENTITIES = (CITY, UNION, OFFICE, SHOP_UNION, REFORM, ACTION, POLICY, MEETING, PERSON, HONOUR)

BODY = """青川市总工会牵头青川技工培养改革。
东岭省教育厅参与青川技工培养改革，并实施学徒安家行动。
2023年5月，青川市总工会印发《青川市技工培养办法》。
2024年3月1日，青川市总工会召开青川技工大会。
何大川任青川市总工会主席、党组书记。
何大川获评“东岭工匠”，由东岭省教育厅授予。
截至2023年底，青川市技工超过1.25万人，其中女技工占30.5%。
"""


def article(
    identifier: str, text: str = BODY, *, title: str = "青川市推进技工培养", published: str = "2024-03-02"
) -> Article:
    page = Page(identifier, text, "text/plain", "utf-8", "ab" * 32)
    return Article(
        page,
        text,
        range(len(text)),
        range(1, len(text) + 1),
        (),
        title=title,
        published=published,
        publisher="青川晚报",
        authors=("苏一",),
    )


def evidence(words: str, text: str = BODY, rule: str = "test.rule", confidence: float = 0.9) -> Evidence:
    """The sentence of `text` that holds `words`."""
    start = text.index(words)
    start = text.rfind("\n", 0, start) + 1
    end = text.index("\n", start)
    return Evidence(start, end, text[start:end], text[start:end], rule, confidence)


def statements() -> tuple[Statement, ...]:
    return (
        Relation("leads", UNION.id, REFORM.id, evidence("牵头"), place=CITY.id),
        Relation("participatesIn", OFFICE.id, REFORM.id, evidence("参与"), place=CITY.id),
        Relation("implements", OFFICE.id, ACTION.id, evidence("参与"), place=CITY.id),
        Relation("issues", UNION.id, POLICY.id, evidence("印发"), "2023-05", CITY.id),
        Relation("organises", UNION.id, MEETING.id, evidence("召开"), "2024-03-01", CITY.id),
        Membership(PERSON.id, UNION.id, ("主席", "党组书记"), evidence("主席"), CITY.id),
        Conferral(PERSON.id, HONOUR.id, evidence("获评"), (OFFICE.id,), "2024"),
        Observation(
            CITY.id,
            "技工",
            Decimal("12500"),
            "人",
            evidence("截至"),
            "Over",
            period=Period("../2023", None, "2023-12-31"),
            place=CITY.id,
        ),
        Observation(
            CITY.id, "女技工", Decimal("30.50"), "%", evidence("截至"), kind="Share", of_which="技工", place=CITY.id
        ),
    )


def record(identifier: str = "甲.txt") -> Record:
    return Record(article(identifier), ENTITIES, statements())


SECOND_BODY = """青川市总工会一直牵头青川技工培养改革。
2023年底，青川市技工为1.3万人。
青川市总工会印发《青川市技工培养办法》。
"""


def second(identifier: str = "乙.html") -> Record:
    """A record that confirms some facts of the first and disagrees with one figure."""
    period = Period("../2023", None, "2023-12-31")
    return Record(
        article(identifier, SECOND_BODY, title="青川技工再出发", published="2024-04-10"),
        (CITY, UNION, REFORM, POLICY),
        (
            Relation("leads", UNION.id, REFORM.id, evidence("牵头", SECOND_BODY), place=CITY.id),
            Observation(
                CITY.id,
                "技工",
                Decimal("13000"),
                "人",
                evidence("2023年底", SECOND_BODY),
                period=period,
                place=CITY.id,
            ),
            Relation("issues", UNION.id, POLICY.id, evidence("印发", SECOND_BODY), place=CITY.id),
        ),
    )


FAR_BODY = """南浦市总工会牵头青川技工培养改革。
2023年，南浦市技工为2万人，投入资金3000万元。
"""
YEAR = Period("2023", "2023-01-01", "2023-12-31")


def third(identifier: str = "丙.txt") -> Record:
    """A record of another place that leads a reform of the same name."""
    city = Entity("Region", "南浦市", place="西岭省", adcode="980200")
    union = Entity("TradeUnion", "南浦市总工会", place="南浦市")
    reform = Entity("Reform", "青川技工培养改革", place="南浦市")
    said = evidence("2023年", FAR_BODY)
    return Record(
        article(identifier, FAR_BODY, title="南浦的做法", published="2024-05-01"),
        (city, union, reform),
        (
            Relation("leads", union.id, reform.id, evidence("牵头", FAR_BODY), place=city.id),
            Observation(city.id, "技工", Decimal(20000), "人", said, period=YEAR, place=city.id),
            Observation(city.id, "资金", Decimal(30000000), "元", said, period=YEAR, place=city.id),
        ),
    )
