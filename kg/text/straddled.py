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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from kg.text.likelihood import is_written, likelihood
from kg.text.readings import SYLLABLE, second_bytes

_LOST = "[?？\ufffd]"
# A character of two bytes that may be one byte off, with the reading that it may have got itself. Pages narrow the
# punctuation afterwards.
_SHIFTED = rf"(?:[^\x00-\x7f？\ufffd]|[,!:;])(?:\((?:{SYLLABLE})\))?"
_SEGMENT = re.compile(
    rf"{_LOST}(?:(?P<r1>{SYLLABLE})\))?(?P<run>(?:{_SHIFTED}){{0,24}}?)"
    rf"(?:{_LOST}(?:(?P<r2>{SYLLABLE})\))?|(?P<own>[@-~])(?:\((?P<r3>{SYLLABLE})\))?(?![@-~]))"
)
_INSERTED = re.compile(rf"\((?:{SYLLABLE})\)")
_NARROWED = {",": "，", "!": "！", ":": "：", ";": "；", "?": "？", "(": "（", ")": "）"}
_TO_NARROW = str.maketrans({wide: narrow for narrow, wide in _NARROWED.items()})
_CONTEXT = 8  # characters on each side by which a repair is judged
_MOST = 2_000  # possibilities weighed for one segment
_MOST_UNREAD = 60  # segments tried on a page that start without a reading, as real questions do
_KEPT = 10  # halves kept on each side of a pair that vanished
_MARGIN = 6.0  # how much likelier, as a logarithm, a repair must be than the text as it stands
_CLEAR = 2.0  # how much likelier than the next possibility, to be no guess
_VANISHED_COST = 5.0  # a pair that vanished is assumed only where it explains much
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
            unread += 1
            if unread > _MOST_UNREAD:
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
    run = [_NARROWED.get(character, character).encode("gbk", "ignore") for character in _INSERTED.sub("", match["run"])]
    if any(len(pair) != 2 for pair in run):
        return None
    firsts = _first_bytes(match["r1"], _last_byte(before))
    if not firsts:
        return None
    # A lost byte without a reading may be a real question mark.
    least = likelihood(before + match.group() + after) + (_MARGIN if match["r1"] else 2 * _MARGIN)
    ranked = _ranked(islice(_whole(firsts, run, match), _MOST), before, after)
    if ranked and ranked[0][0] >= least:
        clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _CLEAR
        read = match["r1"] is not None and (match["own"] is not None or match["r2"] is not None)
        return Repair(match.start(), match.end(), ranked[0][1], guessed=not (clear and read))
    ranked = _ranked(_with_gap(firsts, run, match, before, after), before, after)
    if ranked and ranked[0][0] - _VANISHED_COST >= least:
        return Repair(match.start(), match.end(), ranked[0][1], guessed=True)
    return None


def _ranked(candidates: Iterable[str], before: str, after: str) -> list[tuple[float, str]]:
    """Return candidates with their likelihoods, the best first."""
    scored = [(likelihood(before + candidate + after), candidate) for candidate in candidates]
    return sorted(scored, key=lambda item: (-item[0], item[1]))


def _first_bytes(reading: str | None, previous: int) -> tuple[int, ...]:
    if reading is None:
        return tuple(_LEADS)
    return tuple(value for value in second_bytes(reading, previous) if value in _LEADS) if previous else ()


def _whole(firsts: tuple[int, ...], run: list[bytes], match: re.Match[str]) -> Iterator[str]:
    """Yield what the segment may have been if every byte but the lost ones still shows."""
    for first in firsts:
        head = bytes([first]) + b"".join(run)
        if _sound(head):
            for last in _last_bytes(match, head[-1]):
                stream = head + bytes([last])
                if _written(stream[-2:]):
                    yield stream.decode("gbk")


def _with_gap(
    firsts: tuple[int, ...], run: list[bytes], match: re.Match[str], before: str, after: str
) -> Iterator[str]:
    """Yield the likeliest texts if a pair of bytes vanished: the end of one character and the start of the next."""
    if match["own"] is None and match["r2"] is None:
        return  # too many unknown bytes
    for at in range(len(run) + 1):
        heads = [bytes([first]) + b"".join(run[:at]) for first in firsts]
        heads = [head for head in heads if _sound(head)]
        if not heads:
            return
        tails = [bytes([two]) + b"".join(run[at:]) for two in _LEADS]
        tails = [tail for tail in tails if _sound(tail)]
        for ones, twos in _VANISHING:
            lefts = [head + bytes([one]) for head in heads for one in ones if _written(bytes([head[-1], one]))]
            rights = [
                tail + bytes([last])
                for tail in tails
                if tail[0] in twos
                for last in _last_bytes(match, tail[-1])
                if _written(bytes([tail[-1], last]))
            ]
            best_lefts = _ranked((left.decode("gbk") for left in lefts[:_MOST]), before, "")[:_KEPT]
            best_rights = _ranked((right.decode("gbk") for right in rights[:_MOST]), "", after)[:_KEPT]
            yield from (left + right for _, left in best_lefts for _, right in best_rights)


def _last_bytes(match: re.Match[str], before: int) -> tuple[int, ...]:
    """Return what the byte may be that brings the bytes back into step."""
    if match["own"]:
        value = ord(match["own"])
        reading = match["r3"]
        return (value,) if reading is None or value in second_bytes(reading, before) else ()
    if match["r2"]:
        return second_bytes(match["r2"], before)
    return tuple(value for value in _TRAILS if _written(bytes([before, value])))


def _sound(stream: bytes) -> bool:
    """Tell whether the whole characters of a stream, all but its last byte, are written in prose."""
    return all(_written(stream[index : index + 2]) for index in range(0, len(stream) - 1, 2))


@cache
def _written(pair: bytes) -> bool:
    try:
        character = pair.decode("gbk")
    except UnicodeDecodeError:
        return False
    return len(character) == 1 and is_written(character)
