"""Whatever happens to a build: the last good one is whole, the next one succeeds, the message says why it failed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg import output
from kg.pipeline import Settings, build_folder
from kg.pipeline.earlier import Earlier, find_earlier

BENCH = Path(__file__).parents[2] / "bench"
SENTENCE = "由湖北省总工会牵头推进技能人才培养改革。截至2023年底，全省有技能人才{}万人。\n"
FILES = (output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST)


def lay(folder: Path, count: int, more: str = "") -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03d}.txt").write_text(SENTENCE.format(number + 1) + more, "utf-8")
    return folder


def written(out: Path) -> dict[str, bytes]:
    assert isinstance(find_earlier(out, Settings().fingerprint()), Earlier)
    return {name: (out / name).read_bytes() for name in FILES}


def test_killed_at_random_moments() -> None:
    command = [sys.executable, str(BENCH / "kills.py"), "--kills", "5", "--pages", "8"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "always whole" in result.stdout


def small_files() -> None:
    """Let no file of this process grow beyond 20 kB, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.parametrize("options", [[], ["--fresh"], ["--jobs", "2"]])
def test_no_space_left(tmp_path: Path, options: list[str]) -> None:
    pages, out = lay(tmp_path / "pages", 30), tmp_path / "out"
    build_folder([pages], out, Settings())
    good = written(out)
    lay(pages, 30, "武汉市有技术工人3.2万人。\n")
    command = [sys.executable, "-m", "kg", "build", str(pages), "-o", "out", *options]
    failed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, preexec_fn=small_files, check=False)
    assert failed.returncode == 2
    (line,) = failed.stderr.splitlines()
    assert line.startswith("kg: out: ")
    assert "cannot be written" in line
    assert written(out) == good
    assert sorted(os.listdir(tmp_path)) == ["out", "pages"]  # noqa: PTH208
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    build_folder([pages], tmp_path / "scratch", Settings())
    assert written(out) == written(tmp_path / "scratch")


def test_clocks_that_jump_change_nothing(tmp_path: Path) -> None:
    pages, out = lay(tmp_path / "pages", 12), tmp_path / "out"
    build_folder([pages], out, Settings())
    good = written(out)
    for number, path in enumerate([*pages.iterdir(), *out.iterdir(), out]):
        when = 4_000_000_000 if number % 2 else 100_000_000  # 2096 and 1973
        os.utime(path, (when, when))
    report = build_folder([pages], out, Settings())
    assert (report.anew, report.kept, report.note) == (0, 12, "")
    assert written(out) == good
    # A change that leaves size and time as they were is one.
    page = pages / "003.txt"
    status = page.stat()
    page.write_text(SENTENCE.format(9), "utf-8")
    os.utime(page, (status.st_atime, status.st_mtime))
    assert page.stat().st_size == status.st_size
    assert build_folder([pages], out, Settings()).anew == 1


def test_a_build_of_an_older_version_is_refused_by_readers_and_replaced_by_builds(tmp_path: Path) -> None:
    pages, out = lay(tmp_path / "pages", 3), tmp_path / "out"
    build_folder([pages], out, Settings())
    manifest = out / output.MANIFEST
    manifest.write_text(manifest.read_text().replace('"format": 2', '"format": 1'))
    (out / output.ARCHIVE).unlink()
    refused = subprocess.run(
        [sys.executable, "-m", "kg", "stats"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert refused.stderr == f"kg: {out}: the graph was built by an older version; build the graph with `kg build`\n"
    assert build_folder([pages], out, Settings()).note == "the earlier build was built by an older version"
