"""Pages read by several processes, in the order in which they came, whatever becomes of a process."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.graph.identity import DEFAULT_BASE
from kg.model import Page, Problem
from kg.pipeline.reading import Outcome
from kg.pipeline.worker import receive, send

if TYPE_CHECKING:
    from kg.extract.rulebook.ruleset import RuleSet

CHUNK_PAGES = 16
CHUNK_CHARACTERS = 100_000
"""As much goes to a process at once; more would let the others wait at the end, less would be more sending."""

_AHEAD = 4  # chunks for each process: what is read ahead of what is taken

_PROGRAM = "import sys; sys.path[:] = {path!r}; from kg.pipeline.worker import serve; serve()"


class Workers:
    """Processes that read pages.

    Args:
        jobs: How many.
        rules: The rules to read by.
        min_confidence: Facts that are read with less are left out.
        base: What the IRIs of instances begin with.
    """

    def __init__(self, jobs: int, rules: RuleSet, min_confidence: float, base: str = DEFAULT_BASE) -> None:
        self._jobs = jobs
        self._setup = (rules, min_confidence, base)
        self._threads = ThreadPoolExecutor(jobs, "reader")
        self._own = threading.local()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        for process in list(self._processes):
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in list(self._processes):
            _forget(process)

    def outcomes(self, items: Iterable[Page | Outcome]) -> Iterator[Outcome]:
        """Yield what comes of each page, in order; outcomes that are there already pass through."""
        waiting: deque[Future[list[Outcome]]] = deque()
        for chunk in _chunks(items):
            waiting.append(self._threads.submit(self._read, chunk))
            if len(waiting) > self._jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _read(self, chunk: list[Page | Outcome]) -> list[Outcome]:
        """Have the process of this thread read a chunk; should it die, have each page read alone by a new one."""
        pages = [item for item in chunk if isinstance(item, Page)]
        try:
            found = self._ask(pages)
        except _DiedError:
            found = [self._alone(page) for page in pages]
        results = iter(found)
        return [next(results) if isinstance(item, Page) else item for item in chunk]

    def _alone(self, page: Page) -> Outcome:
        how = ""
        for _ in range(2):  # the machine may have been short of memory for a moment
            try:
                return self._ask([page])[0]
            except _DiedError as died:
                how = str(died)
        what = f"the process that read it ended ({how})"
        return Outcome(page.identifier, problem=Problem(page.identifier, what, "report this page"))

    def _ask(self, pages: list[Page]) -> list[Outcome]:
        if not pages:
            return []
        process = self._process()
        try:
            assert process.stdin
            assert process.stdout
            send(pages, process.stdin)
            answer: list[Outcome] = receive(process.stdout)
        except (EOFError, OSError) as error:
            self._own.process = None
            self._processes.discard(process)
            raise _DiedError(_forget(process)) from error
        return answer

    def _process(self) -> subprocess.Popen[bytes]:
        found: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if found is None:
            if self._ended:
                raise KgError("the build has ended")
            # A session of its own: Ctrl-C goes to the build alone, which then ends its workers.
            found = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM.format(path=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=sys.platform != "win32",
            )
            self._processes.add(found)
            self._own.process = found
            assert found.stdin
            with contextlib.suppress(OSError):  # who asks will see it
                send(self._setup, found.stdin)
        return found


class _DiedError(Exception):
    """A process ended without an answer."""


def _forget(process: subprocess.Popen[bytes]) -> str:
    """End a process that is of no use any more, and say how it ended."""
    for stream in (process.stdin, process.stdout):
        if stream:
            with contextlib.suppress(OSError):
                stream.close()
    try:
        code = process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _chunks(items: Iterable[Page | Outcome]) -> Iterator[list[Page | Outcome]]:
    chunk: list[Page | Outcome] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += len(item.text) if isinstance(item, Page) else 0
        if len(chunk) == CHUNK_PAGES or characters > CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
