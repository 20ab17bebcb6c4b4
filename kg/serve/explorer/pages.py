"""The routes of all pages."""

from __future__ import annotations

from fastapi import APIRouter

from kg.serve.explorer import find, lists, read, start

router = APIRouter()
for part in (start, find, lists, read):
    router.include_router(part.router)
