"""Tells where the name of a person ends, and whether characters are a name at all.

Two readings of the same characters are weighed against each other: a surname with a given name, followed by whatever
words make the most sense of the rest; or words all the way.
"""

from __future__ import annotations

import functools
import itertools
import math
import re

from kg.extract.data import table
from kg.extract.dictionary import cut, entry, fluency
from kg.extract.names.draft import occurrences
from kg.lexicon import persons

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# 王平等5人: what is counted are persons, and 平等 is no word here.
_AND_OTHERS = re.compile(r"等\s*[\d一二三四五六七八九十]+\s*余?[名人位]")
_WINDOW = 11  # characters behind the surname that are weighed
_RARE_SURNAME = math.log(1.5e-4)
_COMPOUND_SURNAME = math.log(4e-4)
_PEOPLES = math.log(4e-4)
_GIVEN = {"common": -5.6, "other": -8.3, "never": -12.5}
_OTHER_GIVEN = _GIVEN["other"]
# Given names of one, two and three characters behind a surname.
_LENGTHS = (math.log(0.15), math.log(0.84), math.log(0.001))
# Characters behind the first part of a Mongolian, Tibetan, Yi or Uyghur name; 巴图 and 卓玛 are names as they stand.
_PEOPLES_LENGTHS = {0: math.log(0.02), 1: math.log(0.35), 2: math.log(0.38), 3: math.log(0.25)}
_PEOPLES_CHARACTER = -5.8
_KNOWN = 4.0
_ALIKE = 1.5
# What a person does next makes the end of a name more probable: 程立新任组长 is not 程立 and 新任.
_ACTS_NEXT = 4.0
# Salar and Hui families name a child by the age of its grandparent: 韩六十八.
_AGE = re.compile("[五六七八九]十[一二三四五六七八九]?")
_AGE_NAME = math.log(5e-4)
_MOST_COUNTED = 5
_OFTEN = math.log(_MOST_COUNTED)
_ROUNDING = 1e-6
_TRAILING = "的了在是被把将让与及等说讲居列获任"
# 师弟穆小松: how probable it is that a name begins behind the first words of a stretch.
_LATER = math.log(0.05)
_FIRST_WORDS = range(2, 6)  # characters


@functools.cache
def _surname_weights() -> dict[str, float]:
    """Return the logarithm of how often a person bears each surname: the file lists the usual ones by frequency."""
    sections = persons.surname_sections()
    weights = dict.fromkeys(sections["rare"], _RARE_SURNAME)
    weights |= {name: math.log(0.35 / (rank + 4)) for rank, name in enumerate(sections["single"])}
    weights |= dict.fromkeys(sections["compound"], _COMPOUND_SURNAME)
    return weights


@functools.cache
def _acts() -> tuple[str, ...]:
    return ("任", "获", "分别", *(act for act in table("names")["person"]["acts"] if len(act) > 1))


@functools.cache
def _acts_from(first: str) -> tuple[str, ...]:
    """Return what a person may do next that begins with this character."""
    return tuple(act for act in _acts() if act[0] == first)


@functools.cache
def _given_weights() -> dict[str, float]:
    common, never = persons.given_characters()
    return dict.fromkeys(common, _GIVEN["common"]) | dict.fromkeys(never, _GIVEN["never"])


@functools.cache
def _first_characters() -> frozenset[str]:
    """Return the characters with which a name can begin."""
    return frozenset(name[0] for name in (*_surname_weights(), *persons.surname_sections()["minority"]))


def name_at(text: str, start: int, prior: float, end: int | None = None, limit: int | None = None) -> str:
    """Return the name of a person that begins at an offset, or "".

    Args:
        text: The text.
        start: Where the name may begin.
        prior: How probable it is, from what stands before, that a name begins here.
        end: Where it must end, if that is known.
        limit: Where the text is to end.

    >>> name_at("主席鲁娟主持会议", 2, 0.5), name_at("组长单位由市总工会担任", 2, 0.5)
    ('鲁娟', '')
    """
    if text[start : start + 1] not in _first_characters():
        return ""
    limit = len(text) if limit is None else limit
    found = _HAN.match(text, start, min(limit, start + _WINDOW))
    if found is None:
        return ""
    others = _AND_OTHERS.search(text, start + 2, min(start + _WINDOW, limit))
    window = text[start : min(found.end(), others.start()) if others else found.end()]
    if end is not None and end - start > len(window):
        return ""
    is_name, no_name = math.log(prior), math.log(1 - min(prior, 0.999))
    best, name = -math.inf, ""
    for candidate, weight in _candidates(window):
        if end is not None and start + len(candidate) != end:
            continue
        # The window makes at least as much sense as the candidate and the rest do as words, one behind the other.
        as_words = no_name + fluency(candidate)
        if is_name + weight + _ACTS_NEXT + _OFTEN + _ROUNDING < as_words:
            continue
        rest = window[len(candidate) :]
        acts = _ACTS_NEXT if rest.startswith(_acts_from(rest[:1])) else 0
        if is_name + weight + acts + _OFTEN + _ROUNDING < as_words:
            continue
        if best == -math.inf:
            best = fluency(window) + no_name
        score = is_name + weight + fluency(rest)
        score += acts
        if score + _OFTEN <= best:
            continue
        # The same characters again are hardly a name and a stray word twice.
        score += math.log(sum(at + len(candidate) <= limit for at in _first_occurrences(text, candidate)))
        if score > best:
            best, name = score, candidate
    return name if name and _name_later(window) + no_name < best else ""


@functools.lru_cache(maxsize=4096)
def _name_later(window: str) -> float:
    """Return how likely these characters are words with a name behind them."""
    best = -math.inf
    for first in _FIRST_WORDS:
        if len(window) > first + 1 and entry(window[:first]) is not None:
            behind = window[first:]
            names = (weight + fluency(behind[len(name) :]) for name, weight in _candidates(behind))
            best = max(best, fluency(window[:first]) + _LATER + max(names, default=-math.inf))
    return best


@functools.lru_cache(maxsize=1024)
def _first_occurrences(text: str, name: str) -> tuple[int, ...]:
    """Return where a name stands first in a text, at most as often as is counted."""
    return tuple(itertools.islice(occurrences(text, name), _MOST_COUNTED))


def _at_least_as_a_word(name: str, weight: float, alike: float = _ALIKE) -> float:
    """The segmenter's dictionary knows some persons by name; as such they are not to lose against themselves.

    Args:
        name: The characters.
        weight: How probable they are as a name.
        alike: How much more probable they may be as a word to count as a name all the same.
    """
    if len(name) < 3:
        return weight
    known = entry(name)
    if known is None or not known[1].startswith("nr") or len(cut(name)) > 1:
        return weight
    return fluency(name) + _KNOWN if fluency(name) - weight < alike else weight


@functools.lru_cache(maxsize=4096)
def _candidates(window: str) -> list[tuple[str, float]]:
    found = []
    surnames, given = _surname_weights(), _given_weights()
    for length in (1, 2, 4):
        weight = surnames.get(window[:length])
        if weight is None or len(window) <= length:
            continue
        characters = 0.0
        for end, share in enumerate(_LENGTHS, length + 1):
            if end > len(window) or (end > length + 2 and weight == _RARE_SURNAME):
                break  # 由赵立言获得: a surname that is mostly another word before no longer name
            name = window[:end]
            characters += given.get(name[-1], _OTHER_GIVEN)
            if name[length + 1 : length + 2] == "十" and _AGE.fullmatch(name, length):
                found.append((name, weight + _AGE_NAME))
            else:
                found.append((name, _at_least_as_a_word(name, weight + share + characters)))
    if window[:2] in persons.surname_sections()["minority"]:
        for more, share in _PEOPLES_LENGTHS.items():
            rest = window[2 : 2 + more]
            if len(rest) == more and not set(rest) & set(_TRAILING) and not rest.endswith(_acts()):
                name = window[: 2 + more]
                weight = _PEOPLES + share + more * _PEOPLES_CHARACTER
                found.append((name, _at_least_as_a_word(name, weight, math.inf if more > 1 else _ALIKE)))
    return found
