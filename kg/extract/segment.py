"""Words and their parts of speech: jieba under the domain dictionary, around spans that are already known."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.extract.data import table
from kg.model import Mention, Quantity

# Words of the domain dictionary must win over jieba's own split.
_INTENSIFIERS = (
    "积极",
    "不断",
    "充分",
    "大力",
    "持续",
    "深入",
    "全面",
    "着力",
    "切实",
    "认真",
    "努力",
    "进一步",
    "广泛",
    "稳步",
)
_DOMAIN_FREQUENCY = 50_000
_PUNCTUATION = re.compile(r"[\s、，,。．；;：:！!？?（）()《》〈〉“”\"‘’'「」『』【】\[\]…—·•○●◆■□△▲〔〕|/~～\-]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark, or a known span taken as one word.

    Attributes:
        start, end: Span in the article's text.
        text: Its characters.
        tag: jieba's part of speech; `w` punctuation, `x` unknown, `NAME`, `NUM` or `TIME` for a known span.
        known: What the known span is (a mention, quantity or time), else None.
    """

    start: int
    end: int
    text: str
    tag: str
    known: Any = None

    @property
    def mention(self) -> Mention | None:
        """The mention that this token is, or None."""
        return self.known if self.tag == "NAME" else None

    @property
    def quantity(self) -> Quantity | None:
        """The quantity that this token is, or None."""
        return self.known if self.tag == "NUM" else None

    @property
    def nominal(self) -> bool:
        """Whether it can stand inside a noun phrase."""
        if self.tag in {"NAME", "eng", "vn", "an"}:
            return True
        return self.tag[0] in "nabjlxsfiz" and self.tag != "ad"

    @property
    def verbal(self) -> bool:
        """Whether it is a verb (not one used as a noun)."""
        return self.tag.startswith("v") and self.tag != "vn"


def domain_words() -> dict[str, str]:
    """Return the domain dictionary, word to tag: the listed words, and the words with which names end."""
    text = (files("kg.extract") / "data" / "words.tsv").read_text("utf8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    endings = table("names")
    nouns = {word: "n" for kind in ("event", "competition", "school") for word in endings[kind]["suffixes"]}
    return nouns | {word: tag.strip() for word, tag in rows}


@functools.cache
def _tokenizer() -> tuple[Any, dict[str, str]]:
    import jieba

    tokenizer = jieba.Tokenizer()
    jieba.setLogLevel(60)
    tags: dict[str, str] = {}
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf8") as lines:
        for line in lines:
            word, _, tag = line.split(" ")
            tags[word] = tag.strip()
    domain = domain_words()
    tokenizer.initialize()
    for word, tag in domain.items():
        tokenizer.add_word(word, _DOMAIN_FREQUENCY, tag)
    tags.update(domain)
    return tokenizer, tags


@functools.lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[tuple[str, str], ...]:
    """Return words and tags; cached, for a sentence is segmented again as more names in it become known."""
    tokenizer, tags = _tokenizer()
    pairs = []
    for word in tokenizer.cut(text, HMM=True):
        tag = tags.get(word)
        if tag in {"n", "l", "i"} and len(word) >= 4 and word.startswith(_INTENSIFIERS):
            tag = "v"  # 充分发挥, 不断完善 stand in the dictionary as fixed phrases
        if tag is None:
            tag = "w" if _PUNCTUATION.match(word) else "m" if word.isdigit() else "x"
        pairs.append((word, tag))
    return tuple(pairs)


@functools.lru_cache(maxsize=4096)
def fluency(text: str) -> float:
    """Return the logarithm of the probability of `text` as its likeliest row of words.

    >>> fluency("主持会议") > fluency("持会议主")
    True
    """
    if not text:
        return 0.0
    tokenizer, _ = _tokenizer()
    route: dict[int, tuple[float, int]] = {}
    tokenizer.calc(text, tokenizer.get_DAG(text), route)
    return float(route[0][0])


def words(text: str, offset: int = 0) -> Iterator[Token]:
    """Yield the words of `text`, whose first character has the offset given.

    >>> [t.text for t in words("高技能人才增长")]
    ['高技能人才', '增长']
    """
    at = offset
    for word, tag in _cut(text):
        yield Token(at, at + len(word), word, tag)
        at += len(word)


def segment(text: str, start: int, end: int, known: Iterable[Token]) -> list[Token]:
    """Split `text[start:end]` into tokens; the known spans (sorted, disjoint) are tokens as they are."""
    tokens: list[Token] = []
    at = start
    for span in known:
        if span.start < at or span.end > end:
            continue
        tokens.extend(words(text[at : span.start], at))
        tokens.append(span)
        at = span.end
    tokens.extend(words(text[at:end], at))
    return tokens
