"""Cutting markup into tokens with their places, in linear time whatever the markup is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_OPENING = re.compile(r"<(?:(!--)|([!?])|(/?)([a-zA-Z][^\s/>]{0,40}))")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]{1,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_VALUE_OR_END = re.compile(r"""=\s*(["'])|>""")
_LONGEST_VALUE = 10_000  # characters; a quote that stays open longer was never meant to
_RAW = frozenset(["script", "style", "textarea", "title", "iframe", "noframes", "noembed", "xmp", "template", "svg"])
_CLOSING = {name: re.compile(rf"</{name}(?![a-z0-9-])", re.IGNORECASE) for name in _RAW}


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag; `start` and `end` are its place. Attribute names are in lower case."""

    name: str
    closing: bool
    source: str
    start: int
    end: int

    def attributes(self) -> dict[str, str]:
        """Return its attributes, the first of each name."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.source):
            found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
        return found


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text `[start, end)`, not yet unescaped; `raw` names the element whose raw content it is."""

    start: int
    end: int
    raw: str = ""


def tokens(page: str) -> Iterator[Tag | Run]:
    """Yield the tags and texts of `page` in order; comments and declarations are left out."""
    position, size = 0, len(page)
    quotes = {'"': -2, "'": -2}  # where the next one is, as far as looked up; -1: there is none any more
    while position < size:
        match = _OPENING.search(page, position)
        if match is None:
            yield Run(position, size)
            return
        if match.start() > position:
            yield Run(position, match.start())
        comment, declaration, slash, name = match.groups()
        if comment:
            end = page.find("-->", match.end() - 2)
            position = size if end < 0 else end + 3
            continue
        end = page.find(">", match.end())
        if end < 0:
            return  # a tag that is cut off by the end of the page
        if declaration:
            position = end + 1
            continue
        end = _tag_end(page, match.end(), quotes) if not slash else end
        if end < 0:
            return
        name = name.lower()
        yield Tag(name, bool(slash), page[match.end() : end], match.start(), end + 1)
        position = end + 1
        if name in _RAW and not slash:
            closing = _CLOSING[name].search(page, position)
            stop = closing.start() if closing else size
            yield Run(position, stop, name)
            position = stop


def _tag_end(page: str, position: int, quotes: dict[str, int]) -> int:
    """Return the place of the `>` that ends a tag, which is none within a quoted value; -1 if the page ends first.

    `quotes` keeps where the next quote of each kind was found, so that looking for them stays linear.
    """
    while True:
        match = _VALUE_OR_END.search(page, position)
        if match is None:
            return -1
        mark = match[1]
        if mark is None:
            return match.start()
        position = match.end()
        if -1 != quotes[mark] < position:
            quotes[mark] = page.find(mark, position)
        if 0 <= quotes[mark] - position <= _LONGEST_VALUE:
            position = quotes[mark] + 1
