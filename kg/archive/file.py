"""The archive on disk: one SQLite file that a build writes once and any number of processes read at the same time."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from kg.archive.layout import FILE, FORMAT, Settled
from kg.archive.packing import PackedPage, unpacked_article, unpacked_record
from kg.archive.repairs import ArchivedPage
from kg.errors import StoreError
from kg.model import Problem, Record

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

    # --- for readers

    def __len__(self) -> int:
        """Return the number of documents."""
        ((count,),) = self._rows("SELECT COUNT(*) FROM document")
        return int(count)

    def identifiers(self) -> list[str]:
        """Return the identifiers of all documents, sorted."""
        return [identifier for (identifier,) in self._rows("SELECT identifier FROM document ORDER BY identifier")]

    def page(self, identifier: str) -> ArchivedPage:
        """Return what was read of one document.

        Args:
            identifier: As `dcterms:identifier` in the graph.

        Raises:
            StoreError: There is no such document, or the archive is damaged.
        """
        content, article, _ = self._document(identifier)
        with self._sound():
            return ArchivedPage(unpacked_article(content, article))

    def record(self, identifier: str) -> Record:
        """Return what one document contributes to the graph.

        Raises:
            StoreError: There is no such document, or the archive is damaged.
        """
        content, article, contribution = self._document(identifier)
        with self._sound():
            return unpacked_record(content, article, contribution)

    # --- for the next build

    def meta(self) -> Mapping[str, str]:
        """Return what the archive says of itself."""
        return dict(self._rows("SELECT name, value FROM meta"))

    def sources(self) -> dict[str, str]:
        """Return the hash of each source by its identifier."""
        return dict(self._rows("SELECT identifier, hash FROM source"))

    def documents_of(self, source: str) -> list[str]:
        """Return the identifiers of the documents of a source, in order."""
        query = (
            "SELECT document.identifier FROM page JOIN document ON document.page = page.id WHERE source = ? "
            "ORDER BY page.position, document.position"
        )
        return [identifier for (identifier,) in self._rows(query, (source,))]

    def packed_pages(self, source: str) -> Iterator[tuple[int, PackedPage]]:
        """Yield the pages of a source with their positions, as `ArchiveWriter.put` takes them."""
        for id_, *page in self._rows("SELECT id, position, hash, content FROM page WHERE source = ?", (source,)):
            position, hash_, content = page
            documents = self._rows(
                "SELECT identifier, summary, article, contribution FROM document WHERE page = ? ORDER BY position",
                (id_,),
            )
            yield position, PackedPage.of_rows(hash_, content, documents)

    def records_of(self, page: PackedPage) -> list[Record]:
        """Return what the documents of a page contribute to the graph.

        Raises:
            StoreError: The archive is damaged.
        """
        with self._sound():
            return page.records()

    def problems(self) -> list[Problem]:
        """Return all problems in the order of reading."""
        rows = self._rows("SELECT identifier, what, remedy FROM problem ORDER BY source, position")
        return [Problem(*row) for row in rows]

    def summaries(self) -> Iterator[str]:
        """Yield what was given as the summary of each document, in the order of reading."""
        query = (
            "SELECT summary FROM page JOIN document ON document.page = page.id "
            "ORDER BY source, page.position, document.position"
        )
        with self._sound():
            for (summary,) in self._connection.execute(query):
                yield summary

    def settled(self, nodes: Iterable[str]) -> list[Settled]:
        """Return what was settled of some things, in order."""
        with self._sound():
            self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (node TEXT PRIMARY KEY)")
            self._connection.execute("DELETE FROM wanted")
            self._connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((node,) for node in nodes))
        query = "SELECT node, added, quad FROM settled WHERE node IN (SELECT node FROM wanted) ORDER BY id"
        return [Settled(node, bool(added), quad) for node, added, quad in self._rows(query)]

    def _document(self, identifier: str) -> tuple[bytes, bytes, bytes]:
        found = self._rows(
            "SELECT content, article, contribution FROM document JOIN page ON page.id = page WHERE identifier = ?",
            (identifier,),
        )
        if not found:
            raise StoreError(f"no document {identifier!r}", where=str(self._where), remedy="see 'kg stats'")
        content, article, contribution = found[0]
        return content, article, contribution

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._sound():
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise _damaged(self._where, error) from error


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
