"""How likely a text is, by the frequencies of the words that jieba knows and of what the page itself repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import log

from kg.lexicon.body_kinds import body_kinds
from kg.lexicon.divisions import places
from kg.lexicon.persons import given_characters, surname_sections, titles
from kg.text.convert import simplified_forms, variant_rank

_LONGEST_WORD = 5
# Signs are not in jieba's list; these are their frequencies in news, on its scale.
_SIGNS = {
    **dict.fromkeys("，,", 3_000_000),
    **dict.fromkeys("。、“”", 1_500_000),
    **dict.fromkeys("；：《》;:（）()%.0123456789?？", 500_000),
    **dict.fromkeys("！!‘’—…·【】- \n+", 100_000),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 300_000),
}
# What hardly ever stands right behind a sign after which something begins.
_CLOSING = frozenset("，。、；：？！”’》）,;:?!)")
_OPENING = frozenset("，、；：“‘《（,;:(")
_ODD = 5.0  # what that costs, as a logarithm
_PHRASES = {
    "。”": 400_000,
    "，“": 200_000,
    "：“": 300_000,
    "”，": 100_000,
    "”他": 30_000,
    "”她": 15_000,
    "他说": 20_000,
    "她说": 15_000,
    "。\n": 1_000_000,
    "”\n": 200_000,
    "；\n": 100_000,
    "：\n": 60_000,
    "）\n": 60_000,
}
_ROW = re.compile(rf"^(\S{{1,{_LONGEST_WORD}}}) (\d+) ", re.MULTILINE)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_UNKNOWN = 0.2
_PLACE_COUNTS = {"province": 5_000, "prefecture": 1_500, "county": 400}
_BODY_COUNT = 1_000
_POST_COUNT = 1_000
_LONGEST_NAME = 3
_LEAST_BEGUN = 5
_NAMES = 400_000  # names of persons that jieba's text would have
_SHORT = 0.2  # how many of them have one character behind the surname, as a share of the others
_USUAL_GIVEN = 1 / 400  # the share of each character that is common in given names, and of each other
_OTHER_GIVEN = 1 / 8000
# Of characters, only these stand as words anywhere; others need words around them that this model does not know of.
_FREE = frozenset(
    "的了和在是与及为由将已以等到把被向从对中上下后前内不也都就还又再更并而或至达约近超各每这那其该此他她我省市县区"
)
_BOUND = 2.0  # what that costs a character, as a logarithm
_VARIANT = (0.0, 2.0, 5.0)  # what unusual variants of a Traditional character cost
_SEEN = 2000  # what a sequence that the page has once counts, on jieba's scale
_LONGEST_SEQUENCE = 4

Weights = tuple[float, ...]
"""Likelihoods, as natural logarithms, of what ends before each of a text's last characters and of all of it."""


class Language:
    """Judges texts of one page; grows them character by character.

    Args:
        sample: Sound text of the page, Simplified; names that it repeats count as words.
    """

    def __init__(self, sample: str = "") -> None:
        self._frequencies, total = _words()
        self._total = log(total)
        self._own = _sequences(sample)
        self._begun = _beginnings()
        self._inside = _pairs()
        self._surnames = _surname_shares()
        self._singles: dict[str, tuple[str, float, float, float]] = {}
        self._simplified = _simplified()

    def grown(self, weights: Weights, recent: str, character: str) -> tuple[Weights, str, float]:
        """Return the weights of a text with one more character, its last characters, Simplified, and what it promises.

        The last is the likelihood of the text as the beginning of a longer one, where its last characters may be those
        of a word that is not yet complete.

        Args:
            weights: Those of the text before.
            recent: Its last characters.
            character: What follows, in either script.
        """
        single = self._singles.get(character)
        if single is None:
            single = self._singles[character] = self._single(character)
        plain, rarity, alone, begun = single
        before = weights[-1] - rarity
        if plain in _CLOSING and recent[-1:] in _OPENING:
            before -= _ODD
        top, ahead = before + alone, before + begun
        if recent:
            if recent[-1] + plain in self._inside or recent[-1] + plain in self._own:
                word = plain
                for place in range(2, len(recent) + 2):
                    word = recent[1 - place] + word
                    frequency = max(self._frequencies.get(word, 0), self._own.get(word, 0))
                    if frequency:
                        top = max(top, weights[-place] - rarity + log(frequency))
                    promise = self._begun.get(word)
                    if promise:
                        ahead = max(ahead, weights[-place] - rarity + log(promise))
            for place in (2, 3):
                if place <= len(recent) + 1 and recent[1 - place] in self._surnames:
                    name = _as_name(recent[1 - place :] + plain)
                    if name:
                        top = max(top, weights[-place] - rarity + name)
        return (*weights[1 - _LONGEST_WORD :], top), (recent + plain)[1 - _LONGEST_WORD :], max(top, ahead)

    def _single(self, character: str) -> tuple[str, float, float, float]:
        """Return a character as Simplified text has it, what its rarity costs, its likelihood as word and begun."""
        plain = self._simplified.get(character, character)
        known = self._frequencies.get(plain, 0) or _SIGNS.get(plain, 0)
        bound = _BOUND if plain > "\u3400" and plain not in _FREE and plain not in _SIGNS else 0.0
        begun = max(self._begun.get(plain, 0), known)
        rarity = self._total + _VARIANT[variant_rank(character)]
        return plain, rarity, log(known or _UNKNOWN) - bound, log(begun or _UNKNOWN)

    def score(self, text: str) -> float:
        """Return the natural logarithm of the probability of the best division of `text` into words.

        >>> Language().score("扶持数字经济") > Language().score("扶持书字经济")
        True
        """
        weights, recent = START
        for character in text:
            weights, recent, _ = self.grown(weights, recent, character)
        return weights[-1]


@cache
def _as_name(word: str) -> float:
    """Return how often a word of two or three characters stands as a person's name, as a logarithm on jieba's scale.

    0 stands for never.
    """
    usual, never = given_characters()
    if not never.isdisjoint(word[1:]):
        return 0.0
    share = _surname_shares()[word[0]] * _NAMES * (_SHORT if len(word) == 2 else 1)
    for character in word[1:]:
        share *= _USUAL_GIVEN if character in usual else _OTHER_GIVEN if commonness(character) else 0.0
    return log(share) if share else 0.0


@cache
def _surname_shares() -> dict[str, float]:
    return {name: 1 / (10 + rank) / 4 for rank, name in enumerate(surname_sections()["single"])}


START: tuple[Weights, str] = ((0.0,), "")
"""What a text grows from."""


@cache
def is_written(character: str) -> bool:
    """Tell whether a character occurs in Chinese prose at all, Simplified or Traditional.

    >>> is_written("說"), is_written("髽")
    (True, False)
    """
    simplified = _simplified().get(character, character)
    return _words()[0].get(simplified, 0) >= 20 or character in _SIGNS


@cache
def commonness(character: str) -> int:
    """Return how often a character occurs in prose, alone and in words, on jieba's scale."""
    return _commonness()[_simplified().get(character, character)] + _SIGNS.get(character, 0)


@cache
def _commonness() -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, frequency in _words()[0].items():
        for character in word:
            counts[character] += frequency
    return counts


def _sequences(sample: str) -> dict[str, int]:
    """Return what a page repeats: sequences of a few whole words, with what they count."""
    counts: Counter[str] = Counter()
    for run in _HAN_RUN.findall(sample[:60_000]):
        bounds = _bounds(run)
        for at, start in enumerate(bounds):
            for end in bounds[at + 1 : at + 1 + _LONGEST_SEQUENCE]:
                if 1 < end - start <= _LONGEST_SEQUENCE:
                    counts[run[start:end]] += 1
    return {sequence: _SEEN * count for sequence, count in counts.items()}


def _bounds(run: str) -> list[int]:
    """Return where the words of the likeliest division of a run begin, and its end."""
    frequencies, total = _words()
    most = log(total)
    weights, lengths = [0.0], [0]
    for end in range(1, len(run) + 1):
        options = [(weights[-1] + log(frequencies.get(run[end - 1], 0) or _UNKNOWN) - most, 1)]
        for length in range(2, min(end, _LONGEST_WORD) + 1):
            frequency = frequencies.get(run[end - length : end])
            if frequency:
                options.append((weights[-length] + log(frequency) - most, length))
        weight, length = max(options)
        weights.append(weight)
        lengths.append(length)
    bounds = [len(run)]
    while bounds[-1]:
        bounds.append(bounds[-1] - lengths[bounds[-1]])
    return bounds[::-1]


@cache
def _simplified() -> dict[str, str]:
    return dict(simplified_forms())


@cache
def _words() -> tuple[dict[str, int], int]:
    # Read from jieba's list itself: its tokenizers may have been given further words in the meantime.
    listed = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    frequencies = {word: int(count) for word, count in _ROW.findall(listed)}
    total = sum(frequencies.values())
    for word, count in (*_known_names(), *_own_words(), *_PHRASES.items()):
        if len(word) <= _LONGEST_WORD:
            frequencies[word] = max(count, frequencies.get(word, 0))
    return frequencies, total


@cache
def _pairs() -> frozenset[str]:
    """Return what two characters stand side by side in words."""
    return frozenset(word[at : at + 2] for word in _words()[0] for at in range(len(word) - 1))


@cache
def _beginnings() -> dict[str, int]:
    """Return how often words begin with some characters, those that consist of them included."""
    found: dict[str, int] = {}
    for word, frequency in _words()[0].items():
        if frequency >= _LEAST_BEGUN:
            for size in range(1, min(len(word), _LONGEST_WORD)):
                found[word[:size]] = found.get(word[:size], 0) + frequency
    return found


def _own_words() -> Iterator[tuple[str, int]]:
    """Yield the words of the genre with the least that they count."""
    count = 0
    for line in files("kg.text").joinpath("data", "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            count = int(line.strip("[]"))
        elif not line.startswith("#"):
            yield from ((word, count) for word in line.split())


def _known_names() -> Iterator[tuple[str, int]]:
    """Yield the names of places, bodies and posts that the lexicon has, with the least that they count."""
    for place in places().values():
        count = _PLACE_COUNTS.get(place.level, 0)
        yield from ((name, count) for name in (place.name, *place.short_names) if count and len(name) > 1)
    for kind in body_kinds().values():
        yield from ((form.text, _BODY_COUNT) for form in kind.forms if len(form.text) > 1)
    yield from ((title, _POST_COUNT) for title in titles())
