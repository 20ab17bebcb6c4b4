"""Measures how builds grow: time and memory for each document, with one process and more, and after one page changed.

    python bench/scale.py 1000 10000 100000 --jobs 2 > scale.json

Pages are composed (`compose.py`, or with `--pages bulletins` as long as real ones). Each build is a process of its own,
`kg build` from its start to its end; memory is the most that it and its children held at once, by the system's count
of each. The table goes to standard error, JSON to standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import compose

import kg


def _write(kind: str, folder: Path, count: int) -> None:
    if kind == "compose":
        compose.write(folder, count)
    else:
        # By a process of its own, as this one has to stay small: see `Build.memory`.
        subprocess.run([sys.executable, str(Path(__file__).parent / "bulletins.py"), folder, str(count)], check=True)


@dataclass(frozen=True, slots=True)
class Build:
    """One build.

    Attributes:
        documents: Number of pages.
        jobs: Processes that read.
        changed: Whether one page was changed since the build before.
        bound: Whether it was kept on one core; else one process has another core fill the store.
        seconds: From the start of the command to its end.
        computed: Seconds of processor time.
        memory: Most megabytes resident, of one process.
    """

    documents: int
    jobs: int
    changed: bool
    bound: bool
    seconds: float
    computed: float
    memory: float

    @property
    def each(self) -> float:
        """Milliseconds for a document."""
        return 1000 * self.seconds / self.documents


def builds(sizes: list[int], jobs: int = 2, kind: str = "compose") -> list[Build]:
    """Build so many pages with one process, change one, then build them on one core and with several processes."""
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in sorted(sizes):
            pages, out = Path(temporary, f"pages-{size}"), Path(temporary, f"out-{size}")
            _write(kind, pages, size)
            found.append(_build(pages, out, size))
            page = next(iter(sorted(pages.rglob("*.txt"))))
            page.write_text(page.read_text("utf-8") + "会议由武汉市总工会牵头推进匠心行动。\n", "utf-8")
            found.append(_build(pages, out, size, changed=True))
            if hasattr(os, "sched_setaffinity"):
                found.append(_build(pages, Path(temporary, f"out-{size}-bound"), size, bound=True))
            if jobs > 1:
                found.append(_build(pages, Path(temporary, f"out-{size}-{jobs}"), size, jobs))
    return found


def _build(pages: Path, out: Path, size: int, jobs: int = 1, *, changed: bool = False, bound: bool = False) -> Build:
    command = [sys.executable, "-m", "kg", "build", str(pages), "-o", str(out), f"--jobs={jobs}"]
    environment = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        preexec_fn=_keep_to_one_core if bound else None,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    process.returncode = 0
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    return Build(size, jobs, changed, bound, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def _keep_to_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def table(found: list[Build]) -> str:
    """Return builds as a table of Markdown."""
    lines = [
        "| pages | processes | | s | CPU s | ms a page | MB |",
        "| ---: | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        how, each = ("one page changed", "") if one.changed else ("from nothing", f"{one.each:.1f}")
        how += ", on one core" if one.bound else ""
        figures = f"{one.seconds:.2f} | {one.computed:.2f} | {each} | {one.memory:.0f}"
        lines.append(f"| {one.documents:,} | {one.jobs} | {how} | {figures} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 2000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pages", choices=["bulletins", "compose"], default="compose")
    given = parser.parse_args()
    found = builds(given.sizes, given.jobs, given.pages)
    print(table(found), file=sys.stderr)
    print(json.dumps([asdict(one) for one in found], indent=1))


if __name__ == "__main__":
    main()
