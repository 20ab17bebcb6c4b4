"""Public bodies by place and kind; firms, schools and other bodies by how their names end; later short forms."""

from __future__ import annotations

import pytest
from names_in import names_in, written

from kg.extract.names.organizations import short_forms


@pytest.mark.parametrize(
    ("text", "type_", "full"),
    [
        ("清远市总工会走访企业。", "TradeUnion", "清远市总工会"),
        ("市总工会走访企业。", "TradeUnion", "清远市总工会"),
        ("省总工会走访企业。", "TradeUnion", "广东省总工会"),
        ("清远市委走访企业。", "PartyOrgan", "中共清远市委员会"),
        ("市委组织部走访企业。", "PartyOrgan", "中共清远市委组织部"),
        ("清远市政府走访企业。", "Government", "清远市人民政府"),
        ("清远市人社局走访企业。", "GovernmentDepartment", "清远市人力资源和社会保障局"),
        ("市人力资源和社会保障局走访企业。", "GovernmentDepartment", "清远市人力资源和社会保障局"),
        ("市工商联走访企业。", "Organization", "清远市工商业联合会"),
        # As written: whether 产改 stands in its name in full the text alone knows.
        ("清远市产改工作领导小组走访企业。", "CoordinationBody", "清远市产改工作领导小组"),
    ],
)
def test_public_bodies_in_full(text: str, type_: str, full: str) -> None:
    assert full in [name for _, name in names_in(text, type_)]


@pytest.mark.parametrize(
    ("text", "type_", "names"),
    [
        ("清远星河重工集团有限公司走访学校。", "Enterprise", ["清远星河重工集团有限公司"]),
        (
            "星河电缆股份公司和北江药业有限公司走访学校。",
            "Enterprise",
            ["星河电缆股份公司", "北江药业有限公司"],
        ),
        ("多家公司走访学校。", "Enterprise", []),
        ("这家企业走访学校。", "Enterprise", []),
        ("清远职业技术学院走访企业。", "School", ["清远职业技术学院"]),
        ("各职业院校走访企业。", "School", []),
        ("全市建成工匠学院3所。", "School", []),
        ("清远市模具行业协会走访企业。", "Organization", ["清远市模具行业协会"]),
        ("行业协会走访企业。", "Organization", []),
    ],
)
def test_bodies_by_how_their_names_end(text: str, type_: str, names: list[str]) -> None:
    assert written(text, type_) == names


def test_a_firm_is_known_by_its_short_form_later() -> None:
    text = "清远星河重工集团有限公司走访学校。星河重工办起夜校。"
    assert names_in(text, "Enterprise") == [
        ("清远星河重工集团有限公司", "清远星河重工集团有限公司"),
        ("星河重工", "清远星河重工集团有限公司"),
    ]


def test_a_firm_is_known_by_what_the_text_calls_it() -> None:
    text = "清远星河重工集团有限公司（以下简称“星重”）走访学校。星重集团办起夜校，星河重工出资。"
    assert ("星河重工", "清远星河重工集团有限公司") in names_in(text, "Enterprise")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("清远星河重工集团有限公司", {"星河重工", "星河重工集团", "清远星河重工"}),
        ("北江药业有限公司", {"北江药业"}),
        ("星河集团", set()),
    ],
)
def test_short_forms_of_firms(name: str, forms: set[str]) -> None:
    assert forms <= short_forms(name)
    assert name not in short_forms(name)


def test_the_union_of_a_firm_is_its_own() -> None:
    found = dict(names_in("清远星河重工集团有限公司工会走访车间。", "TradeUnion"))
    assert list(found.values()) == ["清远星河重工集团有限公司工会"]


def test_firms_in_a_row_that_the_text_calls_so() -> None:
    text = "走访星河、北辰、长庚等9家企业。"
    assert {"北辰", "长庚"} <= set(written(text, "Enterprise"))


def test_departments_of_one_place_in_a_row() -> None:
    found = [n for _, n in names_in("市总工会、教育局、科技局走访企业。", "TradeUnion", "GovernmentDepartment")]
    assert found == ["清远市总工会", "清远市教育局", "清远市科学技术局"]
