"""SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/, query operation only."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from kg.serve import media
from kg.serve.description import describe_service
from kg.serve.files import file_response
from kg.serve.pool import Answer
from kg.serve.problems import PROBLEM, RequestError
from kg.serve.rdf import accept, wants_html
from kg.serve.state import State, state
from kg.serve.worker import Job

T = TypeVar("T")

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
EDITOR = "/ask"
"""Where the page stands on which people ask."""
_MOST_ROWS = 1_000_000

router = APIRouter(tags=["SPARQL"])

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A query operation: what is asked, of which graphs, and in which form; `rows` is how many to give at most."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""
    rows: int | None = None

    @classmethod
    def of(cls, parameters: Parameters) -> Question:
        """Return what parameters ask.

        Raises:
            RequestError: There is not exactly one query, or a parameter is not as it must be.
        """
        given: dict[str, list[str]] = {}
        for name, value in parameters:
            given.setdefault(name, []).append(value)
        if "update" in given:
            raise _read_only()
        for name in ("query", "rows"):
            if len(given.get(name, ())) > 1:
                raise RequestError(400, "given more than once", where=name, remedy="give it once")
        if "query" not in given:
            raise RequestError(400, "the query is missing", where="query", remedy="give query=SELECT …")
        # Some clients give the form several times, to please all servers.
        format_, rows = given.get("format", [""])[0], given.get("rows", [""])[0]
        if format_ and not media.knows(format_):
            names = ", ".join(form.name for form in (*media.RESULTS, *media.TRIPLES))
            raise RequestError(400, f"there is no form {format_[:40]!r}", where="format", remedy=f"give one of {names}")
        if rows and not (rows.isascii() and rows.isdigit() and len(rows) < 8 and 1 <= int(rows) <= _MOST_ROWS):
            raise RequestError(400, "not a number of rows", where="rows", remedy=f"give one up to {_MOST_ROWS}")
        return cls(
            given["query"][0],
            tuple(given.get("default-graph-uri", ())),
            tuple(given.get("named-graph-uri", ())),
            format_,
            int(rows) if rows else None,
        )


def _parameters() -> list[dict[str, Any]]:
    described = {
        "query": "SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE. The prefixes kg, org, rdfs, skos, dcterms and those "
        "of things (body, person, place, …) need not be declared. Without it, a description of the service is given.",
        "default-graph-uri": "A graph to read in place of all documents together; may be given several times.",
        "named-graph-uri": "A graph that GRAPH reaches; may be given several times.",
        "format": "The form of the answer, for clients that cannot send an Accept header.",
        "rows": "How many rows to give at most; the header Kg-More tells whether there are more.",
    }
    several = {"type": "array", "items": {"type": "string", "format": "iri"}}
    names = sorted({form.name for form in (*media.RESULTS, *media.TRIPLES)})
    schemas: dict[str, dict[str, Any]] = {
        "default-graph-uri": several,
        "named-graph-uri": several,
        "format": {"type": "string", "enum": names},
        "rows": {"type": "integer", "minimum": 1, "maximum": _MOST_ROWS},
    }
    return [
        {"name": name, "in": "query", "description": text, "schema": schemas.get(name, {"type": "string"})}
        for name, text in described.items()
    ]


def answers() -> dict[int | str, dict[str, Any]]:
    """Return what an operation that answers a query may send, for OpenAPI."""
    statuses = {
        400: "The query or a parameter is at fault.",
        403: "An update: the graph is only read.",
        406: "None of the forms that are accepted is one of the answer.",
        413: "The request is too large.",
        415: "The body is neither a form nor a query.",
        422: "The answer is too large, or takes too much memory.",
        503: "Too many queries are waiting; see Retry-After.",
        504: "The query took too long and was stopped.",
    }
    forms: dict[str, Any] = {form.media[0]: {} for form in (*media.RESULTS, *media.TRIPLES)}
    return {
        200: {"description": "The answer, in full.", "content": forms},
        **{status: {"description": text, "content": PROBLEM} for status, text in statuses.items()},
    }


@router.get(
    "/sparql", summary="Ask", response_class=Response, responses=answers(), openapi_extra={"parameters": _parameters()}
)
async def by_get(request: Request, shared: Annotated[State, Depends(state)]) -> Response:
    """Answer a query by the SPARQL 1.1 Protocol."""
    parameters = _decoded(request.scope["query_string"])
    if not {"query", "default-graph-uri", "named-graph-uri", "update"} & {name for name, _ in parameters}:
        if wants_html(request):
            return RedirectResponse(shared.href(EDITOR), 303, {"Vary": "Accept"})
        return await run_in_threadpool(describe_service, request, shared)
    question = Question.of(parameters)
    if not question.format and wants_html(request):
        # A person has opened an address that a program was meant to ask.
        return RedirectResponse(f"{shared.href(EDITOR)}?{request.url.query}", 303, {"Vary": "Accept"})
    return await answer(request, shared, question)


_FIELDS = {parameter["name"]: parameter["schema"] for parameter in _parameters()}
_BODY = {
    "required": True,
    "content": {
        FORM: {"schema": {"type": "object", "required": ["query"], "properties": _FIELDS}},
        QUERY: {"schema": {"type": "string"}},
    },
}


@router.post(
    "/sparql",
    summary="Ask, with the query in the body",
    response_class=Response,
    responses=answers(),
    openapi_extra={"requestBody": _BODY, "parameters": _parameters()[1:]},
)
async def by_post(request: Request, shared: Annotated[State, Depends(state)]) -> Response:
    """Answer a query that is sent as the body, or in a form with the parameters of GET."""
    kind, charset = _content_type(request)
    if kind == UPDATE:
        raise _read_only()
    if kind not in (FORM, QUERY):
        remedy = f"send {QUERY} or {FORM}"
        raise RequestError(415, f"the body is of type {kind[:40] or 'none'}", where="Content-Type", remedy=remedy)
    if charset not in ("", "utf-8", "utf8"):
        raise RequestError(415, "the query is not UTF-8", where="Content-Type", remedy="send it as UTF-8")
    body = await request.body()
    parameters = _decoded(request.scope["query_string"])
    if kind == FORM:
        parameters += _decoded(body)
    else:
        parameters.append(("query", _utf8(body)))
    return await answer(request, shared, Question.of(parameters))


async def answer(
    request: Request, shared: State, question: Question, params: Mapping[str, str] | None = None
) -> Response:
    """Return the answer to a question in the form that a request accepts.

    Args:
        request: Where it came from.
        shared: The state of the application.
        question: SPARQL, or the name of a question if there are `params`.
        params: Values of the parameters of a named question.

    Raises:
        RequestError: The question is at fault, or cannot be answered now.
    """
    results = media.choose(media.RESULTS, accept(request), question.format)
    triples = media.choose(media.TRIPLES, accept(request), question.format)
    # The line break keeps SPARQL of one word from being taken for the name of a question.
    job: Job = {"query": question.query + "\n"} if params is None else {"query": question.query, "params": {**params}}
    if question.default or question.named:
        job |= {"default": [*question.default], "named": [*question.named]}
    if results:
        job["results"] = results[0].name
    if triples:
        job["triples"] = triples[0].name
    if question.rows is not None:
        job["rows"] = question.rows
    found = await unless_gone(request, shared.pool.answer(job))
    chosen = next(one for one in (results, triples) if one and one[0].name == found.form)
    return _response(found, chosen[1])


def _response(answer: Answer, media_type: str) -> Response:
    headers = {"Content-Type": media.content_type(media_type), "Vary": "Accept", "Cache-Control": "no-cache"}
    if answer.more:
        headers["Kg-More"] = "true"
    return file_response(answer.file, headers)


async def unless_gone(request: Request, work: Awaitable[T]) -> T:
    """Return the result of `work`, which is cancelled when the client closes the connection.

    Raises:
        RequestError: The client has gone; nobody will read this.
    """
    doing = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise RequestError(400, "the client has gone")
        return doing.result()
    finally:
        for task in (doing, leaving):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await leaving


async def _left(request: Request) -> None:
    await request.body()
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _content_type(request: Request) -> tuple[str, str]:
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    charset = next((part.partition("=")[2] for part in rest.split(";") if part.strip().startswith("charset=")), "")
    return kind.strip().lower(), charset.strip().strip('"').lower()


def _decoded(encoded: bytes) -> Parameters:
    try:
        pairs = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:  # of which UnicodeError is one
        raise RequestError(400, "the parameters are not UTF-8, percent-encoded, or too many") from error
    return pairs


def _utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise RequestError(400, "the query is not UTF-8", remedy="send it as UTF-8") from None


def _read_only() -> RequestError:
    return RequestError(403, "updates are refused: the graph is read-only", remedy="build it again from its documents")
