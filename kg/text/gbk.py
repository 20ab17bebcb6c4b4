"""GBK's pairs of bytes: those of characters that are written, those that vanish, those that no character has."""

from __future__ import annotations

from functools import cache

from kg.text.convert import is_only_simplified
from kg.text.likelihood import commonness, is_written

_MANY = 94  # characters
LEADS = bytes(range(0x81, 0xFF))
_TRAILS = tuple(value for value in range(0x40, 0xFF) if value != 0x7F)
# The user-defined areas: their pairs vanish on decoding. Here by the first byte, which ends one character, with
# the second bytes that may start the next.
VANISHING: dict[int, bytes] = {
    **{first: bytes(range(0x81, 0xA1)) for first in range(0xA1, 0xA8)},
    **{first: bytes(range(0xA1, 0xFF)) for first in (*range(0xAA, 0xB0), *range(0xF8, 0xFF))},
}


def bytes_of(character: str) -> bytes:
    """Return the bytes of a character, none where GBK lacks it."""
    return character.encode("gbk", "ignore")


@cache
def written(first: int, second: int) -> str:
    """Return the character of two bytes if it occurs in Traditional prose, else "".

    >>> written(0x94, 0xB5)
    '數'
    """
    try:
        character = bytes([first, second]).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return character if len(character) == 1 and is_written(character) and not is_only_simplified(character) else ""


@cache
def trails(first: int) -> tuple[tuple[int, str], ...]:
    """Return the second bytes, not ASCII, that with `first` make a common character, with that character."""
    found = [(second, character) for second in _TRAILS if second >= 0x80 and (character := written(first, second))]
    return tuple(sorted(found, key=lambda pair: -commonness(pair[1]))[:_MANY])


@cache
def candidates(firsts: bytes, second: int) -> tuple[str, ...]:
    """Return the characters that end in the byte `second`; where much is open, only the common ones."""
    found = [character for first in firsts if (character := written(first, second))]
    return tuple(sorted(found, key=commonness, reverse=True)[:_MANY])


@cache
def vanishing(firsts: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return the characters that may stand before a pair that vanished, with the bytes that may then start the next."""
    found = [
        (character, nexts)
        for first in firsts
        for last, nexts in VANISHING.items()
        if (character := written(first, last))
    ]
    return tuple(sorted(found, key=lambda pair: -commonness(pair[0]))[:_MANY])


def _unseen_pairs() -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for first in range(0x80, 0xFF):
        nexts = []
        for second in LEADS:
            if second in VANISHING.get(first, b""):
                continue
            try:
                bytes([first, second]).decode("gbk")
            except UnicodeDecodeError:
                nexts.append(second)
        if nexts:
            found[first] = bytes(nexts)
    return found


UNSEEN_PAIRS = _unseen_pairs()
"""By the byte that ends one character, the bytes starting the next that with it are no character: both are lost."""
