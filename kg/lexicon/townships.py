"""Streets, towns and townships: a table of forty thousand rows that is read only when it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon.divisions import Place, lines, split_row

_TABLE = "townships.tsv"


def township(code: str) -> Place | None:
    """Return the township with this code of nine digits, or None."""
    return next(iter(_below(code)), None)


def townships_of(code: str) -> tuple[Place, ...]:
    """Return the townships that lie in the division with this code of six digits, in order of codes.

    >>> townships_of("330206")[0].name
    '大榭街道'
    """
    return _below(code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code)


@lru_cache(maxsize=1024)
def _below(prefix: str) -> tuple[Place, ...]:
    table = _lines()
    first = bisect_left(table, (prefix,))
    last = bisect_left(table, (prefix + ":",), first)  # ":" follows the digits
    found = (split_row(line, 2, _TABLE, number) for line, number in table[first:last])
    return tuple(Place(code, name, "township", code[:6]) for code, name in found)


@cache
def _lines() -> list[tuple[str, int]]:
    """Return the lines of the table, numbered, in order of codes; places are made of those that are needed."""
    return sorted(lines(_TABLE))


@lru_cache(maxsize=512)
def _automaton(code: str) -> tuple[AhoCorasick, tuple[tuple[Place, ...], ...]]:
    by_name: dict[str, list[Place]] = {}
    for found in townships_of(code):
        # Shorter names are too often a part of ordinary words.
        if len(found.name) > 2:
            by_name.setdefault(found.name, []).append(found)
    automaton = AhoCorasick(list(by_name), matchkind=MatchKind.LeftmostLongest)
    return automaton, tuple(tuple(members) for members in by_name.values())


def find_townships(text: str, code: str) -> list[tuple[int, int, tuple[Place, ...]]]:
    """Return start, end and places of the full names in `text` of townships that lie in the division with this code."""
    automaton, members = _automaton(code)
    return [(start, end, members[index]) for index, start, end in automaton.find_matches_as_indexes(text)]
