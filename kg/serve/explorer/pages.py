"""The routes of all pages."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kg.serve.explorer import find, start
from kg.serve.explorer.frame import page
from kg.serve.snapshot import Snapshot

router = APIRouter()
for part in (start, find):
    router.include_router(part.router)


def thing_page(request: Request, build: Snapshot, iri: str) -> HTMLResponse:
    """Show a thing that the graph knows; what a browser gets at its IRI."""
    return page(request, "thing.html", thing=build.reader.thing(iri))
