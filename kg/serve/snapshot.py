"""The build that is being served: opened once, and anew when another takes its place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kg.archive import Archive, open_archive
from kg.errors import StoreError
from kg.graph.reading import Reader
from kg.graph.store import GraphStore, open_store
from kg.output import MANIFEST, read_whole

if TYPE_CHECKING:
    from kg.serve.search import Index

Identity = tuple[int, ...]


def identity(out: Path) -> Identity:
    """Return what tells the build at `out` from the one before and the one after.

    Raises:
        OSError: There is no build.
    """
    status = (out / MANIFEST).stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


@dataclass(eq=False)
class Snapshot:
    """One build, open for reading; a build that takes its place in the folder leaves it as it is.

    Attributes:
        graph: The graph.
        identity: What tells it from other builds.
        pages: Every page as it was read, or None where the build kept none or lies elsewhere.
        elsewhere: Whether the graph lies in a store that is asked over the network.
    """

    graph: GraphStore
    identity: Identity
    pages: Archive | None
    elsewhere: bool = False
    _index: Index | None = field(default=None, init=False)
    _indexing: Lock = field(default_factory=Lock, init=False)

    @cached_property
    def reader(self) -> Reader:
        """The graph as things and facts; remembers what it has read."""
        return Reader(self.graph)

    @property
    def index(self) -> Index:
        """The names of things; made when first asked for, which may take seconds."""
        # Not above: it takes a library that the processes which only answer queries need not load.
        from kg.serve.search import Index

        with self._indexing:
            if self._index is None:
                self._index = Index(self.graph)
            return self._index


def open_snapshot(out: Path) -> Snapshot:
    """Open the build at `out`.

    Raises:
        StoreError: There is none, or it cannot be read.
    """

    def read(folder: Path) -> Snapshot:
        try:
            pages = open_archive(folder)
        except StoreError:
            pages = None
        # The store has all its files open from now on: they are there for as long as it is, removed or not.
        return Snapshot(open_store(folder), identity(folder), pages)

    return read_whole(out, read)


class Follower:
    """The build at a folder, whichever it is at the moment."""

    def __init__(self, out: Path, opened: Callable[[Snapshot], None] = lambda _: None) -> None:
        """Open the build.

        Args:
            out: The folder.
            opened: Called with each build when it has been opened.

        Raises:
            StoreError: There is none, or it cannot be read.
        """
        self._out = out
        self._opened = opened
        self._lock = Lock()
        self._snapshot = open_snapshot(out)
        opened(self._snapshot)

    def current(self) -> Snapshot:
        """Return the build that lies in the folder now, opened anew where another has taken its place.

        Take it once per request: then all that the request reads is of one build.
        """
        # Where the system cannot exchange folders there is none for an instant, and none if it is removed for good:
        # the one that is open answers on.
        with contextlib.suppress(OSError):
            if identity(self._out) != self._snapshot.identity:
                with self._lock, contextlib.suppress(StoreError):
                    if identity(self._out) != self._snapshot.identity:
                        self._snapshot = open_snapshot(self._out)
                        self._opened(self._snapshot)
        return self._snapshot
