"""What a store was given, noted on this side: the graphs by IRI, each with the hash of its content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import TracebackType
from typing import IO

from kg.errors import StoreError

UNSETTLED = "?"
"""In place of a hash: the store may hold a graph as it was, as it was to become, or none."""


def journal_path(out: Path, url: str) -> Path:
    """Return where it is noted what of the build at `out` went to an address: beside it, hidden."""
    out = out.absolute()
    return out.with_name(f".{out.name}.loaded-{hashlib.sha256(url.encode()).hexdigest()[:12]}.jsonl")


class Journal:
    """A file to which a line is added for each graph that was put or removed; the last line of a graph counts.

    A line that was cut off, as by a crash, counts for nothing: what it was to note is done again.

    Attributes:
        known: The graphs that the store holds, each with the hash of its content, in the order in which they came.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, str] = {}
        self._file: IO[str] | None = None

    def __enter__(self) -> Journal:
        try:
            if self.path.exists():
                self._read()
            self._file = self.path.open("a", encoding="utf-8")
            if self._file.tell():
                self._file.write("\n")  # ends a line that was cut off
        except OSError as error:
            raise self._unusable(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def note(self, graph: str, hash_: str) -> None:
        """Note that the store holds a graph, or with "" that it does not."""
        self.known.pop(graph, None)
        if hash_:
            self.known[graph] = hash_
        assert self._file
        try:
            self._file.write(json.dumps([graph, hash_]) + "\n")
            self._file.flush()
        except OSError as error:
            raise self._unusable(error) from error

    def forget(self) -> None:
        """Forget all that was noted."""
        self.known.clear()
        assert self._file
        self._file.truncate(0)

    def _read(self) -> None:
        for line in self.path.read_text("utf-8", "replace").splitlines():
            try:
                graph, hash_ = json.loads(line)
            except ValueError:
                continue
            self.known.pop(graph, None)
            if hash_:
                self.known[graph] = hash_

    def _unusable(self, error: OSError) -> StoreError:
        reason = (error.strerror or str(error)).lower()
        return StoreError(f"cannot be written: {reason}", where=str(self.path), remedy="grant write access beside it")
