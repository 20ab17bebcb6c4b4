"""YAML comes from the cache as it comes from the parser, lines and all."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kg.yaml import LinedList, LinedMapping, YamlError, read_yaml

PACKAGE = Path(__file__).parents[1] / "kg"


@pytest.fixture(autouse=True)
def _no_cache_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def typed(node: Any) -> Any:
    """Return a node with its types, so that 1, 1.0 and true are told apart."""
    if isinstance(node, dict):
        return [(key, typed(value)) for key, value in node.items()]
    if isinstance(node, list):
        return [typed(item) for item in node]
    return type(node), node


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.yaml")), ids=lambda path: path.name)
def test_every_file_is_read_as_the_parser_reads_it(path: Path) -> None:
    text = path.read_text("utf-8")
    expected = typed(YAML(typ="safe", pure=True).load(text))
    assert typed(read_yaml(text)) == typed(read_yaml(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("甲", "甲"),
        (
            "a: 0o14\nb: 1_000\nc: 2.50\nd: yes\ne: true\nf: ~",
            {"a": 12, "b": 1000, "c": 2.5, "d": "yes", "e": True, "f": None},
        ),
        ("a: 2024-09-12", {"a": datetime.date(2024, 9, 12)}),
        ("a: 2024-09-12 10:30:00", {"a": datetime.datetime(2024, 9, 12, 10, 30)}),
        ("a: |\n  甲\n  乙\nb: >-\n  丙\n  丁", {"a": "甲\n乙\n", "b": "丙 丁"}),
        ("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2", {"a": {"b": 1}, "c": {"b": 1}, "d": {"e": 2, "b": 1}}),
        ("{}", {}),
        ("a: []", {"a": []}),
    ],
)
def test_values(text: str, expected: object) -> None:
    for _ in range(2):  # from the parser and from the cache
        assert typed(read_yaml(text)) == typed(expected)


def test_lines() -> None:
    for _ in range(2):
        data = read_yaml("\n# note\na:\n- b: 1\n  c: 2\n\n- d\nrow: [x,\n  y]\n")
        assert isinstance(data, LinedMapping)
        assert (data.line, data.lines) == (3, {"a": 3, "row": 8})
        assert isinstance(data["a"], LinedList)
        assert data["a"].lines == {0: 4, 1: 7}
        assert data["a"][0].lines == {"b": 4, "c": 5}
        assert data["row"].lines == {0: 8, 1: 9}


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    for _ in range(2):
        with pytest.raises(YamlError) as raised:
            read_yaml("a: 1\nb: [1\nc: 2\n")
        assert raised.value.line == 3
