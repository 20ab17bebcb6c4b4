"""Tables of the data folder: a row is a line, its columns split at tabs; lines that begin with `#` are notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.errors import RuleError


def rows(name: str, width: int) -> Iterator[list[str]]:
    """Yield the rows of a table.

    Raises:
        RuleError: A row has not `width` columns.
    """
    return (_split(line, width, name, number) for line, number in _lines(name))


def rows_under(prefix: str, name: str, width: int) -> Iterator[list[str]]:
    """Yield the rows of a table whose lines begin with `prefix`, digits, in order; no other is split.

    Raises:
        RuleError: Such a row has not `width` columns.
    """
    table = _sorted(name)
    first = bisect_left(table, (prefix,))
    last = bisect_left(table, (prefix + ":",), first)  # ":" follows the digits
    return (_split(line, width, name, number) for line, number in table[first:last])


@cache
def _sorted(name: str) -> list[tuple[str, int]]:
    return sorted(_lines(name))


def _lines(name: str) -> Iterator[tuple[str, int]]:
    """Yield the lines of a table with their numbers, counted from 1; notes are left out."""
    text = (files("kg.lexicon") / "data" / name).read_text(encoding="utf-8")
    return ((line, number) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#")


def _split(line: str, width: int, name: str, number: int) -> list[str]:
    """Return the columns of a line."""
    row = line.split("\t")
    if len(row) != width:
        raise RuleError(
            f"{len(row)} columns where {width} belong",
            where=f"kg/lexicon/data/{name}:{number}",
            remedy="separate the columns by single tabs",
        )
    return row
