"""`kg query`: a named question, or any SPARQL."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kg.cli import options
from kg.cli.options import examples

_BEGINNINGS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"])
FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "turtle")


@click.command(
    short_help="Answer a named question or any SPARQL query.",
    epilog=examples(
        "kg query --list",
        "kg query who-leads -p region=黑龙江省",
        "kg query who-leads --min-confidence 0.9 --format csv > answer.csv",
        "kg query my-question.rq",
        "echo 'SELECT * { ?who kg:leads ?what }' | kg query -",
    ),
)
@click.argument("query", required=False)
@click.option(
    "-p",
    "--param",
    "params",
    metavar="NAME=VALUE",
    multiple=True,
    help="Value of a parameter of the question, e.g. -p region=黑龙江省; may be given several times.",
)
@click.option(
    "-f",
    "--format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to write the answer, e.g. --format csv; what CONSTRUCT and DESCRIBE answer is Turtle.",
)
@click.option("--list", "listed", is_flag=True, help="Show every named question with its parameters.")
@options.min_confidence
@options.store_or_url
def query(
    query: str | None, params: Sequence[str], format: str, listed: bool, min_confidence: float, store: Path | str
) -> None:
    """Answer QUERY: the name of a question, a file with SPARQL, or '-' for SPARQL on standard input.

    SELECT, ASK, CONSTRUCT and DESCRIBE are answered; the prefixes kg, org, rdfs, skos, dcterms and the like need not
    be declared.
    """
    if listed:
        click.echo("\n".join(_catalogue()))
        return
    if not query:
        raise click.UsageError(
            "Give the name of a question (see 'kg query --list'), a file or '-'", click.get_current_context()
        )
    import kg
    from kg.query import format_result, run

    text, where = _text_of(query)
    graph = kg.open(store).at_least(min_confidence)
    _let_interrupts_through()
    result = run(graph.store, text, _parameters(params), where=where)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(format_result(result, format, width=width), nl=False)


def _let_interrupts_through() -> None:
    """Have Ctrl-C end the process at once: Python's own handler would wait for a query that never comes back."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _text_of(query: str) -> tuple[str, str]:
    """Return what is to be run, a name or SPARQL, and what to call it where it is at fault.

    Raises:
        QueryError: A file cannot be read.
    """
    from kg.errors import QueryError
    from kg.query import named_queries

    where = "standard input" if query == "-" else query
    try:
        # The line break keeps a text of one word from being taken for a name.
        if query == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig") + "\n", where
        if query in named_queries() or not _looks_like_path(query):
            return query, ""
        return Path(query).read_text("utf-8-sig") + "\n", where
    except UnicodeDecodeError as error:
        raise QueryError("the query is not UTF-8", where=where, remedy="save it as UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise QueryError(f"the query cannot be read: {reason}", where=where, remedy="check the path") from error


def _looks_like_path(query: str) -> bool:
    """Tell a path from a name and from SPARQL that is given as the argument itself."""
    if "{" in query or (query.split()[:1] and query.split()[0].upper() in _BEGINNINGS):
        return False
    return os.sep in query or bool(Path(query).suffix) or Path(query).exists()


def _parameters(params: Sequence[str]) -> dict[str, str]:
    """Return the parameters by name.

    Raises:
        QueryError: One has no value or is given twice.
    """
    from kg.errors import QueryError

    found: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise QueryError("a parameter without a value", where=f"-p {param}", remedy="write -p name=value")
        if name in found:
            raise QueryError("a parameter that is given twice", where=f"-p {param}", remedy="give it once")
        found[name] = value
    return found


def _catalogue() -> Iterator[str]:
    from kg.query import named_queries

    for name, known in named_queries().items():
        yield f"{name}\n  {known.en}\n  {known.zh}"
        for parameter in known.parameters:
            need = "required" if parameter.required else f"default {parameter.default}" if parameter.default else ""
            yield f"    -p {parameter.name}=…  {parameter.en} | {parameter.zh}{f' ({need})' if need else ''}"
