"""Standard input: its format is known by its first bytes, as it has no name."""

from __future__ import annotations

import csv
import io
import json

from kg.source.blob import Blob, Budget
from kg.source.declared import Columns
from kg.source.decoding import decode
from kg.source.formats.delimited import delimiter_of

_HEAD = 1 << 16
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"PK\x05\x06", ".zip"),
    (b"\x1f\x8b", ".gz"),
    (b"PAR1", ".parquet"),
    (b"WARC/1.", ".warc"),
)


def standard_input(stream: io.BufferedIOBase, identifier: str, columns: Columns) -> Blob:
    """Return what comes in on `stream`, under a name with the suffix of its format."""
    counted = Counted(stream)
    buffered = io.BufferedReader(counted, _HEAD)
    name = identifier + sniffed(buffered.peek(_HEAD), columns)
    return Blob(identifier, name, buffered, Budget(lambda: counted.count))


class Counted(io.RawIOBase):
    """A stream that counts what has been read from it."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Tell that this stream can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read into `buffer` and return how many bytes came."""
        count = self._stream.readinto(buffer)  # type: ignore[arg-type]
        self.count += count
        return count


def sniffed(head: bytes, columns: Columns) -> str:
    r"""Return the suffix of the format that begins with these bytes, ".txt" for any text.

    >>> sniffed(b'{"text": "x"}\n{', Columns()), sniffed(b"title,text\n", Columns()), sniffed(b"A text.", Columns())
    ('.jsonl', '.csv', '.txt')
    """
    if head.startswith(b"PK\x03\x04"):
        return ".docx" if b"[Content_Types].xml" in head[:4096] and b"word/" in head else ".zip"
    for signature, suffix in _SIGNATURES:
        if head.startswith(signature):
            return suffix
    decoded = decode(head)
    first = decoded.text.lstrip("\ufeff \r\n").partition("\n")[0] if decoded else ""
    if first.startswith("{"):
        try:
            return ".jsonl" if isinstance(json.loads(first), dict) else ".txt"
        except (ValueError, RecursionError):
            return ".jsonl" if len(first) > _HEAD // 4 else ".txt"  # its first line goes beyond what was looked at
    if len(first) < 10_000:
        header = next(csv.reader([first], delimiter=delimiter_of(first)), [])
        try:
            found = columns.found([name.strip() for name in header])
        except LookupError:
            return ".txt"
        # A page whose first line is one word is still a page.
        return ".csv" if len(found.names()) > 1 or columns.text else ".txt"
    return ".txt"
