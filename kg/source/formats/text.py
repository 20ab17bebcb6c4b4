"""Text, HTML and Markdown: one file, one page."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings
from kg.source.document import page_of_bytes
from kg.source.formats import suffix_of


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield the page.

    Raises:
        Unreadable: It is too large.
    """
    data = blob.content(settings.limit)
    yield page_of_bytes(
        blob.identifier, data, suffix=suffix_of(blob.name), declared=blob.declared, charset=blob.charset
    )
