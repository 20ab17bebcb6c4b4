"""Answers of triples that the application itself puts together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import Query, Request, Response
from pyoxigraph import Triple

from kg.serve import media
from kg.serve.problems import RequestError
from kg.serve.writing import Bounded, write_triples

HTML = "text/html"

Format = Annotated[
    str,
    Query(
        description="The form of the triples, for clients that cannot send an Accept header.",
        json_schema_extra={"enum": [form.name for form in media.TRIPLES]},
    ),
]
"""The parameter `format` of addresses that answer with triples."""


def accept(request: Request) -> str:
    """Return what a request accepts, however many headers say it."""
    return ",".join(request.headers.getlist("accept"))


def wants_html(request: Request) -> bool:
    """Tell whether a request, such as one of a browser, would rather have a page than data."""
    offers = [form.media[0] for form in (*media.RESULTS, *media.TRIPLES)]
    return media.accepted(accept(request), [*offers, HTML]) == HTML


def triples_response(
    request: Request, triples: Iterable[Triple], prefixes: Mapping[str, str], *, limit: int, format: str = ""
) -> Response:
    """Return triples in the form that a request accepts.

    Args:
        request: The request.
        triples: What to write.
        prefixes: Prefixes to abbreviate IRIs by.
        limit: Bytes that the answer may have.
        format: Name of the form, where the address tells it.

    Raises:
        RequestError: The request accepts none of the forms, or does not know what it asks for.
    """
    chosen = media.choose(media.TRIPLES, accept(request), format)
    if chosen is None:
        names = ", ".join(form.media[0] for form in media.TRIPLES)
        raise RequestError(406, "triples do not come in that form", where="Accept", remedy=f"accept one of {names}")
    form, type_ = chosen
    out = Bounded(limit)
    write_triples(triples, form, out, prefixes)
    headers = {"Content-Type": media.content_type(type_), "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(out.getvalue(), headers=headers)
