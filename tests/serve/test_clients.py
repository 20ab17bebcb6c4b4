"""Real clients against the running server, and its answers compared with the Oxigraph server's on the same data."""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib

QUERIES = {
    "select": "SELECT ?who ?label ?what { ?who kg:leads ?what ; rdfs:label ?label }",
    "optional and filter": "SELECT ?org ?place { ?org a org:Organization OPTIONAL { ?org kg:jurisdiction ?place } "
    "FILTER(STRLEN(STR(?org)) > 5) }",
    "numbers": "SELECT ?o ?v { ?o kg:value ?v FILTER(?v > 100) }",
    "aggregate": "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c",
    "paths": "SELECT DISTINCT ?e ?d { ?f kg:evidence/dcterms:source ?d ; rdf:subject ?e }",
    "union": "SELECT ?x { { ?x a kg:TradeUnion } UNION { ?x a kg:Region } UNION { VALUES ?x { 1 2.5 'a'@zh } } }",
    "text": "SELECT ?s { ?e kg:sentence ?s FILTER(CONTAINS(?s, '牵头')) }",
    "ordered": "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l LIMIT 7 OFFSET 3",
    "exists": "SELECT ?s { ?s a kg:TradeUnion FILTER NOT EXISTS { ?s kg:issues ?p } }",
    "nothing": "SELECT ?s { ?s a kg:School ; kg:value 5 }",
    "ask": "ASK { ?s kg:leads ?o }",
    "ask for nothing": "ASK { ?s kg:leads 'nothing' }",
}
CONSTRUCT = "CONSTRUCT { ?s kg:involvedIn ?o } { ?s kg:leads ?o }"
"""Prefixes are declared by the tests: another server knows none of ours."""


@pytest.fixture(scope="module")
def declared(server: httpx.Client) -> str:
    """The prefixes that the server knows, declared."""
    from kg.graph.layout import prefixes

    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes("https://kg.example/").items())


@pytest.fixture(scope="module")
def endpoint(server: httpx.Client) -> str:
    return str(server.base_url.join("/sparql"))


@pytest.fixture(scope="module")
def oxigraph(server: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The Oxigraph server on the same triples: those of the documents, and the ontology."""
    command = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("the Oxigraph server (package oxigraph) is not installed")
    folder = tmp_path_factory.mktemp("oxigraph")
    everything = server.post("/sparql", data={"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "format": "ntriples"})
    (folder / "all.nt").write_bytes(everything.content)
    subprocess.run(
        [command, "load", "-l", str(folder / "db"), "-f", str(folder / "all.nt")], check=True, capture_output=True
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = [command, "serve-read-only", "-l", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
            for _ in range(100):
                try:
                    client.get("/query", params={"query": "ASK {}"})
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield client
        process.terminate()


def answer(client: httpx.Client, path: str, query: str) -> Any:
    """Return an answer that can be compared: rows in any order, as text."""
    headers = {"Accept": "application/sparql-results+json", "Content-Type": "application/sparql-query"}
    found = client.post(path, content=query.encode(), headers=headers)
    assert found.status_code == 200, found.text
    return comparable(found.json())


def comparable(found: Any) -> Any:
    if "boolean" in found:
        return found["boolean"]
    rows = Counter(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in found["results"]["bindings"])
    return sorted(found["head"]["vars"]), rows


def values(found: Any) -> Any:
    """Return the characters of each cell, rows in any order."""
    if "boolean" in found:
        return found["boolean"]
    return Counter(
        tuple(sorted((name, cell["value"]) for name, cell in row.items())) for row in found["results"]["bindings"]
    )


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_oxigraph_server_answers_the_same(
    server: httpx.Client, oxigraph: httpx.Client, declared: str, query: str
) -> None:
    assert answer(server, "/sparql", declared + query) == answer(oxigraph, "/query", declared + query)


def test_the_oxigraph_server_answers_named_questions_the_same(
    server: httpx.Client, oxigraph: httpx.Client, declared: str
) -> None:
    compared = 0
    for question in server.get("/api/queries").json():
        if any(one["required"] for one in question["parameters"]):
            continue
        here = server.get(question["href"], headers={"Accept": "application/sparql-results+json"})
        assert comparable(here.json()) == answer(oxigraph, "/query", declared + question["sparql"]), question["name"]
        compared += 1
    assert compared > 5


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_sparqlwrapper(endpoint: str, server: httpx.Client, declared: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        for style in (wrapper.URLENCODED, wrapper.POSTDIRECTLY):
            client = wrapper.SPARQLWrapper(endpoint)
            client.setMethod(method)
            client.setRequestMethod(style)
            client.setReturnFormat(wrapper.JSON)
            for query in QUERIES.values():
                client.setQuery(declared + query)
                assert comparable(client.query().convert()) == answer(server, "/sparql", query)
    client = wrapper.SPARQLWrapper(endpoint)
    client.setQuery(declared + CONSTRUCT)
    for format_ in (wrapper.TURTLE, wrapper.RDFXML, wrapper.N3):
        client.setReturnFormat(format_)
        found = client.query().convert()
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
        assert len(graph) == 2
    client.setReturnFormat(wrapper.XML)
    client.setQuery(declared + QUERIES["ask"])
    assert "true" in client.query().convert().toxml()
    client.setQuery("SELECT nonsense")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="not valid SPARQL"):
        client.query()


def test_pandas_reads_csv(endpoint: str, server: httpx.Client) -> None:
    pandas = pytest.importorskip("pandas")
    url = httpx.URL(endpoint, params={"query": QUERIES["numbers"], "format": "csv"})
    frame = pandas.read_csv(str(url))
    assert list(frame.columns) == ["o", "v"]
    _, rows = answer(server, "/sparql", QUERIES["numbers"])
    assert len(frame) == sum(rows.values()) > 0
    assert frame["v"].max() == 125000
    assert len(pandas.read_csv(io.StringIO(server.get(url).text))) == len(frame)


def test_curl(endpoint: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")

    def curl(*arguments: str) -> str:
        command = ["curl", "-sS", "--noproxy", "*", "--fail-with-body", *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout

    assert "黑龙江省总工会" in curl("-G", endpoint, "--data-urlencode", f"query={QUERIES['select']}")
    assert "黑龙江省总工会" in curl(
        endpoint, "--data-urlencode", f"query={QUERIES['select']}", "-H", "Accept: text/csv"
    )
    body = ["--data-binary", QUERIES["ask"], "-H", "Content-Type: application/sparql-query"]
    assert curl(endpoint, *body, "-H", "Accept: text/csv").strip() == "true"
    assert "黑龙江省总工会" in curl(
        endpoint.replace("/sparql", "/id/org/") + "%E9%BB%91%E9%BE%99%E6%B1%9F%E7%9C%81%E6%80%BB%E5%B7%A5%E4%BC%9A"
    )


# Of another server's answers it reads rows only.
@pytest.mark.parametrize("name", ["select", "aggregate", "ordered", "text"])
def test_roqet(endpoint: str, server: httpx.Client, declared: str, name: str) -> None:
    if shutil.which("roqet") is None:
        pytest.skip("roqet (Debian's rasqal-utils) is not installed")
    command = ["roqet", "-q", "-p", endpoint, "-e", declared + QUERIES[name], "-r", "csv"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    ours = server.get("/sparql", params={"query": QUERIES[name], "format": "csv"}).text
    assert sorted(csv.reader(io.StringIO(done.stdout))) == sorted(csv.reader(io.StringIO(ours)))


def test_rdflib_federates(endpoint: str, declared: str) -> None:
    graph = rdflib.Graph("SPARQLStore")
    graph.open(endpoint)
    rows = list(graph.query(declared + QUERIES["select"]))
    assert {str(row[1]) for row in rows} == {"黑龙江省总工会", "哈尔滨市总工会"}


COMUNICA = Path(__file__).parent / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"


@pytest.mark.parametrize("name", ["select", "aggregate", "ordered", "ask"])
def test_comunica(endpoint: str, server: httpx.Client, declared: str, name: str) -> None:
    if shutil.which("node") is None or not COMUNICA.is_file():
        pytest.skip("Comunica is not here; `npm install --prefix tests/serve @comunica/query-sparql@4` puts it there")
    command = ["node", str(COMUNICA), f"sparql@{endpoint}", declared + QUERIES[name]]
    command += ["-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    # It leaves out of which language and type a literal is.
    assert values(json.loads(done.stdout)) == values(server.get("/sparql", params={"query": QUERIES[name]}).json())
