"""Answers to requests that fail: what is wrong and what to do, as problem JSON (RFC 9457), never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kg.errors import KgError, QueryError, RemoteError

LOG = logging.getLogger("kg.serve")
MEDIA_TYPE = "application/problem+json"
PROBLEM: Final[dict[str, Any]] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
"""The content of the answer to a request that fails, for OpenAPI."""
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "description": "What is wrong and what to do about it (RFC 9457).",
    "required": ["title", "status", "detail"],
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
}


class RequestError(KgError):
    """A request that is not answered as it stands.

    Args:
        status: Status code of the answer.
        what: What is wrong, in one clause.
        where: The parameter or header concerned.
        remedy: What to do about it.
        headers: Headers of the answer beside the usual ones.
    """

    def __init__(
        self, status: int, what: str, *, where: str = "", remedy: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status
        self.headers = dict(headers or {})


def response(error: KgError, status: int = 500) -> JSONResponse:
    """Return the answer to a request that failed with `error`."""
    headers: dict[str, str] = {}
    if isinstance(error, RequestError):
        status, headers = error.status, error.headers
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": str(error)}
    # What a request held comes back in `detail`; a lone surrogate in it cannot be written as it is.
    content["detail"] = str(content["detail"]).encode("utf-8", "backslashreplace").decode()
    return JSONResponse(content, status, {**headers, "Cache-Control": "no-store"}, MEDIA_TYPE)


Pages = Callable[[Request, KgError, int], Response | None]
"""Returns what a browser gets for an error with that status, or None where a request is not one of a browser."""


def install(app: FastAPI, pages: Pages) -> None:
    """Have every error of an application answered in this way, or by a page."""

    def answer(request: Request, error: KgError, status: int = 500) -> Response:
        status = error.status if isinstance(error, RequestError) else status
        return pages(request, error, status) or response(error, status)

    def of_ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, KgError)
        return answer(
            request, error, 400 if isinstance(error, QueryError) else 502 if isinstance(error, RemoteError) else 500
        )

    def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        # Starlette's detail is the phrase of the status already.
        what = {404: "there is nothing at this address", 405: f"{request.method} is not answered here"}
        problem = RequestError(error.status_code, what.get(error.status_code, error.detail), headers=error.headers)
        return answer(request, problem)

    def of_parameters(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return answer(request, RequestError(422, first["msg"].lower(), where=where, remedy="see /api/docs"))

    def of_code(request: Request, error: Exception) -> Response:
        LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        problem = RequestError(500, "the server failed", remedy="look at its log")
        try:
            return answer(request, problem)
        except Exception:  # what failed may be what pages are made with
            return response(problem)

    def of_leaving(request: Request, error: Exception) -> JSONResponse:
        return response(RequestError(400, "the client has gone"))  # nobody reads it

    app.add_exception_handler(KgError, of_ours)
    app.add_exception_handler(ClientDisconnect, of_leaving)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_parameters)
    app.add_exception_handler(Exception, of_code)
