"""The application: what answers at which address."""

from __future__ import annotations

from fastapi import FastAPI

from kg.graph.store import package_version
from kg.serve import explorer, problems
from kg.serve.security import Security
from kg.serve.settings import Settings
from kg.serve.state import State


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves the build in `settings.store`.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    # The pages of documentation that FastAPI has load their scripts from elsewhere.
    app = FastAPI(
        title="kg",
        version=package_version(),
        description="A knowledge graph of policy reporting, each fact with its sentence; read-only.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.kg = State(settings)
    app.include_router(explorer.router, include_in_schema=False)
    explorer.mount_static(app)
    problems.install(app)
    app.add_middleware(Security, settings=settings)
    return app
