"""Policy documents: between 《 and 》, nested, and without marks behind a verb of issuing."""

from __future__ import annotations

import pytest
from names_in import names_in, written


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("清远市印发《清远市工匠培育办法》。", ["清远市工匠培育办法"]),
        ("清远市印发《甲地匠心办法》《乙地夜校细则》。", ["甲地匠心办法", "乙地夜校细则"]),
        ("清远市印发《甲地匠心办法》和《乙地夜校细则》等5项文件。", ["甲地匠心办法", "乙地夜校细则"]),
        ("清远市转发《关于落实〈匠心条例〉的通知》。", ["关于落实〈匠心条例〉的通知"]),
        ("清远市转发《关于落实《匠心条例》的通知》。", ["关于落实《匠心条例》的通知"]),
        ("《匠心条例（试行）》已经施行。", ["匠心条例（试行）"]),
        ("《北江日报》记者走访企业。", []),
        ("据《工匠时报》报道，企业满意。", []),
        ("《》是空的。", []),
    ],
)
def test_titles_between_their_marks(text: str, names: list[str]) -> None:
    assert [name for _, name in names_in(text, "PolicyDocument")] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("清远市总工会制定清远市技能夜校管理办法。", ["清远市技能夜校管理办法"]),
        ("清远市总工会制定了一批配套政策。", []),
        ("清远市总工会出台实施方案。", []),
        ("清远市总工会走访企业的办法得到推广。", []),
    ],
)
def test_titles_without_marks(text: str, names: list[str]) -> None:
    assert written(text, "PolicyDocument") == names


def test_what_stands_in_a_title_is_part_of_it() -> None:
    text = "清远市印发《清远市总工会“星火”行动实施方案》。"
    assert written(text, "PolicyDocument", "TradeUnion", "Programme") == ["《清远市总工会“星火”行动实施方案》"]
