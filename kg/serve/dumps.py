"""The whole graph as a file, in every format: written by a process of its own, and kept until the next build."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kg.output import TURTLE
from kg.serve.pool import Worker, limits_of
from kg.serve.problems import RequestError
from kg.serve.settings import Settings
from kg.serve.snapshot import Identity, Snapshot


class Dump(NamedTuple):
    """One format of the whole graph: its name for `kg.graph.export`, and its media type."""

    format: str
    media: str


DUMPS = {
    "ttl": Dump("turtle", "text/turtle"),
    "nt": Dump("ntriples", "application/n-triples"),
    "nq": Dump("nquads", "application/n-quads"),
    "trig": Dump("trig", "application/trig"),
    "jsonld": Dump("jsonld", "application/ld+json"),
    "rdf": Dump("rdfxml", "application/rdf+xml"),
}
"""The formats by the end of their address."""
TIME_LIMIT = 1800.0
"""Seconds that writing one may take."""


class Dumps:
    """The files of the build that is served, each written when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = tempfile.TemporaryDirectory(prefix="kg-dump-", ignore_cleanup_errors=True)
        self._written: dict[str, Identity] = {}
        self._one = asyncio.Lock()

    def close(self) -> None:
        """Remove the files."""
        self._folder.cleanup()

    async def open(self, suffix: str, build: Snapshot) -> BinaryIO:
        """Return the graph in one of `DUMPS`, open for reading.

        Raises:
            RequestError: It cannot be written.
        """
        store = self._settings.store
        if isinstance(store, str):
            remedy = f"ask for the graph where it lies, {store}"
            raise RequestError(501, "a graph that lies elsewhere is not given out as a whole", remedy=remedy)
        if suffix == "ttl":
            try:
                return (store / TURTLE).open("rb")  # every build has it
            except OSError:
                pass  # it was removed: it can be written again
        path = Path(self._folder.name, suffix)
        async with self._one:
            if self._written.get(suffix) != build.identity or not path.exists():
                await self._write(suffix, path)
                self._written[suffix] = build.identity
            return path.open("rb")

    async def _write(self, suffix: str, path: Path) -> None:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = path.with_suffix(".part")
        worker = Worker(limits_of(self._settings))
        try:
            async with asyncio.timeout(TIME_LIMIT):
                reply = await worker.ask({"dump": DUMPS[suffix].format, "out": str(unfinished)})
        except TimeoutError:
            raise RequestError(504, "the dump took too long", remedy="take another format") from None
        finally:
            await worker.end()
        if "status" in reply:
            raise RequestError(reply["status"], reply["what"], where=reply["where"], remedy=reply["remedy"])
        # Whoever reads the earlier one reads on in it.
        unfinished.replace(path)
