"""The process that reads one PDF: its bytes come in on standard input, JSON goes out on standard output."""

from __future__ import annotations

import contextlib
import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

from kg.source.formats.pdf_layout import Glyph, text_of

_MEMORY = 1 << 30  # bytes
_MAX_PAGES = 5_000
_MAX_GLYPHS = 10_000_000
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_FORM = 5  # FPDF_PAGEOBJ_FORM, in which a picture may lie


def main() -> None:
    """Read one PDF."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def read(data: bytes) -> dict[str, Any]:
    """Return `text`, the number of `pages` and the numbers of the `scanned` ones, or a `problem` and its remedy."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return {"problem": ["the PDF is locked with a password", "unlock it"]}
        return {"problem": ["not a PDF, or damaged", "fetch it again"]}
    count = len(document)
    if count > _MAX_PAGES:
        return {"problem": [f"the PDF has {count:,} pages, the limit is {_MAX_PAGES:,}", "split it"]}
    pages: list[list[Glyph]] = []
    scanned: list[int] = []
    total = 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            return {"problem": [f"page {number + 1} of the PDF is damaged", "fetch it again"]}
        glyphs = list(_glyphs(page))
        total += len(glyphs)
        if total > _MAX_GLYPHS:
            return {"problem": [f"the PDF has more than {_MAX_GLYPHS:,} characters", "split it"]}
        if not glyphs and any(page.get_objects(filter=[_IMAGE, _FORM], max_depth=2)):
            scanned.append(number + 1)
        pages.append(glyphs)
        page.close()
    return {"text": text_of(pages), "pages": count, "scanned": scanned}


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Yield the characters of a page with their boxes; spaces and line breaks are left out."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    handle = textpage.raw
    box = pdfium.FS_RECTF()
    half = 0
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the BMP
            half = code
            continue
        if half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
        half = 0
        if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or chr(code).isspace():
            continue
        if pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
            yield Glyph(chr(code), box.left, box.bottom, box.right, box.top)
    textpage.close()
