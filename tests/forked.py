"""`kg` in processes of their own that are forked from one which has imported it, as every command would do first."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

POSSIBLE = sys.platform != "win32"

# What the commands import when they are at work, too.
_IMPORTED = ["kg.api", "kg.cli", "kg.evaluate", "kg.pipeline", "kg.query", "kg.resolve", "kg.text", "kg.view"]
_IMPORTED += ["jieba", "kg.serve.run", "pyshacl", "pytest", "pyvis.network", "rdflib", "rich.progress", "rich.table"]


def run(arguments: Sequence[str], cwd: Path, streams: Sequence[Path], seconds: float = 120) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: What follows `kg`.
        cwd: The folder to run in.
        streams: The files for standard input, output and error.
        seconds: After how many it is killed.
    """
    process = start(command, arguments, streams, cwd)
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        raise AssertionError(f"kg {' '.join(arguments)} has not ended after {seconds} seconds")
    return process.exitcode


def start(
    do: Callable[..., None],
    arguments: Sequence[Any],
    streams: Sequence[Path],
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> BaseProcess:
    """Start a process that does something with these arguments, in this folder, with these streams and variables."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(_IMPORTED)
    process = server.Process(target=_begin, args=(do, arguments, streams, cwd, environment))
    process.start()
    return process


def command(*arguments: str) -> None:
    """Be `kg` with these arguments."""
    from kg.cli import main

    sys.argv = ["kg", *arguments]
    main()


def _begin(
    do: Callable[..., None],
    arguments: Sequence[Any],
    streams: Sequence[Path],
    cwd: Path | None,
    environment: Mapping[str, str] | None,
) -> None:
    os.environ.update(environment or {})
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    # As the interpreter makes them when it starts; they are closed when the process ends.
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
        for number in range(3)
    )
    if cwd is not None:
        os.chdir(cwd)
    do(*arguments)
