"""Kills builds at random moments and looks whether the last good one is whole each time.

    python bench/kills.py [--kills 100] [--pages 60] [--seed 0] [--folder FOLDER]

Three versions of the same pages take turns. A build of one of them, the first into a folder, one after another, or one
from nothing, with one or two processes, is killed with SIGKILL at a random moment of the time that it takes. What is
in the folder then must be what a build that nobody disturbed gives, of this version or of the one before. At the end
one more build must succeed, and leave nothing beside its folder.
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
import time
from pathlib import Path

from compose import write

from kg import output
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


def soak(root: Path, kills: int, count: int, rng: random.Random) -> None:
    """Kill so many builds."""
    pages, out = root / "pages", root / "beside" / "out"
    expected = []
    took = 0.0
    for version in range(VERSIONS):
        lay(pages, version, count)
        started = time.monotonic()
        subprocess.run(command(pages, root / "scratch", "--fresh"), check=True, stdout=subprocess.DEVNULL)
        took = max(took, time.monotonic() - started)
        expected.append(digest(root / "scratch"))
    assert len(set(expected)) == VERSIONS
    standing: int | None = None
    done = changed = 0
    for number in range(kills):
        version = rng.randrange(VERSIONS)
        lay(pages, version, count)
        if rng.random() < 0.2:
            shutil.rmtree(out, ignore_errors=True)
            standing = None
        options = [option for option in ("--fresh", "--jobs=2") if rng.random() < 0.3]
        build = subprocess.Popen(
            command(pages, out, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        # An exchange takes an instant at the end: half of the kills come there.
        time.sleep(rng.uniform(0, took) if rng.random() < 0.5 else rng.uniform(0.6 * took, 1.1 * took))
        done += build.poll() is not None
        build.send_signal(signal.SIGKILL)
        build.wait()
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
    print(f"{kills} kills, {done} of them too late, {changed} builds came through: always whole")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        soak(Path(folder), given.kills, given.pages, random.Random(given.seed))


if __name__ == "__main__":
    main()
