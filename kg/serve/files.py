"""Answers that lie in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from fastapi import Response
from fastapi.responses import StreamingResponse

_PIECE = 1 << 16
_AT_ONCE = 1 << 18
"""Bytes of an answer that is sent in one piece."""


def file_response(file: BinaryIO, headers: Mapping[str, str]) -> Response:
    """Return what is in an open file, which is closed once it is sent."""
    size = os.fstat(file.fileno()).st_size
    headers = {**headers, "Content-Length": str(size)}
    if size <= _AT_ONCE:
        with file:
            return Response(file.read(), headers=headers)
    return StreamingResponse(_pieces(file), headers=headers)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
