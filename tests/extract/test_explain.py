"""Explanations: each step of the reader, and the drawing of it for people."""

from __future__ import annotations

import pytest

from kg.errors import RuleError
from kg.extract.rulebook.drawing import draw, underline, width
from kg.extract.rulebook.explain import Candidate, Explanation, explain_sentence

PLACE = "清远市"


def candidate(explanation: Explanation, rule: str) -> Candidate:
    return next(c for c in explanation.candidates if c.rule.id == rule)


def test_a_rule_that_holds_shows_what_fills_its_slots() -> None:
    held = candidate(explain_sentence("由清远市总工会牵头的“星火”行动启动。", PLACE), "leads.by-agent")
    assert held.failed == ""
    assert dict(held.fillers) == {"agent": ("清远市总工会",), "initiative": ("“星火”行动",)}


@pytest.mark.parametrize(
    ("text", "rule", "step"),
    [
        ("清远市总工会将启动“星火”行动。", "implements.carry-out", "a plan, demand or advice, not a fact"),
        (
            "清远市总工会召集牵头单位。",
            "leads.by-agent",
            "单位 stands behind the trigger, which the rule",
        ),
        ("由清远市总工会主办。", "organises.host", "no Competition or Event is named in the sentence"),
        ("“星火”行动牵头部门是清远市总工会，由各方牵头。", "leads.by-agent", "of its type there is 清远市总工会"),
        ("清远市总工会印发《技能大赛主办指南》。", "organises.host", "stands inside the name 《技能大赛主办指南》"),
    ],
)
def test_the_step_that_failed(text: str, rule: str, step: str) -> None:
    steps = [c.failed for c in explain_sentence(text, PLACE).candidates if c.rule.id == rule]
    assert any(step in failed for failed in steps), steps


def test_titles_without_a_body_are_told() -> None:
    found = candidate(explain_sentence("党组书记、副主席程立新出席会议。"), "post.before-name")
    assert "no body is named" in found.failed
    assert dict(found.fillers)["person"] == ("程立新",)


def test_numbers_say_who_reads_them_or_why_none_does() -> None:
    explanation = explain_sentence("2023年，清远市建成第3个“百匠”工作室，现有创新工作室12个。", PLACE)
    seen = {explanation.text[n.start : n.end]: n for n in explanation.numbers}
    assert seen["12个"].quantity is not None
    assert seen["12个"].rules
    assert seen["3"].reason == "ordinal"
    assert seen["2023"].reason == "year"
    assert seen["百"].reason == "name-in-quotes"


def test_relative_times_are_told_by_the_date() -> None:
    explanation = explain_sentence("去年，清远市启动“星火”行动。", PLACE, "2024-05-06")
    assert [(t.text, t.period.edtf) for t in explanation.times] == [("去年", "2023")]


def test_an_unknown_place_is_an_error() -> None:
    with pytest.raises(RuleError, match="unknown place '清元市'"):
        explain_sentence("由清远市总工会牵头。", "清元市")


def test_lines_stand_below_what_they_mark() -> None:
    text = "2023年，由清远市总工会牵头“Star行动”。"
    start = text.index("清远")
    line = underline(text, 0, [(0, 5, "~"), (start, start + 6, "=")])
    assert line.index("=") == width(text[:start])
    assert line.count("=") == 12
    assert line.startswith("~~~~~~ ")


def test_marks_beyond_the_text_are_cut() -> None:
    assert underline("甲乙", 10, [(8, 11, "=")]) == "=="
    assert underline("", 0, [(0, 3, "=")]) == ""


def test_the_drawing_shows_every_part() -> None:
    text = "今年，由清远市总工会牵头的“星火”行动启动，惠及职工3000余人。"
    drawn = draw(explain_sentence(text, PLACE, "2024-05-06"))
    for part in (
        "place: 清远市",
        "Clause 1",
        "subject ",
        "states    facts",
        "清远市总工会  TradeUnion",
        "今年  in 2024",
        "3000余人  over 3000 人; read by observation.",
        "+ leads.by-agent  牵头 ",
        "holds: agent = 清远市总工会; initiative = “星火”行动",
        "Facts",
        "[leads.by-agent, ",
    ):
        assert part in drawn, part
    assert all(line == line.rstrip() for line in drawn.splitlines())


def test_a_text_with_nothing_in_it() -> None:
    drawn = draw(explain_sentence("大家都很高兴。"))
    assert all(line == line.rstrip() for line in drawn.splitlines())
    assert "place: unknown (give one with --place)" in drawn
    assert drawn.count("  none") >= 2
