"""The routes of the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from kg.graph.stats import stats
from kg.serve.explorer.frame import page
from kg.serve.state import Snapshot, snapshot

router = APIRouter()

Build = Annotated[Snapshot, Depends(snapshot)]


@router.get("/", response_class=HTMLResponse)
def start(request: Request, build: Build) -> HTMLResponse:
    """Show what is in the graph."""
    return page(request, "start.html", stats=stats(build.graph))


def thing_page(request: Request, build: Snapshot, iri: str) -> HTMLResponse:
    """Show a thing that the graph knows; what a browser gets at its IRI."""
    return page(request, "thing.html", thing=build.reader.thing(iri))
