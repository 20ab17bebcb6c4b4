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
from kg.text.readings import SYLLABLE, characters_read, second_bytes
from kg.text.straddled import straddled_repairs

_READING = re.compile(rf"\(({SYLLABLE})\)")
_LOST = re.compile(rf"[?？\ufffd](?:{SYLLABLE})\)|[?？\ufffd]")
_FIGURE = re.compile(r"[\d.]*[年月日%]?")
# A reading within a reading: two of its own bytes were one of the table's characters.
_NESTED = re.compile(rf"(?<=[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z])(\((?:{SYLLABLE})\))(?=[a-z]{{0,3}}\))")
_LEFT = re.compile(rf"[?？\ufffd](?:{SYLLABLE})\)|[A-Za-z]\((?:{SYLLABLE})\)")
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
    page = page.edited(((match.start(1), match.end(1), "") for match in _NESTED.finditer(page.text)), absorb=True)
    guesses: Guesses = []
    if _LOST.search(page.text):
        repairs = straddled_repairs(page.text)
        guesses = [
            # A figure behind a lost byte may have lost its first digit with it, or all that it had.
            (page.starts[one.start], page.ends[_figure_end(page.text, one.end) - 1])
            for one in repairs
            if one.guessed
        ]
        page = page.edited((one.start, one.end, one.text) for one in repairs)
    # What could not be put right is no safe reading either.
    guesses += [(page.starts[match.start()], page.ends[match.end() - 1]) for match in _LEFT.finditer(page.text)]
    guesses.sort()
    spans = _insertions(page.text)
    return page.edited(((start, end, "") for start, end in spans), absorb=True), guesses


def _insertions(text: str) -> list[tuple[int, int]]:
    changed = _changed()
    good: list[tuple[int, int]] = []
    straddled: list[tuple[int, int]] = []
    bad = hits = 0
    characters: set[str] = set()
    for match in _READING.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before and before in changed:
            good.append(match.span())
            # A mirror knows one reading of each character; any other is a writer's own.
            if before in characters_read().get(match[1], ()):
                characters.add(before)
                hits += 1
            else:
                bad += 1
        elif _stands_apart(text, match):
            straddled.append(match.span())
        elif _HAN.match(before):
            bad += 1
    passes = hits >= _LEAST_HITS and len(characters) >= _LEAST_CHARACTERS and hits >= _GOOD_FOR_EACH_BAD * bad
    return sorted(good + straddled) if passes else []


def _figure_end(text: str, start: int) -> int:
    match = _FIGURE.match(text, start)
    return match.end() if match else start


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Tell whether a reading is that of the last byte of a character and the letter or sign behind it."""
    if match.start() < 2:
        return False
    pair = text[match.start() - 2].encode("gbk", "ignore")
    own = text[match.start() - 1]
    return len(pair) == 2 and "@" <= own <= "~" and ord(own) in second_bytes(match[1], pair[1])


@cache
def _changed() -> frozenset[str]:
    return frozenset(simplified_forms())
