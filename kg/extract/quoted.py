"""Titles and quoted names: what stands in them is part of a name."""

from __future__ import annotations

import re

# Quoted speech has punctuation, names have none.
_QUOTED = re.compile(
    "“[^“”，,。；;：:！!？?\n]{1,24}”|《[^《》\n]{1,90}》|「[^「」，。\n]{1,24}」|『[^『』，。\n]{1,24}』"
)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of titles in 《》 and of names in quotes, with their marks.

    >>> quoted_spans("启动“双百”行动，他说：“好，干！”")
    [(2, 6)]
    """
    return [match.span() for match in _QUOTED.finditer(text)]
