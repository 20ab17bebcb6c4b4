"""Names that the user's own list declares."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.names.draft import Draft
from kg.extract.rulebook.ruleset import GivenName
from kg.model import Mention


def find(draft: Draft, names: Sequence[GivenName]) -> None:
    """Add every mention of the names given, the longest where they overlap."""
    if not names:
        return
    from ahocorasick_rs import AhoCorasick, MatchKind

    automaton = AhoCorasick([given.name for given in names], matchkind=MatchKind.LeftmostLongest)
    for index, start, end in automaton.find_matches_as_indexes(draft.text):
        given = names[index]
        draft.add(Mention(start, end, given.type, draft.text[start:end], given.scope, given.full_name))
