"""The words that Chinese is cut into: jieba's dictionary, and beside it the words of the domain.

Words are what `jieba.cut` gives, character for character. Its dictionary is searched by jieba-rs, which finds the same
words thirty times as fast. What the dictionary leaves single, and where Latin letters, digits or rare characters
stand among it, is joined here as jieba joins it.
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract.data import table

if TYPE_CHECKING:
    from rjieba import Jieba

# Words of the domain must win over jieba's own split.
_DOMAIN_FREQUENCY = 50_000
_TOTAL = 60_101_967  # of the frequencies in jieba's dictionary
_NO_WORD = "\ue000\ue001"
# What jieba takes for a part of words; everything else stands alone.
_IN_WORDS = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]")
# Jieba-rs joins Latin letters, digits and rare characters by its model in another way than jieba.
_JOINED_OTHERWISE = re.compile(r"[a-zA-Z0-9+#&._%\-\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# How jieba's model takes such a row apart: its Chinese characters are one part.
_PART = re.compile(r"[\u4e00-\u9fd5]+|[a-zA-Z0-9]+(?:\.\d+)?%?|[^\u4e00-\u9fd5a-zA-Z0-9]+")
_LATIN_RUN = re.compile("[a-zA-Z0-9]+")


@functools.cache
def domain_words() -> dict[str, str]:
    """Return the words of the domain with their tags: the listed words, and the words with which names end."""
    text = (files("kg.extract") / "data" / "words.tsv").read_text("utf8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    endings = table("names")
    nouns = {word: "n" for kind in ("event", "competition", "school") for word in endings[kind]["suffixes"]}
    return nouns | {word: tag.strip() for word, tag in rows}


@functools.lru_cache(maxsize=1 << 16)
def entry(word: str) -> tuple[int, str] | None:
    """Return the frequency of a word and its part of speech, or None where it is in neither dictionary.

    >>> entry("工人")
    (10209, 'n')
    """
    tag = domain_words().get(word)
    return _listed(word) if tag is None else (_DOMAIN_FREQUENCY, tag)


def cut(text: str) -> list[str]:
    """Return the words of `text`, which joined give `text`.

    >>> cut("高技能人才增长")
    ['高技能人才', '增长']
    """
    if _JOINED_OTHERWISE.search(text) is None:
        return _segmenter().cut(text, True)
    return list(_joined_by_jieba(text))


def known_words(text: str) -> list[str]:
    """Cut `text` into words of the dictionaries; what they do not know falls into characters.

    >>> known_words("记者见到熊志刚")
    ['记者', '见到', '熊', '志', '刚']
    """
    return _segmenter().cut(text, False)


@functools.lru_cache(maxsize=1 << 14)
def fluency(text: str) -> float:
    """Return the logarithm of the probability of `text`, without Latin letters, as its likeliest row of words.

    >>> fluency("主持会议") > fluency("持会议主")
    True
    """
    sum_ = 0.0
    for word in reversed(_segmenter().cut(text, False)):
        sum_ += _weight(word)
    return sum_


@functools.lru_cache(maxsize=1 << 14)
def _weight(word: str) -> float:
    known = entry(word)
    return math.log((known[0] if known else 0) or 1) - math.log(_total())


def _joined_by_jieba(text: str) -> Iterator[str]:
    """Yield the words of a text, single characters in a row joined by jieba's own model."""
    row = ""
    for word in _segmenter().cut(text, False):
        if (len(word) == 1 and _IN_WORDS.match(word)) or _LATIN_RUN.fullmatch(word):
            row += word
            continue
        yield from _joined(row)
        row = ""
        yield word
    yield from _joined(row)


def _joined(row: str) -> Iterator[str]:
    """Yield the words of characters that the dictionary leaves single."""
    if len(row) < 2 or _is_word(row):
        yield from row
        return
    for part in _PART.findall(row):
        if part[0] < "\u4e00" or len(part) == 1:
            yield part
        elif _is_word(part):
            from jieba import finalseg  # seldom needed, and slow to load

            yield from finalseg.cut(part)
        else:
            yield from _segmenter().cut(part, True)


def _is_word(text: str) -> bool:
    known = entry(text)
    return known is not None and known[0] > 0


@functools.cache
def _segmenter() -> Jieba:
    from rjieba import Jieba

    segmenter = Jieba()
    for word, tag in domain_words().items():
        segmenter.add_word(word, _DOMAIN_FREQUENCY, tag)
    # jieba adds the frequency of a word to the total also where it knew the word before; jieba-rs replaces it.
    segmenter.add_word(_NO_WORD, _known_before(), "x")
    return segmenter


@functools.cache
def _total() -> int:
    return _TOTAL + _DOMAIN_FREQUENCY * len(domain_words())


def _known_before() -> int:
    """Return how frequent the words of the domain are by jieba's own dictionary."""
    return sum(known[0] for known in map(_listed, domain_words()) if known is not None)


def _listed(word: str) -> tuple[int, str] | None:
    rows, key = _rows(), f"{word} ".encode()
    index = bisect_left(rows, key)
    if index == len(rows) or not rows[index].startswith(key):
        return None
    _, frequency, tag = rows[index].decode().split(" ")
    return int(frequency), tag.strip()


@functools.cache
def _rows() -> list[bytes]:
    """Return the rows of jieba's dictionary (word, frequency, tag), sorted; looked up where they lie."""
    found = find_spec("jieba")  # without importing it
    assert found is not None
    assert found.origin is not None
    return sorted((Path(found.origin).parent / "dict.txt").read_bytes().splitlines())
