"""Quantities in running text: a table of surfaces, the declared exclusions, and invariants."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RuleError
from kg.extract.numerals import value
from kg.extract.quantities import find_numerals, find_quantities
from kg.extract.quantities.grammar import Grammar, grammar

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "quantities.tsv").read_text("utf8").splitlines()
    if line and not line.startswith("#")
]
EXCLUSIONS = grammar().exclusions


def shown(text: str) -> str:
    """Return the quantities of `text` as the table writes them."""
    found = (f"{q.value} {q.unit}" + (f" {q.bound}" if q.bound != "Exact" else "") for q in find_quantities(text))
    return "; ".join(found) or "-"


@pytest.mark.parametrize(("surface", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_surface_states_value_unit_and_bound(surface: str, expected: str) -> None:
    assert shown(surface) == expected


@pytest.mark.parametrize(("surface", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_surface_reads_the_same_inside_a_sentence(surface: str, expected: str) -> None:
    assert shown(f"近年来，该市工会积极作为，{surface}，取得成效。") == expected


@pytest.mark.parametrize("exclusion", EXCLUSIONS, ids=[e.id for e in EXCLUSIONS])
def test_excluded_surfaces_hold_no_quantity_and_say_why(exclusion) -> None:
    for surface in exclusion.out:
        assert shown(surface) == "-", surface
        assert exclusion.id in [numeral.reason for numeral in find_numerals(surface)], surface


@pytest.mark.parametrize("exclusion", EXCLUSIONS, ids=[e.id for e in EXCLUSIONS])
def test_surfaces_that_look_excluded_are_kept(exclusion) -> None:
    assert exclusion.kept
    for entry in exclusion.kept:
        surface, _, expected = entry.partition(" = ")
        assert shown(surface) == expected, surface


def test_span_runs_from_the_word_of_bound_to_the_trailing_bound() -> None:
    text = "全市超过3000余人次参加，结业率九成以上。"
    assert [q.text for q in find_quantities(text)] == ["超过3000余人次", "九成以上"]
    assert all(text[q.start : q.end] == q.text for q in find_quantities(text))


def test_full_width_characters_stay_in_the_span() -> None:
    (quantity,) = find_quantities("占比６７．３％。")
    assert quantity.text == "６７．３％"


def test_every_number_gets_a_quantity_or_a_reason() -> None:
    numerals = find_numerals("2023年第六届大赛，3个赛项、24小时服务，编号A4，500元。")
    assert [(n.text, n.reason) for n in numerals] == [
        ("2023", "year"),
        ("六", "ordinal"),
        ("3", ""),
        ("24", "duration"),
        ("4", "code"),
        ("500", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "一",
        "万",
        "1" * 100_000 + "人",
        "一" * 100_000 + "个",
        "1,234," * 20_000,
        "“" * 5000 + "3个",
        "百分之" * 9000,
    ],
    ids=["empty", "stop", "one", "ten-thousand", "digits", "ones", "groups", "quotes", "percents"],
)
def test_odd_texts_are_read_without_harm(text: str) -> None:
    assert all(q.value < 10**30 for q in find_quantities(text))


@given(
    st.text(
        alphabet="0123456789.,一二两三十百千万亿零点半成倍个人元%近超约多余以上第年月至、和分之翻番“”《》 \n",
        max_size=40,
    )
)
def test_spans_are_ordered_and_read_back(text: str) -> None:
    quantities = find_quantities(text)
    for quantity in quantities:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.value >= 0
    starts = [numeral.start for numeral in find_numerals(text)]
    assert starts == sorted(starts)
    stated = [numeral.quantity for numeral in find_numerals(text) if numeral.quantity]
    assert stated == quantities


def spelled(number: int) -> str:
    """Return `number` (below 10**12) in Chinese characters."""
    digits = "零一二三四五六七八九"

    def section(part: int) -> str:
        out, gap = "", False
        for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = part // power % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + mark
            gap = not digit
        return out

    if not number:
        return "零"
    out, gap = "", False
    for power, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // power % 10**4
        if part:
            out += ("零" if out and (gap or part < 1000) else "") + section(part) + mark
        gap = not part
    return out.removeprefix("一") if 10 <= number < 20 else out


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert value(spelled(number)) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_digits_round_trip(number: int) -> None:
    assert value(f"{number:,}") == number == value(str(number))


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("", 1)]))
def test_decimals_are_multiplied_out(number: Decimal, multiplier: tuple[str, int]) -> None:
    assert value(f"{number}{multiplier[0]}") == number * multiplier[1]


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["人", "家", "项", "人次", "元"]))
def test_digits_and_characters_state_the_same(number: int, unit: str) -> None:
    if number == 1:  # 一家 is an article, 1家 a count
        return
    assert shown(f"共有{number}{unit}。") == f"{number} {unit}"


@pytest.mark.parametrize(
    ("broken", "named"),
    [({"units": []}, "counted"), ({"units": [{"name": "个"}]}, "unit"), ({"units": [{"unit": "个", "not": "("}]}, "(")],
    ids=["missing key", "misspelt key", "broken expression"],
)
def test_a_broken_grammar_names_file_and_entry(broken, named: str) -> None:
    with pytest.raises(RuleError) as caught:
        Grammar(broken, "own.yaml")
    assert caught.value.where == "own.yaml"
    assert named in caught.value.what
