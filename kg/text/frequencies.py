"""How often words, and parts of them, occur: jieba's list, signs, and the words and names of the genre."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.lexicon.body_kinds import body_kinds
from kg.lexicon.divisions import places
from kg.lexicon.persons import titles
from kg.text.convert import simplified_forms

LONGEST_WORD = 5
# Signs are not in jieba's list; these are their frequencies in news, on its scale.
SIGNS = {
    **dict.fromkeys("，,", 3_000_000),
    **dict.fromkeys("。、“”", 1_500_000),
    **dict.fromkeys("；：《》;:（）()%.0123456789?？", 500_000),
    **dict.fromkeys("‘’—…·【】- \n+", 100_000),
    **dict.fromkeys("！!", 8_000),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 300_000),
}
_PHRASES = {
    "。”": 400_000,
    "，“": 200_000,
    "：“": 300_000,
    "”，": 100_000,
    "”他": 30_000,
    "”她": 15_000,
    "他说": 20_000,
    "她说": 15_000,
    "！”": 30_000,
    "！\n": 30_000,
    "。\n": 1_000_000,
    "”\n": 200_000,
    "；\n": 100_000,
    "：\n": 60_000,
    "）\n": 60_000,
}
_PLACE_COUNTS = {"province": 5_000, "prefecture": 1_500, "county": 400}
_BODY_COUNT = 1_000
_POST_COUNT = 1_000
_FIGURE_SHARE = 0.3  # how often a figure follows on a word that figures follow on
_LEAST_BEGUN = 5
_LEAST_WRITTEN = 20


@cache
def is_written(character: str) -> bool:
    """Tell whether a character occurs in Chinese prose at all, Simplified or Traditional.

    >>> is_written("說"), is_written("髽")
    (True, False)
    """
    return commonness(character) >= _LEAST_WRITTEN


@cache
def commonness(character: str) -> int:
    """Return how often a character occurs in prose, alone and in words, on jieba's scale."""
    return _commonness().get(simplified().get(character, character), 0) + SIGNS.get(character, 0)


@cache
def _commonness() -> dict[str, int]:
    counts: dict[str, int] = {}
    known = counts.get
    for word, frequency in words()[0].items():
        for character in word:
            counts[character] = known(character, 0) + frequency
    return counts


@cache
def simplified() -> dict[str, str]:
    """Return the Simplified form of each Traditional character that differs from it."""
    return dict(simplified_forms())


@cache
def words() -> tuple[dict[str, int], int]:
    """Return how often each word occurs, also names and words of the genre, and what all words of jieba add up to."""
    # Read from jieba's list itself: its tokenizers may have been given further words in the meantime.
    listed = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    rows = listed.split()  # a word, how often it occurs, and its part of speech
    pairs = zip(rows[::3], rows[1::3], strict=True)
    frequencies = {word: int(count) for word, count in pairs if len(word) <= LONGEST_WORD}
    total = sum(frequencies.values())
    sections = _sections()
    for word, count in (*_known_names(), *_own_words(sections), *_PHRASES.items()):
        if len(word) <= LONGEST_WORD:
            frequencies[word] = max(count, frequencies.get(word, 0))
    for word in sections["before figures"]:
        frequencies[word + "0"] = int(_FIGURE_SHARE * frequencies.get(word, 0))
    return frequencies, total


@cache
def beginnings() -> dict[str, int]:
    """Return how often words begin with some characters, those that consist of them included."""
    found: dict[str, int] = {}
    known = found.get
    for word, frequency in words()[0].items():
        if frequency >= _LEAST_BEGUN:
            beginning = word[: LONGEST_WORD - 1] if len(word) > LONGEST_WORD else word[:-1]
            while beginning:
                found[beginning] = known(beginning, 0) + frequency
                beginning = beginning[:-1]
    return found


@cache
def continuations(beginning: str) -> frozenset[str]:
    """Return the characters that go on a word that begins so.

    >>> "字" in continuations("数")
    True
    """
    listed = _listed()
    found: set[str] = set()
    at = bisect_left(listed, beginning)
    size = len(beginning)
    while at < len(listed) and listed[at].startswith(beginning):
        found.add(listed[at][size : size + 1])
        at += 1
    return frozenset(found - {""})


@cache
def _listed() -> list[str]:
    return sorted(word for word in words()[0] if 1 < len(word) <= LONGEST_WORD)


def _own_words(sections: dict[str, list[str]]) -> Iterator[tuple[str, int]]:
    """Yield the words of the genre with the least that they count."""
    for name, listed in sections.items():
        if name.isdecimal():
            yield from ((word, int(name)) for word in listed)


def _sections() -> dict[str, list[str]]:
    """Return the words of the genre by the section of their list."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in files("kg.text").joinpath("data", "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, []).extend(line.split())
    return found


def _known_names() -> Iterator[tuple[str, int]]:
    """Yield the names of places, bodies and posts that the lexicon has, with the least that they count."""
    for place in places().values():
        count = _PLACE_COUNTS.get(place.level, 0)
        yield from ((name, count) for name in (place.name, *place.short_names) if count and len(name) > 1)
    for kind in body_kinds().values():
        yield from ((form.text, _BODY_COUNT) for form in kind.forms if len(form.text) > 1)
    yield from ((title, _POST_COUNT) for title in titles())
