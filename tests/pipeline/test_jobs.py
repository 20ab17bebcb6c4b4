"""Any number of processes gives the same bytes; what becomes of a process costs at most the page that it read."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import output
from kg.model import Page
from kg.pipeline import Settings, build_folder, workers
from kg.pipeline.reading import Outcome
from kg.pipeline.workers import Workers

SENTENCE = "由湖北省总工会牵头推进技能人才培养改革。截至2023年底，全省有技能人才{}万人。\n"

# A process that ends while it reads certain pages: one always, the other the first time.
FALLIBLE = """
import os, sys
sys.path[:] = {path!r}
from kg.pipeline import worker
own = worker.outcome
def outcome(page, *rest):
    once = os.path.join(os.environ["ONCE"], page.identifier)
    if "always" in page.identifier or "once" in page.identifier and not os.path.exists(once):
        open(once, "w").close()
        os.kill(os.getpid(), 9)
    return own(page, *rest)
worker.outcome = outcome
worker.serve()
"""


def lay(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03d}.txt").write_text(SENTENCE.format(number + 1), "utf-8")
    return folder


def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    pages = lay(tmp_path / "pages", 40)
    (pages / "020.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    reports = [build_folder([pages], tmp_path / f"out{jobs}", Settings(jobs=jobs)) for jobs in (1, 2, 3)]
    assert len({report.to_json() for report in reports}) == 1
    assert [len(report.problems) for report in reports] == [1, 1, 1]
    for name in (output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST, output.ARCHIVE):
        assert len({(tmp_path / f"out{jobs}" / name).read_bytes() for jobs in (1, 2, 3)}) == 1


def page(identifier: str) -> Page:
    return Page(identifier, SENTENCE.format(7), "text/plain", "utf-8", "00")


def test_a_process_that_dies_costs_only_the_page_that_kills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.extract.rulebook.loading import load

    monkeypatch.setattr(workers, "_PROGRAM", FALLIBLE)
    monkeypatch.setenv("ONCE", str(tmp_path))
    names = [f"{number}-{'always' if number == 21 else 'once' if number % 13 == 5 else 'well'}" for number in range(50)]
    with Workers(2, load(), 0) as pool:
        found = list(pool.outcomes(page(name) for name in names))
    assert [one.identifier for one in found] == names
    problems = [one.problem for one in found if one.problem]
    assert [problem.identifier for problem in problems] == ["21-always"]
    assert problems[0].what == "the process that read it ended (signal 9)"
    assert all(one.contributions for one in found if not one.problem)


def test_what_is_there_already_passes_through_in_its_place() -> None:
    from kg.extract.rulebook.loading import load

    items = [page("a"), Outcome("b"), page("c")]
    with Workers(2, load(), 0) as pool:
        assert [one.identifier for one in pool.outcomes(items)] == ["a", "b", "c"]


def children(process: int) -> list[int]:
    """Return the processes that any thread of a process has started."""
    found: list[int] = []
    for path in Path("/proc").glob(f"{process}/task/*/children"):
        with contextlib.suppress(OSError):  # the thread has ended
            found += map(int, path.read_text().split())
    return found


def alive(process: int) -> bool:
    """Tell whether a process runs; one that only waits for its end to be noticed does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextlib.contextmanager
def under_way(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Yield a build that is reading with two processes, and these."""
    pages = lay(tmp_path / "pages", 2000)
    command = [sys.executable, "-m", "kg", "build", str(pages), "-o", str(tmp_path / "out"), "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as build:
        until = time.monotonic() + 60
        while len(readers := children(build.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(1)
        assert len(readers) == 2
        yield build, readers


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of processes")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(tmp_path: Path, by: signal.Signals) -> None:
    with under_way(tmp_path) as (build, readers):
        build.send_signal(by)
        _, said = build.communicate(timeout=60)
        until = time.monotonic() + 30
        while any(map(alive, readers)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(map(alive, readers))
        assert not (tmp_path / "out").exists()
        if by == signal.SIGINT:
            assert build.returncode == 130
            assert said.strip().splitlines()[-1].endswith("interrupted")
            assert os.listdir(tmp_path) == ["pages"]  # noqa: PTH208 - names are enough
