"""Whatever happens to a build: the last good one is whole, the next one succeeds, the message says why it failed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import forked
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


@pytest.mark.parametrize("what", ["builds", "loads"])
def test_killed_at_random_moments(what: str) -> None:
    beside = str(Path(sys.executable).parent)
    if what == "loads" and not (shutil.which("oxigraph") or shutil.which("oxigraph", path=beside)):
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    command = [sys.executable, str(BENCH / "kills.py"), "--kills", "5", "--pages", "8", "--what", what]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "always whole" in result.stdout


def kg_with_small_files(*arguments: str) -> None:
    """Be `kg` where no file may grow beyond 20 kB, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    forked.command(*arguments)


@pytest.mark.parametrize("options", [[], ["--fresh"], ["--jobs", "2"]])
def test_no_space_left(tmp_path: Path, options: list[str]) -> None:
    pages, out = lay(tmp_path / "pages", 30), tmp_path / "out"
    build_folder([pages], out, Settings())
    good = written(out)
    lay(pages, 30, "武汉市有技术工人3.2万人。\n")
    command = ["build", pages, "-o", "out", *options]
    failed = forked.run(command, tmp_path, do=kg_with_small_files)
    assert failed.returncode == 2
    (line,) = failed.stderr.splitlines()
    assert line.startswith("kg: out: ")
    assert "cannot be written" in line
    assert written(out) == good
    assert sorted(os.listdir(tmp_path)) == ["out", "pages"]  # noqa: PTH208
    assert forked.run(command, tmp_path).returncode == 0
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


def test_a_build_of_a_version_that_noted_its_files_otherwise_is_replaced(tmp_path: Path) -> None:
    pages, out = lay(tmp_path / "pages", 3), tmp_path / "out"
    build_folder([pages], out, Settings())
    good = written(out)
    checks = json.loads((out / output.CHECKS).read_text())
    (out / output.CHECKS).write_text(json.dumps({name: noted[1:] for name, noted in checks.items()}))
    assert build_folder([pages], out, Settings()).note == "the earlier build was built by another version"
    assert written(out) == good


def test_a_build_of_an_older_version_is_refused_by_readers_and_replaced_by_builds(tmp_path: Path) -> None:
    pages, out = lay(tmp_path / "pages", 3), tmp_path / "out"
    build_folder([pages], out, Settings())
    manifest = out / output.MANIFEST
    manifest.write_text(manifest.read_text().replace('"format": 2', '"format": 1'))
    (out / output.ARCHIVE).unlink()
    refused = forked.run(["stats"], tmp_path)
    assert refused.returncode == 2
    assert refused.stderr == f"kg: {out}: the graph was built by an older version; build the graph with `kg build`\n"
    assert build_folder([pages], out, Settings()).note == "the earlier build was built by an older version"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB of its own, which `resize` makes smaller or larger."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def build(pages: Path, out: Path, *options: str) -> tuple[int, list[str]]:
    result = forked.run(["build", pages, "-o", out.name, *options], out.parent)
    return result.returncode, result.stderr.splitlines()


@pytest.mark.parametrize("options", [[], ["--fresh", "--jobs", "2"]])
def test_a_disk_that_gets_full_at_any_point(tmp_path: Path, disk: Path, options: list[str]) -> None:
    pages, out = lay(tmp_path / "pages", 12), disk / "out"
    build_folder([pages], tmp_path / "scratch", Settings())
    first = written(tmp_path / "scratch")
    shutil.rmtree(tmp_path / "scratch")
    lay(pages, 12, "武汉市有技术工人3.2万人。\n")
    build_folder([pages], tmp_path / "scratch", Settings())
    second = written(tmp_path / "scratch")
    need = sum(path.stat().st_size for path in (tmp_path / "scratch").rglob("*"))
    standing: dict[str, bytes] | None = None
    for text, expected in (("", first), ("武汉市有技术工人3.2万人。\n", second)):
        lay(pages, 12, text)
        status = os.statvfs(disk)
        held = (status.f_blocks - status.f_bfree) * status.f_frsize
        failed = 0
        for share in (0.02, 0.3, 0.6, 0.9):
            remount(disk, f"size={int((held + share * need) / 1024) + 8}k")
            code, complaint = build(pages, out, *options)
            if code == 0:
                break
            failed += 1
            assert code == 2
            assert len(complaint) == 1, complaint
            assert complaint[0].startswith("kg: out: "), complaint
            assert "no space left" in complaint[0], complaint
            assert os.listdir(disk) == (["out"] if standing else [])  # noqa: PTH208
            assert standing is None or written(out) == standing
        assert failed
        remount(disk, "size=64m")
        assert build(pages, out, *options) == (0, [])
        standing = written(out)
        assert standing == expected


def test_an_output_that_is_read_only(tmp_path: Path, disk: Path) -> None:
    pages, out = lay(tmp_path / "pages", 3), disk / "out"
    assert build(pages, out) == (0, [])
    good = written(out)
    remount(disk, "ro")
    try:
        lay(pages, 4)
        for place in (out, disk / "another"):
            code, (complaint,) = build(pages, place)
            assert code == 2
            assert complaint.startswith(f"kg: {place.name}: cannot be written: read-only file system; "), complaint
        asked = forked.run(["query", "documents"], disk)
        assert (asked.returncode, asked.stderr) == (0, "")
        assert written(out) == good
    finally:
        remount(disk, "rw")
    assert build(pages, out) == (0, [])


def test_builds_into_one_folder_at_once(tmp_path: Path) -> None:
    pages, out = lay(tmp_path / "pages", 40), tmp_path / "out"
    command = [sys.executable, "-m", "kg", "build", str(pages), "-o", "out", "--fresh"]
    running = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    assert ("", 0) in ended
    for complaint, code in ended:
        told = "kg: out: another build into this folder is under way; wait for it, or choose another folder with -o\n"
        assert (complaint, code) in [("", 0), (told, 2)]
    assert sorted(os.listdir(tmp_path)) == ["out", "pages"]  # noqa: PTH208
    build_folder([pages], tmp_path / "scratch", Settings())
    assert written(out) == written(tmp_path / "scratch")
