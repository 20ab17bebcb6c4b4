"""Lists of everything of one sort: the documents, and the things of each group."""

from __future__ import annotations

from math import ceil
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.graph.store import GraphStore
from kg.serve.explorer.frame import Build, page
from kg.serve.explorer.overview import overview
from kg.serve.problems import RequestError
from kg.serve.state import state
from kg.vocabulary import DCTERMS, KG, RDF

DOCUMENTS, THINGS = 50, 120
"""Entries on a page."""
LISTED = {
    "places": "Region",
    "bodies": "Organization",
    "people": "Person",
    "initiatives": "Initiative",
    "policies": "PolicyDocument",
    "events": "Event",
    "honours": "Honour",
}
"""The groups of things that have a list, by the local name of their class."""

router = APIRouter()

Number = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


@router.get("/documents", response_class=HTMLResponse)
def documents(request: Request, build: Build, number: Number = 1) -> HTMLResponse:
    """List the documents, the latest first."""
    total = overview(build).counts["documents"]
    last = max(1, ceil(total / DOCUMENTS))
    number = min(number, last)
    query = (
        f"SELECT ?item {{ ?item <{RDF.type}> <{KG.Document}> OPTIONAL {{ ?item <{DCTERMS.issued}> ?issued }} }} "
        f"ORDER BY DESC(?issued) ?item LIMIT {DOCUMENTS} OFFSET {(number - 1) * DOCUMENTS}"
    )
    found = [(build.reader.source(iri), _evidence(build.graph, iri)) for iri in _items(build.graph, query)]
    return page(
        request,
        "documents.html",
        documents=found,
        total=total,
        page=number,
        last=last,
        address=lambda number: state(request).href(f"/documents?page={number}"),
    )


@router.get("/things/{group}", response_class=HTMLResponse)
def things(request: Request, build: Build, group: str, number: Number = 1) -> HTMLResponse:
    """List the things of a group, the most mentioned first."""
    if group not in LISTED:
        raise RequestError(404, "there is no such list", remedy=f"there are {', '.join(LISTED)}")
    total = overview(build).counts[group]
    last = max(1, ceil(total / THINGS))
    number = min(number, last)
    listed = build.index.ranked(LISTED[group])[(number - 1) * THINGS : number * THINGS]
    return page(
        request,
        "things.html",
        group=group,
        things=[build.reader.thing(iri) for iri in listed],
        total=total,
        page=number,
        last=last,
        address=lambda number: state(request).href(f"/things/{group}?page={number}"),
    )


def _items(graph: GraphStore, query: str) -> list[str]:
    # A document with two dates comes twice.
    return list(dict.fromkeys(row["item"].value for row in graph.select(query)))


def _evidence(graph: GraphStore, document: str) -> int:
    """Return how many places of a document facts were read from."""
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ ?evidence <{DCTERMS.source}> <{document}> }}")
    return int(row["n"].value)
