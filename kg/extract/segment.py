"""Words and their parts of speech: jieba under the domain dictionary, around spans that are already known."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.extract.dictionary import cut, entry
from kg.extract.times import Time
from kg.model import Mention, Quantity

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
# Tags of known spans.
KNOWN = frozenset({"NAME", "NUM", "TIME"})
_PUNCTUATION = re.compile(r"[\s、，,。．.；;：:！!？?（）()《》〈〉“”\"‘’'「」『』【】\[\]…—·•○●◆■□△▲〔〕|/~～\-]")


class Token(NamedTuple):
    """A word, a punctuation mark, or a known span taken as one word.

    Attributes:
        start, end: Span in the article's text.
        text: Its characters.
        tag: jieba's part of speech; `w` punctuation, `x` unknown, `NAME`, `NUM` or `TIME` for a known span.
        mention, quantity, time: What the known span is; None but for one of them.
    """

    start: int
    end: int
    text: str
    tag: str
    mention: Mention | None = None
    quantity: Quantity | None = None
    time: Time | None = None

    @classmethod
    def named(cls, mention: Mention) -> Token:
        """Return a name as one word."""
        return cls(mention.start, mention.end, mention.text, "NAME", mention)

    @classmethod
    def counted(cls, quantity: Quantity) -> Token:
        """Return a number with its unit as one word."""
        return cls(quantity.start, quantity.end, quantity.text, "NUM", quantity=quantity)

    @classmethod
    def timed(cls, time: Time) -> Token:
        """Return a time as one word."""
        return cls(time.start, time.end, time.text, "TIME", time=time)

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


def words(text: str, offset: int = 0) -> list[Token]:
    """Return the words of `text`, whose first character has the offset given.

    >>> [t.text for t in words("高技能人才增长")]
    ['高技能人才', '增长']
    """
    found = []
    at = offset
    for word in cut(text):
        end = at + len(word)
        found.append(Token(at, end, word, _tag(word)))
        at = end
    return found


@functools.lru_cache(maxsize=1 << 16)
def _tag(word: str) -> str:
    known = entry(word)
    if known is None:
        return "w" if _PUNCTUATION.match(word) else "m" if word.isdigit() else "x"
    if known[1] in {"n", "l", "i"} and len(word) >= 4 and word.startswith(_INTENSIFIERS):
        return "v"  # 充分发挥, 不断完善 stand in the dictionary as fixed phrases
    return known[1]


def segment(
    known: Iterable[Token], start: int, end: int, words_between: Callable[[int, int], Iterable[Token]]
) -> list[Token]:
    """Return the tokens from `start` to `end`: the known spans (sorted, disjoint) as they are, and words between them.

    Args:
        known: Tokens of known spans; those that do not lie inside are left out.
        start, end: Half-open offsets.
        words_between: Returns the words of a stretch, given by its offsets.
    """
    tokens: list[Token] = []
    at = start
    for span in known:
        if span.start < at or span.end > end:
            continue
        tokens += words_between(at, span.start)
        tokens.append(span)
        at = span.end
    tokens += words_between(at, end)
    return tokens
