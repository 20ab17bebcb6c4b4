"""Linked data: every IRI of the graph answers here, as a page or as RDF, and so do the ontology and the dumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.graph.identity import entity_iri
from kg.graph.layout import prefixes
from kg.graph.ontology import ontology_triples
from kg.graph.store import GraphStore
from kg.serve import explorer, media
from kg.serve.dumps import DUMPS
from kg.serve.files import file_response
from kg.serve.problems import RequestError
from kg.serve.rdf import Format, triples_response, wants_html
from kg.serve.snapshot import Snapshot
from kg.serve.state import State, state
from kg.vocabulary import KG, RDFS, SKOS

MOST_FACTS = 500
"""Facts that are described beside the thing that they are about."""
MOST_TRIPLES = 10_000
"""Triples that describe a thing; the header `Kg-More` tells where there are more, which SPARQL gives."""

router = APIRouter(tags=["Linked data"])

Shared = Annotated[State, Depends(state)]


@router.get("/id/{name:path}", summary="Look up an IRI", response_class=Response)
def thing(request: Request, name: str, shared: Shared, format: Format = "") -> Response:
    """Answer an IRI of the graph: a page for browsers; for programs what the graph says of it, facts with evidence."""
    build = shared.current()
    iri = entity_iri(build.graph.base, name)
    if not _known(build.graph, iri):
        raise _nothing(iri)
    if not format and wants_html(request):
        page = explorer.thing_page(request, build, iri)
        page.headers.add_vary_header("Accept")
        return page
    triples = list(islice(describe(build.graph, iri), MOST_TRIPLES + 1))
    answer = _described(request, shared, build, triples[:MOST_TRIPLES], format)
    if len(triples) > MOST_TRIPLES:
        answer.headers["Kg-More"] = "true"
    return answer


@router.get("/graph/{name:path}", summary="Read the graph of one document", response_class=Response)
def document_graph(request: Request, name: str, shared: Shared, format: Format = "") -> Response:
    """Answer the IRI of a named graph: all that one document states; for browsers, the page of the document."""
    build = shared.current()
    graph = NamedNode(entity_iri(build.graph.base, name).replace("id/", "graph/", 1))
    if not build.graph.store.contains_named_graph(graph):
        raise _nothing(graph.value)
    if not format and wants_html(request):
        return RedirectResponse(shared.href(f"/id/document/{name}"), 303, {"Vary": "Accept"})
    triples = (quad.triple for quad in build.graph.store.quads_for_pattern(None, None, None, graph))
    return _described(request, shared, build, triples, format)


@router.get("/ontology", summary="Read the ontology", response_class=Response)
def ontology(request: Request, shared: Shared, format: Format = "") -> Response:
    """Answer the IRI of the ontology, and with it those of all its terms."""
    return _described(request, shared, shared.current(), ontology_triples(), format)


@router.get("/dump.{suffix}", summary="Take the whole graph", response_class=Response)
async def dump(suffix: Annotated[str, Path(json_schema_extra={"enum": [*DUMPS]})], shared: Shared) -> Response:
    """Answer with the whole graph as a file; TriG, N-Quads and JSON-LD keep the graphs of documents apart."""
    if suffix not in DUMPS:
        raise RequestError(404, "there is no dump in that form", remedy=f"there are {', '.join(DUMPS)}")
    file = await shared.dumps.open(suffix, shared.current())
    name = f'attachment; filename="graph.{suffix}"'
    headers = {"Content-Type": media.content_type(DUMPS[suffix].media), "Content-Disposition": name}
    return file_response(file, {**headers, "Cache-Control": "no-cache"})


def describe(graph: GraphStore, iri: str) -> Iterator[Triple]:
    """Yield what a graph says of a thing: its own triples, the names in them, and the facts that it takes part in.

    Facts come with all that they say and with their evidence, `MOST_FACTS` of them; of others only how they lead here.
    """
    node = NamedNode(iri)
    own = list(_about(graph, node))
    yield from own
    yield from _names(graph, own)
    facts = 0
    for quad in graph.store.quads_for_pattern(None, None, node, DefaultGraph()):
        subject = quad.subject
        if not isinstance(subject, NamedNode):
            continue
        evidence = list(graph.store.quads_for_pattern(subject, KG.evidence.node, None, DefaultGraph()))
        if not evidence or facts == MOST_FACTS:
            yield quad.triple
            continue
        facts += 1
        stated = list(_about(graph, subject))
        yield from stated
        yield from _names(graph, stated)
        for found in evidence:
            if isinstance(found.object, NamedNode):
                yield from _about(graph, found.object)


def _described(request: Request, shared: State, build: Snapshot, triples: Iterable[Triple], format_: str) -> Response:
    limit = shared.settings.result_limit
    return triples_response(request, triples, prefixes(build.graph.base), limit=limit, format=format_)


def _about(graph: GraphStore, node: NamedNode) -> Iterator[Triple]:
    return (quad.triple for quad in _quads(graph, node))


def _quads(graph: GraphStore, node: NamedNode) -> Iterator[Quad]:
    return graph.store.quads_for_pattern(node, None, None, DefaultGraph())


def _names(graph: GraphStore, triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the labels of the things that triples lead to."""
    for triple in triples:
        if isinstance(triple.object, NamedNode):
            for term in (RDFS.label, SKOS.prefLabel):
                for quad in graph.store.quads_for_pattern(triple.object, term.node, None, DefaultGraph()):
                    if isinstance(quad.object, Literal):
                        yield quad.triple


def _known(graph: GraphStore, iri: str) -> bool:
    return next(_quads(graph, NamedNode(iri)), None) is not None


def _nothing(iri: str) -> RequestError:
    return RequestError(404, f"the graph says nothing of <{iri[:200]}>", remedy="look for it at /api/search?q=…")
