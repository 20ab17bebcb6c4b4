"""Honours: who received each."""

from pathlib import Path

import pytest

from kg.extract.conferrals import kinds_of
from kg.extract.reader import read
from kg.extract.rulebook.check import article_of
from kg.lexicon.places import places_named

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "honours.tsv").read_text("utf8").splitlines()
    if line and not line.startswith("#")
]


def honours(text: str, place: str = "清远市") -> set[tuple[str, str]]:
    facts = read(article_of(text, "2025-05-01"), place=places_named(place)[0].code).facts
    return {(f.slots["recipient"].name, f.slots["honour"].name) for f in facts if f.type == "honour"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "刘建军（清远重工集团钳工）获一等奖，王海燕、赵小龙获二等奖。",
            {("刘建军", "一等奖"), ("王海燕", "二等奖"), ("赵小龙", "二等奖")},
        ),
        (
            "清远重工集团的李国强、东山电缆公司的王海燕分获焊工、车工组第一名。",
            {("李国强", "焊工组第一名"), ("王海燕", "车工组第一名")},
        ),
        ("周敏等10人获“清远市技术能手”称号。", {("周敏", "清远市技术能手")}),
        (
            "清远重工集团被授予“全国五一劳动奖状”，总装车间被授予“全国工人先锋号”。",
            {("清远重工集团", "全国五一劳动奖状"), ("清远重工集团总装车间", "全国工人先锋号")},
        ),
        ("省总工会将清远重工集团确定为省级产改示范企业。", {("清远重工集团", "省级产改示范企业")}),
        (
            "陈思远拿下钳工组冠军，并被授予“广东省技术能手”称号。",
            {("陈思远", "钳工组冠军"), ("陈思远", "广东省技术能手")},
        ),
        ("一等奖获得者陈思远激动地说。", {("陈思远", "一等奖")}),
        ("清远市成为全国首批产教融合试点城市。", {("清远市", "全国首批产教融合试点城市")}),
        ("市领导为获奖单位和选手颁奖。", set()),
        ("12名选手获得“广东省技术能手”称号。", set()),
        ("全市命名“清远工匠工作室”105个。", set()),
        ("清远重工集团力争被评为省级示范企业。", set()),
    ],
)
def test_honours_of_a_text(text: str, expected: set[tuple[str, str]]) -> None:
    assert honours(text) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_who_received_what(text: str, expected: str) -> None:
    found = sorted(honours(text.replace("\\n", "\n")))
    assert ("; ".join(f"{recipient} = {honour}" for recipient, honour in found) or "-") == expected


@pytest.mark.parametrize(
    ("honour", "kind", "fits"),
    [
        ("清远工匠", "Enterprise", False),
        ("全国五一劳动奖状", "Enterprise", True),
        ("全国五一劳动奖状", "Person", False),
        ("产改试点城市", "Region", True),
        ("优秀组织奖", "TradeUnion", True),
    ],
)
def test_an_honour_tells_who_can_receive_it(honour: str, kind: str, fits: bool) -> None:
    assert (kind in kinds_of(honour)) == fits


def test_names_set_apart_in_a_list() -> None:
    text = "一、清远市五一劳动奖章（2名）\n王　磊　　清远重工集团焊工\n石　磊（女）　　东山电缆公司养护工"
    assert honours(text) == {("王磊", "清远市五一劳动奖章"), ("石磊", "清远市五一劳动奖章")}
