"""What is known of a report before its numbers are read."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.context import Context
from kg.extract.sections import Sections


@dataclass(frozen=True, slots=True)
class Report:
    """An article, as far as the time of its numbers depends on the whole of it.

    Attributes:
        context: The article around its sentences.
        published: Its date as `YYYY-MM-DD`, or "".
        opening: Where its first paragraph begins.
        title: Its headline, or "".
        summed: The year that it sums up, where it is a yearly summary.
        sections: The time that each passage is of by its heading, or None.
    """

    context: Context
    published: str = ""
    opening: int = 0
    title: str = ""
    summed: int | None = None
    sections: Sections | None = None
