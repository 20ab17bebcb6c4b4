"""`kg evaluate` and `kg annotate`: measure a graph against reference facts, and draft such references."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.message import complain
from kg.cli.options import examples

if TYPE_CHECKING:
    from kg.model import Article
    from kg.source import Columns


@click.command(
    short_help="Measure a graph against reference facts.",
    epilog=examples(
        "kg evaluate out gold/",
        "kg evaluate out gold/ --errors --only page1",
        "kg evaluate out gold/ --pages pages/ --html evaluation.html",
    ),
)
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--only", metavar="NAME", multiple=True, help="Only the document of this name, e.g. --only page1.")
@click.option("--errors", is_flag=True, help="List what was missed (-) and what is spurious (+), with its sentence.")
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    multiple=True,
    help="The pages, to show what was missed in its sentence, e.g. --pages pages/.",
)
@options.columns
@click.option(
    "--html", "page", type=click.Path(path_type=Path), help="Write a page with the marked texts, e.g. e.html."
)
def evaluate(
    graph: Path,
    gold: Path,
    only: Sequence[str],
    errors: bool,
    pages: Sequence[Path],
    columns: Columns,
    page: Path | None,
) -> None:
    """Measure GRAPH, a build or an RDF file, against the reference files in GOLD, `<document>.json` each.

    Shows precision, recall and F1 by type of fact and by document. Without --pages, sentences are shown only as far
    as something was read from them.
    """
    from kg.errors import KgError, StoreError
    from kg.evaluate import evaluate as compare
    from kg.evaluate import show
    from kg.evaluate.built import read_graph
    from kg.evaluate.passages import documents
    from kg.evaluate.reference import read_references
    from kg.extract.rulebook.ruleset import nearest

    references = read_references(gold)
    for name in only:
        if name not in references:
            raise KgError(f"there is no reference for {name!r}", where=str(gold), remedy=nearest(name, references))
    references = {name: items for name, items in references.items() if not only or name in only}
    built = read_graph(graph)
    result = compare(built, references)
    if errors or page is not None:
        marked = documents(built, _articles(pages, columns, set(references)), result.differences, result.paired)
        if errors:
            for line in show.errors(marked):
                click.echo(line)
            click.echo()
        if page is not None:
            try:
                page.write_text(show.page(result, marked), encoding="utf-8", newline="\n")
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise StoreError(f"the page cannot be written: {reason}", where=str(page)) from error
    for line in show.table(result):
        click.echo(line)


def _articles(sources: Sequence[Path], columns: Columns, wanted: set[str]) -> dict[str, Article]:
    """Return the articles of the pages that are wanted, by the stem of their file."""
    from pathlib import PurePosixPath

    from kg.errors import SourceError
    from kg.model import Problem
    from kg.source import read_pages
    from kg.text import read_article

    found = {}
    for item in read_pages(sources, columns=columns) if sources else ():
        stem = PurePosixPath(item.identifier).stem
        if stem not in wanted:
            continue
        if isinstance(item, Problem):
            complain(str(SourceError(item.what, where=item.identifier, remedy=item.remedy)))
        else:
            found[stem] = read_article(item)
    return found


@click.command(
    short_help="Draft a reference file from a page.",
    epilog=examples("kg annotate page.txt > gold/page.json", "kg annotate page.txt --out gold/page.json"),
)
@click.argument("page", type=click.Path(path_type=Path))
@options.columns
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write instead, e.g. -o gold/page.json.")
def annotate(page: Path, columns: Columns, out: Path | None) -> None:
    """Write what is read from PAGE now as a reference file, for a person to correct.

    An existing file is never overwritten: it may hold somebody's work.
    """
    from kg.errors import SourceError, StoreError
    from kg.evaluate.draft import draft, to_json
    from kg.model import Problem
    from kg.pipeline import record_of
    from kg.source import read_pages

    (item, *more) = read_pages([page], columns=columns)
    record = item if isinstance(item, Problem) else record_of(item)
    if isinstance(record, Problem):
        raise SourceError(record.what, where=record.identifier, remedy=record.remedy)
    if more:
        raise SourceError("holds several pages", where=str(page), remedy="give one page")
    text = to_json(draft(record))
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise StoreError("this file exists already", where=str(out), remedy="move it away first") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"the file cannot be written: {reason}", where=str(out)) from error
