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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest

from kg.text.convert import to_simplified
from kg.text.gbk import LEADS, UNSEEN_PAIRS, bytes_of, candidates, trails, vanishing, written
from kg.text.lattice import CLEAR, State, Step, begin, best, pruned
from kg.text.likelihood import Language
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
_YEAR = re.compile(r"(0[0-3]|9[0-9])\d(?:年|[-—至])")
_UNSURE = re.compile(rf"[{_LOST}][^@-~(\n{_LOST}]*(?:\({SYLLABLE}\)[^@-~(\n{_LOST}]*)*")
_CONTEXT = 6  # characters before a segment, and behind it, by which a repair is judged
_LOST_ALONE = 15.0  # what it costs to hold a question mark without a reading for a lost byte
_QUESTION = 3.0  # what it costs to hold it for what it shows
# How much likelier than one certain digit it is that some digit was lost with a byte, as a logarithm, by what follows.
_AFTER_DIGIT = (("月.%", 4.5), ("0123456789年日", 2.5), ("万萬亿億个個名人项項家多余餘对對级級岁歲", 2.0))
_NO_FIGURE = 2.0  # what it costs to think so where something else follows
_LINE_END = 3.0  # what it costs to think that it was the end of a line
_NOTHING_SWALLOWED = 5.0  # what it costs to think that none was, where one must have been
_SWALLOWED_FROM = 4  # characters that are tried with a sign behind them
_VANISHED = 0.5  # what it costs to think that a pair vanished
_AGAINST_TABLE = 9.0  # a character without a reading that has one elsewhere on the page, or the other way round
_CHARACTERS = 8  # that are tried at one place
_FEW = 12  # bytes that a character may start with, up to which a pair that vanished behind it is thought of
_VANISHED_FROM = 4  # possibilities that are tried with a vanished pair
_VANISHED_KEPT = 5  # of those, how many are followed
_ALONE_RUN = 12  # characters that a run behind a question mark without a reading may have
_MOST_ALONE = 60  # such question marks looked into on a page
_LONGEST = 400  # characters of a segment
_MOST_SEGMENTS = 4_000  # of a page; an article of 5,000 characters has some hundred


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


def _free(_: str) -> float:
    return 0.0


def straddled_repairs(text: str) -> list[Repair]:
    """Return the repairs of a page that is known to be damaged, in order; far behind in an endless one it stays."""
    sound = _UNSURE.sub("\n", text)
    narrow = text.count(",") > text.count("，")
    reader = _Reader(text, Language(_simplified_sample(sound)), _Habits(sound), narrow=narrow)
    found: list[Repair] = []
    position = 0
    for _ in range(_MOST_SEGMENTS):
        match = _START.search(text, position)
        if match is None:
            break
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
        # Signs of one byte, which a lost byte may have taken with it.
        self.swallowed = ",.:;?()+%\n" if narrow else ".+%\n"
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

    def _search(self, start: int, before: str) -> tuple[list[State], int]:
        """Return the likeliest readings of the segment from `start`, the best first, and where it ends."""
        last = before[-1:]
        states = [begin(self.language, before, NARROWED.get(last, last))]
        self.items = []
        position, quiet = start, 0
        while True:
            item = self._item(position)
            self.items.append(item)
            number = len(self.items) - 1
            if item.character != "\n":
                more = self._vanished(states[:_VANISHED_FROM], number)
                states += more + self._vanished(more[:1], number)
            states = pruned(grown for state in states for grown in self._grown(state, item, number))
            if not states:
                return [], item.end
            position = item.end
            if item.character == "\n" or len(self.items) > _LONGEST:
                break
            lost = item.closed is not None or item.character in _LOST
            quiet = 0 if lost or any(state.pending for state in states) else quiet + 1
            if quiet and (quiet >= _CONTEXT or len(states) == 1):
                break
        found = [state for state in states if not state.pending]
        return sorted(found, key=lambda state: -state.score), position

    def _write(
        self,
        state: State,
        text: str,
        item: int,
        pending: bytes = b"",
        *,
        cost: float = 0.0,
        repaired: bool = True,
        guess: bool = False,
        unseen: str = "",
    ) -> State:
        """Return `state` with `text` written at an item; `unseen` was lost for good and only counts to its language."""
        weights, recent, ahead = state.weights, state.recent, state.ahead + state.cost
        for character in text + unseen:
            weights, recent, ahead = self.language.grown(weights, recent, character)
        return State(
            weights,
            recent,
            ahead,
            state.cost + cost,
            pending,
            Step(state.step, text, item, repaired, guess),
            text[-1:] or state.last,
            state.doubts,
            state.alone - 1 if pending and state.alone else 0,
        )

    def _likeliest(
        self, state: State, options: Iterable[tuple[str, bytes, float]], item: int, count: int, *, guess: bool = False
    ) -> list[State]:
        """Return the most promising of the states that come of a character, what is pending behind it, and its cost."""
        grown = self.language.grown
        found = []
        for number, (character, pending, cost) in enumerate(options):
            weights, recent, ahead = grown(state.weights, state.recent, character)
            found.append((ahead - cost, -number, weights, recent, ahead, character, pending, cost))
        return [
            State(
                weights,
                recent,
                ahead,
                state.cost + cost,
                pending,
                Step(state.step, character, item, True, guess),
                character,
                state.doubts,
                state.alone - 1 if pending and state.alone else 0,
            )
            for _, _, weights, recent, ahead, character, pending, cost in nlargest(count, found)
        ]

    def _grown(self, state: State, item: _Item, number: int) -> Iterator[State]:
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

    def _lost_in_step(self, state: State, item: _Item, number: int) -> Iterator[State]:
        """A question mark where the bytes are in step: it is one, or the first byte of a character."""
        shown = self.text[item.start : item.end]
        yield self._write(state, shown, number, cost=_QUESTION, repaired=False, guess=state.step is not None)
        if item.closed is not None:
            last = bytes_of(NARROWED.get(state.last, state.last))
            found = second_bytes(item.closed, last[1]) if len(last) == 2 else b""
            firsts = bytes(byte for byte in found if byte in LEADS)
            if firsts:
                grown = self._write(state, "", number, firsts)
                grown.first = True
                yield grown
        elif self.alone <= _MOST_ALONE:
            grown = self._write(state, "", number, LEADS, cost=_LOST_ALONE, guess=True)
            grown.alone = _ALONE_RUN
            yield grown

    def _shown_within(self, state: State, item: _Item, number: int) -> Iterator[State]:
        """A character that shows where the bytes are one off."""
        own = item.character
        if "@" <= own <= "~":
            for byte in state.pending:
                character = written(byte, ord(own))
                if not character:
                    continue
                if item.reading is None:
                    cost = self._bare(state)(character)
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
        bare = self._bare(state)
        found = candidates(state.pending, first)
        if second >= 0x80:
            pending = bytes([second])
            yield from self._likeliest(state, ((one, pending, bare(one)) for one in found), number, _CHARACTERS)
        elif chr(second).isalpha():
            for character in found[:_CHARACTERS]:
                yield self._write(state, character + chr(second), number, cost=bare(character), guess=True)

    def _bare(self, state: State) -> Callable[[str], float]:
        """Return what it costs that a character stands without its reading: nothing where it was itself cut through."""
        return _free if state.first or state.alone else self.habits.against_bare

    def _lost_within(self, state: State, item: _Item, number: int) -> Iterator[State]:
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
        bare = self._bare(state)
        ends = [(last, character) for byte in state.pending for last, character in trails(byte)]
        if not ended:
            unseen = ((one, nexts, bare(one)) for last, one in ends if (nexts := UNSEEN_PAIRS.get(last)))
            yield from self._likeliest(state, unseen, number, _CHARACTERS, guess=True)
        grown = self._likeliest(state, ((one, b"", bare(one)) for _, one in ends), number, _SWALLOWED_FROM, guess=True)
        for one in grown:
            yield self._write(one, "", number, cost=0.0 if ended else _NOTHING_SWALLOWED, guess=True)
            for sign in self.swallowed:
                cost = _LINE_END if sign == "\n" else 0.0
                yield self._write(one, sign, number, cost=cost, guess=True)
            yield self._digit_swallowed(one, item, number)

    def _digit_swallowed(self, state: State, item: _Item, number: int) -> State:
        """A figure lost its first digit: which one, only a year tells."""
        match = _YEAR.match(self.text, item.end)
        digit = ("2" if match[1][0] == "0" else "1") if match else ""
        unseen = "" if digit else "0"
        following = self.text[item.end : item.end + 1]
        cost = next((-value for those, value in _AFTER_DIGIT if following and following in those), _NO_FIGURE)
        return self._write(state, digit, number, cost=cost, guess=True, unseen=unseen)

    def _vanished(self, states: list[State], number: int) -> list[State]:
        """Return the states in which a pair vanished here: the end of one character and the start of the next."""
        found: list[State] = []
        for state in states:
            if state.pending and state.pending is not LEADS:
                bare = self._bare(state)
                options = ((one, nexts, _VANISHED + bare(one)) for one, nexts in vanishing(state.pending))
                found += self._likeliest(state, options, number, _VANISHED_KEPT, guess=True)
        return best(found, _VANISHED_KEPT)

    # --- what comes of it

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
