"""WARC: the pages of a crawl, one record after the other; `crawl.warc#12` is the page in the twelfth record."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from kg.model import Page, Problem
from kg.source.blob import Blob, Refused, Settings, Unreadable, too_large
from kg.source.declared import Declared
from kg.source.formats import read_blob

_LINE = 1 << 16  # bytes of a header's line
_HEADERS = 1 << 20  # bytes of all lines between two records
_PAGES = {"response", "resource", "conversion"}
_OK = "200"
# What a crawl holds beside these (images, styles, scripts) is passed over, as it is in a folder.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield the pages of the answers that succeeded, one record in memory at a time.

    Raises:
        Unreadable: It is no WARC file, is damaged so that no record follows, or holds no page.
        Refused: A record unpacks to too much.
    """
    found = False
    number = 0
    records = _Records(blob.stream)
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            break
        except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
            # What stands where a record should begin may be anything.
            reason = str(error).partition(", first line")[0]
            what = f"record {number} cannot be found: {' '.join(reason.split())[:120]}"
            raise Unreadable(what, "fetch the archive again") from error
        identifier = f"{blob.identifier}#{number}"
        try:
            inner = _page(record, replace(blob, identifier=identifier), settings.limit)
        except Refused:
            raise
        except Unreadable as reason:
            found = True
            yield Problem(identifier, reason.what, reason.remedy)
            continue
        if inner:
            found = True
            yield from read_blob(inner, settings)
    if not found:
        raise Unreadable("the WARC file holds no page", "see whether the crawl succeeded")


class _Lines(BufferedReader):  # type: ignore[misc]
    """A reader whose lines and whose headers have a limit."""

    lines = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _LINE, _LINE))
        self.lines += len(line)
        if self.lines > _HEADERS:
            raise Unreadable("the WARC file is damaged: no record begins where one should", "fetch it again")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of an uncompressed WARC file; where one has a false length, the next is looked for."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        super().__init__(stream, no_record_parse=True)
        self.known_format = "warc"
        self.reader = _Lines(self.fh)

    def _next_record(self, next_line: bytes | None) -> Any:
        self.reader.lines = 0
        return super()._next_record(next_line)

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        size = 0
        while line := self.reader.readline():
            if line.startswith(b"WARC/"):
                return line, size
            size += len(line)
        return None, size


def _page(record: Any, blob: Blob, limit: int) -> Blob | None:
    """Return the document of a record, or None where it holds none.

    Raises:
        Unreadable: It is cut off, too large, or encoded as nothing known.
    """
    if record.rec_type not in _PAGES:
        return None
    if record.length is None:
        raise Unreadable("the record does not say how long it is", "fetch the archive again")
    headers = record.rec_headers
    encodings = ["", ""]
    if record.rec_type == "response":
        try:
            headers = StatusAndHeadersParser(["HTTP/"]).parse(record.raw_stream)
        except (StatusAndHeadersParserException, EOFError) as error:
            raise Unreadable("the record is no answer of HTTP", "fetch the page again") from error
        # What follows the prefix is the version and the code.
        if headers.statusline.split()[1:2] != [_OK]:
            return None
        encodings = [(headers.get_header(name) or "") for name in ("Transfer-Encoding", "Content-Encoding")]
    kind, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    suffix = _SUFFIXES.get(kind.strip().lower())
    if suffix is None:
        return None
    data = record.raw_stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(*too_large(record.length, limit))
    if record.raw_stream.limit > 0:
        raise Unreadable("the record is cut off", "fetch the archive again")
    return replace(
        blob,
        name=blob.name + suffix,
        stream=io.BytesIO(_decoded(data, encodings, blob, limit)),
        size=None,
        declared=Declared(url=_address(record)),
        charset=parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' "),
    )


def _address(record: Any) -> str | None:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    return address if address.startswith(("http://", "https://")) else None


def _decoded(data: bytes, encodings: list[str], blob: Blob, limit: int) -> bytes:
    transfer, content = (encoding.strip().lower() for encoding in encodings)
    if transfer == "chunked":
        data = ChunkedDataReader(io.BytesIO(data)).read()
    if content in {"", "identity"}:
        return data
    if content not in {"gzip", "x-gzip", "deflate"}:
        raise Unreadable(f"the page is compressed as {content[:20]!r}, which is not read", "crawl it without that")
    # Some crawlers keep the header though they have unpacked the page.
    if content != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data
    for window in (47, -15):  # with the header of gzip or zlib, or with none
        try:
            unpacked = zlib.decompressobj(window).decompress(data, limit + 1)
        except zlib.error:
            continue
        blob.budget.spend(len(unpacked))
        if len(unpacked) > limit:
            raise Unreadable(f"too large: it unpacks to more than {limit / 1e6:.0f} MB", "it is no page")
        return unpacked
    raise Unreadable("the page's compression is damaged", "fetch the page again")
