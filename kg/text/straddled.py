"""Undoing the damage that mirrors do where two bytes of neighbouring characters look like a character of their table.

A mirror handles Traditional text as GBK bytes and puts a reading behind every pair of bytes that is a character of its
table, also where the pair straddles two characters. When the bytes are decoded, a byte before the inserted bracket
is lost together with it and shows as a question mark; what follows is decoded one byte off until a lost byte or one
that stands for itself brings it back: 持數 -> 持?jǐn)?shù), 章等評 -> ?wù)碌仍u(píng). Pairs in GBK's
user-defined areas vanish.

The damaged text is read from left to right with all that the bytes allow: a state either is in step, or holds the
first byte of a character that was cut through. The bytes that still show, the readings, and which characters the page
gives readings to mostly leave one possibility; else the likeliest text is taken and marked as a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.text.convert import to_simplified
from kg.text.damage import INSERTED, LOST, NARROWED, Habits, Item, item_at, sound
from kg.text.lattice import CLEAR, State, Step, begin
from kg.text.likelihood import Language
from kg.text.moves import Moves

_TO_NARROW = str.maketrans({wide: narrow for narrow, wide in NARROWED.items()})
_START = re.compile(f"[{LOST}]")
_WIDTH = 10  # possibilities followed
_WIDER = 40  # where they all come to nothing
_MOST_WIDER = 100  # such segments of a page
_CONTEXT = 6  # characters before a segment, and behind it, by which a repair is judged
_LONGEST = 400  # characters of a segment
_MOST_SEGMENTS = 2_000  # read of a page; an article of 5,000 characters has some hundred
_MOST_ALIKE = 8  # segments behind the same text that are compared
_LOOKED_AHEAD = 12  # characters behind a segment that may have had a say


@dataclass(frozen=True, slots=True)
class Repair:
    """Replace `[start, end)` by `text`; `guessed` unless the bytes left no other possibility."""

    start: int
    end: int
    text: str
    guessed: bool


def straddled_repairs(text: str) -> list[Repair]:
    """Return the repairs of a page that is known to be damaged, in order; far behind in an endless one it stays."""
    reader = _Reader(text)
    found: list[Repair] = []
    position = 0
    while reader.searched < _MOST_SEGMENTS and (match := _START.search(text, position)):
        repairs, position = reader.read(match.start(), found[-1] if found else None)
        found += repairs
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        certain = sound(text)
        self.text = text
        self.narrow = text.count(",") > text.count("，")
        self.language = Language(to_simplified(INSERTED.sub("", certain)))
        self.moves = Moves(text, self.language, Habits(certain), narrow=self.narrow)
        self.searched = 0
        self.wider = _MOST_WIDER
        self.items: list[Item] = []
        # By the text before segments, those that were read behind it; the same again is put right in the same way.
        self.known: dict[str, list[tuple[str, int, list[Repair]]]] = {}

    def read(self, start: int, last: Repair | None) -> tuple[list[Repair], int]:
        """Return the repairs of the segment that starts at a lost byte, and where to look on."""
        before = self._before(start, last)
        known = self.known.setdefault(before, [])
        for shown, size, repairs in known[-_MOST_ALIKE:]:
            if self.text.startswith(shown, start):
                return [replace(one, start=start + one.start, end=start + one.end) for one in repairs], start + size
        self.searched += 1
        repairs, end = self._read(start, before)
        shown = self.text[start : end + _LOOKED_AHEAD]
        known.append((shown, end - start, [replace(r, start=r.start - start, end=r.end - start) for r in repairs]))
        return repairs, end

    def _read(self, start: int, before: str) -> tuple[list[Repair], int]:
        self.moves.alone += item_at(self.text, start).closed is None
        states, end = self._search(start, before, _WIDTH)
        if not states and self.wider:
            self.wider -= 1
            states, end = self._search(start, before, _WIDER)
        if not states:
            # Nothing that the bytes allow: it stays as it is.
            return [Repair(start, end, self.text[start:end], guessed=True)], end
        return self._repairs(states), end

    def _before(self, start: int, last: Repair | None) -> str:
        """Return the sound text before a segment, as far back as matters."""
        if last is not None and start - last.end < 80:
            plain = last.text + INSERTED.sub("", self.text[last.end : start])
        else:
            plain = INSERTED.sub("", self.text[max(0, start - 80) : start])
        return plain[-_CONTEXT - 2 :].rsplit("\n", 1)[-1][-_CONTEXT:]

    def _search(self, start: int, before: str, width: int) -> tuple[list[State], int]:
        """Return the likeliest readings of the segment from `start`, the best first, and where it ends.

        Args:
            start: Where a lost byte is.
            before: The sound text before that.
            width: How many possibilities to follow side by side.
        """
        last = before[-1:]
        states = [begin(self.language, before, NARROWED.get(last, last))]
        self.items = []
        position, quiet = start, 0
        while True:
            item = item_at(self.text, position)
            self.items.append(item)
            states = self.moves.states(states, item, len(self.items) - 1, width)
            position = item.end
            if not states or item.character == "\n" or len(self.items) > _LONGEST:
                break
            quiet = 0 if item.lost or any(state.pending for state in states) else quiet + 1
            if quiet and (quiet >= _CONTEXT or len(states) == 1):
                break
        found = [state for state in states if not state.pending]
        return sorted(found, key=lambda state: -state.score), position

    def _repairs(self, states: list[State]) -> list[Repair]:
        steps = states[0].path()
        others = [state.path() for state in states[1:] if state.score > states[0].score - CLEAR]
        repairs: list[Repair] = []
        run: list[Step] = []
        # A question mark of its own is as sure as any; beside what was put right it may be part of that.
        damaged = any(step.repaired for step in steps)
        for step in [*steps, None]:
            if step is not None and (step.repaired or (damaged and step.guess)):
                run.append(step)
            elif run:
                repairs.append(self._repair(run, states[0], others))
                run = []
        return repairs

    def _repair(self, run: list[Step], chosen: State, others: list[list[Step]]) -> Repair:
        first, last = run[0].item, run[-1].item
        text = "".join(step.text for step in run)
        guessed = (
            any(step.guess for step in run)
            or chosen.doubted(first, last)
            or any("".join(step.text for step in other if first <= step.item <= last) != text for other in others)
        )
        shown = text.translate(_TO_NARROW) if self.narrow else text
        return Repair(self.items[first].start, self.items[last].end, shown, guessed)
