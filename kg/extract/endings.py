"""Whether words end in one of many listed ones, told at once however long the list is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Endings:
    """A list of endings.

    Args:
        words: The endings, none of them empty.

    Attributes:
        words: The endings.
        last: Their last characters; what ends in none of these ends in none of them.

    >>> units = Endings(["车间", "总装车间", "班"])
    >>> units.longest("某厂总装车间"), units.end("车间主任"), units.end("焊接班")
    ('总装车间', False, True)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.last = frozenset(word[-1] for word in self.words)
        self._lengths = sorted({len(word) for word in self.words}, reverse=True)

    def __contains__(self, word: object) -> bool:
        """Whether this is one of the endings itself."""
        return word in self.words

    def end(self, text: str) -> bool:
        """Whether `text` ends in one of them."""
        return text[-1:] in self.last and self.longest(text) != ""

    def longest(self, text: str) -> str:
        """Return the longest of them in which `text` ends, or ""."""
        if text[-1:] in self.last:
            for length in self._lengths:
                if text[-length:] in self.words:
                    return text[-length:]
        return ""

    def each(self, text: str) -> Iterator[str]:
        """Yield all of them in which `text` ends, the longest first."""
        size = len(text)
        for length in self._lengths:
            if length <= size and (end := text[size - length :]) in self.words:
                yield end
