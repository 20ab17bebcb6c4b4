"""The processes that answer queries: a few of them, each ended and replaced when its query takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from kg.serve.problems import RequestError
from kg.serve.settings import Settings
from kg.serve.worker import Job, Limits, Reply

START_LIMIT = 30.0
"""Seconds that a process may take to open the store."""
_REPLY_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, in full.

    Attributes:
        form: Name of the form that it is written in.
        more: Whether rows were left out, as the job asked.
        file: The answer; its only name is gone, so that closing it removes it.
    """

    form: str
    more: bool
    file: BinaryIO


def limits_of(settings: Settings) -> Limits:
    """Return with what a worker is to be started."""
    return Limits(
        # The server may be told of a folder relative to its own; a symbolic link is followed anew each time.
        store=settings.store if isinstance(settings.store, str) else os.path.abspath(settings.store),  # noqa: PTH100
        time_limit=settings.time_limit,
        memory_limit=settings.memory_limit,
        result_limit=settings.result_limit,
    )


class Pool:
    """Worker processes, and who waits for one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limits = limits_of(settings)
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._workers: list[Worker] = []
        self._replacing: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closing = False
        self._numbers = count()
        self._folder = tempfile.TemporaryDirectory(prefix="kg-serve-", ignore_cleanup_errors=True)

    async def start(self) -> None:
        """Start all processes.

        Raises:
            RequestError: One could not be started.
        """
        self._workers = [Worker(self._limits) for _ in range(self._settings.workers)]
        # All are waited for, that none is left behind.
        for failed in await asyncio.gather(*(worker.start() for worker in self._workers), return_exceptions=True):
            if failed:
                raise failed
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """End all processes and remove what they wrote."""
        # Not cancelled: a process that is just being started would be left behind.
        self._closing = True
        await asyncio.gather(*self._replacing)
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._folder.cleanup()

    async def answer(self, job: Job) -> Answer:
        """Have one process answer.

        When the task that waits here is cancelled, as when a client has gone, the process is ended with it.

        Raises:
            RequestError: Too many wait already, the time limit has passed, or the query is at fault.
        """
        path = Path(self._folder.name, str(next(self._numbers)))
        async with self._worker() as worker:
            # Someone who tidies temporary files may have removed the folder.
            path.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                async with asyncio.timeout(self._settings.time_limit):
                    reply = await worker.ask({**job, "out": str(path)})
                if "status" in reply:
                    where, remedy = reply["where"], reply["remedy"]
                    raise RequestError(reply["status"], reply["what"], where=where, remedy=remedy)
                file = path.open("rb")
            except TimeoutError:
                what = f"the query was stopped after {self._settings.time_limit:g} seconds"
                raise RequestError(504, what, remedy="ask for less, or more precisely") from None
            except _DiedError:
                raise await worker.obituary() from None
            finally:
                path.unlink(missing_ok=True)
        return Answer(reply["form"], reply["more"], file)

    @contextlib.asynccontextmanager
    async def _worker(self) -> AsyncIterator[Worker]:
        if self._idle.empty() and self._waiting >= self._settings.waiting:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(max(self._settings.time_limit, START_LIMIT)):
                worker = await self._idle.get()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1
        try:
            yield worker
        finally:
            if worker.at_work:  # and given up on
                task = asyncio.create_task(self._replace(worker))
                self._replacing.add(task)
                task.add_done_callback(self._replacing.discard)
            else:
                self._idle.put_nowait(worker)

    async def _replace(self, worker: Worker) -> None:
        await worker.end()
        # Where none can be started now, the next query tries again and tells why.
        with contextlib.suppress(RequestError, OSError):
            if not self._closing:
                await worker.start()
        self._idle.put_nowait(worker)


class _DiedError(Exception):
    """A process ended in the midst of a query."""


class Worker:
    """One process, started when it is needed and not there."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: asyncio.subprocess.Process | None = None
        self.at_work = False

    async def start(self) -> None:
        """Start the process and wait until it has opened the store.

        Raises:
            RequestError: It cannot open the store.
        """
        environment = {
            **os.environ,
            # It is to find the same modules, wherever they were found.
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            # Each arena that the C library opens for a thread takes 64 MiB of the addresses that are bounded.
            "MALLOC_ARENA_MAX": "2",
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.serve.worker",
            json.dumps(self._limits),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if os.environ.get("KG_DEBUG") else asyncio.subprocess.DEVNULL,
            env=environment,
            limit=_REPLY_LIMIT,
        )
        try:
            async with asyncio.timeout(START_LIMIT):
                reply = await self._read()
        except (TimeoutError, _DiedError):
            await self.end()
            raise RequestError(503, "no process could be started", remedy="try again later") from None
        if "status" in reply:
            await self.end()
            raise RequestError(503, reply["what"], where=reply["where"], remedy=reply["remedy"])

    async def end(self) -> None:
        """End the process at once, whatever it does."""
        process, self._process, self.at_work = self._process, None, False
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                if sys.platform == "win32":
                    process.kill()
                else:  # process.kill() would take the return code for itself if the process is dead already
                    os.kill(process.pid, signal.SIGKILL)
        await process.wait()

    async def obituary(self) -> RequestError:
        """Return why the process ended in the midst of a query."""
        code = await self._process.wait() if self._process else 0
        if code == -signal.SIGABRT:  # as the store does when memory is refused
            return RequestError(422, "the query takes more memory than one may", remedy="ask for less at once")
        headers = {"Retry-After": "1"}
        return RequestError(503, "the process that was to answer was ended", remedy="ask again", headers=headers)

    async def ask(self, job: Job) -> Reply:
        """Return the reply to a job.

        Raises:
            RequestError: No process can be started.
            _DiedError: It ended in the midst.
        """
        self.at_work = True
        if self._process is None or self._process.returncode is not None:
            await self.start()
        assert self._process
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            await self._process.stdin.drain()
        except ConnectionError:
            raise _DiedError from None
        reply = await self._read()
        self.at_work = False
        return reply

    async def _read(self) -> Reply:
        assert self._process
        assert self._process.stdout
        line = await self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise _DiedError
        reply: Reply = json.loads(line)
        return reply


def _busy() -> RequestError:
    headers = {"Retry-After": "1"}
    return RequestError(503, "too many queries are waiting", remedy="ask again in a second", headers=headers)
