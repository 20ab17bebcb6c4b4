"""The archive on disk: one SQLite file that a build writes once and any number of processes read at the same time.

Sources are the files that were read; a source has pages, in order, each with the documents that stand on it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import quote

from kg.archive.packing import PackedPage, unpacked_article, unpacked_record
from kg.archive.repairs import ArchivedPage
from kg.errors import StoreError
from kg.model import Problem, Record

FILE = "archive.db"
FORMAT = 1
"""Version of the tables and of what is in them; raised when older archives cannot be read any more."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (identifier TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, position INTEGER NOT NULL, hash TEXT NOT NULL, content BLOB NOT NULL
);
CREATE INDEX page_of_source ON page (source, position);
CREATE TABLE document (
    identifier TEXT PRIMARY KEY, page INTEGER NOT NULL, position INTEGER NOT NULL,
    summary TEXT NOT NULL, article BLOB NOT NULL, contribution BLOB NOT NULL
);
CREATE INDEX document_of_page ON document (page, position);
CREATE TABLE problem (
    source TEXT NOT NULL, position INTEGER NOT NULL, identifier TEXT NOT NULL, what TEXT NOT NULL, remedy TEXT NOT NULL
);
CREATE INDEX problem_of_source ON problem (source, position);
CREATE TABLE settled (id INTEGER PRIMARY KEY, node TEXT NOT NULL, added INTEGER NOT NULL, quad TEXT NOT NULL);
CREATE INDEX settled_of_node ON settled (node);
"""

_BUILD = "build the graph with `kg build`"


class Settled(NamedTuple):
    """A quad, in N-Quads, that was put into the store or taken out of it when names and classes were settled."""

    node: str
    added: bool
    quad: str


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

    def summaries(self) -> list[str]:
        """Return what was given as the summary of each document, in the order of reading."""
        query = (
            "SELECT summary FROM page JOIN document ON document.page = page.id "
            "ORDER BY source, page.position, document.position"
        )
        return [summary for (summary,) in self._rows(query)]

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


class ArchiveWriter:
    """Writes an archive into a folder; what it has written is there once it is committed."""

    def __init__(self, folder: Path, earlier: Path | None = None) -> None:
        """Start an archive.

        Args:
            folder: Where it goes.
            earlier: The folder of an archive to start from.

        Raises:
            StoreError: It cannot be written.
        """
        self._where = folder
        with self._written():
            if earlier is not None:
                shutil.copyfile(earlier / FILE, folder / FILE)
            self._connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
            # The folder becomes a build as a whole or not at all, and is synced before: nothing here needs undoing.
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
            if earlier is None:
                for statement in _TABLES.split(";\n"):
                    self._connection.execute(statement)
                self.note("format", str(FORMAT))

    def note(self, name: str, value: str) -> None:
        """Write what the archive says of itself under a name."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def put_source(self, identifier: str, hash_: str) -> None:
        """Write a source, whose hash tells whether it has to be read again."""
        self._run("INSERT OR REPLACE INTO source VALUES (?, ?)", (identifier, hash_))

    def put(self, source: str, position: int, page: PackedPage) -> None:
        """Write a page at its position in a source, and the documents on it."""
        with self._written():
            id_ = self._connection.execute(
                "INSERT INTO page (source, position, hash, content) VALUES (?, ?, ?, ?)",
                (source, position, page.hash, page.content),
            ).lastrowid
        for number, document in enumerate(page.documents):
            self._run(
                "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", (document.identifier, id_, number, *document[1:])
            )

    def put_problem(self, source: str, position: int, problem: Problem) -> None:
        """Write a problem with what stands at a position in a source."""
        self._run(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?)",
            (source, position, problem.identifier, problem.what, problem.remedy),
        )

    def drop(self, source: str) -> None:
        """Leave out a source with all that is in it."""
        for statement in (
            "DELETE FROM document WHERE page IN (SELECT id FROM page WHERE source = ?)",
            "DELETE FROM page WHERE source = ?",
            "DELETE FROM problem WHERE source = ?",
            "DELETE FROM source WHERE identifier = ?",
        ):
            self._run(statement, (source,))

    def settle(self, nodes: Iterable[str], settled: Iterable[Settled]) -> None:
        """Write what was settled, and forget what was settled before of the things `nodes`."""
        with self._written():
            self._connection.executemany("DELETE FROM settled WHERE node = ?", ((node,) for node in nodes))
            self._connection.executemany("INSERT INTO settled (node, added, quad) VALUES (?, ?, ?)", settled)

    def has(self, identifier: str) -> bool:
        """Tell whether there is a document of this name already."""
        with self._written():
            query = "SELECT 1 FROM document WHERE identifier = ?"
            return self._connection.execute(query, (identifier,)).fetchone() is not None

    def reading(self) -> Archive:
        """Return what has been written so far, for reading."""
        return Archive(self._connection, self._where)

    def commit(self) -> None:
        """Finish the file.

        Raises:
            StoreError: It cannot be written.
        """
        self._run("COMMIT", ())

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _run(self, statement: str, values: Sequence[object]) -> None:
        with self._written():
            self._connection.execute(statement, values)

    @contextlib.contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
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
