"""The application: what answers at which address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from kg.graph.store import package_version
from kg.serve import api, description, explorer, linked, openapi, problems, protocol
from kg.serve.revalidation import Revalidation
from kg.serve.security import Security
from kg.serve.settings import Settings
from kg.serve.state import State


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves the build in `settings.store`.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    shared = State(settings)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        try:
            await shared.start()
            yield
        finally:
            await shared.close()

    # The pages of documentation that FastAPI has load their scripts from elsewhere.
    app = FastAPI(
        title="kg",
        version=package_version(),
        description="A knowledge graph of policy reporting, each fact with its sentence; read-only.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=running,
    )
    app.state.kg = shared
    for router in (protocol.router, api.router, explorer.api, linked.router, description.router, openapi.router):
        app.include_router(router)
    app.include_router(explorer.router, include_in_schema=False)
    explorer.mount_static(app)
    problems.install(app, explorer.error_page)
    openapi.describe(app)
    # The one that is added last comes first.
    app.add_middleware(Revalidation, shared=shared)
    app.add_middleware(Security, settings=settings)
    return app
