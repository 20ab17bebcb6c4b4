"""From paths to pages: every document becomes one page or one problem."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from kg.model import Page, Problem
from kg.source.blob import MAX_BYTES, Blob, Budget, Settings, Unreadable
from kg.source.declared import Columns
from kg.source.files import Found, find, open_file
from kg.source.formats import read_blob
from kg.source.standard import standard_input


def read_pages(
    paths: Sequence[Path], *, include: str | None = None, limit: int = MAX_BYTES, columns: Columns | None = None
) -> Iterator[Page | Problem]:
    """Read files and folders (recursively), sorted by identifier, so that the order of `paths` never matters.

    What lies in an archive or in a file of records follows in the order of its names or records, one at a time.

    Args:
        paths: Files and folders; `-` is standard input. In folders, the formats of `kg.source.formats` are read.
        include: A glob on the path below the folder or the archive given, such as `*.html`, that replaces the choice
            by suffix.
        limit: The largest document that is read, in bytes.
        columns: The columns or keys of records that hold their parts.

    Raises:
        SourceError: A path does not exist or is a folder that cannot be listed; raised before any page is read.
    """
    found = find([Path(path) for path in paths], include)
    return chain.from_iterable(pages_of(one, include=include, limit=limit, columns=columns) for one in found)


def pages_of(
    found: Found,
    *,
    include: str | None = None,
    limit: int = MAX_BYTES,
    columns: Columns | None = None,
    data: bytes | None = None,
) -> Iterator[Page | Problem]:
    """Read the pages of one file that `kg.source.files.find` found.

    The other arguments are those of `read_pages`; `data` are the bytes of a file that is not on this machine.
    """
    # Of a folder's files, the glob has already chosen.
    settings = Settings(limit, columns or Columns(), include if found.given else None)
    try:
        yield from _opened(found, settings) if data is None else _unpacked(found, data, settings)
    except Unreadable as reason:
        yield Problem(found.identifier, reason.what, reason.remedy)


def _unpacked(item: Found, data: bytes, settings: Settings) -> Iterator[Page | Problem]:
    size = len(data)
    return read_blob(Blob(item.identifier, item.name, io.BytesIO(data), Budget(lambda: size), size=size), settings)


def _opened(item: Found, settings: Settings) -> Iterator[Page | Problem]:
    if item.standard_input:
        stream = cast("io.BufferedIOBase", sys.stdin.buffer)
        yield from read_blob(standard_input(stream, item.identifier, settings.columns), settings)
        return
    file, size = open_file(item.file)
    with file:
        yield from read_blob(Blob(item.identifier, item.name, file, Budget(lambda: size), size=size), settings)
