"""PDF: the text layer in reading order, read in a process of its own, which a damaged file may crash or stall."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings, Unreadable, needs
from kg.source.document import empty, page_of_text
from kg.source.frequent import strangeness

_SECONDS = 20.0
_SECONDS_PER_MB = 2.0
_MAX_STRANGENESS = 0.6
# The module search path is handed on, so that the process finds this package however this one found it.
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from kg.source.formats.pdf_process import main; main()"
)


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield the page, as text with a line for each paragraph, and a problem where some of its pages are pictures.

    Raises:
        Unreadable: Its library is not installed, or it is no PDF, damaged, locked, or has no text layer.
    """
    data = blob.content(settings.limit)
    if not data.strip():
        yield empty(blob.identifier)
        return
    if find_spec("pypdfium2") is None:
        raise needs("pdf", "PDF")
    answer = _ask(data)
    if "problem" in answer:
        raise Unreadable(*answer["problem"])
    text, scanned, pages = str(answer["text"]), list(answer["scanned"]), int(answer["pages"])
    ocr = "recognise its text first (OCR)"
    if not text.strip():
        if scanned:
            raise Unreadable("a scanned PDF: its pages are pictures without a text layer", ocr)
        raise Unreadable("the PDF holds no text", ocr)
    if strangeness(text[:50_000]) > _MAX_STRANGENESS:
        raise Unreadable("the text layer of the PDF is not readable: its fonts do not say what they show", ocr)
    yield page_of_text(
        blob.identifier, text, declared=blob.declared, digest=hashlib.sha256(data).hexdigest(), markup=False
    )
    if scanned:
        which = f"page {scanned[0]} is a picture" if len(scanned) == 1 else f"pages {_few(scanned)} are pictures"
        yield Problem(blob.identifier, f"{which} without a text layer, of {pages} pages", ocr)


def _few(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (" and others" if len(numbers) > 5 else "")


def _ask(data: bytes) -> dict[str, Any]:
    """Return what the process says of a PDF.

    Raises:
        Unreadable: It crashed or took too long.
    """
    command = [sys.executable, "-I", "-c", _START, json.dumps(sys.path)]
    limit = _SECONDS + _SECONDS_PER_MB * len(data) / 1e6
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"the PDF takes more than {limit:.0f} s to read", "print it to a new PDF") from error
    if done.returncode != 0:
        raise Unreadable("the PDF is damaged: reading it crashed or took too much memory", "print it to a new PDF")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
