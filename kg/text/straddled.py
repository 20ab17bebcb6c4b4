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
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest

from kg.text.convert import to_simplified
from kg.text.gbk import LEADS, UNSEEN_PAIRS, bytes_of, candidates, trails, vanishing, written
from kg.text.likelihood import START, Language, Weights
from kg.text.readings import SYLLABLE, second_bytes

NARROWED = {",": "，", "!": "！", ":": "：", ";": "；", "?": "？", "(": "（", ")": "）"}
_TO_NARROW = str.maketrans({wide: narrow for narrow, wide in NARROWED.items()})
_LOST = "?？\ufffd"
_ITEM = re.compile(
    rf"[{_LOST}](?P<closed>{SYLLABLE})\)|(?P<character>.)(?:\((?P<reading>{SYLLABLE})\))?",
    re.DOTALL,
)
_START = re.compile(f"[{_LOST}]")
_INSERTED = re.compile(rf"\((?:{SYLLABLE})\)")
_READ = re.compile(rf"([\u3400-\u9fff])\((?:{SYLLABLE})\)")
_UNSURE = re.compile(rf"[{_LOST}][^@-~(\n{_LOST}]*(?:\({SYLLABLE}\)[^@-~(\n{_LOST}]*)*")
_CONTEXT = 6  # characters before a segment, and behind it, by which a repair is judged
_WIDTH = 14  # possibilities followed
_HOPELESS = 24.0  # how much likelier, as a logarithm, the best one is than one that is dropped
_CLEAR = 3.5  # how much likelier than the next possibility, to be no guess
_LOST_ALONE = 15.0  # what it costs to hold a question mark without a reading for a lost byte
_QUESTION = 3.0  # what it costs to hold it for what it shows
_SWALLOWED = 5.0  # what it costs to think that a figure or sign was lost with a byte
_SWALLOWED_DIGIT = 1.5  # the same where more of a figure follows
_VANISHED = 2.0  # what it costs to think that a pair vanished
_AGAINST_TABLE = 9.0  # a character without a reading that has one elsewhere on the page, or the other way round
_FEW = 12  # bytes that a character may start with, up to which a pair that vanished behind it is thought of
_VANISHED_FROM = 4  # possibilities that are tried with a vanished pair
_VANISHED_KEPT = 5  # of those, how many are followed
_ALONE_RUN = 12  # characters that a run behind a question mark without a reading may have
_MOST_ALONE = 60  # such question marks looked into on a page
_LONGEST = 400  # characters of a segment


@dataclass(frozen=True, slots=True)
class Repair:
    """Replace `[start, end)` by `text`; `guessed` unless the bytes left no other possibility."""

    start: int
    end: int
    text: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """A character that shows, with the reading behind it; or a lost byte, `closed` by the rest of its reading."""

    character: str
    closed: str | None
    reading: str | None
    start: int
    end: int


class _Step:
    """One step of a possibility: what it wrote at an item, and how."""

    __slots__ = ("guess", "item", "previous", "repaired", "text")

    def __init__(self, previous: _Step | None, text: str, item: int, repaired: bool, guess: bool) -> None:
        self.previous = previous
        self.text = text
        self.item = item
        self.repaired = repaired
        self.guess = guess


class _State:
    """A possible beginning of what the segment was: whole characters, and the bytes the next one may start with."""

    __slots__ = ("alone", "cost", "first", "last", "pending", "recent", "step", "weights")

    def __init__(
        self,
        weights: Weights,
        recent: str,
        cost: float,
        pending: tuple[int, ...],
        step: _Step | None,
        last: str,
        alone: int = 0,
        first: bool = False,
    ) -> None:
        self.weights = weights
        self.recent = recent
        self.cost = cost
        self.pending = pending
        self.step = step
        self.last = last
        self.alone = alone
        self.first = first

    @property
    def score(self) -> float:
        return self.weights[-1] - self.cost


class _Habits:
    """Which characters a page gives readings to where nothing is shifted."""

    def __init__(self, sound: str) -> None:
        read = Counter(_READ.findall(sound))
        bare = Counter(_INSERTED.sub("", sound))
        self.read = {character for character, count in read.items() if 2 * count > bare[character]}
        self.bare = {character for character, count in bare.items() if not read[character]}

    def against_bare(self, character: str) -> float:
        """Return what it costs to think that a character stands without its reading."""
        return _AGAINST_TABLE if character in self.read else 0.0

    def against_read(self, character: str) -> float:
        """Return what it costs to think that a character has a reading."""
        return _AGAINST_TABLE if character in self.bare else 0.0


def straddled_repairs(text: str) -> list[Repair]:
    """Return the repairs of a page that is known to be damaged, in order."""
    sound = _UNSURE.sub("\n", text)
    narrow = text.count(",") > text.count("，")
    reader = _Reader(text, Language(_simplified_sample(sound)), _Habits(sound), narrow=narrow)
    found: list[Repair] = []
    position = 0
    while match := _START.search(text, position):
        repairs, position = reader.read(match.start(), found[-1] if found else None)
        found += repairs
    return found


def _simplified_sample(sound: str) -> str:
    return to_simplified(_INSERTED.sub("", sound))


class _Reader:
    def __init__(self, text: str, language: Language, habits: _Habits, *, narrow: bool) -> None:
        self.text = text
        self.language = language
        self.habits = habits
        self.narrow = narrow
        self.alone = 0
        self.items: list[_Item] = []

    def read(self, start: int, last: Repair | None) -> tuple[list[Repair], int]:
        """Return the repairs of the segment that starts at a lost byte, and where to look on."""
        before = self._before(start, last)
        self.alone += self._item(start).closed is None
        best, end = self._search(start, before)
        if not best:
            return [], end
        return self._repairs(best), end

    def _before(self, start: int, last: Repair | None) -> str:
        """Return the sound text before a segment, as far back as matters."""
        if last is not None and start - last.end < 80:
            plain = last.text + _INSERTED.sub("", self.text[last.end : start])
        else:
            plain = _INSERTED.sub("", self.text[max(0, start - 80) : start])
        return plain[-_CONTEXT - 2 :].rsplit("\n", 1)[-1][-_CONTEXT:]

    def _item(self, position: int) -> _Item:
        match = _ITEM.match(self.text, position)
        if match is None:
            return _Item("\n", None, None, position, position + 1)
        return _Item(match["character"] or "?", match["closed"], match["reading"], position, match.end())

    # --- the search

    def _search(self, start: int, before: str) -> tuple[list[_State], int]:
        """Return the likeliest readings of the segment from `start`, the best first, and where it ends."""
        weights, recent = START
        for character in before:
            weights, recent = self.language.grown(weights, recent, character)
        last = before[-1:]
        states = [_State(weights, recent, 0.0, (), None, NARROWED.get(last, last))]
        self.items = []
        position, quiet = start, 0
        while True:
            item = self._item(position)
            self.items.append(item)
            number = len(self.items) - 1
            if item.character != "\n":
                more = self._vanished(states[:_VANISHED_FROM], number)
                states += more + self._vanished(more[:1], number)
            states = self._pruned([grown for state in states for grown in self._grown(state, item, number)])
            if not states:
                return [], item.end
            position = item.end
            if item.character == "\n" or len(self.items) > _LONGEST:
                break
            lost = item.closed is not None or item.character in _LOST
            quiet = 0 if lost or any(state.pending for state in states) else quiet + 1
            if quiet and (quiet >= _CONTEXT or len(states) == 1):
                break
        return [state for state in states if not state.pending], position

    def _pruned(self, states: list[_State]) -> list[_State]:
        kept = nlargest(_WIDTH, states, key=lambda state: state.score)
        if not kept:
            return kept
        least = kept[0].score - _HOPELESS
        return [state for state in kept if state.score >= least]

    def _write(
        self,
        state: _State,
        text: str,
        item: int,
        pending: tuple[int, ...] = (),
        *,
        cost: float = 0.0,
        repaired: bool = True,
        guess: bool = False,
    ) -> _State:
        weights, recent = state.weights, state.recent
        for character in text:
            weights, recent = self.language.grown(weights, recent, character)
        return _State(
            weights,
            recent,
            state.cost + cost,
            pending,
            _Step(state.step, text, item, repaired, guess),
            text[-1:] or state.last,
            state.alone - 1 if pending and state.alone else 0,
        )

    def _grown(self, state: _State, item: _Item, number: int) -> Iterator[_State]:
        lost = item.closed is not None or item.character in _LOST
        if state.pending:
            if lost:
                yield from self._lost_within(state, item, number)
            if item.closed is None and not (lost and not self.narrow and item.character == "?"):
                yield from self._shown_within(state, item, number)
        elif lost:
            yield from self._lost_in_step(state, item, number)
        else:
            yield self._write(state, item.character, number, repaired=False)

    def _lost_in_step(self, state: _State, item: _Item, number: int) -> Iterator[_State]:
        """A question mark where the bytes are in step: it is one, or the first byte of a character."""
        shown = self.text[item.start : item.end]
        yield self._write(state, shown, number, cost=_QUESTION, repaired=False, guess=state.step is not None)
        if item.closed is not None:
            last = bytes_of(NARROWED.get(state.last, state.last))
            firsts = (
                tuple(byte for byte in second_bytes(item.closed, last[1]) if byte in LEADS) if len(last) == 2 else ()
            )
            if firsts:
                grown = self._write(state, "", number, firsts)
                grown.first = True
                yield grown
        elif self.alone <= _MOST_ALONE:
            grown = self._write(state, "", number, LEADS, cost=_LOST_ALONE, guess=True)
            grown.alone = _ALONE_RUN
            yield grown

    def _shown_within(self, state: _State, item: _Item, number: int) -> Iterator[_State]:
        """A character that shows where the bytes are one off."""
        own = item.character
        if "@" <= own <= "~":
            for byte in state.pending:
                character = written(byte, ord(own))
                if not character:
                    continue
                if item.reading is None:
                    cost = 0.0 if state.first or state.alone else self.habits.against_bare(character)
                elif ord(own) in second_bytes(item.reading, byte):
                    cost = self.habits.against_read(character)
                else:
                    continue
                yield self._write(state, character, number, cost=cost)
            return
        if state.alone == 1:
            return
        pair = bytes_of(NARROWED.get(own, own))
        if len(pair) != 2:
            return
        first, second = pair
        for character in candidates(state.pending, first):
            cost = 0.0 if state.first or state.alone else self.habits.against_bare(character)
            if second < 0x80:
                if chr(second).isalpha():
                    yield self._write(state, character + chr(second), number, cost=cost, guess=True)
            else:
                yield self._write(state, character, number, (second,), cost=cost)

    def _lost_within(self, state: _State, item: _Item, number: int) -> Iterator[_State]:
        """A lost byte where the bytes are one off: it ends a character, which brings them into step again."""
        if item.closed is not None:
            for byte in state.pending:
                for last in second_bytes(item.closed, byte):
                    character = written(byte, last)
                    if character:
                        yield self._write(state, character, number, cost=self.habits.against_read(character))
            return
        if len(state.pending) > _FEW:
            return
        following = self.text[item.end : item.end + 1]
        ended = not following or following == "\n"
        cost = 0.0 if ended else _SWALLOWED_DIGIT if following.isdigit() or following in ".%" else _SWALLOWED
        for byte in state.pending:
            for last, character in trails(byte):
                against = 0.0 if state.first or state.alone else self.habits.against_bare(character)
                yield self._write(state, character, number, cost=cost + against, guess=True)
                nexts = UNSEEN_PAIRS.get(last)
                if nexts and not ended:
                    yield self._write(state, character, number, nexts, cost=against, guess=True)

    def _vanished(self, states: list[_State], number: int) -> list[_State]:
        """Return the states in which a pair vanished here: the end of one character and the start of the next."""
        found: list[_State] = []
        for state in states:
            if state.pending is LEADS:
                continue
            for character, nexts in vanishing(state.pending):
                against = 0.0 if state.first or state.alone else self.habits.against_bare(character)
                found.append(self._write(state, character, number, nexts, cost=_VANISHED + against, guess=True))
        return nlargest(_VANISHED_KEPT, found, key=lambda state: state.score)

    # --- what comes of it

    def _repairs(self, states: list[_State]) -> list[Repair]:
        steps = [_path(state) for state in states if state.score > states[0].score - _CLEAR]
        repairs: list[Repair] = []
        run: list[_Step] = []
        # A question mark of its own is as sure as any; beside what was put right it may be part of that.
        damaged = any(step.repaired for step in steps[0])
        for step in [*steps[0], None]:
            if step is not None and (step.repaired or (damaged and step.guess)):
                run.append(step)
            elif run:
                repairs.append(self._repair(run, steps[1:]))
                run = []
        return repairs

    def _repair(self, run: list[_Step], others: list[list[_Step]]) -> Repair:
        first, last = run[0].item, run[-1].item
        text = "".join(step.text for step in run)
        guessed = any(step.guess for step in run) or any(
            "".join(step.text for step in other if first <= step.item <= last) != text for other in others
        )
        shown = text.translate(_TO_NARROW) if self.narrow else text
        return Repair(self.items[first].start, self.items[last].end, shown, guessed)


def _path(state: _State) -> list[_Step]:
    found: list[_Step] = []
    step = state.step
    while step is not None:
        found.append(step)
        step = step.previous
    return found[::-1]
