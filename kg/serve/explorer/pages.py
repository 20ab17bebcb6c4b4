"""The start page, and what all pages share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from kg.graph.stats import stats
from kg.serve.state import Snapshot, snapshot, state

HERE = Path(__file__).parent

router = APIRouter()
_TEMPLATES = Jinja2Templates(HERE / "templates")


def mount_static(app: FastAPI) -> None:
    """Serve the styles and scripts of the pages."""
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")


@router.get("/", response_class=HTMLResponse)
def start(request: Request, build: Annotated[Snapshot, Depends(snapshot)]) -> HTMLResponse:
    """Show what is in the graph."""
    return _TEMPLATES.TemplateResponse(
        request, "start.html", {"stats": stats(build.graph), "href": state(request).href}
    )


def thing_page(request: Request, build: Snapshot, iri: str) -> HTMLResponse:
    """Show a thing that the graph knows; what a browser gets at its IRI."""
    thing = build.reader.thing(iri)
    return _TEMPLATES.TemplateResponse(request, "thing.html", {"thing": thing, "href": state(request).href})
