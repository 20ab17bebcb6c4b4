"""The body that an article is by or about, which acts where a sentence names nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.extract.clauses import Sentence
from kg.model import Block, BlockKind, Mention
from kg.naming import ORGANISATIONS

# 我会, 我局: the article is by a body of that kind.
_OURS = re.compile(r"我(会|局|委|厅|校|院|公司|集团|单位)(?![^，。]{0,2}见)")
_LEAST = 3  # times that a body must act to be what the article is about


def protagonist(
    text: str, blocks: Sequence[Block], mentions: Sequence[Mention], sentences: Sequence[Sentence]
) -> Mention | None:
    """Return the body that speaks of itself, stands in the title, or acts in most of the sentences; else None."""
    bodies = [m for m in mentions if m.type in ORGANISATIONS]
    titled = [m for b in blocks if b.kind is BlockKind.TITLE for m in bodies if b.start <= m.start < b.end]
    if _OURS.search(text):
        return next(iter(titled or bodies), None)
    acting = Counter(
        member.name
        for sentence in sentences
        for clause in sentence.clauses
        if clause.own_subject and clause.subject is not None
        for member in clause.subject.members
        if member.type in ORGANISATIONS
    )
    for body in titled:
        if acting[body.name] or body.type == "Enterprise":
            return body
    ranked = acting.most_common(2)
    if not ranked or ranked[0][1] < _LEAST or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return next(m for m in bodies if m.name == ranked[0][0])
