"""The same questions to the embedded store, to a store of another make and to our own server: the same answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from remote_stores import Server, free_port, oxigraph
from serving import serving

import kg
from kg.cli.command import run
from kg.remote import Connection, journal_path, load

QUESTIONS = [
    ["stats"],
    ["stats", "--doubtful"],
    ["explain", "黑龙江省总工会"],
    ["explain", "产改"],
    ["query", "who-leads"],
    ["query", "who-leads", "-p", "region=黑龙江省", "--format", "csv"],
    ["query", "who-takes-part"],
    ["query", "documents"],
    ["query", "policies-by-issuer"],
    ["query", "metrics-of-region", "-p", "region=黑龙江省"],
    ["query", "corroborated-facts"],
    ["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    ["query", "SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type ORDER BY ?type"],
    ["query", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a kg:TradeUnion } } GROUP BY ?g ORDER BY ?g"],
    ["query", "ASK { ?who kg:leads ?what }"],
    ["query", "CONSTRUCT { ?who kg:leads ?what } { ?who kg:leads ?what }"],
]
FAILURES = [
    ["query", "SELECT ?x { ?x kg:leads }"],
    ["query", "DELETE WHERE { ?s ?p ?o }"],
    ["query", "SELECT * FROM <http://nowhere/> { ?s ?p ?o }"],
    ["explain", "乌有总工会"],
]


@pytest.fixture(params=["oxigraph", "kg serve"])
def url(request: pytest.FixtureRequest, out: Path) -> Iterator[str]:
    if request.param == "oxigraph":
        with oxigraph() as server:
            load(kg.open(out).store, Connection(server.store), journal_path(out, server.store), union=True)
            yield server.query
    else:
        with serving(out) as client:
            yield f"{client.base_url}sparql"


def test_the_answers_are_those_of_the_embedded_store(url: str, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def answers(store: str, question: list[str]) -> tuple[int, str, str]:
        code = run([*question, "--store", store])
        said, complaint = capsys.readouterr()
        # In which order GROUP_CONCAT puts things is left to the store.
        return code, str(sorted(re.findall(r"[^\s,]+", said))) if "corroborated-facts" in question else said, complaint

    for question in QUESTIONS:
        expected = answers(str(out), question)
        assert (expected[0], bool(expected[1])) == (0, True), question
        assert answers(url, question) == expected
    for question in FAILURES:
        expected = answers(str(out), question)
        assert expected[0] == 2, question
        assert answers(url, question) == expected


def test_what_needs_the_store_itself_says_so(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in [
        (["query", "who-leads", "--min-confidence", "0.9"], "cannot be left out"),
        (["view"], "query, explain, stats and serve"),
        (["export"], "query, explain, stats and serve"),
    ]:
        assert run([*arguments, "--store", url]) == 2
        complaint = capsys.readouterr().err
        assert words in complaint
        assert complaint.count("\n") == 1


def complaint(server: Server, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["stats", "--store", server.query]) == 2
    return capsys.readouterr().err


def test_a_default_graph_of_another_kind_is_told(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, words in [((), "default graph is empty"), (("--union-default-graph",), "once for each graph")]:
        with oxigraph(*options) as server:
            assert "no graph of kg" in complaint(server, capsys)
            load(kg.open(out).store, Connection(server.store), journal_path(out, server.store))
            told = complaint(server, capsys)
            assert words in told
            assert "kg load --union" in told


def test_an_address_that_is_none_is_told(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    for url, words in [
        (f"http://127.0.0.1:{free_port()}/query", "does not answer after 4 attempts"),
        (f"{server.address}/nothing", "404"),
        (f"{server.address}/", "refused with"),
        ("http://me:secret@127.0.0.1/query", "--user"),
    ]:
        assert run(["query", "documents", "--store", url]) == 2
        told = capsys.readouterr().err
        assert words in told
        assert "secret" not in told
        assert told.count("\n") == 1
