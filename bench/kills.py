"""Kills builds and loads at random moments and looks whether what is there is whole each time.

    python bench/kills.py [--kills 100] [--pages 60] [--seed 0] [--folder FOLDER] [--what builds,loads]

Three versions of the same pages take turns. A build of one of them, the first into a folder, one after another, or one
from nothing, with one or two processes, is killed with SIGKILL at a random moment of the time that it takes. What is
in the folder then must be what a build that nobody disturbed gives, of this version or of the one before; so must be
what somebody finds who reads all the time. At the end one more build must succeed, and leave nothing beside its folder.

Loads of these builds into an Oxigraph server are killed likewise: each document in the store is then that of one
version, and the next load that nobody disturbs leaves what one into an empty store leaves.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "remote"))

from compose import write
from pyoxigraph import DefaultGraph
from remote_stores import Server, oxigraph

import kg
from kg import output
from kg.errors import KgError
from kg.graph.store import open_store
from kg.pipeline import Settings
from kg.pipeline.earlier import Earlier, find_earlier

VERSIONS = 3
_FILES = (output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST)


def digest(out: Path) -> str:
    """Return what tells builds of different pages apart; a damaged build raises an error."""
    earlier = find_earlier(out, Settings().fingerprint())
    assert isinstance(earlier, Earlier), earlier
    assert not earlier.note, earlier.note
    with earlier.archive:
        graph = open_store(out)
        assert len(earlier.archive) == len(graph.document_graphs())
        triples = "".join(sorted(str(triple) for triple in graph.triples()))
    files = b"".join((out / name).read_bytes() for name in _FILES)
    return hashlib.sha256(files + triples.encode()).hexdigest()


def lay(folder: Path, version: int, pages: int) -> None:
    """Write the pages of a version: two in three are those of all versions, the last few are missing in some."""
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, pages - version)
    for path in sorted(folder.rglob("*.txt"))[version::VERSIONS]:
        path.write_text(path.read_text("utf-8") + f"省总工会召开第{version}次工作会议。\n", "utf-8")


def command(pages: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "kg", "build", str(pages), "-o", str(out), *options]


class Reader:
    """Reads a build all the time, and keeps what it should not have found."""

    def __init__(self, out: Path, expected: set[str]) -> None:
        self.out, self.expected = out, expected
        self.read = 0
        self.wrong: list[str] = []
        self.reading = threading.Lock()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        while not self.ended.wait(0.05):
            with self.reading:
                if not self.out.exists():
                    continue
                try:
                    found = output.read_whole(self.out, digest)
                except (KgError, AssertionError, OSError) as error:
                    self.wrong.append(f"{type(error).__name__}: {error}")
                else:
                    self.read += 1
                    if found not in self.expected:
                        self.wrong.append("a build that nobody made")

    def end(self) -> None:
        self.ended.set()
        self.thread.join()


class Killer:
    """Starts commands and kills them at a random moment of the time that they were seen to take."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.took: dict[bool, float] = {}
        self.late = 0

    def kill(self, command: list[str], *, fresh: bool) -> None:
        """Start a command and kill it; `fresh` tells the slow ones from the fast."""
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        started = time.monotonic()
        took = self.took.get(fresh, 60.0)
        # What takes the place of something else does so in an instant at the end: half of the kills come there.
        delay = self.rng.uniform(0, took) if self.rng.random() < 0.5 else self.rng.uniform(0.6 * took, 1.1 * took)
        try:
            process.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return
        self.late += 1
        self.took[fresh] = time.monotonic() - started


def versions(root: Path, count: int) -> list[str]:
    """Build each version by itself, and return what tells them apart."""
    expected = []
    for version in range(VERSIONS):
        lay(root / "pages", version, count)
        out = root / f"version-{version}"
        subprocess.run(command(root / "pages", out), check=True, stdout=subprocess.DEVNULL)
        expected.append(digest(out))
    assert len(set(expected)) == VERSIONS
    return expected


def kill_builds(root: Path, kills: int, count: int, rng: random.Random, expected: list[str]) -> None:
    """Kill so many builds."""
    pages, out = root / "pages", root / "beside" / "out"
    reader, killer = Reader(out, {*expected}), Killer(rng)
    standing: int | None = None
    changed = 0
    try:
        for number in range(kills):
            version = rng.randrange(VERSIONS)
            lay(pages, version, count)
            if rng.random() < 0.2:
                with reader.reading:
                    shutil.rmtree(out, ignore_errors=True)
                standing = None
            options = [option for option in ("--fresh", "--jobs=2") if rng.random() < 0.3]
            killer.kill(command(pages, out, *options), fresh=standing is None or "--fresh" in options)
            if not out.exists():
                assert standing is None, f"kill {number}: the build is gone"
                continue
            found = digest(out)
            assert found in {expected[version], None if standing is None else expected[standing]}, f"kill {number}"
            changed += found == expected[version] and version != standing
            standing = expected.index(found)
        subprocess.run(command(pages, out), check=True, stdout=subprocess.DEVNULL)
        assert digest(out) == expected[version]
        assert os.listdir(out.parent) == ["out"], os.listdir(out.parent)  # noqa: PTH208
    finally:
        reader.end()
    assert not reader.wrong, reader.wrong[0]
    print(f"{kills} builds, {killer.late} came to their end before they were killed, {changed} changed the build")
    print(f"read {reader.read} times meanwhile: always whole")


def kill_loads(root: Path, kills: int, rng: random.Random) -> None:
    """Kill so many loads."""
    out = root / "load" / "out"
    builds = [kg.open(root / f"version-{version}").store for version in range(VERSIONS)]
    whole = [
        {name.value: {f"{quad.triple} ." for quad in build.store.quads_for_pattern(None, None, None, name)}
         for name in build.document_graphs()}
        for build in builds
    ]  # fmt: skip
    killer = Killer(rng)
    with oxigraph() as server:
        loading = [sys.executable, "-m", "kg", "load", str(out), "--to", server.store, "--union", "--prune"]
        for number in range(kills):
            version = rng.randrange(VERSIONS)
            shutil.rmtree(out, ignore_errors=True)
            shutil.copytree(root / f"version-{version}", out)
            killer.kill(loading, fresh=False)
            for name in server.graphs():
                found = server.graph(name)
                fits = [documents[name] for documents in whole if name in documents]
                assert not fits or found in fits, f"kill {number}: {name} is torn"
            if number % 10 == 9 or number == kills - 1:
                subprocess.run(loading, check=True, stdout=subprocess.DEVNULL)
                same(server, builds[version], whole[version])
    print(f"{kills} loads, {killer.late} came to their end before they were killed")
    print("every document always whole; each load that nobody disturbed was complete")


def same(server: Server, build: kg.graph.store.GraphStore, whole: dict[str, set[str]]) -> None:
    """Make sure that a server has what a build has."""
    held = {name: server.graph(name) for name in server.graphs() if "/ontology" not in name}
    assert held == whole
    union = {f"{quad.triple} ." for quad in build.store.quads_for_pattern(None, None, None, DefaultGraph())}
    assert server.default() == union


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    parser.add_argument("--what", default="builds,loads", help="builds, loads or both")
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        root = Path(folder)
        expected = versions(root, given.pages)
        if "builds" in given.what:
            kill_builds(root, given.kills, given.pages, rng, expected)
        if "loads" in given.what:
            kill_loads(root, given.kills, rng)


if __name__ == "__main__":
    main()
