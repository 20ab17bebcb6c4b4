"""A graph that is served from where it lies: a folder, or a store behind a SPARQL endpoint."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import Protocol

from kg.errors import StoreError
from kg.remote import Credentials, open_remote
from kg.serve.snapshot import Follower, Snapshot

RENEWED = 60.0
"""Seconds after which what pages remember of a store elsewhere is asked anew; queries always ask it."""
SHARE = 20
"""It is asked anew after so many times as long as that takes, at the earliest."""
REMEMBERED = 20_000
"""Patterns of which the quads are remembered that long."""


class Builds(Protocol):
    """The build that is served, whichever it is at the moment."""

    def current(self) -> Snapshot:
        """Return it; take it once per request."""


class Elsewhere:
    """The graph behind a SPARQL endpoint."""

    def __init__(self, url: str, timeout: float, opened: Callable[[Snapshot], object] | None = None) -> None:
        """Open the graph.

        Args:
            url: The address of the endpoint.
            timeout: Seconds that it may take to answer.
            opened: Called with each snapshot in a thread of its own; without it, nothing is remembered or renewed.

        Raises:
            StoreError: It does not answer or holds no build.
        """
        self._url, self._timeout, self._opened = url, timeout, opened
        self._lock = Lock()
        self._until = float("inf")
        self._snapshot = self._open()
        if opened and self._lock.acquire(blocking=False):
            Thread(target=self._make_ready, args=(self._snapshot,), daemon=True).start()

    def current(self) -> Snapshot:
        """Return the graph with what is remembered of it."""
        if time.monotonic() > self._until and self._lock.acquire(blocking=False):
            Thread(target=self._make_ready, daemon=True).start()
        return self._snapshot

    def _open(self) -> Snapshot:
        # The variable KG_TOKEN says what clients of this server show.
        credentials = Credentials(os.environ.get("KG_STORE_TOKEN", ""), os.environ.get("KG_USER", ""))
        remembered = REMEMBERED if self._opened else 0
        graph = open_remote(self._url, credentials, timeout=self._timeout, remembered=remembered)
        return Snapshot(graph, (), None, elsewhere=True)

    def _make_ready(self, snapshot: Snapshot | None = None) -> None:
        """Put a new snapshot in place of the current one once it is ready; the lock is held by who called."""
        started = time.monotonic()
        assert self._opened
        try:
            with contextlib.suppress(StoreError):  # it may answer again the next time
                snapshot = snapshot or self._open()
                self._opened(snapshot)
                self._snapshot = snapshot
        finally:
            self._until = time.monotonic() + max(RENEWED, SHARE * (time.monotonic() - started))
            self._lock.release()


def follow(store: Path | str, timeout: float, opened: Callable[[Snapshot], object] | None = None) -> Builds:
    """Return what gives the build at a folder, or behind the address of a SPARQL endpoint.

    Args:
        store: The folder, or as text the address.
        timeout: Seconds that the endpoint may take to answer.
        opened: Called with each build that is opened, in a thread of its own.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    if isinstance(store, str):
        return Elsewhere(store, timeout, opened)
    return Follower(store, lambda build: Thread(target=opened, args=(build,), daemon=True).start() if opened else None)
