"""The description of the interface for programs: as OpenAPI, and as a page that asks nothing of any other server."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from kg.serve.explorer.frame import page
from kg.serve.problems import PROBLEM, SCHEMA

router = APIRouter(include_in_schema=False)


@router.get("/api/docs", response_class=HTMLResponse)
def docs(request: Request) -> HTMLResponse:
    """Show what programs may ask."""
    return page(request, "docs.html", api=request.app.openapi())


def describe(app: FastAPI) -> None:
    """Have an application describe itself with the errors that it really answers."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            root = [{"url": root}] if (root := app.state.kg.settings.root) else None
            schema = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes, servers=root
            )
            for path in schema["paths"].values():
                for operation in path.values():
                    _with_problems(operation["responses"])
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            schemas["Problem"] = SCHEMA
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _with_problems(responses: dict[str, Any]) -> None:
    # FastAPI promises its own form of error for parameters that are not as they must be.
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]
    responses["default"] = {"description": "What is wrong and what to do about it.", "content": PROBLEM}
