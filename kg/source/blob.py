"""The bytes of one document or container on their way in, and the limits on what one source unpacks to."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from kg.source.declared import Columns, Declared

MAX_BYTES = 50_000_000
"""The largest document that is read, in bytes; a page is a thousand times smaller."""

MAX_RATIO = 200
"""How many bytes each byte of an archive may unpack to; pages unpack to five, compressed zeros to a thousand."""

FREE = 64_000_000
"""Bytes that any archive may unpack to, whatever its size."""

MAX_UNPACKED = 20_000_000_000
"""Bytes that one source may unpack to in all."""

MAX_MEMBERS = 100_000
"""Documents that one ZIP archive may hold."""

MAX_DEPTH = 3
"""How many archives may lie within each other."""


class Unreadable(Exception):  # noqa: N818 - a reason, caught where the problem is reported
    """Why a document cannot be read, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class Refused(Unreadable):
    """Why a source as a whole is read no further."""


def too_large(size: int, limit: int) -> tuple[str, str]:
    """Return what to say of a document of `size` bytes above the limit."""
    return f"too large: {size / 1e6:.0f} MB, the limit is {limit / 1e6:.0f} MB", "split it into one file per page"


def needs(extra: str, what: str) -> Unreadable:
    """Return why a format is not read where the library of an optional extra is missing."""
    return Unreadable(f"reading {what} needs the extra {extra!r}", f"pip install 'policy-kg[{extra}]'")


class Budget:
    """What one source may still unpack to, counted over all archives within it.

    Args:
        size: Returns the size of the source in bytes, as far as it is known.
    """

    def __init__(self, size: Callable[[], int]) -> None:
        self._size = size
        self._spent = 0

    def spend(self, amount: int) -> None:
        """Count `amount` bytes as unpacked.

        Raises:
            Refused: That is more than any archive of pages unpacks to.
        """
        self._spent += amount
        self.check(0)

    def check(self, more: int) -> None:
        """Make sure that `more` bytes may still be unpacked.

        Raises:
            Refused: They may not.
        """
        total = self._spent + more
        if total > MAX_UNPACKED:
            raise Refused(f"it unpacks to more than {MAX_UNPACKED / 1e9:.0f} GB", "split it")
        if total > FREE and total > MAX_RATIO * self._size():
            raise Refused(f"it unpacks to more than {MAX_RATIO} times its size, like a bomb", "unpack it yourself")


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


class Unpacked(io.RawIOBase):
    """A stream out of an archive whose bytes are counted.

    Raises:
        Unreadable: On reading, where the archive is damaged.
        Refused: On reading, where it unpacks to too much.
    """

    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        """Tell that this stream can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer` and return how many bytes came."""
        try:
            data = self._stream.read(len(buffer))
        except EOFError as error:
            raise Unreadable("the archive is cut off", "fetch it again") from error
        except (OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
            raise Unreadable(f"the archive is damaged: {error}", "fetch it again") from error
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a whole reading.

    Attributes:
        limit: The largest document, in bytes.
        columns: Where the parts of a record stand.
        include: A glob on the paths within an archive, or None for the choice by suffix.
    """

    limit: int = MAX_BYTES
    columns: Columns = field(default_factory=Columns)
    include: str | None = None


@dataclass(frozen=True, slots=True)
class Blob:
    """One document or container as bytes.

    Attributes:
        identifier: What it is called everywhere.
        name: The name by whose suffix it is read.
        stream: Its bytes, from the first, once.
        budget: Counts what is unpacked.
        depth: How many archives it lies in.
        declared: What its container says of it.
        charset: The encoding that its container says it has, or "".
        size: In bytes, or None where that is not known before it is read.
    """

    identifier: str
    name: str
    stream: io.BufferedIOBase
    budget: Budget
    depth: int = 0
    declared: Declared = field(default_factory=Declared)
    charset: str = ""
    size: int | None = None

    def content(self, limit: int) -> bytes:
        """Return all bytes, at most `limit`.

        Raises:
            Unreadable: There are more, or they cannot be read.
        """
        if self.size is not None and self.size > limit:
            raise Unreadable(*too_large(self.size, limit))
        try:
            data = self.stream.read(limit + 1)
        except OSError as error:
            raise Unreadable(f"the file cannot be read: {error.strerror or error}", "copy it anew") from error
        if len(data) > limit:
            raise Unreadable(f"too large: the limit is {limit / 1e6:.0f} MB", "split it into one file per page")
        return data

    def inner(self, name: str, stream: Readable, identifier: str) -> Blob:
        """Return what lies in this archive, its bytes counted.

        Raises:
            Unreadable: Too many archives lie within each other.
        """
        if self.depth >= MAX_DEPTH:
            raise Unreadable(f"more than {MAX_DEPTH} archives lie within each other", "unpack it yourself")
        unpacked = io.BufferedReader(Unpacked(stream, self.budget), 1 << 16)
        return replace(self, name=name, identifier=identifier, stream=unpacked, depth=self.depth + 1, size=None)
