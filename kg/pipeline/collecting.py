"""What is read goes into the archive of a build, and from there into its report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import orjson

from kg.archive import Archive, ArchiveWriter, PackedPage
from kg.errors import SourceError
from kg.graph.contribution import Contribution
from kg.model import Problem
from kg.pipeline.earlier import Earlier
from kg.pipeline.reading import Outcome
from kg.pipeline.sources import Sources
from kg.report import DocumentReport, Report

TROUBLED = "!"
"""Stands before the hash of a source that made trouble, so that it is no hash of what need not be read."""


class Collector:
    """Reads sources into an archive.

    Args:
        sources: What is to be read.
        archive: Where it goes.

    Attributes:
        anew: Number of documents that were read.
        kept: Number of documents that were taken from an earlier build.
    """

    def __init__(self, sources: Sources, archive: ArchiveWriter) -> None:
        self._sources = sources
        self._archive = archive
        self.anew = 0
        self.kept = 0

    def keep(self, earlier: Earlier, sources: Collection[str]) -> Iterator[Contribution]:
        """Take over sources from an earlier build and yield what their documents contribute.

        Raises:
            StoreError: The earlier archive is damaged.
        """
        for source in sources:
            self._archive.put_source(source, earlier.sources[source])
            for position, page in earlier.archive.packed_pages(source):
                self._archive.put(source, position, page)
                self.kept += len(page.documents)
                yield from earlier.contributions(page)

    def read(self, only: Collection[str] | None = None) -> Iterator[Outcome]:
        """Read sources and yield what came of their pages, those with problems left out.

        Raises:
            SourceError: Nothing could be read, neither here nor before.
        """
        troubled = set()
        for source, position, outcome in self._sources.read(only):
            problem = outcome.problem or (outcome.page and self._taken(outcome.page))
            if problem:
                troubled.add(source)
                self._archive.put_problem(source, position, problem)
                self._sources.tell(source, problem)
                continue
            assert outcome.page
            self._archive.put(source, position, outcome.page)
            if outcome.kept:
                self.kept += len(outcome.page.documents)
            else:
                self.anew += len(outcome.page.documents)
            yield outcome
        for source, hash_ in self._sources.hashes.items():
            # What made trouble is read again, whatever it is.
            self._archive.put_source(source, TROUBLED + hash_ if source in troubled else hash_)
        if not len(self._archive.reading()):
            raise nothing(self._sources.paths, self._archive.reading().problems())

    def report(self, base: str) -> Report:
        """Return the report on all that is in the archive."""
        read = self._archive.reading()
        return Report(base, reports_in(read), read.problems(), anew=self.anew, kept=self.kept)

    def _taken(self, page: PackedPage) -> Problem | None:
        for document in page.documents:
            if self._archive.has(document.identifier):
                return taken(document.identifier)
        return None


def reports_in(archive: Archive) -> list[DocumentReport]:
    """Return the reports on the documents in an archive, in the order of reading."""
    return [DocumentReport(**orjson.loads(summary)) for summary in archive.summaries()]


def taken(identifier: str) -> Problem:
    """Return the problem with a document whose name another one has."""
    return Problem(identifier, "another document has this name", "rename it")


def nothing(where: Sequence[Path | str], problems: Sequence[Problem]) -> SourceError:
    """Return the error of a build without a document."""
    shown = ", ".join(map(str, where))
    if not problems:
        return SourceError("no documents found", where=shown, remedy="see 'kg build --help' for what is read")
    first = problems[0]
    if len(problems) == 1:
        return SourceError(first.what, where=first.identifier, remedy=first.remedy)
    return SourceError(
        f"none of {len(problems)} documents could be read, the first ({first.identifier}) because: {first.what}",
        where=shown,
        remedy=first.remedy,
    )
