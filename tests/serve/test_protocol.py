"""SPARQL 1.1 Protocol: the query operations of the W3C's suite that apply, and what it leaves open.

The suite is at https://www.w3.org/2009/sparql/docs/tests/; cases bear its names. Its update operations do not apply:
each is refused.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import rdflib

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
JSON = "application/sparql-results+json"
TURTLE = "text/turtle; charset=utf-8"

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def graphs(server: httpx.Client) -> list[str]:
    """The graphs of the two documents."""
    answer = server.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?d a kg:Document } } ORDER BY ?g"})
    return [row["g"]["value"] for row in answer.json()["results"]["bindings"]]


def ask(server: httpx.Client, query: str, **parameters: str | list[str]) -> int:
    """Return the number that a query answers."""
    answer = server.get("/sparql", params={"query": query, **parameters})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


# --- the suite

GOOD = {
    "query_get": ("GET", {"query": "ASK {}"}, {}, None),
    "query_post_form": ("POST", {}, FORM, urlencode({"query": "ASK {}"})),
    "query_post_direct": ("POST", {}, DIRECT, "ASK {}"),
    "query_post_direct_with_charset": (
        "POST",
        {},
        {"Content-Type": "application/sparql-query; charset=UTF-8"},
        "ASK {}",
    ),
}


@pytest.mark.parametrize(("method", "params", "headers", "body"), GOOD.values(), ids=GOOD)
def test_a_query_is_answered(
    server: httpx.Client, method: str, params: dict[str, str], headers: dict[str, str], body: str | None
) -> None:
    answer = server.request(method, "/sparql", params=params, headers=headers, content=body)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == JSON
    assert answer.json()["boolean"] is True


BAD: dict[str, tuple[str, dict[str, str], str | bytes, int]] = {
    "bad_query_method": ("PUT", DIRECT, "ASK {}", 405),
    "bad_multiple_queries": ("POST", FORM, urlencode([("query", "ASK {}"), ("query", "SELECT * {}")]), 400),
    "bad_query_wrong_media_type": ("POST", {"Content-Type": "text/plain"}, "ASK {}", 415),
    "bad_query_missing_form_type": ("POST", {}, urlencode({"query": "ASK {}"}), 415),
    "bad_query_missing_direct_type": ("POST", {}, "ASK {}", 415),
    "bad_query_non_utf8": (
        "POST",
        {"Content-Type": "application/sparql-query; charset=UTF-16"},
        "ASK {}".encode("utf-16"),
        415,
    ),
    "bad_query_non_utf8_undeclared": ("POST", DIRECT, "ASK { '省' }".encode("gb18030"), 400),
    "bad_query_syntax": ("POST", DIRECT, "ASK {", 400),
    "no query in the form": ("POST", FORM, urlencode({"default-graph-uri": "http://x/"}), 400),
    "an empty form": ("POST", FORM, "", 400),
    "an empty query": ("POST", DIRECT, "", 400),
    "bad percent encoding": ("POST", FORM, "query=%FF%FE", 400),
    "update_post_direct": ("POST", {"Content-Type": "application/sparql-update"}, "CLEAR ALL", 403),
    "update_post_form": ("POST", FORM, urlencode({"update": "CLEAR ALL"}), 403),
    "bad_update_get": ("POST", FORM, urlencode({"query": "ASK {}", "update": "CLEAR ALL"}), 403),
    "an update as a query": ("POST", DIRECT, "INSERT DATA { <http://x/> <http://x/> 1 }", 400),
    "LOAD as a query": ("POST", DIRECT, "LOAD <http://127.0.0.1:9/>", 400),
    "SERVICE": ("POST", DIRECT, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
    "FROM http": ("POST", DIRECT, "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", 400),
    "FROM file": ("POST", DIRECT, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400),
    "FROM NAMED file": ("POST", DIRECT, "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", 400),
    "a name is no query": ("POST", DIRECT, "who-leads", 400),
}


@pytest.mark.parametrize(("method", "headers", "body", "status"), BAD.values(), ids=BAD)
def test_what_is_no_query_is_refused(
    server: httpx.Client, method: str, headers: dict[str, str], body: str | bytes, status: int
) -> None:
    content = body.encode() if isinstance(body, str) else body
    answer = server.request(method, "/sparql", headers=headers, content=content)
    assert answer.status_code == status
    problem(answer)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_datasets(server: httpx.Client, graphs: list[str], method: str) -> None:
    def number(query: str, *graphs: tuple[str, str]) -> int:
        pairs = [("query", query), *graphs]
        sent: Mapping[str, Any] = (
            {"params": pairs} if method == "GET" else {"content": urlencode(pairs), "headers": FORM}
        )
        answer = server.request(method, "/sparql", **sent)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    one, two = graphs
    first, second = ("default-graph-uri", one), ("default-graph-uri", two)
    # query_dataset_default_graphs_get and _post
    alone, other, both = number(COUNT, first), number(COUNT, second), number(COUNT, first, second)
    assert max(alone, other) < both < alone + other  # each triple once, though both documents speak of one reform
    assert number(NAMED, first, second) == 0
    # query_dataset_named_graphs_get and _post
    assert number(NAMED, ("named-graph-uri", one)) == 1
    assert number(COUNT, ("named-graph-uri", one)) == 0
    # query_dataset_full
    mixed = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }"
    assert 0 < number(mixed, first, ("named-graph-uri", two)) < both
    # query_multiple_dataset: what the protocol names goes before what the query names
    assert number(f"SELECT (COUNT(*) AS ?n) FROM <{two}> {{ ?s ?p ?o }}", first) == alone
    # of graphs in a row, and the query in the body with the graphs in the address
    assert number(COUNT, first, first) == alone


def test_graphs_in_the_address_of_a_posted_query(server: httpx.Client, graphs: list[str]) -> None:
    expected = ask(server, COUNT, **{"default-graph-uri": graphs[0]})
    posted = server.post("/sparql", params={"default-graph-uri": graphs[0]}, headers=DIRECT, content=COUNT)
    assert int(posted.json()["results"]["bindings"][0]["n"]["value"]) == expected


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["http://127.0.0.1:9/", "file:///etc/passwd", "relative", "", "http://x/ y"])
def test_graphs_that_are_not_here_are_refused(server: httpx.Client, parameter: str, graph: str) -> None:
    answer = server.get("/sparql", params={"query": COUNT, parameter: graph})
    assert answer.status_code == 400
    assert "graph" in problem(answer)


# --- forms

SELECT, ASK = "SELECT ?who { ?who kg:leads ?what } ORDER BY ?who", "ASK {}"
CONSTRUCT, DESCRIBE = "CONSTRUCT { ?s kg:leads ?o } { ?s kg:leads ?o }", "DESCRIBE body:黑龙江省总工会"

FORMS = [
    # query, Accept, type of the answer
    (SELECT, None, JSON),
    (SELECT, "", JSON),
    (SELECT, "*/*", JSON),
    (SELECT, "application/*", JSON),
    (SELECT, "application/json", "application/json"),
    (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
    (SELECT, "application/xml", "application/xml"),
    (SELECT, "text/csv", "text/csv; charset=utf-8"),
    (SELECT, "text/*", "text/csv; charset=utf-8"),
    (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    (SELECT, "text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
    (SELECT, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    (SELECT, "TEXT/CSV", "text/csv; charset=utf-8"),
    (SELECT, "text/turtle, text/csv;q=0.5", "text/csv; charset=utf-8"),
    (SELECT, "nonsense, text/csv", "text/csv; charset=utf-8"),
    (ASK, "text/csv", "text/csv; charset=utf-8"),
    (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
    (CONSTRUCT, None, TURTLE),
    (CONSTRUCT, "*/*", TURTLE),
    (CONSTRUCT, "application/n-triples", "application/n-triples"),
    (CONSTRUCT, "text/plain", "text/plain; charset=utf-8"),
    (CONSTRUCT, "application/ld+json", "application/ld+json"),
    (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
    (CONSTRUCT, "application/json", "application/json"),
    (CONSTRUCT, "application/sparql-results+json, text/turtle;q=0.1", TURTLE),
    (DESCRIBE, "application/rdf+xml;q=0.9, text/turtle", TURTLE),
]


@pytest.mark.parametrize(("query", "accept", "type_"), FORMS)
def test_the_form_is_negotiated(server: httpx.Client, query: str, accept: str | None, type_: str) -> None:
    request = server.build_request("GET", "/sparql", params={"query": query})
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    answer = server.send(request)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == type_
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "text/turtle"),
        (CONSTRUCT, "text/csv"),
        (SELECT, "image/png"),
        (SELECT, "*/*;q=0"),
        (DESCRIBE, "text/html;q=0, a/b"),
    ],
)
def test_forms_that_are_not_there(server: httpx.Client, query: str, accept: str) -> None:
    answer = server.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "accept one of" in problem(answer)


def test_a_parameter_may_name_the_form(server: httpx.Client) -> None:
    for format_, type_ in (("csv", "text/csv; charset=utf-8"), ("json", JSON), ("text/csv", "text/csv; charset=utf-8")):
        answer = server.get("/sparql", params={"query": SELECT, "format": format_}, headers={"Accept": "text/html"})
        assert answer.headers["content-type"] == type_
    for format_ in ("turtle", "ttl", "n3", "nt", "json-ld", "rdf+xml", "xml"):
        assert server.get("/sparql", params={"query": CONSTRUCT, "format": format_}).status_code == 200
    assert server.get("/sparql", params={"query": SELECT, "format": "turtle"}).status_code == 406
    assert server.get("/sparql", params={"query": SELECT, "format": "pdf"}).status_code == 400


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_all_forms_say_the_same(server: httpx.Client) -> None:
    def get(query: str, accept: str) -> httpx.Response:
        return server.get("/sparql", params={"query": query}, headers={"Accept": accept})

    rows = [row["who"]["value"] for row in get(SELECT, JSON).json()["results"]["bindings"]]
    assert len(rows) == 2
    assert [row["who"] for row in csv.DictReader(io.StringIO(get(SELECT, "text/csv").text))] == rows
    assert get(SELECT, "text/tab-separated-values").text.splitlines() == ["?who", *(f"<{row}>" for row in rows)]
    for row in rows:
        assert f"<uri>{row}</uri>" in get(SELECT, "application/sparql-results+xml").text
    graphs = [
        rdflib.Graph().parse(data=get(DESCRIBE, accept).text, format=accept)
        for accept in ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
    ]
    assert len(graphs[0]) > 5
    assert all(set(graph) == set(graphs[0]) for graph in graphs)


def test_rows_can_be_bounded_and_the_answer_says_so(server: httpx.Client) -> None:
    bounded = server.get("/sparql", params={"query": SELECT, "rows": "1"})
    assert len(bounded.json()["results"]["bindings"]) == 1
    assert bounded.headers["kg-more"] == "true"
    whole = server.get("/sparql", params={"query": SELECT, "rows": "2"}, headers={"Accept": "text/csv"})
    assert len(whole.text.splitlines()) == 3
    assert "kg-more" not in whole.headers
    for rows in ("0", "-1", "x", "１", "1e3", "99999999999"):
        assert server.get("/sparql", params={"query": SELECT, "rows": rows}).status_code == 400


def test_control_characters_do_not_break_xml(server: httpx.Client) -> None:
    query = r'SELECT ?x { VALUES ?x { "a\u0001b\rc" } }'
    answer = server.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+xml"})
    from xml.etree import ElementTree

    (literal,) = ElementTree.fromstring(answer.content).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == "a\ufffdb\rc"
    query = "CONSTRUCT { <http://x/> <http://x/1> 1 } {}"
    assert server.get("/sparql", params={"query": query, "format": "rdfxml"}).status_code == 400


# --- without a query, other methods, people


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_without_a_query_the_service_is_described(server: httpx.Client) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"):
        answer = server.get("/sparql", headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        graph = rdflib.Graph().parse(data=answer.text, format=accept)
        service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
        assert graph.value(service, sd.endpoint) == rdflib.URIRef(
            f"{server.base_url}/sparql".replace("//sparql", "/sparql")
        )
        assert graph.value(service, sd.supportedLanguage) == sd.SPARQL11Query
        assert len(list(graph.objects(service, sd.resultFormat))) == 8
        assert len(list(graph.subjects(rdflib.RDF.type, sd.NamedGraph))) == 3


def test_head_is_get_without_a_body(server: httpx.Client) -> None:
    get = server.get("/sparql", params={"query": SELECT})
    head = server.head("/sparql", params={"query": SELECT})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_options_tell_what_is_allowed(server: httpx.Client) -> None:
    answer = server.options("/sparql")
    assert answer.status_code == 204
    assert {"GET", "POST", "HEAD", "OPTIONS"} == set(answer.headers["allow"].split(", "))


def test_a_browser_is_led_to_the_page_for_people(server: httpx.Client) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    answer = server.get("/sparql", params={"query": "ASK {}"}, headers=accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/ask?query=ASK+%7B%7D"


def test_a_query_as_long_as_may_be(server: httpx.Client) -> None:
    values = " ".join(f'"{number}"' for number in range(100_000))
    answer = server.post("/sparql", headers=DIRECT, content=f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}")
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "100000"


def problem(answer: httpx.Response) -> str:
    """Return what is said to be wrong, having looked at how it is said."""
    assert answer.headers["content-type"] == "application/problem+json"
    found = json.loads(answer.text)
    assert found["status"] == answer.status_code
    assert "Traceback" not in answer.text
    detail = found["detail"]
    assert isinstance(detail, str)
    assert detail
    return detail
