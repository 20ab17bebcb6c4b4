"""How Chinese names are typed on a keyboard: their syllables, each with a capital, for many names at once."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind
from pypinyin import lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

_PIECE = re.compile(r"[a-z]+|[0-9]|[^\W_a-z0-9]")
_LOWER = re.compile(r"[a-z]+")


def syllables(name: str) -> str:
    """Return the reading of a name, one word to a syllable.

    Latin words count as syllables, digits each as one; all else has no reading.

    >>> syllables("黑龙江省总工会"), syllables("重庆市长"), syllables("abc公司5g")
    ('HeiLongJiangShengZongGongHui', 'ChongQingShiZhang', 'AbcGongSi5G')
    """
    parts, place = [], 0
    phrases, readings = _phrases()
    for index, start, end in phrases.find_matches_as_indexes(name):
        parts += [_plain(name[place:start]), readings[index]]
        place = end
    parts.append(_plain(name[place:]))
    return "".join(parts)


def initials(reading: str) -> str:
    """Return the first letter of each syllable of what `syllables` returns.

    >>> initials("HeiLongJiang")
    'HLJ'
    """
    return _LOWER.sub("", reading)


def _plain(text: str) -> str:
    return "".join(map(_reading, _PIECE.findall(text)))


@lru_cache(maxsize=100_000)
def _reading(piece: str) -> str:
    """Return the reading of one Chinese character, or of a Latin word or digit that stands between them."""
    return piece.capitalize() if piece.isascii() else _capital(lazy_pinyin(piece)[0])


def _capital(syllable: str) -> str:
    plain = syllable.replace("ü", "v")
    return plain.capitalize() if plain.isascii() and plain.isalpha() else ""


@cache
def _phrases() -> tuple[AhoCorasick, list[str]]:
    """Return the phrases that are not read as their characters are one by one, and their readings."""
    normal = cache(to_normal)
    spoken = {
        phrase: "".join(_capital(normal(syllable[0])) for syllable in read) for phrase, read in phrases_dict.items()
    }
    odd = [phrase for phrase, reading in spoken.items() if reading != "".join(map(_reading, phrase))]
    # In a longer one they may not be odd at all: 朝阳 is read as the morning's sun, 朝阳区 is not.
    within = AhoCorasick(odd)
    patterns = [phrase for phrase in spoken if within.find_matches_as_indexes(phrase)]
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), [spoken[phrase] for phrase in patterns]
