"""Times in running text, resolved against the date of the document."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extract.times import Time, find_times

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "times.tsv").read_text("utf8").splitlines()
    if line and not line.startswith("#")
]
EDTF = re.compile(r"(?:\.\./)?\d{4}(?:-\d\d(?:-\d\d)?)?(?:/(?:\.\.|\d{4}(?:-\d\d(?:-\d\d)?)?))?")


def shown(times: list[Time]) -> str:
    """Return `times` as the table writes them."""
    return "; ".join(f"{t.text} = {t.period.edtf} {t.role}" for t in times) or "-"


@pytest.mark.parametrize(("anchor", "text", "expected"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_text_states_periods_and_roles(anchor: str, text: str, expected: str) -> None:
    assert shown(find_times(text, None if anchor == "-" else anchor)) == expected


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年", "2024-01-01", "2024-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2024年2月3日", "2024-02-03", "2024-02-03"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2020年以来", "2020-01-01", None),
        ("截至2021年底", None, "2021-12-31"),
        ("目前", None, "2024-09-12"),
        ("2019年至2023年", "2019-01-01", "2023-12-31"),
    ],
)
def test_period_has_its_first_and_last_day(text: str, start: str | None, end: str | None) -> None:
    (time,) = find_times(text, "2024-09-12")
    assert (time.period.start, time.period.end) == (start, end)


def test_span_is_the_surface() -> None:
    text = "该市介绍，截至２０２１年底，共有532人。"
    (time,) = find_times(text, "2022-01-10")
    assert text[time.start : time.end] == time.text == "截至２０２１年底"


def test_anchor_must_be_a_date() -> None:
    with pytest.raises(KgError, match="is no date"):
        find_times("今年", "12.9.2024")


@given(
    st.text(
        alphabet="0123456789年月日今去前上半季度截至到自以来起底末初比较同的，。、—-全当一二三四五“”《》十\n",
        max_size=40,
    ),
    st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2060, 1, 1)),
)
def test_times_are_ordered_disjoint_and_well_formed(text: str, anchor: datetime.date) -> None:
    end = 0
    for time in find_times(text, anchor.isoformat()):
        assert end <= time.start < time.end
        assert text[time.start : time.end] == time.text
        assert EDTF.fullmatch(time.period.edtf)
        for day in (time.period.start, time.period.end):
            assert day is None or datetime.date.fromisoformat(day)
        if time.period.start and time.period.end:
            assert time.period.start <= time.period.end
        end = time.end


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2090, 1, 1)))
def test_full_dates_round_trip(day: datetime.date) -> None:
    (time,) = find_times(f"{day.year}年{day.month}月{day.day}日", None)
    assert time.period.edtf == day.isoformat()


@given(st.dates(min_value=datetime.date(1991, 1, 1), max_value=datetime.date(2060, 1, 1)), st.dates())
def test_a_day_without_year_is_not_after_the_anchor(anchor: datetime.date, day: datetime.date) -> None:
    for time in find_times(f"{day.month}月{day.day}日召开", anchor.isoformat()):
        assert time.period.start is not None
        assert time.period.start <= anchor.isoformat()


@pytest.mark.parametrize(
    "text", ["", "2020年" * 20_000, "2020年" + "同比" * 20_000, "3月" * 20_000, "“" * 20_000 + "今年"]
)
def test_odd_texts_are_read_without_harm(text: str) -> None:
    assert len(find_times(text, "2024-09-12")) <= len(text)
