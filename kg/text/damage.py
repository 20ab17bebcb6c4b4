"""A damaged page item by item: what shows of it, what was lost, and what of it is sound."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.text.readings import SYLLABLE

LOST = "?？\ufffd"
INSERTED = re.compile(rf"\((?:{SYLLABLE})\)")
NARROWED = {",": "，", "!": "！", ":": "：", ";": "；", "?": "？", "(": "（", ")": "）"}
_ITEM = re.compile(
    rf"[{LOST}](?P<closed>{SYLLABLE})\)|(?P<character>.)(?:\((?P<reading>{SYLLABLE})\))?",
    re.DOTALL,
)
_READ = re.compile(rf"([\u3400-\u9fff])\((?:{SYLLABLE})\)")
# From a lost byte that cuts a character through to where the bytes are in step again.
_UNSURE = re.compile(
    rf"[{LOST}](?:{SYLLABLE})\)(?:\((?:{SYLLABLE})\)|[^@-~(\n{LOST}])*(?:[{LOST}](?:(?:{SYLLABLE})\))?|[@-~])?"
)
_AGAINST_TABLE = 9.0  # a character without a reading that has one elsewhere on the page, or the other way round


@dataclass(frozen=True, slots=True)
class Item:
    """A character that shows, with the reading behind it; or a lost byte, `closed` by the rest of its reading."""

    character: str
    closed: str | None
    reading: str | None
    start: int
    end: int

    @property
    def lost(self) -> bool:
        """Whether it is a byte that was lost, or may be."""
        return self.closed is not None or self.character in LOST


def item_at(text: str, position: int) -> Item:
    """Return what stands at a place of a page; behind its end, the end of a line."""
    match = _ITEM.match(text, position)
    if match is None:
        return Item("\n", None, None, position, min(position + 1, len(text)))
    return Item(match["character"] or "?", match["closed"], match["reading"], position, match.end())


def sound(text: str) -> str:
    """Return a page without what is out of step; a NUL stands for each such run."""
    return _UNSURE.sub("\0", text)


class Habits:
    """Which characters a page gives readings to where nothing is shifted.

    Args:
        text: What of it is sound.
    """

    def __init__(self, text: str) -> None:
        read = Counter(_READ.findall(text))
        bare = Counter(INSERTED.sub("", text))
        self.read = {character for character, count in read.items() if 2 * count > bare[character]}
        self.bare = {character for character, count in bare.items() if not read[character]}

    def against_bare(self, character: str) -> float:
        """Return what it costs to think that a character stands without its reading."""
        return _AGAINST_TABLE if character in self.read else 0.0

    def against_read(self, character: str) -> float:
        """Return what it costs to think that a character has a reading."""
        return _AGAINST_TABLE if character in self.bare else 0.0
