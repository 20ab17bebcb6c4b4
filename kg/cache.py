"""Keeps what was worked out from a text in the user's cache folder, for the next start.

Entries go by the content of the text, are checked when they are read, and are never needed: where the folder is
missing, full, read-only or damaged, everything is worked out again.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

_FORMAT = 1  # of what is kept; raised when `kg.yaml` keeps something else
_MOST = 64  # entries


def kept(text: str, make: Callable[[], Any]) -> Any:
    """Return what `make` makes of a text, or what it made of the same text before: data that JSON can hold.

    Args:
        text: All that the result depends on.
        make: Works the result out; what it raises is passed on, and nothing is kept.
    """
    folder = _folder()
    if folder is None:
        return make()
    name = sha256(f"{_FORMAT}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    path = folder / f"{name}.json"
    with contextlib.suppress(OSError, ValueError):
        return _read(path)
    made = make()
    with contextlib.suppress(OSError):
        _write(path, made)
    return made


def _folder() -> Path | None:
    """Return the folder of this package's entries, as the XDG base directory specification has it, or None."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "policy-kg"
    try:
        return Path.home() / ".cache" / "policy-kg"
    except RuntimeError:  # a user without a home
        return None


def _read(path: Path) -> Any:
    """Return an entry.

    Raises:
        OSError: There is none, or it cannot be read.
        ValueError: It is damaged.
    """
    digest, _, content = path.read_text("utf-8").partition("\n")
    if digest != _digest(content):
        raise ValueError("damaged")
    return json.loads(content)


def _write(path: Path, made: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = json.dumps(made, ensure_ascii=False)
    # Written beside its place and put there in one step, so that no other process reads half of it.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(f"{_digest(content)}\n{content}")
    try:
        Path(file.name).replace(path)
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
    entries = sorted(path.parent.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for old in entries[_MOST:]:
        old.unlink(missing_ok=True)


def _digest(content: str) -> str:
    return sha256(content.encode("utf-8")).hexdigest()
