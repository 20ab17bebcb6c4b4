"""How likely a short Chinese text is, by the frequencies of the words that jieba knows."""

from __future__ import annotations

import re
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
_PHRASES = {"。”": 400_000, "，“": 200_000, "：“": 300_000, "”，": 100_000, "”他": 30_000, "”她": 15_000, "他说": 20_000, "她说": 15_000}
_ROW = re.compile(rf"^(\S{{1,{_LONGEST_WORD}}}) (\d+) ", re.MULTILINE)
_UNKNOWN = 0.2


def likelihood(text: str) -> float:
    """Return the natural logarithm of the probability of the best division of `text` into words.

    >>> likelihood("扶持数字经济") > likelihood("扶持书字经济")
    True
    """
    text = text.translate(_simplified())
    frequencies, total = _words()
    best = [0.0] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        character = text[end - 1]
        known = frequencies.get(character, 0) or _SIGNS.get(character, 0)
        top = best[end - 1] + log((known or _UNKNOWN) / total)
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            frequency = frequencies.get(text[start:end], 0)
            if frequency:
                top = max(top, best[start] + log(frequency / total))
        best[end] = top
    return best[-1]


def is_written(character: str) -> bool:
    """Tell whether a character occurs in Chinese prose at all, Simplified or Traditional.

    >>> is_written("說"), is_written("偣")
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
