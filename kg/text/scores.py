"""How much each line of a page looks like part of its article, by itself and beside its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.text import furniture
from kg.text.cards import assess_cards
from kg.text.dumped import assess_cells
from kg.text.either import assess_either
from kg.text.items import assess_items
from kg.text.lines import SENTENCE, Line
from kg.text.looks import assess_alone
from kg.text.neighbours import (
    assess_excerpts,
    assess_listed,
    assess_neighbours,
    assess_participants,
    assess_running_heads,
)
from kg.text.sections import assess_sections

_FEW_SENTENCES = 1
_REPORT = 40  # Chinese characters of a sentence that is a report by itself


def assess(lines: Sequence[Line]) -> None:
    """Score every line, by itself and then beside its neighbours."""
    for line in lines:
        line.measure()
    _own_answers(lines)
    # Where nearly all sentences stand in elements called navigation or the like, the names mean nothing.
    weight = 0.0 if _misnamed(lines) else 2.0
    for line in lines:
        assess_alone(line, weight)
    assess_either(lines)
    _assess_unpunctuated(lines)
    assess_running_heads(lines)
    assess_neighbours(lines)
    assess_excerpts(lines)
    assess_listed(lines)
    assess_participants(lines)
    assess_cells(lines)
    assess_sections(lines)
    assess_items(lines)
    assess_cards(lines)


def _own_answers(lines: Sequence[Line]) -> None:
    """Take back what the name of an element says of an office's answer below a letter: 回复 is no comment there."""
    letter = next((index for index, line in enumerate(lines) if furniture.heads_letter(line.text)), len(lines))
    boxes = {
        line.source.within[1]
        for line in lines[letter + 1 :]
        if line.source.region < 0 and len(line.source.within) > 1 and furniture.heads_answer(line.text)
    }
    for line in lines[letter + 1 :] if boxes else ():
        if line.source.region < 0 and not boxes.isdisjoint(line.source.within):
            line.source = replace(line.source, region=0)


def _misnamed(lines: Sequence[Line]) -> bool:
    away = sum(line.chinese for line in lines if line.strong and line.source.region < 0)
    return away > 3 * sum(line.chinese for line in lines if line.strong and line.source.region >= 0)


def _assess_unpunctuated(lines: Sequence[Line]) -> None:
    """Raise plain lines where hardly any ends in a stop: captions of pictures, lines of verse, what slides say."""
    plain = [line for line in lines if line.hint is None and line.table < 0 and line.source.link < 0.5]
    told = [line.chinese for line in plain if (line.final or line.text.endswith("：")) and line.chinese >= SENTENCE]
    if len(told) > _FEW_SENTENCES or sum(told) >= _REPORT:
        return
    for line in plain:
        if not line.final and line.source.region >= 0:
            line.score = max(line.score, 0.3 if line.chinese >= 6 else -0.15)
