"""What the routes share: the settings, the build that is being served, the processes that answer queries."""

from __future__ import annotations

from fastapi import Request

from kg.serve.settings import Settings
from kg.serve.snapshot import Follower, Snapshot

__all__ = ["Snapshot", "State", "snapshot", "state"]


class State:
    """What the routes share.

    Attributes:
        settings: What was chosen.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the build.

        Raises:
            StoreError: There is none, or it cannot be read.
        """
        self.settings = settings
        self._build = Follower(settings.store)

    def current(self) -> Snapshot:
        """Return the build that is served now; take it once per request."""
        return self._build.current()

    def href(self, path: str) -> str:
        """Return the address, without scheme and host, of what answers at `path`: below `base`, where one is set."""
        return self.settings.root + path


def state(request: Request) -> State:
    """Return the state of the application that a request came to."""
    found = request.app.state.kg
    assert isinstance(found, State)
    return found


def snapshot(request: Request) -> Snapshot:
    """Return the build from which to answer a request; for `Depends`."""
    return state(request).current()
