"""The text of a document, with the words that a fact was read from marked."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.graph.identity import document_iri
from kg.graph.reading import FactNode
from kg.serve.explorer import entity
from kg.serve.explorer.frame import Build, page, page_path
from kg.serve.explorer.lookup import Lookup
from kg.serve.explorer.text import Text
from kg.serve.problems import RequestError
from kg.serve.state import state

VIEWS = ("clean", "both", "page")
MOST_FACTS = 120
"""Facts that are listed beside the text."""
LONGEST = 200_000
"""Characters of a page that are shown as it was decoded."""

router = APIRouter()


@router.get("/page/{identifier:path}", response_class=HTMLResponse)
def text(
    request: Request,
    build: Build,
    identifier: str,
    at: Annotated[str, Query(max_length=40)] = "",
    view: str = "clean",
) -> HTMLResponse:
    """Show the text of a document; `at=120-180` marks these characters of the decoded page."""
    iri = document_iri(build.graph.base, identifier)
    if not Lookup(build.graph).type(iri):
        raise RequestError(404, f"no document {identifier[:200]!r}", remedy="see /documents")
    if build.elsewhere:
        remedy = "serve the folder of the build, which has them"
        raise RequestError(404, "a graph that lies elsewhere has no texts of pages", remedy=remedy)
    if build.pages is None:
        raise RequestError(404, "this build kept no pages", remedy="build it again with `kg build`")
    archived = build.pages.page(identifier)
    found = re.fullmatch(r"(\d{1,12})-(\d{1,12})", at)
    span = (int(found[1]), int(found[2])) if found else (0, 0)
    shown = Text(archived, *span)
    section = entity.section(build.graph, build.reader, iri, "facts-of-document", 1, MOST_FACTS)
    places = [(fact, *_place(fact, iri)) for fact in section.facts]

    def address(**changes: str) -> str:
        query = urlencode({name: value for name, value in ({"at": at, "view": view} | changes).items() if value})
        return state(request).href(page_path(identifier)) + (f"?{query}" if query else "")

    return page(
        request,
        "text.html",
        source=build.reader.source(iri),
        iri=iri,
        article=archived.article,
        text=shown,
        view=view if view in VIEWS else "clean",
        views=VIEWS,
        span=span,
        facts=places,
        total=section.total,
        longest=LONGEST,
        address=address,
    )


def _place(fact: FactNode, document: str) -> tuple[int, int]:
    """Return where in a document a fact was read first."""
    return min((quote.start, quote.end) for quote in fact.quotes if quote.document.iri == document)
