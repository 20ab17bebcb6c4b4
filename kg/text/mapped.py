"""Text in which every character knows the span of the page that it was read from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace `[start, end)` by a string, all of whose characters then stand for that whole span."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and, for each of its characters, the half-open span of the page that it came from.

    >>> text = Mapped.of_page("發(fā)展").edited([(1, 5, "")], absorb=True)
    >>> text.text, list(text.starts), list(text.ends)
    ('發展', [0, 5], [5, 6])
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of_page(cls, text: str) -> Mapped:
        """Return a page's own text, each character mapped to itself."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def edited(self, edits: Iterable[Edit], *, absorb: bool = False) -> Mapped:
        """Return the text after edits, which must be sorted and must not overlap.

        Args:
            edits: What to replace by what; the empty string deletes.
            absorb: Whether what is deleted counts to the span of the character before it.
        """
        parts: list[str] = []
        starts, ends = array("i"), array("i")
        done = 0
        for start, end, new in edits:
            if start > done:
                parts.append(self.text[done:start])
                starts.extend(self.starts[done:start])
                ends.extend(self.ends[done:start])
            if new:
                parts.append(new)
                starts.extend([self.starts[start]] * len(new))
                ends.extend([self.ends[end - 1]] * len(new))
            elif absorb and ends and end > start:
                ends[-1] = self.ends[end - 1]
            done = end
        if not done:
            return self
        parts.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Mapped("".join(parts), starts, ends)

    def substituted(self, pattern: re.Pattern[str], new: str) -> Mapped:
        """Return the text with each match of `pattern` (never empty) replaced by `new`."""
        return self.edited((match.start(), match.end(), new) for match in pattern.finditer(self.text))

    def with_text(self, text: str) -> Mapped:
        """Return another text of the same length over the same spans."""
        if len(text) != len(self.text):
            raise ValueError("a text of the same length is needed")
        return Mapped(text, self.starts, self.ends)

    def slice(self, start: int, end: int) -> Mapped:
        """Return the part `[start, end)`."""
        return Mapped(self.text[start:end], self.starts[start:end], self.ends[start:end])


class Origins:
    """Collects the characters of a text that is put together piece by piece."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts = array("i")
        self._ends = array("i")
        self._pending = ""
        self._last_end = 0
        self._length = 0

    @property
    def length(self) -> int:
        """How many characters there are, including a separator that is still to come."""
        return self._length + len(self._pending)

    def separate(self, separator: str) -> None:
        """Put one character between the pieces before and behind; it stands for what lies between them."""
        if self._pending:
            self._flush(self._last_end)
        self._pending = separator

    def append(self, piece: Mapped) -> None:
        """Append a piece."""
        if not piece.text:
            return
        if self._pending:
            self._flush(max(self._last_end, piece.starts[0]))
        self._parts.append(piece.text)
        self._starts.extend(piece.starts)
        self._ends.extend(piece.ends)
        self._length += len(piece.text)
        self._last_end = self._ends[-1]

    def _flush(self, end: int) -> None:
        self._parts.append(self._pending)
        self._starts.append(self._last_end)
        self._ends.append(end)
        self._length += 1
        self._pending = ""

    def finish(self) -> Mapped:
        """Return all of it."""
        if self._pending:
            self._flush(self._last_end)
        return Mapped("".join(self._parts), self._starts, self._ends)
