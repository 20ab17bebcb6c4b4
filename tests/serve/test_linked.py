"""Linked data: what answers at the IRIs of the graph."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from serving import PAGES

import kg
from kg.graph.identity import DEFAULT_BASE
from kg.graph.store import DATABASE, FORMAT, Manifest, package_version, write_manifest

Serve = Callable[..., httpx.Client]

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
UNION = "/id/org/黑龙江省总工会"
KG = rdflib.Namespace("https://kg.example/ontology#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


def graph_of(answer: httpx.Response) -> rdflib.Graph:
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format=answer.headers["content-type"].partition(";")[0])


def test_a_thing_answers_with_what_is_known_and_where_it_stands(server: httpx.Client) -> None:
    graph = graph_of(server.get(UNION))
    union = rdflib.URIRef("https://kg.example" + UNION)
    assert (union, rdflib.RDFS.label, rdflib.Literal("黑龙江省总工会")) in graph
    (reform,) = graph.objects(union, KG.leads)
    assert graph.value(reform, rdflib.RDFS.label) is not None
    facts = list(graph.subjects(rdflib.RDF.subject, union))
    assert facts
    for fact in facts:
        evidence = graph.value(fact, KG.evidence)
        assert str(graph.value(evidence, KG.sentence))


def test_of_a_thing_in_very_many_facts_some_are_given_and_the_answer_says_so(tmp_path: Path, serve: Serve) -> None:
    graph, hub = NamedNode("https://kg.example/graph/x"), NamedNode("https://kg.example/id/place/甲")
    bodies = (NamedNode(f"https://kg.example/id/org/{number}") for number in range(10_005))
    label = Quad(hub, NamedNode(str(rdflib.RDFS.label)), Literal("甲"), graph)
    quads = [label, *(Quad(body, NamedNode(str(KG.jurisdiction)), hub, graph) for body in bodies)]
    (tmp_path / "out").mkdir()
    store = Store(str(tmp_path / "out" / DATABASE))
    store.bulk_extend(quads + [Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads])
    del store  # releases the lock
    write_manifest(tmp_path / "out", Manifest(FORMAT, DEFAULT_BASE, package_version(), 1, len(quads)))
    client = serve(tmp_path / "out")
    answer = client.get("/id/place/甲")
    assert len(graph_of(answer)) == 10_000
    assert answer.headers["kg-more"] == "true"
    assert "kg-more" not in client.get("/id/org/1").headers


def test_a_browser_gets_a_page(server: httpx.Client) -> None:
    answer = server.get(UNION, headers=BROWSER)
    assert answer.headers["content-type"].startswith("text/html")
    assert "黑龙江省总工会" in answer.text
    assert "Accept" in answer.headers["vary"]
    assert (
        server.get(UNION, params={"format": "turtle"}, headers=BROWSER)
        .headers["content-type"]
        .startswith("text/turtle")
    )


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_every_iri_of_the_graph_answers(server: httpx.Client, built: Path, accept: str) -> None:
    triples = list(parse(path=built / "graph.ttl", format=RdfFormat.TURTLE))
    terms = {
        term.value for triple in triples for term in (triple.subject, triple.object) if isinstance(term, NamedNode)
    }
    things = sorted(iri for iri in terms if iri.startswith("https://kg.example/id/"))
    assert len(things) > 20
    for iri in things:
        graph = graph_of(server.get(iri.removeprefix("https://kg.example"), headers={"Accept": accept}))
        assert rdflib.URIRef(iri) in set(graph.subjects())


@pytest.mark.parametrize(
    "path", ["/id/org/无此", "/id/", "/id/../etc/passwd", "/id/%00", "/id/a%0D%0Ab", "/graph/none", "/id/" + "x" * 5000]
)
def test_what_the_graph_says_nothing_of(server: httpx.Client, path: str) -> None:
    answer = server.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_form_that_is_accepted(server: httpx.Client) -> None:
    assert server.get(UNION, headers={"Accept": "image/png"}).status_code == 406
    assert server.get(UNION, params={"format": "csv"}).status_code == 406


def test_the_graph_of_a_document_answers(server: httpx.Client) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?g), '/graph/') } GROUP BY ?g"
    rows = server.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(rows) == 2
    for row in rows:
        path = quote(row["g"]["value"].removeprefix("https://kg.example"))
        assert len(graph_of(server.get(path))) == int(row["n"]["value"])
        page = server.get(path, headers=BROWSER)
        assert page.status_code == 303
        assert server.get(page.headers["location"], headers=BROWSER).status_code == 200


def test_the_ontology_answers(server: httpx.Client) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/n-triples"):
        graph = graph_of(server.get("/ontology", headers={"Accept": accept}))
        assert (KG.leads, rdflib.RDF.type, rdflib.OWL.ObjectProperty) in graph


def test_dumps_hold_the_whole_graph(server: httpx.Client, built: Path) -> None:
    whole = set(rdflib.Graph().parse(built / "graph.ttl"))
    for suffix, format_ in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")):
        answer = server.get(f"/dump.{suffix}")
        assert f"graph.{suffix}" in answer.headers["content-disposition"]
        assert set(rdflib.Graph().parse(data=answer.text, format=format_)) == whole
    for suffix, format_ in (("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)):
        quads = list(parse(server.get(f"/dump.{suffix}").content, format=format_))
        assert len({quad.graph_name for quad in quads}) == 2
        assert len({quad.triple for quad in quads}) == len(whole)
    assert server.get("/dump.exe").status_code == 404


def test_void_counts_what_is_there(server: httpx.Client, built: Path) -> None:
    graph = graph_of(server.get("/.well-known/void"))
    (dataset,) = graph.subjects(rdflib.RDF.type, VOID.Dataset)
    assert int(str(graph.value(dataset, VOID.triples))) == len(kg.open(built))
    endpoint = graph.value(dataset, VOID.sparqlEndpoint)
    assert httpx.get(f"{endpoint}?query=ASK%7B%7D", trust_env=False).json()["boolean"] is True
    for dump in graph.objects(dataset, VOID.dataDump):
        assert httpx.head(str(dump), trust_env=False).status_code == 200
    (part,) = graph.subjects(VOID["class"], KG.TradeUnion)
    assert int(str(graph.value(part, VOID.entities))) == 2


def test_below_a_base_the_iris_of_the_graph_are_their_addresses(tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "union.txt").write_text(PAGES["union.txt"], "utf-8")
    kg.build(tmp_path / "union.txt", tmp_path / "out", base="https://graph.example/kg/")
    client = serve(tmp_path / "out", "--base", "https://graph.example/kg/")
    query = "SELECT ?iri { ?iri a kg:TradeUnion }"
    for path in ("/sparql", "/kg/sparql"):  # whether the proxy in front takes the prefix away or not
        (row,) = client.get(path, params={"query": query}).json()["results"]["bindings"]
    iri = row["iri"]["value"]
    assert iri.startswith("https://graph.example/kg/id/org/")
    for prefix in ("https://graph.example", "https://graph.example/kg"):
        graph = graph_of(client.get(iri.removeprefix(prefix)))
        assert rdflib.URIRef(iri) in set(graph.subjects())
    void = graph_of(client.get("/.well-known/void"))
    assert void.value(predicate=VOID.sparqlEndpoint, object=rdflib.URIRef("https://graph.example/kg/sparql"))
    assert 'href="/kg/static/' in client.get("/", headers=BROWSER).text


def test_a_build_without_turtle_is_dumped_all_the_same(built: Path, tmp_path: Path, serve: Serve) -> None:
    out = shutil.copytree(built, tmp_path / "out")
    (out / "graph.ttl").unlink()
    assert set(graph_of(serve(out).get("/dump.ttl"))) == set(rdflib.Graph().parse(built / "graph.ttl"))
