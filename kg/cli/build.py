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
    from kg.model import Page, Problem
    from kg.report import Report

SHOWN_PROBLEMS = 20


@click.command(
    short_help="Read pages and build the graph.",
    epilog=examples("kg build seeds/", "kg build pages/ more.html -o build-of-today"),
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
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
@click.option("--include", metavar="GLOB", help="Read only the files below a folder that match, e.g. '2024/*.html'.")
@options.rules
@options.names
def build(
    sources: Sequence[Path],
    out: Path,
    base: str | None,
    include: str | None,
    rules: Sequence[Path],
    names: Path | None,
) -> int | None:
    """Read every page in the files and folders SOURCE and write the graph to a folder.

    The folder then holds store/ (what the other commands read), graph.ttl, graph.html and report.json.
    Pages that cannot be read are reported and cost no other page anything; the exit code is then 1.
    """
    import time

    from kg.extract.loading import load
    from kg.graph.identity import DEFAULT_BASE
    from kg.pipeline import build_folder

    started = time.monotonic()
    problems: list[Problem] = []
    declared = load(rules, names)
    try:
        with _progress(sources, include, problems) as watch:
            report = build_folder(
                sources,
                out,
                base=DEFAULT_BASE if base is None else base,
                include=include,
                watch=watch,
                rules=declared,
            )
    except Exception:
        if len(problems) > 1:
            _show_problems(problems)
        raise
    _show_problems(report.problems, out)
    for line in _summary(report, out):
        click.echo(line)
    click.echo(f"built in {time.monotonic() - started:.1f} s")
    return FINDINGS if report.problems else None


@contextmanager
def _progress(
    sources: Sequence[Path], include: str | None, problems: list[Problem]
) -> Iterator[Callable[[Page | Problem], None]]:
    """Yield what is told each page and problem: it collects the problems and, on a terminal, moves a bar."""
    from kg.model import Problem

    def collect(item: Page | Problem) -> None:
        if isinstance(item, Problem):
            problems.append(item)

    if not sys.stderr.isatty():
        yield collect
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kg.source.files import find

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(find(sources, include)))
        seen: set[str] = set()

        def watch(item: Page | Problem) -> None:
            collect(item)
            if item.identifier not in seen:
                seen.add(item.identifier)
                progress.update(task, description=item.identifier, completed=len(seen) - 1)

        yield watch
        progress.update(task, completed=len(seen))


def _summary(report: Report, out: Path) -> Iterator[str]:
    unread = {problem.identifier for problem in report.problems} - {d.identifier for d in report.documents}
    yield f"documents  {len(report.documents)} read" + (f", {len(unread)} not read" if unread else "")
    yield f"entities   {_counts(report.entities)}"
    yield f"facts      {_counts(report.facts)}"
    if report.problems:
        yield f"problems   {len(report.problems)}, all in {out / 'report.json'}"
    yield f"graph      {out / 'graph.ttl'}"
    yield f"picture    {out / 'graph.html'}"
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
