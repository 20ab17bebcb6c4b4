"""A line of a page, and what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import BlockKind
from kg.text import signs
from kg.text.fields import Field

# Numbers of footnotes, marks at the end of an article, what a post is filed under.
_NOTES = re.compile(r"(?:\[\d{1,3}\]|[■◆●□★▲△※∎]|\s?#[^#\s]{1,20}#\s?)+$")
_POINT = re.compile(r"[\u4e00-\u9fff”）][.．｡]$")  # typed for a stop
_SHORTEST_WITH_POINT = 8  # Chinese characters
LONG_LINE = 2_000
"""Characters of a line that are looked at; more says nothing new."""

HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
"""Elements of headings."""
SENTENCE = 16
"""Chinese characters of a sentence that is more than a remark."""


@dataclass(slots=True)
class Line:
    """A line that shows something.

    Attributes:
        text: Its clean text (of a table: the cells' texts).
        field: Its index among the page's fields; gaps are blank lines.
        source: What the markup says about it.
        table: Index among the page's tables, or -1.
        score: Above 0 the more it looks like part of an article, below 0 the more it does not.
        section: What it is by the list that it stands in: TEASER or REPLY; None outside such lists.
        hint: What it is by its own look: META, TEASER, REPLY or FURNITURE; None where nothing speaks for either.
        opens: TEASER or REPLY where it heads a list of other articles or of comments.
        chinese: Number of Chinese characters.
        final: Whether it ends like a sentence.
    """

    text: str
    field: int
    source: Field
    table: int = -1
    score: float = 0.0
    hint: BlockKind | None = None
    opens: BlockKind | None = None
    section: BlockKind | None = None
    chinese: int = 0
    final: bool = False

    def measure(self) -> None:
        """Count its characters and look at its end."""
        self.chinese = signs.han(self.text[:LONG_LINE])
        end = _NOTES.sub("", self.text[-60:])
        self.final = signs.FINAL.search(end) is not None or (
            self.chinese >= _SHORTEST_WITH_POINT and _POINT.search(end) is not None
        )

    @property
    def strong(self) -> bool:
        """Whether it is a paragraph beyond doubt."""
        return self.final and self.chinese >= 30 and self.hint is None and self.source.link < 0.5
