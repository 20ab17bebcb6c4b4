"""`kg build`: pages in, graph out, and a summary of both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.message import complain
from kg.cli.options import FINDINGS, examples

if TYPE_CHECKING:
    from kg.model import Problem
    from kg.pipeline import Settings, Step
    from kg.report import Report
    from kg.source import Columns

SHOWN_PROBLEMS = 20


@click.command(
    short_help="Read pages and build the graph.",
    epilog=examples(
        "kg build seeds/", "kg build pages/ more.zip -o build-of-today", "kg build crawl.jsonl --text-column body"
    ),
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=options.PathOrAddress(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder to write; an earlier build there is replaced in one step, e.g. -o builds/2024.",
)
@click.option(
    "--base", metavar="IRI", help="Where the IRIs of the graph's things begin, e.g. --base https://data.example.org/."
)
@options.include
@options.columns
@options.rules
@options.names
@options.min_confidence
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    help="Processes that read pages, e.g. --jobs 4; the result is the same for any number.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    help="What reads the pages: this machine, or Spark with its configuration; the result is the same.",
)
@click.option(
    "--nquads",
    "place",
    metavar="URI",
    help="With --engine spark, write the graph there as partitions of N-Quads and nothing else, for more pages than "
    "one store holds, e.g. --nquads hdfs://node/graph.",
)
@click.option("--fresh", is_flag=True, help="Read all pages, also those that the earlier build has read.")
def build(
    sources: Sequence[Path | str],
    out: Path,
    base: str | None,
    include: str | None,
    columns: Columns,
    rules: Sequence[Path],
    names: Path | None,
    min_confidence: float,
    jobs: int,
    engine: str,
    place: str | None,
    fresh: bool,
) -> int | None:
    """Read every page in the files and folders SOURCE and write the graph to a folder.

    What is read: .txt .html .htm .md .pdf .docx, records in .jsonl .csv .parquet .warc, all of them in .zip and .gz;
    - is standard input. PDF, Word and Parquet need an extra: pip install 'policy-kg[all]'.

    The folder then holds store/ (what the other commands read), graph.ttl, graph.html, report.json and archive.db, in
    which every page is kept as it was read.
    Of an earlier build in the folder, pages are taken that are as they were; what is gone takes its facts with it.
    Pages that cannot be read are reported and cost no other page anything; the exit code is then 1.
    """
    import time

    from kg.graph.identity import DEFAULT_BASE
    from kg.pipeline import Settings, build_folder

    started = time.monotonic()
    problems: list[Problem] = []
    settings = Settings(
        base=DEFAULT_BASE if base is None else base,
        include=include,
        columns=columns,
        rules=tuple(rules),
        names=names,
        min_confidence=min_confidence,
        jobs=jobs,
        fresh=fresh,
        engine=engine,
    )
    if place is not None:
        return FINDINGS if _partitions(sources, place, settings, started) else None
    try:
        with _progress(problems) as watch:
            report = build_folder(sources, out, settings, watch)
    except Exception:
        if len(problems) > 1:
            _show_problems(problems)
        raise
    _show_problems(report.problems, out)
    _show_silent(report.silent())
    for line in _summary(report, out):
        click.echo(line)
    click.echo(f"built in {time.monotonic() - started:.1f} s")
    return FINDINGS if report.problems else None


def _partitions(sources: Sequence[Path | str], place: str, settings: Settings, started: float) -> Sequence[Problem]:
    """Write partitions, tell of them, and return the problems."""
    import time

    from kg.errors import KgError

    if settings.engine != "spark":
        raise KgError("only Spark writes partitions", where="--nquads", remedy="add --engine spark")
    from kg.pipeline.partitions import build_partitions

    written = build_partitions(sources, place, settings)
    _show_problems(written.problems)
    click.echo(f"documents  {written.documents} read")
    click.echo(f"problems   {len(written.problems) or 'none'}")
    click.echo(f"graph      {place}")
    click.echo(f"built in {time.monotonic() - started:.1f} s")
    return written.problems


@contextmanager
def _progress(problems: list[Problem]) -> Iterator[Callable[[Step], None]]:
    """Yield what is told how far the build is: it collects the problems and, on a terminal, moves a bar."""

    def collect(step: Step) -> None:
        if step.problem:
            problems.append(step.problem)

    if not sys.stderr.isatty():
        yield collect
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def watch(step: Step) -> None:
            collect(step)
            progress.update(task, description=step.identifier, completed=step.done, total=step.total)

        yield watch


def _part(documents: int) -> str:
    from kg.view.latest import SHOWN

    return f", the latest {SHOWN:,} of {documents:,} documents" if documents > SHOWN else ""


def _summary(report: Report, out: Path) -> Iterator[str]:
    unread = {problem.identifier for problem in report.problems} - {d.identifier for d in report.documents}
    silent = report.silent()
    parts = [
        f"{len(report.documents) - len(report.teasers())} read",
        *([f"{len(report.teasers())} teasers on their pages"] if report.teasers() else []),
        *([f"{len(unread)} not read"] if unread else []),
        *([f"{len(silent)} without facts"] if silent else []),
    ]
    yield f"documents  {', '.join(parts)}"
    if report.kept or report.removed:
        yield f"           {report.anew} read anew, {report.kept} as they were, {report.removed} removed"
    if report.note:
        yield f"           all written anew: {report.note}"
    yield f"entities   {_counts(report.entities)}"
    yield f"facts      {_counts(report.facts)}"
    yield f"problems   {len(report.problems)}, all in {out / 'report.json'}" if report.problems else "problems   none"
    yield f"graph      {out / 'graph.ttl'}"
    yield f"picture    {out / 'graph.html'}{_part(len(report.documents))}"
    yield f"report     {out / 'report.json'}"
    yield f"store      {out / 'store'}"


def _counts(counts: Mapping[str, int]) -> str:
    parts = [f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return f"{sum(counts.values())}: {', '.join(parts)}" if parts else "none"


def _show_problems(problems: Sequence[Problem], out: Path | None = None) -> None:
    from kg.errors import SourceError

    for problem in problems[:SHOWN_PROBLEMS]:
        complain(str(SourceError(problem.what, where=problem.identifier, remedy=problem.remedy)))
    if len(problems) > SHOWN_PROBLEMS:
        where = f", all in {out / 'report.json'}" if out else ""
        complain(f"... and {len(problems) - SHOWN_PROBLEMS} more{where}")


def _show_silent(identifiers: Sequence[str]) -> None:
    """Name the documents in which nothing was found: they may be off the subject, or say it in a way of their own."""
    for identifier in identifiers[:SHOWN_PROBLEMS]:
        complain(f"{identifier}: no facts in it; leave it out if it is off the subject, else see 'kg rules explain'")
    if len(identifiers) > SHOWN_PROBLEMS:
        complain(f"... and {len(identifiers) - SHOWN_PROBLEMS} more without facts")
