"""Each named query answers as its cases in `cases/<name>.json` say; a query without cases fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from records import record, second, third

from kg.graph import GraphStore
from kg.query import named_queries, run

CASES = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.json")):
        for number, case in enumerate(json.loads(path.read_text("utf-8"))):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number}"))
    return found


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    return GraphStore.in_memory([record(), second(), third()])


@pytest.mark.parametrize(("name", "case"), cases())
def test_query_answers(graph: GraphStore, name: str, case: dict[str, Any]) -> None:
    result = run(graph, name, case["params"])
    columns = case["columns"]
    assert [column for column in result.columns if column in columns] == columns
    assert [[row[column] or "" for column in columns] for row in result] == case["rows"]


def test_every_query_has_cases_and_every_case_a_query() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == set(named_queries())


@pytest.mark.parametrize("name", named_queries())
def test_every_parameter_is_tried(name: str) -> None:
    tried = {key for case in json.loads((CASES / f"{name}.json").read_text("utf-8")) for key in case["params"]}
    assert {parameter.name for parameter in named_queries()[name].parameters} <= tried


@pytest.mark.parametrize("name", named_queries())
def test_every_query_is_valid_by_itself(graph: GraphStore, name: str) -> None:
    # Without the prefixes that this package adds, and with no value bound.
    graph.store.query(named_queries()[name].text)


@pytest.mark.parametrize("name", named_queries())
def test_hostile_values_stay_values(graph: GraphStore, name: str) -> None:
    hostile = 'x" } } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } # \\ \n'
    texts = {parameter.name: hostile for parameter in named_queries()[name].parameters if parameter.type == "text"}
    if texts:
        assert len(run(graph, name, texts)) == 0
