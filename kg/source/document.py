"""From the bytes or the text of one document to its page, or to the one problem with it."""

from __future__ import annotations

import hashlib
import re

from kg.model import Page, Problem
from kg.source.binary import binary_format, has_many_nuls
from kg.source.declared import Declared
from kg.source.decoding import decode

_HTML_SUFFIXES = (".html", ".htm")
_LOST_SHARE = 0.001  # of the characters that may be broken
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:div|p|article|section|main|table|h[1-6]|span|meta|title)\b[^<>]{0,2000}>", re.I)
_CANONICAL = re.compile(
    r"""<link\b[^>]{0,500}?rel\s*=\s*["']?canonical["']?[^>]{0,500}?href\s*=\s*["'](https?://[^"'\s>]{1,2000})""", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.005
_FEW_CONTROLS = 3
_HALVES = re.compile(r"[\ud800-\udfff]")
BROKEN = "\udcff"
"""Stands in a record for bytes that do not decode, until they are counted."""

_NOTHING = "\ufeff\u200b\x00 \t\r\n\f\v\u3000"


def page_of_bytes(
    identifier: str, data: bytes, *, suffix: str = "", declared: Declared | None = None, charset: str = ""
) -> Page | Problem:
    """Return the page that `data` holds.

    Args:
        identifier: Of the page.
        data: Its bytes.
        suffix: Of its file, lower case; `.html` and `.htm` are markup, any other is looked at.
        declared: What its container says of it.
        charset: The encoding that its container says it has, a hint and no more.
    """
    if not data.strip():
        return empty(identifier)
    known = binary_format(data)
    if known:
        return Problem(identifier, f"not text but {known}", "convert it to text or HTML")
    # Even UTF-32 has no more than three in four; disk images and bombs would take long to be compared with Chinese.
    decoded = None if data.count(b"\x00") > 0.8 * len(data) else decode(data, charset)
    if decoded is None or has_control_characters(decoded.text):
        if has_many_nuls(data):
            return Problem(identifier, "not text but binary data", "convert it to text or HTML")
        return Problem(identifier, "the text decodes as none of UTF-8, GB18030, Big5 and UTF-16", "save it as UTF-8")
    text = decoded.text.removeprefix("\ufeff")
    return _page(
        identifier,
        text,
        is_html=suffix in _HTML_SUFFIXES or _MARKUP.match(text, 0, 20_000) is not None,
        encoding=decoded.encoding,
        digest=hashlib.sha256(data).hexdigest(),
        declared=declared or Declared(),
    )


def page_of_text(
    identifier: str,
    text: str,
    *,
    encoding: str = "utf-8",
    declared: Declared | None = None,
    digest: str = "",
    markup: bool = True,
) -> Page | Problem:
    """Return the page whose text a record holds, or was extracted from a document of another format.

    Args:
        identifier: Of the page.
        text: Its text or markup.
        encoding: The codec that decoded it.
        declared: What its container says of it.
        digest: Of the bytes it comes from; by default of the text as UTF-8.
        markup: Whether it may be HTML.
    """
    lost = text.count(BROKEN)
    # Half of a pair is no character and could not be written anywhere.
    text = _HALVES.sub("\ufffd", text)
    if has_control_characters(text):
        return Problem(identifier, "not text but control characters", "convert it to text or HTML")
    if lost > max(1, len(text) * _LOST_SHARE):
        return Problem(
            identifier, f"it does not decode as {encoding}, as what stands before it does", "save it as UTF-8"
        )
    return _page(
        identifier,
        text.removeprefix("\ufeff"),
        is_html=(_FRAGMENT.match(text) or _MARKUP.match(text, 0, 20_000)) is not None if markup else False,
        encoding=encoding,
        digest=digest or hashlib.sha256(text.encode()).hexdigest(),
        declared=declared or Declared(),
    )


def empty(identifier: str) -> Problem:
    """Return the problem with a document that holds nothing."""
    what = "the record has no text" if "#" in identifier else "the file is empty"
    return Problem(identifier, what, "remove it or fetch the page again")


def _page(
    identifier: str, text: str, *, is_html: bool, encoding: str, digest: str, declared: Declared
) -> Page | Problem:
    if not text.strip(_NOTHING):
        return empty(identifier)
    url = _CANONICAL.search(text, 0, 20_000) if is_html and declared.url is None else None
    return Page(
        identifier=identifier,
        text=text,
        media_type="text/html" if is_html else "text/plain",
        encoding=encoding,
        digest=digest,
        url=url.group(1) if url else declared.url,
        title=declared.title,
        date=declared.date,
    )


def has_control_characters(text: str) -> bool:
    r"""Tell whether so many characters are control characters that this is no text.

    >>> has_control_characters("改革\x00"), has_control_characters("\x00\x01\x02" * 9)
    (False, True)
    """
    return sum(1 for _ in _CONTROL.finditer(text)) > max(_FEW_CONTROLS, len(text) * _CONTROL_SHARE)
