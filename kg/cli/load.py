"""`kg load`: a build into any triple store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import examples

if TYPE_CHECKING:
    from kg.remote import Loaded, Progress


@click.command(
    short_help="Load a build into another triple store.",
    epilog=examples(
        "kg load out --to http://127.0.0.1:7878/store",
        "kg load out --to https://rdf.example.org/ds/data --user loader:secret --prune",
        "kg load out --to http://127.0.0.1:7878/store --union",
    ),
)
@click.argument("out", type=click.Path(path_type=Path), default=Path("out"))
@click.option(
    "--to", "url", metavar="URL", required=True, help="Graph Store endpoint, e.g. http://127.0.0.1:7878/store."
)
@click.option("--prune", is_flag=True, help="Remove documents that earlier loads put there and the build has no more.")
@click.option(
    "--union",
    is_flag=True,
    help="Also put all documents together into the default graph, each triple once, as 'kg query --store URL' needs it "
    "where the store does not do that by itself.",
)
@click.option("--fresh", is_flag=True, help="Put everything again, also what earlier loads have put.")
@click.option("--token", envvar="KG_TOKEN", default="", help="Bearer token; better in the variable KG_TOKEN.")
@click.option(
    "--user", metavar="NAME:PASSWORD", envvar="KG_USER", default="", help="Account; better in the variable KG_USER."
)
@click.option(
    "--retries",
    type=click.IntRange(min=0, max=100),
    default=5,
    show_default=True,
    help="How often a request is repeated when the server fails or does not answer.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0.1),
    default=300,
    show_default=True,
    help="How long to wait for an answer.",
)
def load(
    out: Path,
    url: str,
    prune: bool,
    union: bool,
    fresh: bool,
    token: str,
    user: str,
    retries: int,
    timeout: float,
) -> None:
    """Load the build at OUT into a triple store by the SPARQL 1.1 Graph Store Protocol.

    Each document is a named graph, which is replaced as a whole; the ontology is one more. What was loaded is noted
    in a file beside OUT, so that the next load sends only what has changed, and one that broke off goes on.
    """
    import time

    import kg
    from kg.remote import Connection, Credentials, journal_path
    from kg.remote import load as load_into

    started = time.monotonic()
    graph = kg.open(out).store
    with (
        closing(Connection(url, Credentials(token, user), retries=retries, timeout=timeout)) as connection,
        _progress() as watch,
    ):
        loaded = load_into(
            graph, connection, journal_path(out, url), prune=prune, union=union, fresh=fresh, watch=watch
        )
    for line in _summary(loaded):
        click.echo(line)
    click.echo(f"loaded in {time.monotonic() - started:.1f} s")


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step: bar.update(task, description=step.graph, completed=step.done, total=step.total)


def _summary(loaded: Loaded) -> Iterator[str]:
    if loaded.forgotten:
        yield "the store no longer had what was loaded before: all was put again"
    yield f"graphs   {loaded.put} put, {loaded.kept} as they were, {loaded.removed} removed"
    if loaded.stale:
        yield f"         {loaded.stale} of earlier loads are not in the build; remove them with --prune"
    yield f"triples  {loaded.triples} sent"
