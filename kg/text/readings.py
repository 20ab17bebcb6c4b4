"""The readings that mirrors insert behind Traditional characters, and the characters that have each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

SYLLABLE = "[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-zü]*|bei|ba|da|de|ge|la|le|lou|ma|me|men|ne|tou|wa|ya|zhe|zi"
"""What a reading looks like, as a part of a regular expression; the toneless ones are those that occur."""


@cache
def characters_read() -> dict[str, tuple[str, ...]]:
    """Return for each reading the Traditional characters in GBK whose first reading it is.

    >>> "謹" in characters_read()["jǐn"]
    True
    """
    text = files("kg.text").joinpath("data", "readings.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {reading: tuple(characters) for reading, characters in rows}


@cache
def second_bytes(reading: str, first: int) -> bytes:
    """Return the second GBK bytes that with the byte `first` make a character of this reading."""
    found = (character.encode("gbk") for character in characters_read().get(reading, ()))
    return bytes(sorted(pair[1] for pair in found if pair[0] == first))
