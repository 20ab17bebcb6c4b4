"""Titles and quoted names: what stands in them is part of a name."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right

# Quoted speech has punctuation, names have none.
_QUOTED = re.compile(
    "“[^“”，,。；;：:！!？?\n]{1,24}”|《[^《》\n]{1,90}》|「[^「」，。\n]{1,24}」|『[^『』，。\n]{1,24}』"
)


@functools.lru_cache(maxsize=4)
def quoted_names(text: str) -> QuotedNames:
    """Return the names in quotes of a text; times and quantities ask for those of the same one."""
    return QuotedNames(text)


class QuotedNames:
    """The titles in 《》 and the names in quotes of a text.

    >>> names = QuotedNames("启动“双百”行动，他说：“好，干！”")
    >>> names.cover(3), names.cover(12)
    (True, False)
    """

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _QUOTED.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def cover(self, at: int) -> bool:
        """Whether the character at offset `at` stands in a name, its marks included."""
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._ends[index]
