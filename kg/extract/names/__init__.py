"""Recognises names: what each is, what it is called in full, and in whose scope it stands."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.names import (
    documents,
    events,
    given,
    honours,
    initiatives,
    organizations,
    owned_bodies,
    persons,
    public_bodies,
    resumed,
    teams,
)
from kg.extract.names.draft import Draft, in_blocks
from kg.extract.rulebook.ruleset import GivenName
from kg.extract.scope import Scopes
from kg.extract.segment import Token
from kg.lexicon.places import PlaceMatch, confirmed, find_places, find_townships_in
from kg.model import Block, Mention


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an article.

    Attributes:
        draft: The outermost names and the sentences cut around them.
        scopes: Which place each level word means.
        persons: The names of persons.
    """

    draft: Draft
    scopes: Scopes
    persons: tuple[str, ...]

    def mentions(self) -> tuple[Mention, ...]:
        """Return every name, the nested ones too, in order."""
        everything = {*self.draft.names(), *self.draft.nested}
        return tuple(sorted(everything, key=lambda m: (m.start, -m.end, m.type)))


def _with_townships(text: str, blocks: Sequence[Block], matches: list[PlaceMatch], scopes: Scopes) -> list[PlaceMatch]:
    """Add the streets, towns and townships around the place of an article about a city or county."""
    if scopes.main is None or scopes.main.level not in {"prefecture", "county"}:
        return matches
    taken = [(m.start, m.end) for m in matches]
    found = list(matches)
    holds, ends = in_blocks(blocks), [end for _, end in taken]
    for match in find_townships_in(text, scopes.main.code):
        behind = bisect.bisect_right(ends, match.start)  # the first that ends behind its start; they do not overlap
        if holds(match.start) and (behind == len(taken) or match.end <= taken[behind][0]):
            found.append(match)
    return sorted(found, key=lambda m: m.start)


def _home(outlet: str) -> str:
    """Return the code of the place that the name of an outlet begins with, or "".

    >>> _home("商丘日报"), _home("工人日报")
    ('411400', '')
    """
    named = next((m for m in find_places(outlet) if m.form != "abbr"), None)
    if named is None or named.start or len(named.candidates) > 1 or named.candidates[0].level == "nation":
        return ""
    return named.candidates[0].code


def recognise(
    text: str,
    blocks: Sequence[Block],
    counted: Sequence[Token],
    place: str = "",
    names: Sequence[GivenName] = (),
    outlet: str = "",
) -> Names:
    """Find the names in the blocks of an article.

    Args:
        text: The article's text.
        blocks: The blocks of the article itself.
        counted: Its numbers and times as tokens.
        place: Code of the place that the article is known to be about; "" where its text must tell.
        names: Names that the user's list declares.
        outlet: Who published it; where the text names no place, the one that the name begins with.
    """
    holds = in_blocks(blocks)
    matches = [m for m in confirmed(find_places(text)) if holds(m.start)]
    scopes = Scopes(text, blocks, matches, place)
    if scopes.main is None and (home := _home(outlet)):
        scopes = Scopes(text, blocks, matches, home)
    with_townships = _with_townships(text, blocks, matches, scopes)
    if len(with_townships) > len(matches) and scopes.main is not None:
        matches = with_townships
        scopes = Scopes(text, blocks, matches, scopes.main.code)
    draft = Draft(text, blocks, counted)
    given.find(draft, names)
    public_bodies.find(draft, scopes, matches)
    initiatives.find_reforms(draft)
    documents.find(draft)
    documents.find_notices(draft)
    initiatives.find_quoted(draft)
    initiatives.find_quoted_whole(draft)
    initiatives.find_enumerated(draft)
    organizations.find(draft)
    teams.find(draft)
    found = persons.find(draft)
    organizations.find_workshops(draft, found)
    organizations.find_bare(draft)
    organizations.find_units(draft)
    owned_bodies.find(draft)
    documents.find_unmarked(draft)
    events.find(draft)
    initiatives.find_carried_out(draft)
    initiatives.find_topical(draft)
    resumed.find_shortened(draft)
    resumed.find_meant(draft)
    honours.find(draft)
    return Names(draft, scopes, tuple(found))
