"""`kg export`: the graph in the format that another program reads."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options
from kg.cli.options import examples

FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "graphml", "csv")


@click.command(
    short_help="Write the graph in another format.",
    epilog=examples("kg export --format jsonld > graph.jsonld", "kg export --format csv -o tables"),
)
@options.store
@click.option(
    "-f",
    "--format",
    type=click.Choice(FORMATS),
    default="turtle",
    show_default=True,
    help="What to write, e.g. --format graphml.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="File to write, for csv a folder, e.g. -o graph.jsonld. By default standard output, for csv out/csv.",
)
def export(store: Path, format: str, out: Path | None) -> None:
    """Write the graph, without the ontology, to standard output or to a file.

    TriG, N-Quads and JSON-LD keep the statements of each document apart. CSV gives a folder with one table each
    of entities, relations and observations, for a spreadsheet.
    """
    import kg
    from kg.errors import StoreError
    from kg.graph.whole_file import whole_file

    graph = kg.open(store)
    if format == "csv":
        for path in graph.write_tables(store / "csv" if out is None else out):
            click.echo(path)
    elif out is None:
        graph.write(sys.stdout.buffer, format)
    else:
        try:
            with whole_file(out) as file:
                graph.write(file, format)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise StoreError(f"cannot be written: {reason}", where=str(out), remedy="choose another file") from error
        click.echo(out)
