"""Builds a graph of a hundred thousand pages with every kind of dirt mixed in, and looks at what came of it.

    python bench/soak.py [--pages 100000] [--jobs N] [--seed 0] [--folder FOLDER]

Prints, for every so many files, the time that they took and the memory that the build and its processes hold. Then:
each page is a document or a problem of the report; evidence equals its page; what SHACL says of a sample of documents;
a build after it reads nothing anew but what made trouble, and gives the same bytes. Needs nothing but this package; a
page takes about 10 kB of disk for itself and 160 kB for what is built of it, twice while it is built again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import tempfile
import threading
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

import dirt

from kg import output
from kg.archive import open_archive
from kg.graph.shacl import validate
from kg.graph.store import GraphStore
from kg.pipeline import Settings, Step, build_folder
from kg.report import Report
from kg.source.files import holder

SAMPLE = 200
"""Documents that are looked at closely."""


class Watch:
    """Prints how far a build is, each `every` files."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.started = self.last = time.monotonic()
        self.next = every
        self.most = 0
        threading.Thread(target=self._measure, daemon=True).start()

    def _measure(self) -> None:
        while self.every:
            self.most = max(self.most, resident())
            time.sleep(1)

    def __call__(self, step: Step) -> None:
        if step.done < self.next:
            return
        now = time.monotonic()
        pace = (now - self.last) * 1000 / (step.done - self.next + self.every)
        told = f"{now - self.started:8.0f} s, {pace:6.1f} s for a thousand, {resident() / 1e6:6.0f} MB"
        print(f"{step.done:8d} files, {told}", flush=True)
        self.last, self.next = now, step.done + self.every


def resident() -> int:
    """Return the bytes of memory that this process and those below it hold, shared pages counted once for each."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
                sizes[int(entry.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
            except OSError:
                continue
    family = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(sizes.get(pid, 0) for pid in family)


def write_some(part: tuple[Path, int, int, int]) -> None:
    dirt.write(*part)


def write(folder: Path, count: int, seed: int, jobs: int) -> None:
    """Write the pages, with several processes."""
    parts = [(folder, first, min(first + 1000, count), seed) for first in range(0, count, 1000)]
    with Pool(jobs) as pool:
        for _ in pool.imap_unordered(write_some, parts):
            pass


def check(pages: Path, out: Path, report: Report, rng: random.Random) -> None:
    """Look at what was built.

    Raises:
        AssertionError: Something is not as it must be.
    """
    named = [one.identifier for one in (*report.documents, *report.problems)]
    files = {path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file()}
    lost = files - {holder(name, files) for name in named}
    assert not lost, f"{len(lost)} files are neither read nor told, such as {min(lost)}"
    with open_archive(out) as archive:
        chosen = rng.sample(archive.identifiers(), min(SAMPLE, len(archive)))
        records = [archive.record(identifier) for identifier in chosen]
    evidences = 0
    for record in records:
        for statement in record.statements:
            seen, page = statement.evidence, record.article.page
            assert page.text[seen.start : seen.end] == seen.exact, f"{page.identifier}: {seen}"
            evidences += 1
    found = validate(GraphStore.in_memory(records, report.base))
    assert not found, f"{len(found)} violations, such as {found[0]}"
    print(f"looked at {len(records)} documents with {evidences} evidences: as their pages are, and as the shapes ask")


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that a build writes the same each time."""
    found = {}
    for name in (output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST):
        with (out / name).open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def soak(root: Path, given: argparse.Namespace) -> None:
    """Write pages, build, look, and build again."""
    pages, out = root / "pages", root / "out"
    started = time.monotonic()
    write(pages, given.pages, given.seed, given.jobs)
    print(f"{given.pages} files written in {time.monotonic() - started:.0f} s", flush=True)
    every = min(1000, max(1, given.pages // 5))
    watch = Watch(every)
    report = build_folder([pages], out, Settings(jobs=given.jobs), watch)
    took, watch.every = time.monotonic() - watch.started, 0
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    facts, entities = sum(report.facts.values()), sum(report.entities.values())
    print(f"built in {took:.0f} s with {given.jobs} processes, {took / given.pages * 1000:.1f} s for a thousand pages")
    print(f"{len(report.documents)} documents, {entities} entities, {facts} facts, {size / 1e6:.0f} MB on disk")
    print(f"memory: at most {watch.most / 1e6:.0f} MB, all processes together")
    for what, count in Counter(re.sub(r"[\d,.]+", "N", one.what)[:70] for one in report.problems).most_common():
        print(f"{count:8d} x {what}")
    check(pages, out, report, random.Random(given.seed))
    before = digests(out)
    started = time.monotonic()
    again = build_folder([pages], out, Settings(jobs=given.jobs))
    assert digests(out) == before, "a build again gives something else"
    print(f"again in {time.monotonic() - started:.0f} s: {again.anew} read anew, {again.kept} as they were, same bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work, and where pages and build then stay")
    given = parser.parse_args()
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        soak(given.folder, given)
        return
    with tempfile.TemporaryDirectory() as folder:
        soak(Path(folder), given)


if __name__ == "__main__":
    main()
