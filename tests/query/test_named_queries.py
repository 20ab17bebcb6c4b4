"""Each named query answers as its cases in `cases/<name>.json` say; a query without cases fails."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from records import record, second, third

from kg.errors import QueryError
from kg.graph import GraphStore
from kg.query import named_queries, run
from kg.query.catalogue import parse_query
from kg.query.order import in_order, sort_keys
from kg.query.run import answering
from kg.query.terms import bind, fill

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


@pytest.mark.parametrize(("name", "case"), cases())
def test_rows_are_sorted_as_the_engine_sorts_them(graph: GraphStore, name: str, case: dict[str, Any]) -> None:
    assert sort_keys(named_queries()[name].text)
    with answering(graph, name, case["params"]) as answer:
        assert run(graph, name, case["params"]).rows == tuple(map(tuple, answer))


def test_rows_are_sorted_by_value_and_the_unbound_come_first(graph: GraphStore) -> None:
    rows = run(graph, "SELECT ?a ?b { VALUES (?a ?b) { (10 'b') (9.5 'b') (UNDEF 'a') (<x:y> 'a') ('甲' 'b') } }").rows
    keys = sort_keys("SELECT ?a WHERE { }\nORDER BY DESC(?b) ?a\n")
    assert [key.hidden for key in keys] == [True, False]
    found = [row[0].value if row[0] else None for row in in_order(rows, ("a", "b"), keys)]
    assert found == ["9.5", "10", "甲", None, "x:y"]


@pytest.mark.parametrize("name", sorted(set(named_queries()) - {"evidence-of-entity"}))
def test_a_table_of_everything_is_that_of_the_file_by_itself(graph: GraphStore, name: str) -> None:
    alone = [tuple(map(_parts, row)) for row in graph.store.query(named_queries()[name].text)]
    assert sorted(alone) == sorted(tuple(map(_parts, row)) for row in run(graph, name).rows)


def _parts(term: Any) -> list[str]:
    # What is listed in one cell has no order.
    return sorted(re.split("; |, |、", str(term)))


TEXT = """# en: What?
# zh: 什么？
# param a (text, optional): this | 此
# param b (text, default "x"): that | 彼

SELECT * WHERE {
#[a]  VALUES ?param_a { UNDEF }
#[a]  FILTER(CONTAINS(?s, ?param_a))
#[some]  ?some ?is ?given .
  ?s ?p ?o .  #[all]
  OPTIONAL { ?s ?p ?o }  #[-a] #[all]
  VALUES ?param_b { "x" }
  FILTER(?param_b = ?o)
}
"""


def test_lines_count_where_a_parameter_is_given_or_where_it_is_not() -> None:
    query = parse_query("x", TEXT)
    assert bind(query, {}).split("\n")[9:] == [
        "  { SELECT * WHERE { ?s ?p ?o } }",
        "  OPTIONAL { SELECT * WHERE { ?s ?p ?o } }",
        "",
        '  FILTER("x" = ?o)',
        "}",
        "",
    ]
    text = bind(query, {"a": "?param_b"})
    assert 'FILTER(CONTAINS(?s, "?param_b"))' in text
    assert "OPTIONAL" not in text
    assert "\n         ?some ?is ?given .\n  ?s ?p ?o .  #[all]\n" in text
    assert "\n#[some]" in bind(query, {})
    assert "VALUES" not in text


def test_what_is_read_whole_is_one_pattern() -> None:
    with pytest.raises(QueryError, match=r"x\.rq:10: what is read whole is one pattern"):
        parse_query("x", TEXT.replace("?s ?p ?o .  #[all]", "?s ?p ?o ; ?q ?r .  #[all]"))


def test_a_query_to_read_has_its_values_in_their_lines() -> None:
    text = fill(parse_query("x", TEXT), {"a": "1"})
    assert 'VALUES ?param_a { "1" }' in text
    assert "FILTER(CONTAINS(?s, ?param_a))" in text
    assert 'VALUES ?param_b { "x" }' in text
