"""How likely a text is, by the frequencies of the words that jieba knows and of what the page itself repeats."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from math import log

from kg.text.convert import simplified_forms

_LONGEST_WORD = 5
# Signs are not in jieba's list; these are their frequencies in news, on its scale.
_SIGNS = {
    **dict.fromkeys("，,", 3_000_000),
    **dict.fromkeys("。、“”", 1_500_000),
    **dict.fromkeys("；：《》;:（）()%.0123456789?？", 500_000),
    **dict.fromkeys("！!‘’—…·【】- \n", 100_000),
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
    "。\n": 1_000_000,
    "”\n": 200_000,
    "；\n": 100_000,
    "：\n": 60_000,
    "）\n": 60_000,
}
_ROW = re.compile(rf"^(\S{{1,{_LONGEST_WORD}}}) (\d+) ", re.MULTILINE)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_UNKNOWN = 0.2
# Of characters, only these stand as words anywhere; others need words around them that this model does not know of.
_FREE = frozenset(
    "的了和在是与及为由将已以等到把被向从对中上下后前内不也都就还又再更并而或至达约近超各每这那其该此他她我省市县区"
)
_BOUND = 2.0  # what that costs a character, as a logarithm
_SEEN = 10_000  # what a sequence that the page has once counts, on jieba's scale
_SEEN_LENGTHS = (2, 3, 4)

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
        self._alone: dict[str, float] = {}
        self._simplified = _simplified()

    def grown(self, weights: Weights, recent: str, character: str) -> tuple[Weights, str]:
        """Return the weights of a text with one more character, and its last characters, Simplified.

        Args:
            weights: Those of the text before.
            recent: Its last characters.
            character: What follows, in either script.
        """
        plain = self._simplified.get(character, character)
        top = self._alone.get(plain)
        if top is None:
            known = self._frequencies.get(plain, 0) or _SIGNS.get(plain, 0)
            top = log(known or _UNKNOWN) - self._total
            if plain > "\u3400" and plain not in _FREE and plain not in _SIGNS:
                top -= _BOUND
            self._alone[plain] = top
        top += weights[-1]
        frequencies, own = self._frequencies, self._own
        word = plain
        for place in range(2, min(len(recent) + 1, len(weights)) + 1):
            word = recent[1 - place] + word
            frequency = frequencies.get(word)
            if word in own:
                frequency = max(frequency or 0, own[word])
            if frequency:
                value = weights[-place] + log(frequency) - self._total
                if value > top:
                    top = value
        return (*weights[1 - _LONGEST_WORD :], top), (recent + plain)[1 - _LONGEST_WORD :]

    def score(self, text: str) -> float:
        """Return the natural logarithm of the probability of the best division of `text` into words.

        >>> Language().score("扶持数字经济") > Language().score("扶持书字经济")
        True
        """
        weights, recent = START
        for character in text:
            weights, recent = self.grown(weights, recent, character)
        return weights[-1]


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
    counts: Counter[str] = Counter()
    for run in _HAN_RUN.findall(sample[:60_000]):
        for size in _SEEN_LENGTHS:
            counts.update(run[start : start + size] for start in range(len(run) - size + 1))
    return {sequence: _SEEN * count for sequence, count in counts.items()}


@cache
def _simplified() -> dict[str, str]:
    return dict(simplified_forms())


@cache
def _words() -> tuple[dict[str, int], int]:
    # Read from jieba's list itself: its tokenizers may have been given further words in the meantime.
    listed = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    rows = _ROW.findall(listed)
    frequencies = {word: int(count) for word, count in rows}
    total = sum(frequencies.values())
    frequencies.update(_PHRASES)
    return frequencies, total
