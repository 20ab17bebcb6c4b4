"""The names found so far in an article, and its sentences cut into words around them."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from kg.extract.clauses import sentence_spans
from kg.extract.segment import Token, segment, words
from kg.model import Block, BlockKind, Mention


class Draft:
    """Collects mentions; of two that overlap the longer stays, the other is kept as nested.

    Attributes:
        text: The article's text.
        blocks: The blocks that belong to the article.
        holds: Tells whether an offset lies in one of them.
        sentences: Spans of their sentences, with the index of the block.
    """

    def __init__(self, text: str, blocks: Sequence[Block], counted: Iterable[Token]) -> None:
        self.text = text
        self.blocks = list(blocks)
        self.holds = in_blocks(self.blocks)
        self.sentences = [
            (start, end, index)
            for index, block in enumerate(self.blocks)
            if block.kind is not BlockKind.TABLE
            for start, end in sentence_spans(text, block.start, block.end)
        ]
        self._counted = sorted(counted, key=lambda t: t.start)
        self._counted_starts = [t.start for t in self._counted]
        self._names: list[Mention] = []  # disjoint, sorted by start
        self._starts: list[int] = []  # of the names
        self.nested: list[Mention] = []
        self._cut: dict[tuple[int, int], tuple[int, list[Mention], list[Token]]] = {}
        self._changes = 0  # how often the names changed
        self._words: dict[tuple[int, int], list[Token]] = {}

    def names(self) -> tuple[Mention, ...]:
        """Return the outermost mentions in order."""
        return tuple(self._names)

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the outermost mentions that lie in `[start, end)`."""
        first, last = bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)
        if first < last and self._names[last - 1].end > end:
            last -= 1
        return self._names[first:last]

    def names_any(self, type_: str, start: int, end: int) -> bool:
        """Whether an outermost mention of this type lies in `[start, end)`."""
        return any(m.type == type_ for m in self.within(start, end))

    def before(self, at: int) -> Iterator[Mention]:
        """Yield the outermost mentions that begin before an offset, the nearest first."""
        i = bisect.bisect_left(self._starts, at)
        while i > 0:
            i -= 1
            yield self._names[i]

    def covering(self, at: int) -> Mention | None:
        """Return the outermost mention that covers an offset."""
        i = bisect.bisect_right(self._starts, at) - 1
        return self._names[i] if i >= 0 and self._names[i].end > at else None

    def add(self, mention: Mention) -> bool:
        """Add a name; return whether it is now one of the outermost."""
        i = bisect.bisect_left(self._starts, mention.start)
        if i and self._names[i - 1].end > mention.start:
            i -= 1
        j = i
        while j < len(self._names) and self._starts[j] < mention.end:
            j += 1
        rivals = self._names[i:j]
        if any(r.end - r.start >= mention.end - mention.start for r in rivals):
            if any(r.start <= mention.start and mention.end <= r.end for r in rivals):
                self.nested.append(mention)
            return False
        self.nested.extend(r for r in rivals if mention.start <= r.start and r.end <= mention.end)
        self._changes += 1
        self._names[i:j] = [mention]
        self._starts[i:j] = [mention.start]
        return True

    def rename(self, mention: Mention) -> None:
        """Put a mention in the place of the outermost ones that lie within its span, whatever they are."""
        inside = {(m.start, m.end) for m in self.within(mention.start, mention.end)}
        self._changes += 1
        self._names = [m for m in self._names if (m.start, m.end) not in inside]
        self._starts = [m.start for m in self._names]
        self.add(mention)

    def tokens(self, start: int, end: int) -> list[Token]:
        """Cut `[start, end)` into words, a list not to be changed; names, numbers and times are words as they are."""
        changes, known, tokens = self._cut.get((start, end), (-1, None, []))
        if changes == self._changes:
            return tokens
        names = self.within(start, end)
        if known != names:
            tokens = self._segmented(start, end, names)
        self._cut[start, end] = self._changes, names, tokens
        return tokens

    def _segmented(self, start: int, end: int, names: Sequence[Mention]) -> list[Token]:
        known = [Token.named(m) for m in names]
        first = bisect.bisect_left(self._counted_starts, start)
        last = bisect.bisect_left(self._counted_starts, end)
        for token in self._counted[first:last]:
            if not any(m.start < token.end and token.start < m.end for m in names):
                known.append(token)
        known.sort(key=lambda t: t.start)
        return segment(known, start, end, self._words_of)

    def _words_of(self, start: int, end: int) -> Sequence[Token]:
        """Return the words between known spans; most stretches stay as they are while more names become known."""
        if start == end:
            return ()
        found = self._words.get((start, end))
        if found is None:
            found = self._words[start, end] = words(self.text[start:end], start)
        return found

    def sentences_with(self, words: AhoCorasick) -> Iterator[list[Token]]:
        """Yield the words of each sentence in which one of those given stands; few do, and only these are cut."""
        starts = [start for _, start, _ in words.find_matches_as_indexes(self.text)]
        for start, end, _ in self.sentences:
            first = bisect.bisect_left(starts, start)
            if first < len(starts) and starts[first] < end:
                yield self.tokens(start, end)


def occurrences(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands in a text, without overlaps."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def in_blocks(blocks: Sequence[Block]) -> Callable[[int], bool]:
    """Return what tells whether an offset lies in one of these blocks, which are in order."""
    starts = [block.start for block in blocks]

    def holds(at: int) -> bool:
        index = bisect.bisect_right(starts, at) - 1
        return index >= 0 and at < blocks[index].end

    return holds


def left_reach(tokens: Sequence[Token], end: int, fits: object, limit: int = 14) -> int:
    """Return the index of the first of the words before `end` that all fit, at most `limit` of them."""
    assert callable(fits)
    i = end
    while i > 0 and end - i < limit and fits(tokens[i - 1]):
        i -= 1
    return i
