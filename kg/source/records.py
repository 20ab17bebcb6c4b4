"""Lines and rows out of a stream of unknown encoding, one after the other, none longer than a document may be."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from kg.model import Page, Problem
from kg.source.blob import Blob, Unreadable
from kg.source.declared import Declared, declared
from kg.source.decoding import decode
from kg.source.document import BROKEN, empty, page_of_text

_HEAD = 1 << 18
_BROKEN_SHARE = 0.1
_TRIED = 5  # lines looked at by themselves where all of them together decode as nothing
ON_ERROR = "kg.broken"
"""The error handler that puts `BROKEN` for bytes that do not decode, unlike U+FFFD, which a text may hold itself."""

codecs.register_error(ON_ERROR, lambda error: (BROKEN, getattr(error, "end", 0)))

BAD_IN_A_ROW = 1000
"""Bad records one after the other, after which a file is read no further: it is not what its name says."""


def encoding_of(stream: io.BufferedReader) -> str:
    """Return the codec of the text in a stream, by its first lines, without taking them.

    Raises:
        Unreadable: They decode as nothing.
    """
    head = stream.peek(_HEAD)[:_HEAD]
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    parts = head[: head.rfind(b"\n") + 1].splitlines(keepends=True) or [head]  # no character is cut in half
    telling = [part for part in parts if not part.isascii()]
    # A few broken lines do not change what the others are.
    if sum(not _is_utf8(part) for part in telling) <= len(telling) * _BROKEN_SHARE:
        return "utf-8"
    longest = sorted(telling, key=len, reverse=True)[:_TRIED]
    for sample in (b"".join(parts), *longest):
        if found := decode(sample):
            return found.encoding
    raise Unreadable("it decodes as none of UTF-8, GB18030, Big5 and UTF-16", "save it as UTF-8")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def peekable(blob: Blob) -> io.BufferedReader:
    """Return the stream of `blob` so that its first 256 KiB can be looked at."""
    return io.BufferedReader(_Raw(blob.stream), _HEAD)


class _Raw(io.RawIOBase):
    """A stream as a raw one, to be buffered anew."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        return self._stream.readinto(buffer)  # type: ignore[arg-type]


def lines(stream: io.TextIOBase, limit: int) -> Iterator[str | None]:
    """Yield the lines of a stream with their ends; None stands for one of more than `limit` characters."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith("\n"):
            yield line
            continue
        while line and not line.endswith("\n"):
            line = stream.readline(limit)
        yield None


def page_of_record(
    identifier: str, text: object, values: tuple[object, object, object], encoding: str, inherited: Declared
) -> Page | Problem:
    """Return the page of a record.

    Args:
        identifier: Of the record.
        text: The value of its text.
        values: Those of its title, date and address.
        encoding: The codec that decoded it.
        inherited: What the container says, for what the record does not say.
    """
    if text is None or text == "":
        return empty(identifier)
    if not isinstance(text, str):
        kind = type(text).__name__
        return Problem(identifier, f"its text is no text but of type {kind}", "name the column with --text-column")
    own = declared(*values)
    both = Declared(own.title or inherited.title, own.date or inherited.date, own.url or inherited.url)
    return page_of_text(identifier, text, encoding=encoding, declared=both)


class Patience:
    """Counts bad records one after the other, so that a file of another format does not give a million problems."""

    def __init__(self) -> None:
        self._bad = 0

    def see(self, item: Page | Problem) -> Page | Problem:
        """Note how a record went and return it.

        Raises:
            Unreadable: Too many in a row were bad.
        """
        self._bad = self._bad + 1 if isinstance(item, Problem) else 0
        if self._bad > BAD_IN_A_ROW:
            raise Unreadable(
                f"more than {BAD_IN_A_ROW:,} records in a row cannot be read; the rest is left out",
                "see whether it is the format that its name says",
            )
        return item
