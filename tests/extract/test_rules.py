"""Every example of every rule holds: as written, with other places, and in Traditional script."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest
from swapping import renamed, swapped

from kg.extract.rulebook.check import check_example
from kg.extract.rulebook.loading import load
from kg.extract.rulebook.ruleset import FACTS, POSITIONS, Example, Rule
from kg.text.convert import to_simplified

RULES = load()
EXAMPLES = [(rule, example) for rule in RULES.rules for example in rule.examples]
POSITIVE = [(rule, example) for rule, example in EXAMPLES if example.facts]

# Where other names make another sentence: rule and a part of the example's text, and why.
MEANINGLESS: dict[tuple[str, str], str] = {}


def ids(cases: list[tuple[Rule, Example]]) -> list[str]:
    return [f"{rule.id}:{example.line}" for rule, example in cases]


@functools.cache
def holds_as_written(rule_id: str, line: int) -> bool:
    rule, example = next((r, e) for r, e in EXAMPLES if (r.id, e.line) == (rule_id, line))
    return check_example(rule, example, RULES) is None


def holds(rule: Rule, example: Example, variant: bool = True) -> None:
    if variant and not holds_as_written(rule.id, example.line):
        pytest.skip("does not hold as written either")
    finding = check_example(rule, example, RULES)
    if finding is not None:
        pytest.fail(f"\n{finding}", pytrace=False)


def cases_with_other_places() -> list[object]:
    cases = []
    for rule, example in POSITIVE:
        other = swapped(example)
        if other is None:
            continue
        why = next((r for (id_, part), r in MEANINGLESS.items() if id_ == rule.id and part in example.text), "")
        marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
        cases.append(pytest.param(rule, other, id=f"{rule.id}:{example.line}", marks=marks))
    return cases


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=ids(EXAMPLES))
def test_example(rule: Rule, example: Example) -> None:
    holds(rule, example, variant=False)


@pytest.mark.parametrize(("rule", "example"), cases_with_other_places())
def test_example_with_other_places(rule: Rule, example: Example) -> None:
    holds(rule, example)


@pytest.mark.parametrize(("rule", "example"), POSITIVE, ids=ids(POSITIVE))
def test_example_with_other_persons_and_programmes(rule: Rule, example: Example) -> None:
    other = renamed(example)
    if other is None:
        pytest.skip("names neither a person nor a quoted initiative")
    holds(rule, other)


@pytest.mark.parametrize(("rule", "example"), POSITIVE, ids=ids(POSITIVE))
def test_example_in_traditional_script(rule: Rule, example: Example, traditional: object) -> None:
    text = traditional.convert(example.text)  # type: ignore[attr-defined]
    text = text.translate(str.maketrans("“”‘’", "「」『』"))
    holds(rule, replace(example, text=to_simplified(text)))


@pytest.fixture(scope="module")
def traditional() -> object:
    import opencc

    return opencc.OpenCC("s2t")


def test_every_type_of_fact_has_rules() -> None:
    assert {rule.fact for rule in RULES.rules} == set(FACTS)


def test_what_is_meaningless_is_an_example() -> None:
    for rule_id, part in MEANINGLESS:
        assert any(part in example.text for example in RULES.by_id(rule_id).examples), (rule_id, part)


def test_every_position_is_read() -> None:
    from kg.extract import positions

    assert set(positions.POSITIONS) == set(POSITIONS)
