"""What the routes share: the settings, and the build that is being served."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from fastapi import Request

from kg.errors import StoreError
from kg.graph.reading import Reader
from kg.graph.store import GraphStore, open_store
from kg.output import MANIFEST, read_whole, whole
from kg.serve.settings import Settings

Identity = tuple[int, int, int]


def identity(out: Path) -> Identity:
    """Return what tells the build at `out` from the one before and the one after.

    Raises:
        OSError: There is no build.
    """
    status = (out / MANIFEST).stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


@dataclass
class Snapshot:
    """One build, open for reading.

    Attributes:
        graph: The graph.
        folder: Where the build lay when it was opened; another may lie there by now.
        identity: What tells it from other builds.
    """

    graph: GraphStore
    folder: Path
    identity: Identity

    @cached_property
    def reader(self) -> Reader:
        """The graph as things and facts; remembers what it has read."""
        return Reader(self.graph)


class State:
    """What the routes share."""

    def __init__(self, settings: Settings) -> None:
        """Open the build.

        Raises:
            StoreError: There is none, or it cannot be read.
        """
        self.settings = settings
        self._lock = Lock()
        self._snapshot = self._open()

    def current(self) -> Snapshot:
        """Return the build that lies in the folder now, opened anew where another has taken its place.

        Take it once per request: then all that the request reads is of one build.
        """
        with contextlib.suppress(OSError):
            # Without an exchange of folders by the system there is none for an instant: the old one answers.
            if identity(self.settings.store) != self._snapshot.identity:
                with self._lock:
                    if identity(self.settings.store) != self._snapshot.identity:
                        with contextlib.suppress(StoreError):
                            self._snapshot = self._open()
        return self._snapshot

    def href(self, path: str) -> str:
        """Return the address, without scheme and host, of what answers at `path`: below `base`, where one is set."""
        return self.settings.root + path

    def _open(self) -> Snapshot:
        def read(folder: Path) -> Snapshot:
            return Snapshot(open_store(folder), folder, identity(folder))

        whole(self.settings.store)
        return read_whole(self.settings.store, read)


def state(request: Request) -> State:
    """Return the state of the application that a request came to."""
    found = request.app.state.kg
    assert isinstance(found, State)
    return found


def snapshot(request: Request) -> Snapshot:
    """Return the build from which to answer a request; for `Depends`."""
    return state(request).current()
