"""What the routes share: the settings, the build that is being served, the processes that answer queries."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request

from kg.serve.dumps import Dumps
from kg.serve.elsewhere import follow
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.snapshot import Snapshot

__all__ = ["Snapshot", "State", "snapshot", "state"]


class State:
    """What the routes share.

    Attributes:
        settings: What was chosen.
        pool: The processes that answer queries; it runs for as long as the application does.
        dumps: The whole graph as files.
        hindrance: Why the application could not be started, once that has been tried in vain.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the build.

        Raises:
            StoreError: There is none, or it cannot be read.
        """
        self.settings = settings
        self._build = follow(settings.store, settings.time_limit, _prepare)
        self.pool = Pool(settings)
        self.dumps = Dumps(settings)
        self.hindrance: Exception | None = None

    def current(self) -> Snapshot:
        """Return the build that is served now; take it once per request."""
        return self._build.current()

    def href(self, path: str) -> str:
        """Return the address, without scheme and host, of what answers at `path`: below `base`, where one is set."""
        return self.settings.root + path

    def href_of(self, build: Snapshot, iri: str) -> str:
        """Return the address, without scheme and host, at which a thing of a build answers."""
        return self.href("/" + quote(iri.removeprefix(build.graph.base), safe="/%:@!$&'()*+,;=~"))

    def address(self, request: Request) -> str:
        """Return the address, ending in `/`, at which this server is reached: `base`, or the one of a request."""
        return self.settings.base or f"{request.url.scheme}://{request.headers['host']}/"

    async def start(self) -> None:
        """Start what runs beside the application.

        Raises:
            RequestError: It cannot be started.
        """
        try:
            await self.pool.start()
        except Exception as error:
            self.hindrance = error
            raise

    async def close(self) -> None:
        """End it."""
        await self.pool.close()
        self.dumps.close()


def _prepare(build: Snapshot) -> None:
    """Make ready what takes long in a large build: its overview, its names."""
    from kg.serve.explorer.overview import overview  # the pages need the state

    overview(build)
    _ = build.index


def state(request: Request) -> State:
    """Return the state of the application that a request came to."""
    found = request.app.state.kg
    assert isinstance(found, State)
    return found


def snapshot(request: Request) -> Snapshot:
    """Return the build from which to answer a request; for `Depends`."""
    return state(request).current()
