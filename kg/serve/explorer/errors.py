"""What a browser gets in place of a page that is not there, or failed: what is wrong, and where to go from here."""

from __future__ import annotations

from fastapi import Request, Response

from kg.errors import KgError
from kg.serve.explorer.frame import page
from kg.serve.rdf import wants_html

_FOR_PROGRAMS = ("/api/", "/sparql", "/dump", "/static/", "/.well-known/")


def error_page(request: Request, problem: KgError, status: int) -> Response | None:
    """Return a page that tells of a problem, or None where the request is not one for a page."""
    if request.url.path.startswith(_FOR_PROGRAMS) or "format" in request.query_params or not wants_html(request):
        return None
    answer = page(request, "error.html", status=status, problem=problem)
    answer.headers["Cache-Control"] = "no-store"
    return answer
