"""Undoing what mirror sites do to Traditional pages: 發(fā)展 is 发展, 扶持?jǐn)?shù)字 is 扶持数字.

They put a reading in brackets behind characters of their table. The table holds characters that Simplified Chinese
writes differently, and nothing else; ordinary glosses stand behind any character. A gate tells the two apart before
anything is touched.
"""

from __future__ import annotations

import re
from functools import cache

from kg.text.convert import simplified_forms
from kg.text.mapped import Mapped
from kg.text.readings import SYLLABLE
from kg.text.straddled import straddled_repairs

_READING = re.compile(rf"\((?:{SYLLABLE})\)")
_LOST = re.compile(rf"[?？\ufffd](?:{SYLLABLE})\)|[?？\ufffd]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

# Measured on ordinary news: a page that passes these is damaged, and no undamaged page passes them.
_LEAST_HITS = 8
_LEAST_CHARACTERS = 4
_GOOD_FOR_EACH_BAD = 4

Guesses = list[tuple[int, int]]
"""Half-open spans of the page whose characters are a best guess."""


def repaired(page: Mapped) -> tuple[Mapped, Guesses]:
    """Return a page without a mirror's damage, and what of it was guessed; any other page comes back as it is.

    A reading counts to the span of the character before it; characters that were put right as a run each stand for
    the whole of the run.
    """
    if not _insertions(page.text):
        return page, []
    guesses: Guesses = []
    if _LOST.search(page.text):
        repairs = straddled_repairs(page.text)
        guesses = [(page.starts[one.start], page.ends[one.end - 1]) for one in repairs if one.guessed]
        page = page.edited((one.start, one.end, one.text) for one in repairs)
    spans = _insertions(page.text)
    return page.edited(((start, end, "") for start, end in spans), absorb=True), guesses


def _insertions(text: str) -> list[tuple[int, int]]:
    changed = _changed()
    good: list[tuple[int, int]] = []
    bad = 0
    characters: set[str] = set()
    for match in _READING.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before in changed and before:
            good.append(match.span())
            characters.add(before)
        elif _HAN.match(before):
            bad += 1
    passes = len(good) >= _LEAST_HITS and len(characters) >= _LEAST_CHARACTERS and len(good) >= _GOOD_FOR_EACH_BAD * bad
    return good if passes else []


@cache
def _changed() -> frozenset[str]:
    return frozenset(simplified_forms())
