"""Composes bulletins from the samples in `seeds/`, any number of them: other places, persons, numbers and words.

A bulletin keeps the paragraphs of its sample and their grammar, so that the rules meet what they meet in real reports;
a part of the nouns, the names and the numbers change, so that no cache is served by repetition.

python bench/bulletins.py FOLDER NUMBER [SEED]
"""

from __future__ import annotations

import functools
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from kg.extract.analysis import analyse_article
from kg.extract.dictionary import cut
from kg.lexicon.divisions import Place, places
from kg.source import read_pages
from kg.text import read_article

SEEDS = Path(__file__).parent.parent / "seeds"
_NUMBER = re.compile(r"\d+(?!\d*[年月日])")
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "建国志强海燕春明文华晓东丽萍永祥立新国栋佳宁思远振宇秀英德才玉兰宏伟子涵庆丰"
_REPLACED = 0.25  # of the nouns; more would leave the genre
_ORDINARY = 300  # occurrences of a noun in the corpus of jieba's dictionary


@dataclass(frozen=True, slots=True)
class _Sample:
    """The article of one sample, and what is replaced in it."""

    paragraphs: tuple[str, ...]
    persons: tuple[str, ...]
    place: Place


@functools.cache
def _samples() -> tuple[_Sample, ...]:
    found = []
    for page in read_pages([SEEDS], include="0*"):
        article = read_article(page)
        names = analyse_article(article).names
        paragraphs = tuple(article.text[block.start : block.end] for block in article.body())
        found.append(_Sample(paragraphs, names.persons, names.scopes.main))
    return tuple(found)


@functools.cache
def _places_like(level: str, kind: str) -> tuple[Place, ...]:
    return tuple(p for p in places().values() if p.level == level and p.kind_word == kind and p.short_names)


@functools.cache
def _nouns() -> dict[int, list[str]]:
    """Return ordinary nouns by their length."""
    import jieba

    listed = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in listed)
    nouns = sorted(word for word, frequency, tag in rows if tag == "n" and int(frequency) >= _ORDINARY)
    return {length: [noun for noun in nouns if len(noun) == length] for length in (2, 3, 4)}


@functools.cache
def _is_noun() -> frozenset[str]:
    return frozenset(noun for nouns in _nouns().values() for noun in nouns)


def bulletin(number: int, seed: int = 0) -> str:
    """Return a bulletin of about a thousand characters; the same arguments give the same text."""
    chance = random.Random(f"{seed}/{number}")
    sample = chance.choice(_samples())
    text = "\n".join(_with_other_nouns(paragraph, chance) for paragraph in sample.paragraphs)
    for old, new in _other_names(sample, chance).items():
        text = text.replace(old, new)
    return _NUMBER.sub(lambda found: _other_number(found[0], chance), text)


def _with_other_nouns(paragraph: str, chance: random.Random) -> str:
    return "".join(
        chance.choice(_nouns()[len(word)]) if word in _is_noun() and chance.random() < _REPLACED else word
        for word in cut(paragraph)
    )


def _other_names(sample: _Sample, chance: random.Random) -> dict[str, str]:
    new = {}
    other = chance.choice(_places_like(sample.place.level, sample.place.kind_word))
    for old, place in zip((sample.place, *sample.place.ancestors), (other, *other.ancestors), strict=False):
        new[old.full_name] = place.full_name
        new |= dict(zip(old.short_names[:1], place.short_names[:1], strict=False))
    for person in sample.persons:
        new[person] = chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=len(person) - 1))
    return new


def _other_number(written: str, chance: random.Random) -> str:
    if len(written) < 2:
        return written
    return str(chance.randrange(10 ** (len(written) - 1), 10 ** len(written)))


def write(folder: Path, count: int, seed: int = 0) -> None:
    """Write bulletins `000000.txt` and so on into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:06d}.txt").write_text(bulletin(number, seed), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
