"""The routes of all pages."""

from __future__ import annotations

from fastapi import APIRouter

from kg.serve.explorer import find, read, start

router = APIRouter()
for part in (start, find, read):
    router.include_router(part.router)
