"""The results of a search, for who sends the form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.serve.explorer.frame import Build, page

MOST = 50

router = APIRouter()


@router.get("/search", response_class=HTMLResponse)
def results(request: Request, build: Build, q: Annotated[str, Query(max_length=1000)] = "") -> HTMLResponse:
    """Show the things of a name."""
    hits = [(hit, build.reader.thing(hit.iri)) for hit in build.index.search(q, MOST)]
    return page(request, "search.html", sought=q, hits=hits)
