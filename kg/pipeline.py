"""The way through the house: pages go in at one end, facts with their evidence come out at the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg import output
from kg.errors import KgError, SourceError
from kg.model import Page, Problem, Record
from kg.report import DocumentReport, Report

if TYPE_CHECKING:
    from kg.archive import ArchiveWriter
    from kg.extract.ruleset import RuleSet
    from kg.graph.store import GraphStore
    from kg.source import Columns

Watch = Callable[[Page | Problem], None]
"""Is told each page before it is read, and each problem as it arises."""

LONGEST_PARAGRAPH = 100_000
"""Characters, a hundred times what paragraphs have; a longer line is not written by people and would take minutes."""

LONGEST_ARTICLE = 1_000_000
"""Characters, as many as a long novel has; reading them takes about half a minute."""


def build_folder(
    sources: Sequence[Path],
    out: Path,
    *,
    base: str,
    include: str | None = None,
    columns: Columns | None = None,
    watch: Watch | None = None,
    rules: RuleSet | None = None,
    min_confidence: float = 0,
) -> Report:
    """Read everything in `sources` and put the store, the Turtle, the picture and the report at `out`, or nothing.

    What was read is kept beside them; see `kg.archive`.

    Raises:
        SourceError: No document could be read; `out` stays as it was.
        StoreError: `out` holds something else or cannot be written.
        RuleError: The declared rules do not load.
        KgError: `base` is not an absolute IRI that ends in `/`, or `min_confidence` not between 0 and 1.
    """
    from kg.archive import ArchiveWriter
    from kg.graph.export import serialize
    from kg.graph.filtered import check_confidence
    from kg.graph.identity import check_base
    from kg.graph.store import open_store, write_store
    from kg.view import render

    check_base(base)
    check_confidence(min_confidence)
    _keep_apart(sources, out)
    with output.building(out) as folder:
        report = Report(base)
        archive = ArchiveWriter(folder)
        write_store(
            records(
                sources,
                report,
                include=include,
                columns=columns,
                watch=watch,
                rules=rules,
                min_confidence=min_confidence,
                archive=archive,
            ),
            folder,
            base=base,
        )
        archive.close()
        graph = open_store(folder)
        report.count(graph)
        with (folder / output.TURTLE).open("wb") as file:
            serialize(graph, "turtle", file)
        _write(folder / output.PICTURE, render(graph.store, base=base))
        _write(folder / output.REPORT, report.to_json())
        del graph  # closes its files, which must not be open while the folder moves
    return report


def build_in_memory(
    sources: Sequence[Path],
    *,
    base: str,
    include: str | None = None,
    columns: Columns | None = None,
    watch: Watch | None = None,
    rules: RuleSet | None = None,
    min_confidence: float = 0,
) -> tuple[GraphStore, Report]:
    """Read everything in `sources` into a graph in memory.

    Raises:
        SourceError: No document could be read.
        RuleError: The declared rules do not load.
        KgError: `base` is not an absolute IRI that ends in `/`.
    """
    from kg.graph.filtered import check_confidence
    from kg.graph.store import GraphStore

    check_confidence(min_confidence)
    report = Report(base)
    graph = GraphStore.in_memory(
        records(
            sources, report, include=include, columns=columns, watch=watch, rules=rules, min_confidence=min_confidence
        ),
        base,
    )
    report.count(graph)
    return graph, report


def records(
    sources: Sequence[Path],
    report: Report,
    *,
    include: str | None = None,
    columns: Columns | None = None,
    watch: Watch | None = None,
    rules: RuleSet | None = None,
    min_confidence: float = 0,
    archive: ArchiveWriter | None = None,
) -> Iterator[Record]:
    """Yield what each document contributes, in the order of their identifiers.

    How it went is noted in `report`, and what was read in `archive`.

    Raises:
        SourceError: No document could be read.
        RuleError: The declared rules do not load.
    """
    from kg.extract.loading import load
    from kg.source import read_pages

    rules = rules or load()  # a broken rule stops before any work
    for page in read_pages(sources, include=include, columns=columns):
        if watch:
            watch(page)
        record = page if isinstance(page, Problem) else record_of(page, rules, min_confidence)
        if isinstance(record, Problem):
            if watch and record is not page:
                watch(record)
            report.problems.append(record)
        else:
            if archive:
                archive.add(record.article.page, [record])
            report.documents.append(DocumentReport.of(record))
            yield record
    if not report.documents:
        raise _nothing(sources, report.problems)


def record_of(page: Page, rules: RuleSet | None = None, min_confidence: float = 0) -> Record | Problem:
    """Return everything that one page contributes to the graph; a failure costs this page and no other.

    Args:
        page: The page.
        rules: The rules to read it by; by default the package's own.
        min_confidence: Facts that are read with less are left out.
    """
    from kg.extract import read
    from kg.resolve import resolve
    from kg.text import read_article

    try:
        article = read_article(page)
        lengths = [block.end - block.start for block in article.body()]
        if max(lengths, default=0) > LONGEST_PARAGRAPH:
            raise SourceError(f"one line of {max(lengths):,} characters is no paragraph", remedy="break it into lines")
        if sum(lengths) > LONGEST_ARTICLE:
            raise SourceError(f"{sum(lengths):,} characters are no article", remedy="split it into one file per page")
        return resolve(article, read(article, rules), min_confidence)
    except KgError as error:
        return Problem(page.identifier, error.what, error.remedy)
    except Exception as error:  # whatever a page provokes, the others are still read
        return Problem(page.identifier, f"reading failed with {type(error).__name__}: {error}", "report this page")


def _keep_apart(sources: Sequence[Path], out: Path) -> None:
    """Make sure that no build is read as a source.

    Raises:
        SourceError: `out` lies within a source.
    """
    place = out.resolve()
    for source in sources:
        if source.is_dir() and source.resolve() in (place, *place.parents):
            raise SourceError(
                f"the output folder {str(out)!r} lies within this source and would be read as a part of it",
                where=str(source),
                remedy="choose another folder with -o",
            )


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _nothing(sources: Sequence[Path], problems: Sequence[Problem]) -> SourceError:
    where = ", ".join(map(str, sources))
    if not problems:
        return SourceError("no documents found", where=where, remedy="see 'kg build --help' for what is read")
    first = problems[0]
    if len(problems) == 1:
        return SourceError(first.what, where=first.identifier, remedy=first.remedy)
    return SourceError(
        f"none of {len(problems)} documents could be read, the first ({first.identifier}) because: {first.what}",
        where=where,
        remedy=first.remedy,
    )
