"""Names of streets, towns and townships in a text, looked for below one division at a time."""

from __future__ import annotations

from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon.divisions import Place, townships_of


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
