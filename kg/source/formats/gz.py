"""Gzip: one compressed file, read by the suffix before `.gz` under the identifier of the whole."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings
from kg.source.formats import read_blob


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield what the compressed file holds, unpacked as it is read; where it is cut off, what stands before.

    Raises:
        Unreadable: Too many archives lie within each other.
        Refused: It unpacks to too much.
    """
    name = blob.name[: -len(".gz")] if blob.name.lower().endswith(".gz") else blob.name
    with gzip.GzipFile(fileobj=blob.stream) as stream:
        yield from read_blob(blob.inner(name, stream, blob.identifier), settings)
