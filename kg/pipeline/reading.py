"""From a page to what its documents contribute to the graph; whatever it provokes costs this page and no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import orjson

from kg.archive import PackedPage, packed
from kg.errors import KgError, SourceError
from kg.graph.contribution import Contribution, contribution
from kg.graph.identity import DEFAULT_BASE
from kg.model import Page, Problem, Record
from kg.report import DocumentReport

if TYPE_CHECKING:
    from kg.extract.rulebook.ruleset import RuleSet

LONGEST_PARAGRAPH = 100_000
"""Characters, a hundred times what paragraphs have; a longer line is not written by people and would take minutes."""

LONGEST_ARTICLE = 1_000_000
"""Characters, as many as a long novel has; reading them takes about half a minute."""


class Outcome(NamedTuple):
    """What came of a page, small enough to be sent from one process to another.

    Attributes:
        identifier: Of the page.
        contributions: What its documents contribute to the graph.
        page: The page and its documents for the archive; None where there was a problem.
        problem: Why nothing came of it, or None.
        kept: Whether an earlier build has read it; `contributions` is empty then.
    """

    identifier: str
    contributions: tuple[Contribution, ...] = ()
    page: PackedPage | None = None
    problem: Problem | None = None
    kept: bool = False


def outcome(page: Page, rules: RuleSet | None = None, min_confidence: float = 0, base: str = DEFAULT_BASE) -> Outcome:
    """Return what comes of a page; `base` is what the IRIs of instances begin with."""
    found = records_of(page, rules, min_confidence)
    if isinstance(found, Problem):
        return Outcome(page.identifier, problem=found)
    summaries = [orjson.dumps(DocumentReport.of(record).to_plain()).decode() for record in found]
    contributions = tuple(contribution(record, base) for record in found)
    return Outcome(page.identifier, contributions, packed(page, found, summaries))


def record_of(page: Page, rules: RuleSet | None = None, min_confidence: float = 0) -> Record | Problem:
    """Return everything that the article of a page contributes to the graph, or why it cannot be read.

    Args:
        page: The page.
        rules: The rules to read it by; by default the package's own.
        min_confidence: Facts that are read with less are left out.
    """
    found = records_of(page, rules, min_confidence)
    return found if isinstance(found, Problem) else found[0]


def records_of(page: Page, rules: RuleSet | None = None, min_confidence: float = 0) -> Sequence[Record] | Problem:
    """Return what the article of a page contributes, then its teasers; the arguments are those of `record_of`."""
    from kg.extract import read
    from kg.resolve import resolve
    from kg.text import read_article, read_teasers

    try:
        article = read_article(page)
        if not article.text.strip():
            raise SourceError("markup without text", remedy="see whether the page is written by a script, or empty")
        lengths = [block.end - block.start for block in article.body()]
        if max(lengths, default=0) > LONGEST_PARAGRAPH:
            raise SourceError(f"one line of {max(lengths):,} characters is no paragraph", remedy="break it into lines")
        if sum(lengths) > LONGEST_ARTICLE:
            raise SourceError(f"{sum(lengths):,} characters are no article", remedy="split it into one file per page")
        return [resolve(one, read(one, rules), min_confidence) for one in (article, *read_teasers(article))]
    except KgError as error:
        return Problem(page.identifier, error.what, error.remedy)
    except Exception as error:
        return Problem(page.identifier, f"reading failed with {type(error).__name__}: {error}", "report this page")
