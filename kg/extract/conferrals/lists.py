"""Lists line by line below a line that is the name of an honour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.conferrals.scene import MARKS, fits, kinds_of, words_of
from kg.extract.names.draft import Draft
from kg.model import BlockKind, Mention
from kg.naming import ORGANISATIONS

_LIST_HEAD = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[)）、.．][ \u3000]*)?([^，。：:；]{2,28}?)(?:称号)?(?:获得者|名单|拟表彰对象)*"
    r"(?:[（(][^（）()]{0,12}[)）])?[:：]?"
)


def listed_below(draft: Draft) -> Iterator[tuple[Mention, Mention]]:
    """Yield the recipients listed line by line below a line that is the name of an honour."""
    current: Mention | None = None
    for block in draft.blocks:
        line = draft.text[block.start : block.end]
        if block.kind in {BlockKind.TITLE, BlockKind.META, BlockKind.TABLE}:
            continue
        head = _LIST_HEAD.fullmatch(line.strip())
        name = head[1].strip(MARKS) if head else ""
        if head and name.endswith(tuple(words_of("suffixes"))) and not _named_bodies(draft, block.start, block.end):
            start = block.start + line.index(head[1])
            current = Mention(start, start + len(head[1]), "Honour", head[1], name=name)
        elif len(line) > 200 or re.search("[。；！？]", line):
            current = None
        elif current is not None:
            for recipient in _line_recipients(draft, block.start, block.end):
                if fits(recipient, kinds_of(current.name)):
                    yield recipient, current


def _named_bodies(draft: Draft, start: int, end: int) -> bool:
    return any(m.type in ORGANISATIONS | {"Person"} for m in draft.within(start, end))


def _line_recipients(draft: Draft, start: int, end: int) -> list[Mention]:
    """Return those whom a line of a list names: its persons, or else its bodies, or else its places."""
    named = draft.within(start, end)
    for types in (frozenset({"Person"}), ORGANISATIONS, frozenset({"Region"})):
        fitting = [m for m in named if m.type in types]
        if fitting:
            return fitting
    return []
