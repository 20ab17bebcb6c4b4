"""Lists of words that the package holds as data, in sections."""

from __future__ import annotations

import functools
from importlib.resources import files


@functools.cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the sections of `data/<name>.txt`: each under its `[heading]`, entries parted by white space.

    Lines that begin with `#` are remarks. An entry that is to hold a space has `_` for it.

    >>> sections("elements")["closed by tr"]
    ('p', 'td', 'th', 'tr', 'caption')
    """
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in files("kg.text").joinpath("data", f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            entries = found.setdefault(line.strip().strip("[]"), [])
        elif not line.startswith("#"):
            entries += line.split()
    return {heading: tuple(entry.replace("_", " ") for entry in listed) for heading, listed in found.items()}
