"""The tables of an archive.

Sources are the files that were read; a source has pages, in order, each with the documents that stand on it.
"""

from __future__ import annotations

from typing import NamedTuple

FILE = "archive.db"
FORMAT = 1
"""Version of the tables and of what is in them; raised when older archives cannot be read any more."""

TABLES = """
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


class Settled(NamedTuple):
    """A quad, in N-Quads, that was put into the store or taken out of it when names and classes were settled."""

    node: str
    added: bool
    quad: str
