"""The archive on disk: one SQLite file that a build writes once and any number of processes read at the same time."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from kg.archive import codec
from kg.archive.repairs import ArchivedPage
from kg.errors import StoreError
from kg.model import Article, Page, Record

FILE = "archive.db"
FORMAT = 1
"""Version of the tables and of what is in them; raised when older archives cannot be read any more."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (identifier TEXT PRIMARY KEY, hash TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE document (
    identifier TEXT PRIMARY KEY, page TEXT NOT NULL, article BLOB NOT NULL, contribution BLOB NOT NULL
);
CREATE INDEX of_page ON document (page);
"""
_WINDOW = 32_768
"""Bytes of a dictionary that zlib looks at."""

_BUILD = "build the graph with `kg build`"


class Archive:
    """The archive of a build, open for reading."""

    def __init__(self, connection: sqlite3.Connection, where: Path) -> None:
        self._connection = connection
        self._where = where

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        """Return the number of documents."""
        ((count,),) = self._rows("SELECT COUNT(*) FROM document")
        return int(count)

    def identifiers(self) -> list[str]:
        """Return the identifiers of all documents, sorted as a build sorts them."""
        return sorted(identifier for (identifier,) in self._rows("SELECT identifier FROM document"))

    def page(self, identifier: str) -> ArchivedPage:
        """Return what was read of one document.

        Args:
            identifier: As `dcterms:identifier` in the graph.

        Raises:
            StoreError: There is no such document, or the archive is damaged.
        """
        return ArchivedPage(self._article(identifier)[0])

    def record(self, identifier: str) -> Record:
        """Return what one document contributes to the graph.

        Raises:
            StoreError: There is no such document, or the archive is damaged.
        """
        article, contribution = self._article(identifier)
        with self._sound():
            return codec.record_from_plain(_unpacked(contribution, article.text), article)

    def meta(self) -> Mapping[str, str]:
        """Return what the archive says of itself."""
        return dict(self._rows("SELECT name, value FROM meta"))

    def _article(self, identifier: str) -> tuple[Article, bytes]:
        found = self._rows(
            "SELECT content, article, contribution FROM document JOIN page ON page.identifier = document.page "
            "WHERE document.identifier = ?",
            (identifier,),
        )
        if not found:
            raise StoreError(f"no document {identifier!r}", where=str(self._where), remedy="see 'kg stats'")
        content, article, contribution = found[0]
        with self._sound():
            page = codec.page_from_plain(_unpacked(content))
            plain = _unpacked(article, page.text)
            return codec.article_from_plain(plain, _renamed(page, plain)), contribution

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._sound():
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise _damaged(self._where, error) from error


class ArchiveWriter:
    """Writes an archive into a folder; what it has written is there once it is closed."""

    def __init__(self, folder: Path) -> None:
        """Start an archive.

        Raises:
            StoreError: It cannot be written.
        """
        self._where = folder
        with self._written():
            self._connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
            # The folder becomes a build as a whole or not at all, and is synced before: nothing here needs undoing.
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _TABLES)
            self.note("format", str(FORMAT))

    def note(self, name: str, value: str) -> None:
        """Write what the archive says of itself under a name."""
        self._run("INSERT INTO meta VALUES (?, ?)", (name, value))

    def add(self, page: Page, records: Sequence[Record], key: str = "") -> None:
        """Write a page and what was read of it.

        Args:
            page: The page.
            records: A record for each document on it.
            key: What tells whether the page has to be read again.
        """
        self._run("INSERT INTO page VALUES (?, ?, ?)", (page.identifier, key, _packed(codec.page_to_plain(page))))
        for record in records:
            own = record.article.page
            plain = codec.article_to_plain(record.article) | {"page": _differing(own, page)}
            self._run(
                "INSERT INTO document VALUES (?, ?, ?, ?)",
                (
                    own.identifier,
                    page.identifier,
                    _packed(plain, page.text),
                    _packed(codec.contribution_to_plain(record), record.article.text),
                ),
            )

    def close(self) -> None:
        """Finish the file.

        Raises:
            StoreError: It cannot be written.
        """
        self._run("COMMIT", ())
        self._connection.close()

    def _run(self, statement: str, values: Sequence[object]) -> None:
        with self._written():
            self._connection.execute(statement, values)

    @contextlib.contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"the archive cannot be written: {error}", where=str(self._where), remedy="choose a folder with space"
            ) from error


def open_archive(folder: Path | str) -> Archive:
    """Open the archive of the build in `folder`, for reading by any thread; nothing in the folder is changed.

    Raises:
        StoreError: There is none, one that this version cannot read, or a damaged one.
    """
    folder = Path(folder)
    path = folder / FILE
    if not path.is_file():
        raise StoreError("the folder holds no archive of what was read", where=str(folder), remedy=_BUILD)
    # Immutable: a build replaces the file and never changes it, so that nobody needs to lock it.
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        found = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    except sqlite3.Error as error:
        raise _damaged(folder, error) from error
    if not found or found[0] != str(FORMAT):
        connection.close()
        raise StoreError("the archive was written by another version", where=str(folder), remedy=_BUILD)
    return Archive(connection, folder)


def _damaged(where: Path, error: Exception) -> StoreError:
    return StoreError(f"the archive is damaged ({error})", where=str(where), remedy=_BUILD)


def _differing(own: Page, page: Page) -> dict[str, str | None]:
    """Return in what the page of a record differs from the one that it stands on: its name, perhaps its title."""
    return {name: value for name, value in codec.page_to_plain(own).items() if value != getattr(page, name)}


def _renamed(page: Page, plain: codec.Plain) -> Page:
    differing = plain["page"]
    return codec.page_from_plain(codec.page_to_plain(page) | differing) if differing else page


def _packed(plain: codec.Plain, near: str = "") -> bytes:
    """Return plain data compressed; `near` is a text of which much comes again in it."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    compressor = zlib.compressobj(6, zdict=_dictionary(near)) if near else zlib.compressobj(6)
    return compressor.compress(text) + compressor.flush()


def _unpacked(data: bytes, near: str = "") -> codec.Plain:
    decompressor = zlib.decompressobj(zdict=_dictionary(near)) if near else zlib.decompressobj()
    return json.loads(decompressor.decompress(data).decode("utf-8", "surrogatepass"))


def _dictionary(near: str) -> bytes:
    return near[-_WINDOW:].encode("utf-8", "surrogatepass")[-_WINDOW:]
