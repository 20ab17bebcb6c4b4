"""How a possible beginning of a damaged segment may go on: all that the bytes of an item allow."""

from __future__ import annotations

import re
from collections.abc import Callable
from heapq import nlargest
from operator import itemgetter

from kg.text.damage import NARROWED, Habits, Item, item_at
from kg.text.gbk import (
    LEADS,
    Hint,
    before_unseen,
    before_vanished,
    beginning_with,
    bytes_of,
    cut_through,
    ending_in,
    promise,
    read_as,
)
from kg.text.lattice import Front, State, Step
from kg.text.likelihood import Choice, Language
from kg.text.readings import second_bytes

_YEAR = re.compile(r"(0[0-3]|9[0-9])\d(?:年|[-—至])")
_LOST_ALONE = 15.0  # what it costs to hold a question mark without a reading for a lost byte
_QUESTION = 3.0  # what it costs to hold it for what it shows
# How much likelier than one certain digit it is that some digit was lost with a byte, as a logarithm, by what follows.
_AFTER_DIGIT = (("月.%", 4.5), ("0123456789年日", 2.5), ("万萬亿億个個名人项項家多余餘对對级級岁歲", 2.0))
_NO_FIGURE = 2.0  # what it costs to think so where something else follows
_LINE_END = 3.0  # what it costs to think that it was the end of a line
_NOTHING_SWALLOWED = 5.0  # what it costs to think that none was, where one must have been
_SWALLOWED_FROM = 4  # characters that are tried with a sign behind them
_VANISHED = 0.5  # what it costs to think that a pair vanished
_VANISHED_FROM = 3  # possibilities that are tried with a vanished pair
_VANISHED_KEPT = 4  # of those, how many are followed
_TWICE_KEPT = 5  # how many are followed where two pairs vanished one after the other
_CHARACTERS = 8  # that are tried at one place
_MOST_CHARACTERS = 999  # that is, all
_ALONE_RUN = 12  # characters that a run behind a question mark without a reading may have
_MOST_ALONE = 60  # such question marks looked into on a page


def _free(_: str) -> float:
    return 0.0


class Moves:
    """The moves that a page allows.

    Args:
        text: The page.
        language: How likely texts of it are.
        habits: Which characters it gives readings to.
        narrow: Whether its punctuation is that of one byte, which a lost byte may have taken with it.
    """

    def __init__(self, text: str, language: Language, habits: Habits, *, narrow: bool) -> None:
        self.text = text
        self.language = language
        self.habits = habits
        self.narrow = narrow
        self.swallowed = ",.:;?()+%\n" if narrow else ".+%\n"
        self.alone = 0
        self._front = Front(0)

    def states(self, states: list[State], item: Item, number: int, width: int) -> list[State]:
        """Return what the states become by an item, the best first.

        Args:
            states: Possible beginnings of the segment, the best first.
            item: What stands behind them.
            number: Which of the segment's items that is.
            width: How many states to return at most.
        """
        self._front = Front(width)
        for state in states:
            self._grow(state, item, number)
        # By now it is known how likely a state must be to be worth following.
        for state in self._vanished_before(states, item, number):
            self._grow(state, item, number)
        return self._front.pruned()

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
        alone: int = 0,
        first: bool = False,
    ) -> None:
        """Add `state` with `text` written at an item; `unseen` was lost for good and only counts to its language."""
        grown = state.text
        for character in text + unseen:
            grown = self.language.grown(grown, character)
        cost += state.cost
        if grown[1] - cost >= self._front.floor:
            step = Step(state.step, text, item, repaired, guess)
            last = text[-1:] or state.last
            self._front.add(State(grown, cost, pending, step, last, state.doubts, alone, first=first))

    def _add_likeliest(
        self,
        state: State,
        choice: Choice,
        item: int,
        count: int = _MOST_CHARACTERS,
        *,
        against: Callable[[str], float] | None = None,
        hint: Hint = None,
        guess: bool = False,
    ) -> None:
        """Add the most promising states that come of a character that may stand here."""
        for _, one in self._likeliest(state, choice, item, count, against=against, hint=hint, guess=guess):
            self._front.add(one)

    def _likeliest(
        self,
        state: State,
        choice: Choice,
        item: int,
        count: int,
        *,
        against: Callable[[str], float] | None = None,
        hint: Hint = None,
        cost: float = 0.0,
        guess: bool = False,
    ) -> list[tuple[float, State]]:
        """Return the most promising states that come of a character that may stand here, with what each promises.

        Args:
            state: What it follows.
            choice: What may stand here.
            item: The item that it is read from.
            count: How many to return at most.
            against: What speaks against a character; else that it stands without its reading.
            hint: What is known of the next character.
            cost: What speaks against all of them.
            guess: Whether they are no more than a guess.
        """
        against = against or self._bare(state)
        following = choice.following
        found = self.language.likeliest(
            state.text,
            choice,
            count,
            self._front.floor + state.cost + cost,
            against,
            _free if hint is None else lambda character: promise(character, following[character], hint),
        )
        return [
            (
                promised - state.cost - cost,
                State(
                    text,
                    state.cost + cost + against(character),
                    pending := following[character],
                    Step(state.step, character, item, True, guess),
                    character,
                    state.doubts,
                    state.alone - 1 if pending and state.alone else 0,
                ),
            )
            for promised, character, text in found
        ]

    def _grow(self, state: State, item: Item, number: int) -> None:
        if state.pending:
            if item.lost:
                self._lost_within(state, item, number)
            if item.closed is None and not (item.lost and not self.narrow and item.character == "?"):
                self._shown_within(state, item, number)
        elif item.lost:
            self._lost_in_step(state, item, number)
        else:
            self._write(state, item.character, number, repaired=False)

    def _lost_in_step(self, state: State, item: Item, number: int) -> None:
        """A question mark where the bytes are in step: it is one, or the first byte of a character."""
        shown = self.text[item.start : item.end]
        self._write(state, shown, number, cost=_QUESTION, repaired=False, guess=state.step is not None)
        if item.closed is not None:
            last = bytes_of(NARROWED.get(state.last, state.last))
            found = second_bytes(item.closed, last[1]) if len(last) == 2 else b""
            firsts = bytes(byte for byte in found if byte in LEADS)
            if firsts:
                self._write(state, "", number, firsts, first=True)
        elif self.alone <= _MOST_ALONE:
            self._write(state, "", number, LEADS, cost=_LOST_ALONE, guess=True, alone=_ALONE_RUN)

    def _shown_within(self, state: State, item: Item, number: int) -> None:
        """A character that shows where the bytes are one off."""
        own = item.character
        if "@" <= own <= "~":
            choice = ending_in(state.pending, ord(own), item.reading)
            against = self.habits.against_read if item.reading is not None else None
            self._add_likeliest(state, choice, number, against=against)
            return
        if state.alone == 1:
            return
        pair = bytes_of(NARROWED.get(own, own))
        if len(pair) != 2:
            return
        first, second = pair
        if second >= 0x80:
            self._add_likeliest(state, cut_through(state.pending, first, second), number, _CHARACTERS)
        elif chr(second).isalpha():
            ended = ending_in(state.pending, first)
            for _, one in self._likeliest(state, ended, number, _CHARACTERS, guess=True):
                self._write(one, chr(second), number, guess=True)

    def _bare(self, state: State) -> Callable[[str], float]:
        """Return what it costs that a character stands without its reading: nothing where it was itself cut through."""
        return _free if state.first or state.alone else self.habits.against_bare

    def _lost_within(self, state: State, item: Item, number: int) -> None:
        """A lost byte where the bytes are one off: it ends a character, which brings them into step again."""
        if item.closed is not None:
            choice = read_as(state.pending, item.closed)
            self._add_likeliest(state, choice, number, against=self.habits.against_read)
            return
        following = self.text[item.end : item.end + 1]
        ended = not following or following == "\n"
        if not ended:
            hint, unseen = _hint(item_at(self.text, item.end)), before_unseen(state.pending)
            self._add_likeliest(state, unseen, number, _CHARACTERS, hint=hint, guess=True)
        for _, one in self._likeliest(state, beginning_with(state.pending), number, _SWALLOWED_FROM, guess=True):
            self._write(one, "", number, cost=0.0 if ended else _NOTHING_SWALLOWED, guess=True)
            for sign in self.swallowed:
                cost = _LINE_END if sign == "\n" else 0.0
                self._write(one, sign, number, cost=cost, guess=True)
            self._digit_swallowed(one, item, number)

    def _digit_swallowed(self, state: State, item: Item, number: int) -> None:
        """A figure lost its first digit: which one, only a year tells."""
        match = _YEAR.match(self.text, item.end)
        digit = ("2" if match[1][0] == "0" else "1") if match else ""
        unseen = "" if digit else "0"
        following = self.text[item.end : item.end + 1]
        cost = next((-value for those, value in _AFTER_DIGIT if following and following in those), _NO_FIGURE)
        self._write(state, digit, number, cost=cost, guess=True, unseen=unseen)

    def _vanished_before(self, states: list[State], item: Item, number: int) -> list[State]:
        """Return the states in which a pair, or two, vanished in front of an item."""
        if item.character == "\n":
            return []
        hint = _hint(item)
        once = self._vanished(states[:_VANISHED_FROM], number, hint, _VANISHED_KEPT)
        best = once[:1] if hint is None else self._vanished(states[:1], number, None, 1)
        return once + self._vanished(best, number, hint, _TWICE_KEPT)

    def _vanished(self, states: list[State], number: int, hint: Hint, kept: int) -> list[State]:
        """Return the states in which a pair vanished here: the end of one character and the start of the next."""
        found: list[tuple[float, State]] = []
        for state in states:
            if state.pending and state.pending is not LEADS:
                choice = before_vanished(state.pending)
                found += self._likeliest(state, choice, number, kept, hint=hint, cost=_VANISHED, guess=True)
        return [state for _, state in nlargest(kept, found, key=itemgetter(0))]


def _hint(item: Item) -> Hint:
    """Return what an item tells of the next character where the bytes are one off: its last byte, or its reading."""
    if item.lost:
        return item.closed
    return next(iter(bytes_of(NARROWED.get(item.character, item.character))), None)
