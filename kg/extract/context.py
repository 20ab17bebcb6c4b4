"""What a rule may ask of the article beyond the sentence."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol, TypeVar

from kg.extract.times import Time
from kg.model import Mention


class _Span(Protocol):
    @property
    def start(self) -> int: ...


S = TypeVar("S", bound=_Span)


def starting_in(spans: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Return the spans that begin in `[start, end)`; all of them must be in order."""
    begin = attrgetter("start")
    first = bisect.bisect_left(spans, start, key=begin)
    return spans[first : bisect.bisect_left(spans, end, first, key=begin)]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask of the article beyond the sentence.

    Attributes:
        text: The article's text.
        place: The region in whose scope an offset stands, as a mention, or None.
        mentions: The outermost names of the article, in order.
        protagonist: The body that the article is by or about, or None.
        times: Every time in the article, in order.
        reform: The reform that the article speaks of first, also inside another name, or None.
        nested: The names that lie inside others.
        signer: The body that signs the document, on a line of its own above a date, or None.
    """

    text: str
    place: Callable[[int], Mention | None]
    mentions: Sequence[Mention]
    times: Sequence[Time]
    protagonist: Mention | None = None
    reform: Mention | None = None
    nested: Sequence[Mention] = ()
    signer: Mention | None = None

    def last(self, types: frozenset[str], before: int, within: int) -> Mention | None:
        """Return the last name of these types before an offset, at most `within` characters back."""
        index = bisect.bisect_left(self.mentions, before, key=lambda m: m.start)
        for mention in reversed(self.mentions[:index]):
            if mention.start < before - within:
                return None
            if mention.type in types:
                return mention
        return None
