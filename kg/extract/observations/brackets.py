"""Numbers in brackets, which the clauses leave out: 创新工作室410家（其中省级52家）."""

from __future__ import annotations

import bisect
import re

from kg.extract.clauses import Clause, split_clauses
from kg.extract.match import Context, starting_in
from kg.extract.quantities import find_quantities
from kg.extract.segment import Token, segment, words

_OPENING = re.compile("[(（]")
_BRACKETS = re.compile(r"[(（]([^()（）《》]*[0-9一二三四五六七八九十百][^()（）《》]*)[)）]")


def bracketed(clause: Clause, context: Context) -> list[Clause]:
    """Return what stands in the brackets of a clause, or right behind it, and states numbers."""
    found: list[Clause] = []
    end = clause.end + 1 if context.text[clause.end : clause.end + 1] in {"(", "（"} else clause.end
    for opening in _OPENING.finditer(context.text, clause.start, end):
        match = _BRACKETS.match(context.text, opening.start())
        if match is not None and not _in_a_name(match.start(), context):
            found.extend(_clauses(match.start(1), match.end(1), context))
    for aside in found:
        aside.subject, aside.carried, aside.embedded = clause.subject, clause.carried, clause.embedded
    return [aside for aside in found if any(t.quantity is not None for t in aside.tokens)]


def _in_a_name(at: int, context: Context) -> bool:
    index = bisect.bisect_right(context.mentions, at, key=lambda m: m.start) - 1
    return index >= 0 and at < context.mentions[index].end


def _clauses(start: int, end: int, context: Context) -> list[Clause]:
    """Return the clauses of a stretch of text, with its numbers and times."""
    times = [Token.timed(t) for t in starting_in(context.times, start, end) if t.end <= end]
    names = [m for m in starting_in(context.mentions, start, end) if m.end <= end]
    known = times + [Token.named(m) for m in names]
    for quantity in find_quantities(context.text[start:end]):
        moved = quantity.moved(start)
        if all(t.end <= moved.start or moved.end <= t.start for t in known):
            known.append(Token.counted(moved))
    known.sort(key=lambda t: t.start)
    return split_clauses(segment(known, start, end, lambda at, stop: words(context.text[at:stop], at)))
