"""Reforms, programmes and competitions: by fixed names, in quotes with what they are, and behind a verb."""

from __future__ import annotations

import pytest
from names_in import names_in, written

KINDS = ("Reform", "Programme", "Competition", "Initiative")


@pytest.mark.parametrize(
    "form",
    ["产改", "产业工人队伍建设改革", "新时代产业工人队伍建设改革", "新时期产业工人队伍建设改革工作", "“产改”"],
)
def test_the_reform_in_all_its_forms(form: str) -> None:
    ((_, name),) = names_in(f"清远市总工会推进{form}，职工满意。", *KINDS)
    assert name == "产业工人队伍建设改革"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("清远市启动“星火”行动。", ["“星火”行动"]),
        ("清远市启动“星火”技能提升行动。", ["“星火”技能提升行动"]),
        ("清远市启动“星火”行动、“灯塔”计划。", ["“星火”行动", "“灯塔”计划"]),
        ("清远市举办第二届“星火杯”职工技能大赛。", ["第二届“星火杯”职工技能大赛"]),
        pytest.param(
            "清远市启动“星火”“灯塔”行动。",
            ["“星火”", "“灯塔”行动"],
            marks=pytest.mark.xfail(reason="of quoted names in a row only the last is read", strict=True),
        ),
        ("清远市办起第二届“星火杯”职工技能大赛。", ["第二届“星火杯”职工技能大赛"]),
        ("清远市实施青工强技工程。", ["青工强技工程"]),
        ("清远市实施青工强技工程和匠心培育计划。", ["青工强技工程", "匠心培育计划"]),
        ("清远市推行师徒结对制度。", ["师徒结对制度"]),
        ("清远市建立工作机制。", []),
        ("清远市开展各类活动。", []),
        ("清远市实施8项工程。", []),
        ("他说“干得好”的行动很多。", []),
        ("李向前获“星火工匠”称号。", []),
    ],
)
def test_named_initiatives(text: str, names: list[str]) -> None:
    assert written(text, *KINDS) == names


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("清远市启动“星火”行动。", "Programme"),
        ("清远市开展“星火”技能竞赛。", "Competition"),
        ("清远市推进产改。", "Reform"),
    ],
)
def test_what_kind_of_initiative_it_is(text: str, type_: str) -> None:
    assert len(names_in(text, type_)) == 1
