"""What the graph and its endpoint say of themselves, for programs: VoID and SPARQL service description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.store import GraphStore
from kg.serve import media
from kg.serve.dumps import DUMPS
from kg.serve.rdf import Format, triples_response
from kg.serve.snapshot import Snapshot
from kg.serve.state import State, state
from kg.vocabulary import KG, ONTOLOGY_GRAPH, STANDARD, XSD

VOID = "http://rdfs.org/ns/void#"
SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TITLE = NamedNode("http://purl.org/dc/terms/title")
PREFIXES = {
    "void": VOID,
    "sd": SD,
    "formats": "http://www.w3.org/ns/formats/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": XSD.iri,
    "kg": KG.iri,
}
MOST_GRAPHS = 1000
"""Up to how many named graphs a service description lists; `SELECT ?g { GRAPH ?g {} }` gives all."""

router = APIRouter(tags=["Linked data"])

Value = NamedNode | BlankNode | Literal
Subject = NamedNode | BlankNode


@router.get("/.well-known/void", summary="Describe the graph", response_class=Response)
def describe_graph(request: Request, shared: Annotated[State, Depends(state)], format: Format = "") -> Response:
    """Describe the graph in VoID: its size, classes, properties, dumps and endpoint."""
    triples = void(shared.current(), shared.address(request))
    return triples_response(request, triples, PREFIXES, limit=shared.settings.result_limit, format=format)


def describe_service(request: Request, shared: State) -> Response:
    """Describe the endpoint by the SPARQL 1.1 Service Description."""
    triples = service(shared.current(), shared.address(request))
    return triples_response(request, triples, PREFIXES, limit=shared.settings.result_limit)


def void(build: Snapshot, address: str) -> Iterator[Triple]:
    """Yield the VoID description of a build that is served at `address`."""
    graph = NamedNode(f"{address}.well-known/void#graph")
    yield Triple(graph, _TYPE, _void("Dataset"))
    yield Triple(graph, _TITLE, Literal("政策报道知识图谱", language="zh"))
    yield Triple(graph, _TITLE, Literal("Knowledge graph of policy reporting", language="en"))
    yield Triple(graph, _void("triples"), _number(len(build.graph)))
    yield Triple(graph, _void("uriSpace"), Literal(f"{build.graph.base}id/"))
    yield Triple(graph, _void("sparqlEndpoint"), NamedNode(f"{address}sparql"))
    yield Triple(graph, _void("uriLookupEndpoint"), NamedNode(f"{address}api/search?q="))
    for suffix in () if build.elsewhere else DUMPS:
        yield Triple(graph, _void("dataDump"), NamedNode(f"{address}dump.{suffix}"))
    for vocabulary in (KG, *STANDARD):
        yield Triple(graph, _void("vocabulary"), NamedNode(vocabulary.iri))
    for form in media.TRIPLES:
        yield Triple(graph, _void("feature"), NamedNode(form.iri))
    for number, (iri, count) in enumerate(_counts(build.graph, "?s a ?x")):
        part = BlankNode(f"c{number}")
        yield Triple(graph, _void("classPartition"), part)
        yield Triple(part, _void("class"), NamedNode(iri))
        yield Triple(part, _void("entities"), _number(count))
    for number, (iri, count) in enumerate(_counts(build.graph, "?s ?x ?o")):
        part = BlankNode(f"p{number}")
        yield Triple(graph, _void("propertyPartition"), part)
        yield Triple(part, _void("property"), NamedNode(iri))
        yield Triple(part, _void("triples"), _number(count))


def service(build: Snapshot, address: str) -> Iterator[Triple]:
    """Yield the description of the endpoint of a build that is served at `address`."""
    endpoint, dataset, default = NamedNode(f"{address}sparql"), BlankNode("dataset"), BlankNode("default")
    yield Triple(endpoint, _TYPE, _sd("Service"))
    yield Triple(endpoint, _sd("endpoint"), endpoint)
    yield Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(endpoint, _sd("feature"), _sd("UnionDefaultGraph"))
    for form in (*media.RESULTS, *media.TRIPLES):
        yield Triple(endpoint, _sd("resultFormat"), NamedNode(form.iri))
    yield Triple(endpoint, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _TYPE, _sd("Graph"))
    yield Triple(default, _void("triples"), _number(len(build.graph)))
    graphs = build.graph.document_graphs()
    for number, graph in enumerate([*graphs, NamedNode(ONTOLOGY_GRAPH)] if len(graphs) < MOST_GRAPHS else ()):
        named = BlankNode(f"g{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), graph)


def _counts(graph: GraphStore, pattern: str) -> Iterable[tuple[str, int]]:
    """Return how often each `?x` occurs in a pattern, the most frequent first."""
    rows = graph.select(f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?x ORDER BY DESC(?n) ?x")
    return [(row["x"].value, int(row["n"].value)) for row in rows]


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=XSD.integer.node)
