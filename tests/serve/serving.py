"""Servers as a user starts them, for the time of a block."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx


@contextmanager
def running(command: list[str], **environment: str) -> Iterator[httpx.Client]:
    """Start a server that prints its address, yield a client of it, and see it end in order."""
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=os.environ | environment
    )
    assert server.stdout
    assert server.stderr
    try:
        line = server.stdout.readline()
        assert line, server.stderr.read()
        with httpx.Client(base_url=line.split()[0], timeout=60, trust_env=False) as client:
            yield client
        assert server.poll() is None, server.stderr.read()
    finally:
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=20)
    assert complaints == "", complaints
    assert server.returncode == 0


def serving(out: Path, *options: str, **environment: str) -> AbstractContextManager[httpx.Client]:
    """Run `kg serve` on a free port."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(out), "--port", "0", *options]
    return running(command, **environment)


def limited(out: Path, **settings: object) -> AbstractContextManager[httpx.Client]:
    """Run a server with any of `Settings`."""
    program = (
        "import sys; from pathlib import Path; from kg.serve.run import run; from kg.serve.settings import Settings; "
        f"run(Settings(store=Path(sys.argv[1]), port=0, **{settings!r}), lambda address: print(address, flush=True))"
    )
    return running([sys.executable, "-W", "ignore", "-c", program, str(out)])
