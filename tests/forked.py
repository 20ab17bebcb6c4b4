"""`kg` in processes of their own that are forked from one which has imported it, as every command would do first."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

POSSIBLE = sys.platform != "win32"

# What the commands import when they are at work, too.
_IMPORTED = ["kg.api", "kg.cli", "kg.evaluate", "kg.pipeline", "kg.query", "kg.resolve", "kg.text", "kg.view"]
_IMPORTED += ["jieba", "kg.serve.run", "pyshacl", "pytest", "pyvis.network", "rdflib", "rich.progress", "rich.table"]


def run(
    arguments: Sequence[str | Path],
    cwd: Path,
    input: str = "",
    do: Callable[..., None] | None = None,
    seconds: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run a command line and return how it ended and what it wrote.

    Args:
        arguments: What follows `kg`.
        cwd: The folder to run in.
        input: What stands on standard input.
        do: What is called with the arguments; by default `command`.
        seconds: After how many it is killed.
    """
    words = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("input", "output", "error")]
        for stream in streams:
            stream.write_text(input if stream.name == "input" else "", encoding="utf-8")
        process = start(do or command, words, streams, cwd)
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            raise AssertionError(f"kg {' '.join(words)} has not ended after {seconds} seconds")
        said, complaints = (stream.read_text(encoding="utf-8") for stream in streams[1:])
    return subprocess.CompletedProcess(words, process.exitcode, said, complaints)


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
