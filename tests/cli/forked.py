"""`kg` in processes of their own that are forked from one which has imported it, as every command does first."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_SERVER = multiprocessing.get_context("forkserver") if sys.platform != "win32" else None
# What the commands import when they are at work, too.
_IMPORTED = ["kg.api", "kg.cli", "kg.evaluate", "kg.pipeline", "kg.query", "kg.resolve", "kg.text", "kg.view"]
_IMPORTED += ["jieba", "pyshacl", "pytest", "pyvis.network", "rdflib", "rich.progress", "rich.table"]


def run(arguments: Sequence[str], cwd: Path, streams: Sequence[Path], seconds: float = 120) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: What follows `kg`.
        cwd: The folder to run in.
        streams: The files for standard input, output and error.
        seconds: After how many it is killed.
    """
    assert _SERVER is not None
    _SERVER.set_forkserver_preload(_IMPORTED)
    process = _SERVER.Process(target=_command, args=(arguments, cwd, streams))
    process.start()
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        raise AssertionError(f"kg {' '.join(arguments)} has not ended after {seconds} seconds")
    return process.exitcode


def _command(arguments: Sequence[str], cwd: Path, streams: Sequence[Path]) -> None:
    from kg.cli import main

    os.chdir(cwd)
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - of the process, for its whole life
    sys.argv = ["kg", *arguments]
    main()
