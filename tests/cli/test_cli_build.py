"""`kg build` reads what can be read, says what cannot, and replaces an earlier build in one step or not at all."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]  # see conftest.py

OUTPUTS = ["archive.db", "checks.json", "graph.html", "graph.ttl", "kg-store.json", "report.json", "store"]
# The store's own files hold times; everything else is the same for the same input.
COMPARED = ["graph.html", "graph.ttl", "kg-store.json", "report.json"]


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in COMPARED}


def test_outputs_and_summary(built: Path, pages: Path, kg: Kg) -> None:
    assert sorted(entry.name for entry in (built / "out").iterdir()) == OUTPUTS
    assert [entry.name for entry in built.iterdir()] == ["out"]
    result = kg("build", pages, "-o", "again", cwd=built)
    shutil.rmtree(built / "again")
    assert result.returncode == 0
    assert result.stderr == ""
    assert "documents  2 read\n" in result.stdout
    assert "problems   none\n" in result.stdout
    assert "leads" in result.stdout
    for name in ("graph.ttl", "graph.html", "report.json", "store"):
        assert f"{Path('again') / name}\n" in result.stdout
    assert "\x1b" not in result.stdout


def test_report(built: Path) -> None:
    report = json.loads((built / "out" / "report.json").read_text("utf-8"))
    assert [document["identifier"] for document in report["documents"]] == ["city.html", "union.txt"]
    city = report["documents"][0]
    assert city["encoding"] == "utf-8"
    assert city["title"] == "哈尔滨市推进产改"
    assert city["published"] == "2024-06-07"
    assert city["problems"] == []
    assert report["totals"]["documents"] == 2
    assert report["totals"]["facts"]["leads"] >= 2
    assert report["totals"]["entities"]["TradeUnion"] == 2
    assert "policy-kg" in report["versions"]


def test_same_input_same_bytes_in_any_order_and_repeated(built: Path, pages: Path, tmp_path: Path, kg: Kg) -> None:
    names = [pages / "union.txt", pages / "city.html", pages / "union.txt"]
    assert kg("build", *names, cwd=tmp_path, PYTHONHASHSEED="7").returncode == 0
    assert files(tmp_path / "out") == files(built / "out")


def test_base_of_instances(pages: Path, tmp_path: Path, kg: Kg) -> None:
    assert kg("build", pages, "--base", "https://data.example.org/x/", cwd=tmp_path).returncode == 0
    turtle = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert "https://data.example.org/x/id/" in turtle
    assert "https://kg.example/id/" not in turtle


@pytest.mark.parametrize("base", ["example", "https://data.example.org", "https://data example.org/", ""])
def test_a_base_that_is_none(pages: Path, tmp_path: Path, kg: Kg, base: str) -> None:
    result = kg("build", pages, "--base", base, cwd=tmp_path)
    assert result.returncode == 2
    assert "not a base IRI" in result.complaint
    assert list(tmp_path.iterdir()) == []


def test_include_narrows_a_folder(pages: Path, tmp_path: Path, kg: Kg) -> None:
    result = kg("build", pages, "--include", "*.html", cwd=tmp_path)
    assert "documents  1 read\n" in result.stdout


BAD_FILES = {
    "binary.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not text"),
    "empty.txt": (b"", "the file is empty"),
    "garbled.txt": (random.Random(1).randbytes(4001).translate(None, bytes(range(128))), "decodes as none"),
    "report.pdf": (b"%PDF-1.7 ...", "PDF"),
}


def test_bad_files_cost_no_other_file_anything(built: Path, pages: Path, tmp_path: Path, kg: Kg) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(pages, mixed)
    for name, (data, _) in BAD_FILES.items():
        (mixed / name).write_bytes(data)
    with (mixed / "enormous.txt").open("wb") as file:
        file.truncate(100_000_000)
    (mixed / "gone.txt").symlink_to("nowhere")
    result = kg("build", mixed, cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    assert "documents  2 read, 6 not read\n" in result.stdout
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == sorted([*BAD_FILES, "enormous.txt", "gone.txt"])
    for line in lines:
        name = line.split(": ")[1]
        assert BAD_FILES.get(name, (b"", ""))[1] in line
        assert "; " in line  # each says what to do
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == (built / "out" / "graph.ttl").read_bytes()
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert len(report["unread"]) == report["totals"]["problems"] == 6


def test_a_page_off_the_subject_is_read_and_states_nothing(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "soup.txt").write_text(
        "西红柿洗净切块,锅中放油,炒出汁水后加水煮开,打入鸡蛋,撒上葱花即可出锅。\n" * 3, "utf-8"
    )
    result = kg("build", "soup.txt", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "documents  1 read, 1 without facts\n" in result.stdout
    assert "facts      none\n" in result.stdout
    assert result.complaint.startswith("soup.txt: no facts in it; leave it out if it is off the subject")
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["totals"]["without_facts"] == 1


def test_one_line_of_ten_megabytes_and_a_page_as_long_as_a_library(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "line.txt").write_text("全省推进各项工作取得新的成效" * 240_000, "utf-8")
    (tmp_path / "long.txt").write_text("全省推进各项工作取得新的成效。\n" * 80_000, "utf-8")
    (tmp_path / "good.txt").write_text("由黑龙江省总工会牵头推进产业工人队伍建设改革。\n", "utf-8")
    result = kg("build", "line.txt", "long.txt", "good.txt", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "kg: line.txt: one line of 3,360,000 characters is no paragraph; break it into lines",
        "kg: long.txt: 1,200,000 characters are no article; split it into one file per page",
    ]
    assert "documents  1 read, 2 not read\n" in result.stdout


def test_names_of_files_that_are_no_text(tmp_path: Path, kg: Kg) -> None:
    text = "由黑龙江省总工会牵头推进产业工人队伍建设改革。\n".encode()
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a\n<b>' \"\x1b[2J.txt").write_bytes(text)
    gbk = pages / os.fsdecode("改革".encode("gbk"))
    gbk.mkdir()
    (gbk / "page.txt").write_bytes(text)
    (pages / "b\n\x1b[2J.txt").write_bytes(b"")
    result = kg("build", "pages", cwd=tmp_path)
    assert result.returncode == 1
    assert "documents  2 read, 1 not read\n" in result.stdout
    assert "\x1b" not in result.complaint
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build"], "Missing argument 'SOURCE...'"),
        (["build", "nowhere"], "nowhere: there is no such file or folder"),
        (["build", "hollow"], "hollow: no documents found"),
        (["build", "empty.txt"], "empty.txt: the file is empty; remove it"),
        (["build", "union.txt", "-o", "union.txt"], "union.txt: is a file, not a folder"),
        (["build", "union.txt", "-o", "mine"], "mine: holds 'thesis.txt', which no build wrote"),
        (["build", "union.txt", "-o", "union.txt/out"], "cannot be written"),
        (["build", "union.txt", "-o", "link"], "link: is a symbolic link"),
        (["build", "mine", "-o", "mine/out"], "lies within this source"),
        (["build", "union.txt", "-o", "."], "is the current folder"),
        (["build", "union.txt", "-o", "/"], "is the root of the file system"),
        (["build", "union.txt", "--nonsense"], "No such option"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_misuse_is_one_line_and_changes_nothing(
    pages: Path, tmp_path: Path, kg: Kg, arguments: list[str], message: str
) -> None:
    shutil.copy(pages / "union.txt", tmp_path)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "hollow").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    (tmp_path / "link").symlink_to("hollow")
    before = sorted(tmp_path.rglob("*"))
    result = kg(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.complaint
    assert result.stdout == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_where_nothing_can_be_read_the_earlier_build_stays(built: Path, tmp_path: Path, kg: Kg) -> None:
    shutil.copytree(built / "out", tmp_path / "out")
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    result = kg("build", "a.txt", "b.txt", cwd=tmp_path)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 3  # one for each file, one for the build
    assert files(tmp_path / "out") == files(built / "out")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.txt", "b.txt", "out"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_while_building(built: Path, pages: Path, tmp_path: Path, kg: Kg) -> None:
    """Wherever it is killed, the earlier build is whole, and the next one tidies up."""
    shutil.copytree(built / "out", tmp_path / "out")
    before = files(tmp_path / "out")
    command = [sys.executable, "-m", "kg", "build", str(pages)]
    started = time.monotonic()
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    whole = time.monotonic() - started
    for share in (0.3, 0.6, 0.8, 0.9, 0.97):
        builder = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * share)
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        assert files(tmp_path / "out") == before
    assert kg("stats", cwd=tmp_path).returncode == 0
    assert kg("build", pages, cwd=tmp_path).returncode == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on processes")
@pytest.mark.parametrize("limit", [8_000, 200_000])
def test_a_disk_that_is_full_leaves_the_earlier_build(built: Path, pages: Path, tmp_path: Path, limit: int) -> None:
    import resource

    shutil.copytree(built / "out", tmp_path / "out")
    # Files that may not grow beyond the limit fail as on a full disk, in the store or in the picture.
    result = subprocess.run(
        [sys.executable, "-m", "kg", "build", pages],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 2
    assert result.stderr.startswith("kg: out: ")
    assert "cannot be written: file too large; free or mend that, or choose another folder" in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(tmp_path / "out") == files(built / "out")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_two_builds_into_one_folder(pages: Path, tmp_path: Path, kg: Kg) -> None:
    command = [sys.executable, "-m", "kg", "build", str(pages)]
    builders = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    errors = sorted(builder.communicate()[1] for builder in builders)
    codes = sorted(builder.returncode for builder in builders)
    # On a slow machine one may be done before the other has started.
    assert codes in ([0, 2], [0, 0])
    if codes == [0, 2]:
        assert "another build into this folder is under way" in errors[1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    assert kg("stats", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_on_a_terminal(pages: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    result = subprocess.run(
        [sys.executable, "-m", "kg", "build", str(pages)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123 - a descriptor, not a path
        try:
            while chunk := terminal.read(4096):
                shown += chunk
        except OSError:
            pass  # the other end is closed
    assert result.returncode == 0
    assert b"\x1b" in shown
    assert b"\x1b" not in result.stdout
