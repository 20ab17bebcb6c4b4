"""From paths to pages: every file becomes one page or one problem."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Page, Problem
from kg.source.binary import binary_format, has_many_nuls
from kg.source.decoding import decode
from kg.source.files import UNREAD_SUFFIXES, Found, Unreadable, find, read_bytes

MAX_BYTES = 50_000_000
"""The largest file that is read, in bytes; a page is a thousand times smaller."""

_HTML_SUFFIXES = frozenset([".html", ".htm"])
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CANONICAL = re.compile(
    r"""<link\b[^>]{0,500}?rel\s*=\s*["']?canonical["']?[^>]{0,500}?href\s*=\s*["'](https?://[^"'\s>]{1,2000})""", re.I
)


def read_pages(
    paths: Sequence[Path], *, include: str | None = None, limit: int = MAX_BYTES
) -> Iterator[Page | Problem]:
    """Read files and folders (recursively), sorted by identifier, so that the order of `paths` never matters.

    Args:
        paths: Files and folders. In folders, text, HTML and Markdown are read; other documents become problems.
        include: A glob on the path below the folder, such as `*.html`, that replaces the choice by suffix.
        limit: The largest file that is read, in bytes.

    Raises:
        SourceError: A path does not exist or a folder cannot be listed; raised at once, before any page is read.
    """
    found = find([Path(path) for path in paths], include)
    return (_read(item, limit) for item in found)


def _read(item: Found, limit: int) -> Page | Problem:
    def problem(what: str, remedy: str) -> Problem:
        return Problem(item.identifier, what, remedy)

    suffix = item.path.suffix.lower()
    try:
        data = read_bytes(item.path, limit)
    except Unreadable as reason:
        return problem(reason.what, reason.remedy)
    if not data.strip():
        return problem("the file is empty", "remove it or fetch the page again")
    known = binary_format(data)
    if known:
        return problem(f"not text but {known}", "convert it to text or HTML")
    if suffix in UNREAD_SUFFIXES:
        return problem(f"{suffix} files are not read", "convert it to text or HTML")
    decoded = decode(data)
    if decoded is None or has_control_characters(decoded.text):
        if has_many_nuls(data):
            return problem("not text but binary data", "convert it to text or HTML")
        return problem("the text decodes as none of UTF-8, GB18030, Big5 and UTF-16", "save it as UTF-8")
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip("\ufeff\u200b\x00 \t\r\n\f\v\u3000"):
        return problem("the file is empty", "remove it or fetch the page again")
    is_html = suffix in _HTML_SUFFIXES or _MARKUP.match(text, 0, 20_000) is not None
    url = _CANONICAL.search(text, 0, 20_000) if is_html else None
    return Page(
        identifier=item.identifier,
        text=text,
        media_type="text/html" if is_html else "text/plain",
        encoding=decoded.encoding,
        digest=hashlib.sha256(data).hexdigest(),
        url=url.group(1) if url else None,
    )


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.005


def has_control_characters(text: str) -> bool:
    r"""Tell whether so many characters are control characters that this is no text.

    >>> has_control_characters("改革\x00"), has_control_characters("\x00\x01\x02" * 9)
    (True, True)
    """
    return sum(1 for _ in _CONTROL.finditer(text)) > len(text) * _CONTROL_SHARE
