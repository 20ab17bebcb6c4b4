"""A page with its article as a reader wants to see them side by side: what was repaired, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.model import Article, Block, Page

# What a mirror leaves of a character: a reading in brackets or half of one, or a mark for a byte that was lost.
_DAMAGE = re.compile(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]\)|[?？\ufffd]")


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters that were put right.

    Attributes:
        start, end: Half-open span in the article's text.
        page_start, page_end: Half-open span of the page that was damaged.
        guessed: Whether they are a best guess; otherwise the damage leaves no choice.
    """

    start: int
    end: int
    page_start: int
    page_end: int
    guessed: bool


@dataclass(frozen=True)
class ArchivedPage:
    """A page as it was read, and its article.

    Attributes:
        article: The article, with the page as `article.page`.
    """

    article: Article

    @property
    def page(self) -> Page:
        """The page: its decoded text, encoding, digest, address."""
        return self.article.page

    @property
    def text(self) -> str:
        """The decoded text of the page, in which the offsets of evidence count."""
        return self.article.page.text

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the article."""
        return self.article.blocks

    def page_span(self, block: Block) -> tuple[int, int]:
        """Return the span of the page from which a block was read."""
        if block.start == block.end:
            at = self.article.starts[block.start] if block.start < len(self.article.starts) else len(self.text)
            return at, at
        return self.article.page_span(block.start, block.end)

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """What was repaired, in the order of the article."""
        return tuple(_repairs(self.article))


def _repairs(article: Article) -> Iterator[Repair]:
    page, starts, ends = article.page.text, article.starts, article.ends
    guessed = {index for start, end in article.guessed for index in range(start, end)}
    at = 0
    while at < len(article.text):
        start, end = starts[at], ends[at]
        last = at + 1
        # Characters that were put right as a run each stand for the whole of it.
        while last < len(article.text) and (starts[last], ends[last]) == (start, end):
            last += 1
        shown = page[start:end]
        unsure = not guessed.isdisjoint(range(at, last))
        if unsure or (end - start > 1 and not article.text[at].isspace() and _DAMAGE.search(shown)):
            yield Repair(at, last, start, end, unsure)
        at = last
