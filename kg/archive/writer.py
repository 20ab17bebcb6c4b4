"""Writes an archive."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.archive.file import Archive
from kg.archive.layout import FILE, FORMAT, TABLES, Settled
from kg.archive.packing import PackedPage
from kg.errors import StoreError
from kg.model import Problem


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
                for statement in TABLES.split(";\n"):
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
