"""Starting: where it listens, and one line on what hinders it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import forked
import httpx
import pytest

from kg.serve.settings import Settings


def complaint(*options: str | Path) -> str:
    """Return the one line with which `kg serve` fails."""
    done = forked.run(["serve", *options], Path.cwd(), seconds=60)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


def test_it_says_where_it_is(server: httpx.Client) -> None:
    assert server.base_url.host == "127.0.0.1"
    assert "知识图谱" in server.get("/").text


def test_no_build(tmp_path: Path) -> None:
    assert "there is no build" in complaint("--store", tmp_path / "out")


def test_a_port_in_use(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert complaint("--store", built, "--port", str(port)).endswith(
            f"127.0.0.1:{port}: the port is in use; choose another with --port, or end what uses it"
        )


def test_no_process_that_answers(built: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kg.serve.run import run; from kg.serve.settings import Settings; "
        "run(Settings(store=Path(sys.argv[1]), port=0, workers=1, memory_limit=64 << 20), print)"
    )
    server = [sys.executable, "-W", "ignore", "-c", program, str(built)]
    done = subprocess.run(server, capture_output=True, encoding="utf-8", timeout=60)
    assert "no process could be started; try again later" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--base", "ftp://graph.example/", "not the address of a server"),
        ("--base", "https://graph.example/kg", "with '/' at its end"),
        ("--token", "a b", "the token cannot be sent"),
        ("--host", "203.0.113.7", "not an address of this machine"),
    ],
)
def test_what_cannot_be_served(built: Path, option: str, value: str, message: str) -> None:
    assert message in complaint("--store", built, option, value)


@pytest.mark.parametrize(
    ("settings", "private"),
    [
        ({}, True),
        ({"host": "localhost"}, True),
        ({"host": "::1"}, True),
        ({"host": "0.0.0.0"}, False),
        ({"host": "graph.example"}, False),
        ({"host": "0.0.0.0", "token": "x"}, True),
    ],
)
def test_whether_others_can_ask(settings: dict[str, str], private: bool) -> None:
    assert Settings(**settings).is_private is private  # type: ignore[arg-type]


def test_without_its_libraries_it_says_which(built: Path, tmp_path: Path) -> None:
    (tmp_path / "fastapi.py").write_text("raise ModuleNotFoundError('no', name='fastapi')", "utf-8")
    server = [sys.executable, "-m", "kg", "serve", "--store", str(built)]
    path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    done = subprocess.run(server, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == 2
    assert done.stderr == (
        "kg: serving needs the package fastapi, which is not installed; run: pip install 'policy-kg[serve]'\n"
    )
