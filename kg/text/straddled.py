"""Undoing the damage that mirrors do where two bytes of neighbouring characters look like a character of their table.

A mirror handles Traditional text as GBK bytes and puts a reading behind every pair of bytes that is a character of its
table, also where the pair straddles two characters. When the bytes are decoded, a byte before the inserted bracket
is lost together with it and shows as a question mark; what follows is decoded one byte off until a lost byte or one
that stands for itself brings it back: 持數 -> 持?jǐn)?shù), 章等評 -> ?wù)碌仍u(píng). Pairs in GBK's
user-defined areas vanish.

The bytes that still show, and the readings, mostly leave one possibility; else the likeliest text is taken if it is
clearly likelier than the damaged one, and marked as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from heapq import nsmallest

from kg.text.likelihood import Reading, is_written, likelihood
from kg.text.readings import SYLLABLE, second_bytes

_LOST = "[?？\ufffd]"
# A character of two bytes that may be one byte off, with the reading that it may have got itself. Pages narrow the
# punctuation afterwards.
_SHIFTED = rf"(?:[^\x00-\x7f？\ufffd]|[,!:;])(?:\((?:{SYLLABLE})\))?"
_SEGMENT = re.compile(
    rf"{_LOST}(?:(?P<r1>{SYLLABLE})\))?(?P<run>(?:{_SHIFTED}){{0,80}}?)"
    rf"(?:{_LOST}(?:(?P<r2>{SYLLABLE})\))?|(?P<own>[@-~])(?:\((?P<r3>{SYLLABLE})\))?(?![@-~]))"
)
_INSERTED = re.compile(rf"\((?:{SYLLABLE})\)")
_NARROWED = {",": "，", "!": "！", ":": "：", ";": "；", "?": "？", "(": "（", ")": "）"}
_TO_NARROW = str.maketrans({wide: narrow for narrow, wide in _NARROWED.items()})
_CONTEXT = 8  # characters on each side by which a repair is judged
_FEW = 12  # bytes that a character may start with, up to which a pair that vanished behind it is thought of
_PLAIN = -4.0  # likelihood of a character in a text that needs no vanished pair to explain it
_UNREAD_RUN = 12  # characters that such a segment may have
_MOST_UNREAD = 60  # segments tried on a page that start without a reading, as real questions do
_KEPT = 8  # possibilities followed of each vanished pair
_MARGIN = 6.0  # how much likelier, as a logarithm, a repair must be than the text as it stands
_CLEAR = 6.0  # how much likelier than the next possibility, to be no guess
_VANISHED_COST = 2.5  # a pair in twelve lies in the user-defined areas
_LEADS = range(0x81, 0xFF)
# The user-defined areas of GBK: first bytes, and the second bytes that go with them and may start a character.
_VANISHING = (
    (range(0xA1, 0xA8), range(0x81, 0xA1)),
    ((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), range(0xA1, 0xFF)),
)
_TRAILS = tuple(value for value in range(0x40, 0xFF) if value != 0x7F)


@dataclass(frozen=True, slots=True)
class Repair:
    """Replace `[start, end)` by `text`; `guessed` unless the bytes left no other possibility."""

    start: int
    end: int
    text: str
    guessed: bool


def straddled_repairs(text: str) -> list[Repair]:
    """Return the repairs of a page that is known to be damaged, in order."""
    found: list[Repair] = []
    narrow = text.count(",") > text.count("，")
    position = unread = 0
    while match := _SEGMENT.search(text, position):
        position = match.start() + 1
        if match["r1"] is None:
            # Without a reading at either end, or with one far off, a question mark is one.
            unread += 1
            if unread > _MOST_UNREAD or len(match["run"]) > _UNREAD_RUN or not (match["own"] or match["r2"]):
                continue
        before = _before(text, match.start(), found[-1] if found else None)
        repair = _repaired(match, before, _after(text, match.end()))
        if repair:
            found.append(replace(repair, text=repair.text.translate(_TO_NARROW)) if narrow else repair)
            position = match.end()
    return found


def _before(text: str, start: int, last: Repair | None) -> str:
    """Return the sound text before a segment, as far back as matters."""
    if last is not None and start - last.end < 80:
        plain = last.text + _INSERTED.sub("", text[last.end : start])
    else:
        plain = _INSERTED.sub("", text[max(0, start - 80) : start])
    return plain.rsplit("\n", 1)[-1][-_CONTEXT:]


def _last_byte(text: str) -> int:
    """Return the second byte of the last character, 0 if it has none."""
    raw = _NARROWED.get(text[-1:], text[-1:]).encode("gbk", "ignore")
    return raw[1] if len(raw) == 2 else 0


def _after(text: str, end: int) -> str:
    plain = _INSERTED.sub("", text[end : end + 80])
    line = re.split(r"[\n?]", plain, maxsplit=1)[0]
    return line[:_CONTEXT]


def _repaired(match: re.Match[str], before: str, after: str) -> Repair | None:
    run = [_NARROWED.get(shown, shown).encode("gbk", "ignore") for shown in _INSERTED.sub("", match["run"])]
    firsts = _first_bytes(match["r1"], _last_byte(before))
    if not firsts or any(len(pair) != 2 for pair in run):
        return None
    # A lost byte without a reading may be a real question mark.
    least = likelihood(before + match.group() + after) + (_MARGIN if match["r1"] else 2 * _MARGIN)
    found = _search(firsts, run, match, before, after, gaps=0)
    size = len(before) + len(run) + 1 + len(after)
    if not found or found[0].cost < _PLAIN * size:
        found = sorted(found + _search(firsts, run, match, before, after, gaps=2), key=_best_first)
    if not found or found[0].cost < least:
        return None
    text = found[0].reading.text[len(before) :]
    others = [state for state in found[1:] if state.reading.text[len(before) :] != text]
    clear = not others or found[0].cost - others[0].cost >= _CLEAR
    read = match["r1"] is not None and (match["own"] is not None or match["r2"] is not None)
    return Repair(match.start(), match.end(), text, guessed=not (clear and read and not found[0].gaps))


def _first_bytes(reading: str | None, previous: int) -> tuple[int, ...]:
    if reading is None:
        return tuple(_LEADS)
    return tuple(value for value in second_bytes(reading, previous) if value in _LEADS) if previous else ()


@dataclass(frozen=True, slots=True)
class _State:
    """A possible beginning of what the segment was: whole characters, and the bytes the next one may start with."""

    reading: Reading
    pending: tuple[int, ...]
    gaps: int = 0

    @property
    def cost(self) -> float:
        """Its likelihood, less what the pairs cost that must have vanished."""
        return self.reading.score - _VANISHED_COST * self.gaps


def _best_first(state: _State) -> tuple[float, str]:
    return -state.cost, state.reading.text


def _search(
    firsts: tuple[int, ...], run: list[bytes], match: re.Match[str], before: str, after: str, gaps: int
) -> list[_State]:
    """Return the likeliest texts that the segment may have been, the best first, with what stands before them.

    Args:
        firsts: What the first lost byte may be.
        run: The bytes of the characters that show.
        match: The segment.
        before: The sound text before it.
        after: The sound text behind it, by which the results are ranked.
        gaps: How many pairs of bytes may have vanished.
    """
    states = [_State(Reading().grown(before), firsts)]
    for first, second in run:
        states = _pruned(
            _State(state.reading.grown(character), (second,), state.gaps)
            for state in _with_gaps(states, gaps)
            for byte in state.pending
            if (character := _written(byte, first))
        )
    # Where the last byte is lost as well and has no reading, only little can be left open before it.
    known = match["own"] or match["r2"]
    ended = _pruned(
        _State(state.reading.grown(character), (), state.gaps)
        for state in (_with_gaps(states, gaps) if known else states[:_KEPT])
        for byte in state.pending
        for last in _last_bytes(match, byte)
        if (character := _written(byte, last))
    )
    ranked = [(_State(state.reading.grown(after), (), state.gaps), state) for state in ended]
    ranked.sort(key=lambda pair: _best_first(pair[0]))
    # The likelihood counts what follows; the text does not.
    return [_State(replace(whole.reading, text=state.reading.text), (), state.gaps) for whole, state in ranked]


def _pruned(states: Iterable[_State], most: int = 24) -> list[_State]:
    return nsmallest(most, states, key=_best_first)


def _with_gaps(states: list[_State], gaps: int) -> list[_State]:
    """Return the states, and those in which a pair vanished here: the end of one character and the next one's start."""
    opened = _pruned(
        (
            _State(state.reading.grown(character), tuple(starts), state.gaps + 1)
            for state in states
            if state.gaps < gaps and len(state.pending) <= _FEW
            for byte in state.pending
            for ends, starts in _VANISHING
            for end in ends
            if (character := _written(byte, end))
        ),
        most=_KEPT,
    )
    return states + opened


def _last_bytes(match: re.Match[str], before: int) -> tuple[int, ...]:
    """Return what the byte may be that brings the bytes back into step."""
    if match["own"]:
        value = ord(match["own"])
        reading = match["r3"]
        return (value,) if reading is None or value in second_bytes(reading, before) else ()
    return second_bytes(match["r2"], before) if match["r2"] else _TRAILS


@cache
def _written(first: int, second: int) -> str:
    """Return the character of two bytes if it occurs in prose, else ""."""
    try:
        character = bytes([first, second]).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return character if len(character) == 1 and is_written(character) else ""
