"""The output folder is whole at any moment, and nothing that is not a build's is ever touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from kg import output
from kg.errors import StoreError


def put(out: Path, content: str) -> None:
    """Make a build whose two files hold the same content."""
    with output.building(out) as folder:
        (folder / output.STORE).mkdir()
        (folder / output.STORE / "data").write_text(content)
        (folder / output.TURTLE).write_text(content)
        (folder / output.MANIFEST).write_text('{"format": 1}')


def content(out: Path) -> str:
    """Return what the build holds, after making sure that it is whole."""

    def read(folder: Path) -> tuple[str, str]:
        return (folder / output.STORE / "data").read_text(), (folder / output.TURTLE).read_text()

    one, other = output.read_whole(out, read)
    assert one == other
    return one


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_first_build_and_replacement_leave_nothing_beside(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    put(out, "first")
    assert content(out) == "first"
    put(out, "second")
    assert content(out) == "second"
    assert names(out.parent) == ["out"]
    assert output.is_build(out)


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    put(tmp_path / "out", "first")
    assert content(tmp_path / "out") == "first"


def test_a_failure_leaves_the_earlier_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, "first")
    with pytest.raises(ZeroDivisionError), output.building(out):
        raise ZeroDivisionError
    assert content(out) == "first"
    assert names(tmp_path) == ["out"]


def test_without_exchange_the_earlier_build_is_found_between_the_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_exchange", lambda one, other: False)
    out = tmp_path / "out"
    put(out, "first")
    put(out, "second")
    assert content(out) == "second"
    assert names(tmp_path) == ["out"]
    # Killed between the two steps:
    out.rename(tmp_path / ".out.previous-4711")
    (tmp_path / ".out.building-4711").mkdir()
    assert content(out) == "second"
    put(out, "third")
    assert content(out) == "third"
    assert names(tmp_path) == ["out"]


def test_a_failed_build_puts_back_what_a_killed_one_left(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, "first")
    out.rename(tmp_path / ".out.previous-4711")
    with pytest.raises(ZeroDivisionError), output.building(out):
        raise ZeroDivisionError
    assert names(tmp_path) == ["out"]
    assert content(out) == "first"


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda out: out.write_text("mine"), "is a file, not a folder"),
        (lambda out: (out.mkdir(), (out / "thesis.docx").write_text("mine")), "holds 'thesis.docx', which no build"),
        (lambda out: out.symlink_to(out.parent), "is a symbolic link"),
        (lambda out: out.symlink_to("nowhere"), "is a symbolic link"),
        (lambda out: (put(out, "first"), (out / "note.txt").write_text("mine")), "holds 'note.txt', which no build"),
        (lambda out: (out.mkdir(), (out / "store").mkdir()), "holds 'store', which no build wrote"),
        (lambda out: (out.mkdir(), (out / output.MANIFEST).write_text("[]")), "holds 'kg-store.json', which no build"),
    ],
)
def test_what_is_not_ours_is_refused_and_untouched(tmp_path: Path, prepare, message: str) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "out"
    prepare(out)
    before = sorted(path.as_posix() for path in tmp_path.rglob("*"))
    with pytest.raises(StoreError, match=message):
        put(out, "new")
    assert sorted(path.as_posix() for path in tmp_path.rglob("*")) == before


def test_the_current_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="is the current folder"):
        put(Path(), "new")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="cannot be written"):
        put(tmp_path / "file" / "out", "new")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(StoreError, match="cannot be written: permission denied"):
        put(tmp_path / "out", "new")
    tmp_path.chmod(0o755)


def test_two_builds_at_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with output.building(out) as folder:
        with pytest.raises(StoreError, match="another build into this folder is under way"):
            put(out, "other")
        (folder / output.TURTLE).write_text("mine")
    assert (out / output.TURTLE).read_text() == "mine"
    assert names(tmp_path) == ["out"]


def test_there_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no build; run 'kg build SOURCE -o out' first"):
        output.whole(tmp_path / "out")
    with pytest.raises(StoreError, match="is no build of kg"):
        output.whole(tmp_path)


BUILDER = """
    import itertools, sys
    from pathlib import Path
    from kg import output
    if sys.argv[2] == "pair":
        output._exchange = lambda one, other: False
    print("ready", flush=True)
    for number in itertools.count():
        with output.building(Path(sys.argv[1])) as folder:
            (folder / output.STORE).mkdir()
            (folder / output.STORE / "data").write_text(str(number))
            (folder / output.TURTLE).write_text(str(number))
            (folder / output.MANIFEST).write_text('{"format": 1}')
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("way", ["exchange", "pair"])
def test_killed_at_any_moment_and_read_at_any_moment(tmp_path: Path, way: str) -> None:
    out = tmp_path / "out"
    put(out, "-1")
    stop = threading.Event()
    failures: list[Exception] = []

    def keep_reading() -> None:
        while not stop.is_set():
            try:
                content(out)
            except Exception as error:
                failures.append(error)

    reader = threading.Thread(target=keep_reading)
    reader.start()
    try:
        for moment in range(8):
            builder = subprocess.Popen(
                [sys.executable, "-c", textwrap.dedent(BUILDER), str(out), way], stdout=subprocess.PIPE
            )
            assert builder.stdout
            with builder.stdout:
                builder.stdout.readline()
            time.sleep(0.01 + moment * 0.0057)
            builder.send_signal(signal.SIGKILL)
            builder.wait()
            content(out)
    finally:
        stop.set()
        reader.join()
    assert failures == []
    put(out, "last")
    assert names(tmp_path) == ["out"]
