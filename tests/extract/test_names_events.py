"""Meetings, ceremonies and competitions that are held."""

from __future__ import annotations

import pytest
from names_in import written


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("清远市召开产改工作推进会。", ["产改工作推进会"]),
        ("清远市召开工匠学院建设现场推进会。", ["工匠学院建设现场推进会"]),
        ("清远市举行“星火”行动启动仪式。", ["“星火”行动启动仪式"]),
        ("清远市召开产改工作推进会暨工匠表彰大会。", ["产改工作推进会暨工匠表彰大会"]),
        ("清远市召开2024年工匠座谈会。", ["2024年工匠座谈会"]),
        ("清远市举办第三届职工技能大赛。", ["第三届职工技能大赛"]),
        ("清远市召开会议。", []),
        ("清远市召开推进会。", []),
        ("清远市举办各类竞赛。", []),
        ("清远市建立联席会议制度。", []),
        ("会议上，职工发言。", []),
    ],
)
def test_events(text: str, names: list[str]) -> None:
    assert written(text, "Event", "Competition") == names


def test_a_contest_is_a_competition_and_a_meeting_an_event() -> None:
    assert written("清远市举办第三届职工技能大赛。", "Competition") == ["第三届职工技能大赛"]
    assert written("清远市召开产改工作推进会。", "Event") == ["产改工作推进会"]
