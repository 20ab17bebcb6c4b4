"""GBK's pairs of bytes: those of characters that are written, those that vanish, those that no character has."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.text.convert import is_only_simplified
from kg.text.frequencies import is_written, simplified
from kg.text.likelihood import Choice
from kg.text.readings import second_bytes

Hint = int | str | None

LEADS = bytes(range(0x81, 0xFF))
_MOST_KEPT = 20_000  # of what was found for some bytes
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
def beginning_with(firsts: bytes) -> Choice:
    """Return the characters whose first byte is one of `firsts`; none of them starts the next."""
    pairs = ((first, second) for first in firsts for second in _TRAILS if second >= 0x80)
    return Choice({character: b"" for pair in pairs if (character := written(*pair))})


@cache
def cut_through(firsts: bytes, second: int, following: int) -> Choice:
    """Return the characters that end in the byte `second`, before one that starts with `following`."""
    return Choice({character: bytes([following]) for first in firsts if (character := written(first, second))})


@lru_cache(_MOST_KEPT)
def ending_in(firsts: bytes, second: int, reading: str | None = None) -> Choice:
    """Return the characters that end in the byte `second`, of a reading where it is given; none starts the next."""
    return Choice(
        {
            character: b""
            for first in firsts
            if (reading is None or second in second_bytes(reading, first)) and (character := written(first, second))
        }
    )


@lru_cache(_MOST_KEPT)
def read_as(firsts: bytes, reading: str) -> Choice:
    """Return the characters of a reading whose first byte is one of `firsts`; none of them starts the next."""
    pairs = ((first, second) for first in firsts for second in second_bytes(reading, first))
    return Choice({character: b"" for pair in pairs if (character := written(*pair))})


@cache
def before_vanished(firsts: bytes) -> Choice:
    """Return the characters that may stand before a pair that vanished; their first byte is one of `firsts`."""
    return _before(firsts, VANISHING)


@cache
def before_unseen(firsts: bytes) -> Choice:
    """Return the characters that may stand before a pair that is no character; the same otherwise."""
    return _before(firsts, UNSEEN_PAIRS)


def _before(firsts: bytes, pairs: dict[int, bytes]) -> Choice:
    found = ((written(first, last), nexts) for first in firsts for last, nexts in pairs.items())
    return Choice({character: nexts for character, nexts in found if character})


@lru_cache(_MOST_KEPT)
def promise(character: str, firsts: bytes, hint: Hint) -> float:
    """Return how likely a character is followed by one of those that may stand behind it, as a logarithm.

    Args:
        character: It.
        firsts: What the first byte of the next one may be.
        hint: The last byte of the next one, or its reading, where either is known.
    """
    if hint is None:
        return 0.0
    behind = ending_in(firsts, hint) if isinstance(hint, int) else read_as(firsts, hint)
    return behind.going_on(simplified().get(character, character))


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
