"""A process that reads pages for another, which is at the other end of its standard input and output.

What goes over them are pickles, each behind its length; both ends are this program, and nobody else can write there.
The process ends when its standard input does, so that none is left behind by whatever kills the other.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Sequence
from typing import IO, Any

from kg.garbage import collect_rarely
from kg.model import Page
from kg.pipeline.reading import Outcome, outcome

_LENGTH = 8
"""Bytes that tell how long what follows is."""


def send(value: Any, stream: IO[bytes]) -> None:
    """Send a value.

    Raises:
        OSError: The other end is gone.
    """
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next value.

    Raises:
        EOFError: The other end is gone.
    """
    head = stream.read(_LENGTH)
    data = stream.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if not data:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """Read what comes: first by what to read, then lists of pages, each answered by its outcomes."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the build ends its workers
    requests = sys.stdin.buffer
    # What a library may print must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        setup = receive(requests)
        while True:
            pages: Sequence[Page] = receive(requests)
            found: list[Outcome] = [outcome(page, *setup) for page in pages]
            send(found, answers)
    except (EOFError, OSError):
        pass
