"""Any SPARQL that only reads is answered; the rest is refused with what, where and what to do."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from records import record, second
from test_export import HOSTILE, hostile

from kg.errors import QueryError
from kg.graph import GraphStore
from kg.query import format_result, run
from kg.query.catalogue import parse_query
from kg.query.format import cells


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    return GraphStore.in_memory([record(), second(), hostile()])


def test_select_counts_each_triple_once(graph: GraphStore) -> None:
    (row,) = run(graph, "SELECT (COUNT(*) AS ?n) { ?agent kg:leads ?what }")
    assert row == {"n": "2"}


def test_ask(graph: GraphStore) -> None:
    assert run(graph, "ASK { body:青川市总工会 kg:leads ?x }")
    assert not run(graph, "ASK { body:青川市总工会 kg:leads body:无 }")
    assert format_result(run(graph, "ASK { ?s ?p ?o }"), "csv") == "true\n"
    assert json.loads(format_result(run(graph, "ASK { ?s ?p ?o }"), "json"))["boolean"] is True


@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?s kg:leads ?o } WHERE { ?s kg:leads ?o }", "DESCRIBE body:青川市总工会"]
)
def test_triples_come_as_turtle(graph: GraphStore, query: str) -> None:
    text = format_result(run(graph, query))
    assert "body:青川市总工会" in text
    assert "@prefix kg:" in text
    assert "@prefix eli:" not in text
    rows = list(run(graph, query))
    assert {"subject", "predicate", "object"} == set(rows[0])
    assert any(row["predicate"] == "https://kg.example/ontology#leads" for row in rows)
    with pytest.raises(QueryError, match="triples do not come as csv"):
        format_result(run(graph, query), "csv")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { S\\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '\\u0027 } # ' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { FILTER(1 < 2) SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } FILTER(2 > 1) }",
    ],
)
def test_other_servers_are_not_asked(graph: GraphStore, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run(graph, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?y { BIND('SERVICE' AS ?y) } # SERVICE",
        'SELECT ?service { BIND("""a "SERVICE" b""" AS ?service) }',
        "PREFIX service: <http://x/SERVICE> SELECT * { OPTIONAL { ?s service:SERVICE ?o } }",
    ],
)
def test_the_word_itself_is_no_offence(graph: GraphStore, query: str) -> None:
    run(graph, query)


@pytest.mark.parametrize(
    "query",
    ["INSERT DATA { <a:a> <a:b> <a:c> }", "PREFIX a: <a:>\nDELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>"],
)
def test_updates_are_refused(graph: GraphStore, query: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        run(graph, query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {\n ?s ?p ", r"q\.rq, line 2, column 6: not valid SPARQL at its end; close what"),
        ("SELECT * {\n", r"q\.rq, line 1, column 10: not valid SPARQL at its end"),
        ("SELECT * {\n ?s no:p ?o }", "declare no: with PREFIX"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }", "group by"),
        ("SELECT * { ?s <a b> ?o }", "absolute IRI"),
        ("", "q.rq: the query is empty; write SELECT"),
        (" # SELECT\n", "the query is empty"),
        ("who leads", "neither SPARQL nor the name of a question; .*kg query --list"),
    ],
)
def test_syntax_errors_tell_the_place(graph: GraphStore, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(graph, query, where="q.rq")


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("who-lead", {}, "there is no query 'who-lead'; did you mean who-leads\\? there are: compare-indicator"),
        ("who-leads", {"reigon": "x"}, "no parameter 'reigon'; did you mean region\\? it takes: region"),
        ("documents", {"region": "x"}, "it takes none"),
        ("corroborated-facts", {"documents": "two"}, "'two' is no integer"),
        ("corroborated-facts", {"documents": "2 } }"}, "is no integer"),
        ("events-timeline", {"from": "2024-1"}, "is no date"),
        ("evidence-of-entity", {}, "the parameter entity is missing"),
        ("SELECT * { ?s ?p ?o }", {"region": "x"}, "there is no parameter"),
    ],
)
def test_wrong_names_and_values(graph: GraphStore, name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(graph, name, params)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "question is missing"),
        ("# en: A?\n# zh: 甲？\n# hello\n\nSELECT * {}", "x.rq:3: this line"),
        ("# en: A?\n# zh: 甲？\n# param a (text, optional): b | 乙\n\nSELECT * {}", "parameter a is not bound"),
        ("# en: A?\n# zh: 甲？\n\nSELECT * {\n VALUES ?param_a { UNDEF }\n}", "is not declared"),
        ("# en: A?\n# zh: 甲？\n# param a (number, optional): b | 乙\n\nSELECT * {}", "x.rq:3"),
    ],
)
def test_heads_of_named_queries_are_strict(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse_query("x", text)


ROWS = "SELECT ?name ?value { VALUES (?name ?value) { ('省总工会' 12.5) ('kg' -3) (UNDEF UNDEF) } }"


def test_tables_line_up_under_wide_characters(graph: GraphStore) -> None:
    text = format_result(run(graph, ROWS))
    assert text == "name      value\n--------  -----\n省总工会   12.5\nkg           -3\n\n"
    assert max(cells(line) for line in text.splitlines()) == 15
    wrapped = format_result(run(graph, "who-leads"), width=60)
    assert max(map(cells, wrapped.splitlines())) <= 60


def test_cells_too_wide_are_broken_at_spaces_or_anywhere(graph: GraphStore) -> None:
    rows = "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ('it was said at length' 7 '青川市总工会牵头') (UNDEF 12 '甲') } }"
    assert format_result(run(graph, rows), width=22) == (
        "a          b  c\n"
        "────────  ──  ────────\n"
        "it was     7  青川市总\n"
        "said at       工会牵头\n"
        "length\n"
        "          12  甲\n"
    )


def test_markdown(graph: GraphStore) -> None:
    text = format_result(run(graph, "SELECT ?a { VALUES ?a { 'x|<b>*y*' } }"), "markdown")
    assert text == "| a |\n| --- |\n| x\\|\\<b\\>\\*y\\* |\n"


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_no_control_character_reaches_a_terminal(graph: GraphStore, format_: str) -> None:
    result = run(graph, "SELECT ?label { ?s rdfs:label ?label BIND('\x1b[2J\u202e' AS ?evil) }")
    for text in (format_result(result, format_), format_result(result, width=80)):
        assert not set(text.replace("\n", "")) & {"\x1b", "\x01", "\r", "\t", "\x7f", "\u2028", "\u202e"}


def test_formats_for_programs_keep_every_character(graph: GraphStore) -> None:
    result = run(graph, "SELECT ?label { ?s a kg:Enterprise ; rdfs:label ?label }")
    (binding,) = json.loads(format_result(result, "json"))["results"]["bindings"]
    assert binding["label"]["value"] == HOSTILE
    assert list(csv.reader(io.StringIO(format_result(result, "csv"), newline="")))[1] == [HOSTILE]
    (literal,) = ElementTree.fromstring(format_result(result, "xml")).iter(
        "{http://www.w3.org/2005/sparql-results#}literal"
    )
    assert literal.text == HOSTILE.replace("\x01", "\ufffd")
    assert len(format_result(result, "tsv").splitlines()) >= 2


def test_unknown_format(graph: GraphStore) -> None:
    with pytest.raises(QueryError, match="choose one of table, csv"):
        format_result(run(graph, ROWS), "word")


def graphs(graph: GraphStore) -> list[str]:
    return [name.value for name in graph.document_graphs()]


def test_from_reads_some_graphs_each_triple_once(graph: GraphStore) -> None:
    *_, one, two = graphs(graph)
    alone = [len(run(graph, f"SELECT * FROM <{name}> {{ ?s ?p ?o }}")) for name in (one, two)]
    both = run(graph, f"SELECT * FROM <{one}> FROM <{two}> {{ ?s ?p ?o }}")
    assert len(both) == len({tuple(map(str, row)) for row in both.rows})
    assert max(alone) < len(both) < sum(alone)
    assert len(run(graph, f"SELECT * FROM <{one}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")) == 0
    assert len(run(graph, f"SELECT * FROM NAMED <{one}> {{ ?s ?p ?o }}")) == 0
    assert len(run(graph, f"SELECT * FROM NAMED <{one}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")) == alone[0]
    mixed = run(graph, f"SELECT ?g FROM <{one}> FROM <{two}> FROM NAMED <{two}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    assert {row["g"] for row in mixed} == {two}


def test_from_understands_prefixes_and_bases(graph: GraphStore) -> None:
    one = graphs(graph)[-1]
    name = one.rpartition("/")[2]
    expected = len(run(graph, f"SELECT * FROM <{one}> {{ ?s ?p ?o }}"))
    named = f"PREFIX g: <https://kg.example/graph/> SELECT * FROM g:{name} {{ ?s ?p ?o }}"
    based = f"BASE <https://kg.example/> SELECT * FROM <graph/{name}> {{ ?s ?p ?o }}"
    assert [len(run(graph, query)) for query in (named, based)] == [expected, expected]


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://127.0.0.1:9/x>",
        "FROM <file:///etc/passwd>",
        "FROM NAMED <file:///etc/passwd>",
        "FROM # a comment\n <http://elsewhere.example/>",
        "fr\\u006fm <http://elsewhere.example/>",
        "FROM body:x",
    ],
)
def test_from_fetches_nothing(graph: GraphStore, clause: str) -> None:
    with pytest.raises(QueryError, match="is not in this store"):
        run(graph, f"SELECT * {clause} {{ ?s ?p ?o }}")
