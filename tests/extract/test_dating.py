"""The day of an article that does not say when it was published."""

from __future__ import annotations

import pytest

from kg.extract.dating import day_of
from kg.extract.rulebook.check import article_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月5日，2021年全市产业工人队伍建设改革工作会议召开。", "2021-03-05"),
        ("2022年3月5日，全市产改推进会召开。今年，印发办法。", "2022-03-05"),
        ("11月5日，全市产改发布会举行。\n会上介绍，产改实施7年来，全市有技师9万人。", "2024-11-05"),
        # Nothing tells the year, or another has come since, or the day does not exist.
        ("3月5日，全市产改推进会召开。2021年以来，有技师9万人。", None),
        ("2017年6月19日，改革方案印发。2021年，全市有技师9万人。", None),
        ("2022年2月30日，全市产改推进会召开。", None),
        ("近日，产改实施7年来的成果展出。", None),
        ("", None),
    ],
)
def test_day_told_from_what_is_reported(text: str, day: str | None) -> None:
    assert day_of(article_of(text)) == day


def test_day_of_publication_comes_first() -> None:
    assert day_of(article_of("2022年3月5日，全市产改推进会召开。", "2022-03-07")) == "2022-03-07"
