"""Decoding the bytes of a page: byte-order marks, declared charsets, and a sound guess between the rest.

Chinese pages come in UTF-8, GB18030 (declared as gb2312 or gbk as often as not), Big5 and UTF-16. A declaration is
a hint and no more: what decides is whether the bytes decode and whether the result reads like Chinese.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.source.frequent import strangeness

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# What a page declares, and the codec that really decodes it.
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb-2312": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "gb18030": "gb18030",
    "gb-18030": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "cp950",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "unicode": "utf-8",
}

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes; HTML asks for the first 1,024, pages are less strict
_SAMPLE = 262_144  # bytes looked at to compare readings of a page
_FALLBACK_SAMPLE = 65_536
_TORN = 16  # bytes at the end of a page within which a character may have been cut off
_LOST_SHARE = 0.001  # of the characters: what a page may lose to broken bytes and still be read
_FEW_LOST = 3
_MAX_STRANGENESS = 0.5
_WIDE = ("utf-16-le", "utf-16-be")
_MAX_STRANGENESS_WIDE = 0.35  # bytes that hold NULs are more likely no text at all


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page and the Python codec that decoded it."""

    text: str
    encoding: str


def declared_charset(data: bytes) -> str:
    """Return the codec that an HTML or XML page declares for itself, or "" where it declares none that is known.

    >>> declared_charset(b'<meta charset="gb2312">')
    'gb18030'
    """
    match = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if not match:
        return ""
    return _codec(match.group(1).decode("ascii"))


def _codec(name: str) -> str:
    name = name.lower()
    if name in _CODECS:
        return _CODECS[name]
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Codecs such as "rot13" or "zlib" are no text encodings.
    return codec.name if getattr(codec, "_is_text_encoding", True) else ""


def decode(data: bytes, hint: str = "") -> Decoded | None:
    """Decode a page, or return None where no encoding makes sense of it.

    `hint` is the charset that a server named for it, by any of its names. The text comes without a byte-order mark.
    Broken bytes become U+FFFD where they are few.

    >>> decode("产业工人".encode("gbk")).encoding
    'gb18030'
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], codec)
    found = _best(data, _WIDE, "", _MAX_STRANGENESS_WIDE) if b"\x00" in data else None
    found = found or _strict(data, "utf-8")
    if found:
        return found
    halves = _halves(data)
    if halves:
        return halves if halves.text.count("\ufffd") <= max(_FEW_LOST, len(halves.text) * _LOST_SHARE) else None
    candidates = ["gb18030", "big5hkscs", "cp950", *_WIDE]
    declared = declared_charset(data) or _codec(hint)
    if declared and declared != "utf-8":
        candidates = [declared, *(name for name in candidates if name != declared)]
    found = _best(data, candidates, declared, _MAX_STRANGENESS)
    return found or _tolerant(data, "utf-8") or _fallback(data)


def _strict(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(data.decode(codec), codec)
    except (UnicodeError, ValueError):
        return None


def _halves(data: bytes) -> Decoded | None:
    """Decode the UTF-8 of programs that encode each half of a UTF-16 pair by itself; a lone half becomes U+FFFD."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeError:
        return None
    return Decoded(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), "utf-8")


def _tolerant(data: bytes, codec: str) -> Decoded | None:
    """Decode with a few broken bytes, such as a last character that was cut in half."""
    found = _strict(data, codec)
    if found:
        return found
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, ValueError):
        return None
    lost = text.count("\ufffd")
    if lost and lost == text.count("\ufffd", max(0, len(text) - _TORN)):
        # Only the end is torn; but bytes that are nothing else than that are no text.
        return Decoded(text, codec) if len(text) > 2 * lost else None
    return Decoded(text, codec) if lost <= len(text) * _LOST_SHARE else None


def _best(data: bytes, candidates: Sequence[str], declared: str, limit: float) -> Decoded | None:
    """Return the reading that looks most like Chinese; a tie goes to the first candidate, the declared one."""
    ranked: list[tuple[float, int, str]] = []
    for rank, codec in enumerate(candidates):
        try:
            # An incremental decoder does not mind that the sample may end within a character.
            sample = codecs.getincrementaldecoder(codec)("replace").decode(data[:_SAMPLE])
        except (UnicodeError, ValueError, LookupError):
            continue
        score = strangeness(sample)
        if codec == declared:
            score -= 0.02
        # Text that holds NULs is neither one of these nor, in the wrong encoding, the other.
        if sample.count("\x00") <= len(sample) * _LOST_SHARE:
            ranked.append((score, rank, codec))
    for score, _, codec in sorted(ranked):
        found = _tolerant(data, codec)
        if found and score < limit:
            return found
    return None


def _fallback(data: bytes) -> Decoded | None:
    """Ask charset-normalizer, for pages in the encodings of other languages."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_FALLBACK_SAMPLE]).best()
    if best is None or best.chaos > 0.1:
        return None
    found = _tolerant(data, best.encoding)
    # One-byte encodings decode anything: their text must be made of letters.
    return found if found and strangeness(found.text[:_SAMPLE]) < _MAX_STRANGENESS else None
