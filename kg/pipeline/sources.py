"""The files of a build, what is to be read of them, and what comes of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.archive import PackedPage, page_hash
from kg.model import Page, Problem
from kg.pipeline.reading import Outcome, outcome
from kg.pipeline.settings import Settings
from kg.pipeline.workers import Workers
from kg.source import Found, content_hash, pages_of

if TYPE_CHECKING:
    from kg.extract.rulebook.ruleset import RuleSet


class Step(NamedTuple):
    """How far a build is: what is read, behind how many of all files, and a problem where one has just arisen."""

    identifier: str
    done: int
    total: int
    problem: Problem | None = None


Watch = Callable[[Step], None]
"""Is told each page before it is read, and each problem as it arises."""


class Read(NamedTuple):
    """What came of a page, and where it stands: in which source, at which position."""

    source: str
    position: int
    outcome: Outcome


@dataclass(slots=True)
class Sources:
    """Files to be read.

    Attributes:
        paths: Files and folders, as given.
        found: The files in them, sorted by identifier.
        settings: How to read them.
        rules: The rules to read by.
        watch: Is told how far it is.
        known: Returns the pages of a source that need not be read again.
        hashes: Of each source that was read to its end: what tells whether it is still the same, "" where nothing does.
    """

    paths: Sequence[Path | str]
    found: Sequence[Found]
    settings: Settings
    rules: RuleSet
    watch: Watch | None = None
    known: Callable[[str], Sequence[PackedPage]] = lambda _: ()
    hashes: dict[str, str] = field(default_factory=dict)
    _of_source: str = ""

    def __post_init__(self) -> None:
        self._of_source = self.settings.of_source()

    def hash(self, found: Found) -> str:
        """Return the hash of a source as it is now, "" where it has none."""
        return self.hash_of(content_hash(found))

    def hash_of(self, content: str) -> str:
        """Return the hash of a source whose bytes have the hash `content`, "" where that is none."""
        return content and f"{content}-{self._of_source}"

    def tell(self, identifier: str, problem: Problem) -> None:
        """Tell who watches of a problem in a source."""
        if self.watch:
            self.watch(Step(identifier, len(self.hashes), len(self.found), problem))

    def read(self, only: Collection[str] | None = None) -> Iterator[Read]:
        """Yield what comes of each page, in order.

        Args:
            only: Identifiers of the sources to read; by default all.
        """
        places: deque[tuple[str, int]] = deque()
        items = self._items(places, only)
        setup = (self.rules, self.settings.min_confidence, self.settings.base)
        jobs = self.settings.jobs
        with Workers(jobs, *setup) if jobs > 1 else nullcontext() as workers:
            here = (item if isinstance(item, Outcome) else outcome(item, *setup) for item in items)
            for result in workers.outcomes(items) if workers else here:
                yield Read(*places.popleft(), result)

    def _items(self, places: deque[tuple[str, int]], only: Collection[str] | None) -> Iterator[Page | Outcome]:
        for number, found in enumerate(self.found):
            if only is not None and found.identifier not in only:
                continue
            before = self.hash(found)
            known = {page.hash: page for page in self.known(found.identifier)}
            pages = pages_of(found, include=self.settings.include, columns=self.settings.columns)
            for position, item in enumerate(pages):
                if self.watch:
                    self.watch(Step(item.identifier, number, len(self.found)))
                places.append((found.identifier, position))
                if isinstance(item, Problem):
                    yield Outcome(item.identifier, problem=item)
                elif known and (page := known.get(page_hash(item))) is not None:
                    yield Outcome(item.identifier, page=page, kept=True)
                else:
                    yield item
            self.hashes[found.identifier] = before if self.hash(found) == before else ""
