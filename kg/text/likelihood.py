"""How likely a short Chinese text is, by the frequencies of the words that jieba knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    **dict.fromkeys("！!‘’—…·【】- ", 100_000),
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
}
_ROW = re.compile(rf"^(\S{{1,{_LONGEST_WORD}}}) (\d+) ", re.MULTILINE)
_UNKNOWN = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with the likelihood of its best division into words, made to grow at its end.

    Attributes:
        text: The text, as it was given.
        scores: Likelihoods, as natural logarithms, of what ends before each of its last characters and of all of it.
        recent: Its last characters, Simplified.
    """

    text: str = ""
    scores: tuple[float, ...] = (0.0,)
    recent: str = ""

    @property
    def score(self) -> float:
        """The likelihood of the whole text."""
        return self.scores[-1]

    def grown(self, more: str) -> Reading:
        """Return the reading of the text with `more` behind it."""
        frequencies, total = _words()
        scores, recent = self.scores, self.recent
        for character in more.translate(_simplified()):
            known = frequencies.get(character, 0) or _SIGNS.get(character, 0)
            top = scores[-1] + log((known or _UNKNOWN) / total)
            for size in range(2, min(_LONGEST_WORD, len(recent) + 1, len(scores)) + 1):
                frequency = frequencies.get(recent[1 - size :] + character, 0)
                if frequency:
                    top = max(top, scores[-size] + log(frequency / total))
            scores = (*scores[1 - _LONGEST_WORD :], top)
            recent = (recent + character)[1 - _LONGEST_WORD :]
        return Reading(self.text + more, scores, recent)


def likelihood(text: str) -> float:
    """Return the natural logarithm of the probability of the best division of `text` into words.

    >>> likelihood("扶持数字经济") > likelihood("扶持书字经济")
    True
    """
    return Reading().grown(text).score


def is_written(character: str) -> bool:
    """Tell whether a character occurs in Chinese prose at all, Simplified or Traditional.

    >>> is_written("說"), is_written("髽")
    (True, False)
    """
    simplified = character.translate(_simplified())
    return _words()[0].get(simplified, 0) >= 20 or character in _SIGNS


@cache
def _simplified() -> dict[int, str]:
    return {ord(old): new for old, new in simplified_forms().items()}


@cache
def _words() -> tuple[dict[str, int], int]:
    # Read from jieba's list itself: its tokenizers may have been given further words in the meantime.
    listed = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    rows = _ROW.findall(listed)
    frequencies = {word: int(count) for word, count in rows}
    total = sum(frequencies.values())
    frequencies.update(_PHRASES)
    return frequencies, total
