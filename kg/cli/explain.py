"""`kg explain`: everything the graph knows of one thing, each fact with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.fact_lines import fact_line, quote_line
from kg.cli.options import examples

if TYPE_CHECKING:
    from kg.graph.explain import Explanation
    from kg.graph.reading import Thing


@click.command(
    short_help="Show everything known of a thing, by any of its names.",
    epilog=examples("kg explain 黑龙江省总工会", "kg explain 产改"),
)
@click.argument("name")
@options.store_or_url
def explain(name: str, store: Path | str) -> None:
    """Show everything that the graph knows of NAME, a name or alias, each fact with its sentence, document and date."""
    import kg
    from kg.errors import QueryError

    answer = kg.open(store).explain(name)
    if answer.thing:
        click.echo("\n".join(_lines(answer.thing, answer)))
    elif answer.candidates:
        names = ", ".join(f"{thing.label} ({thing.type})" for thing in answer.candidates[:10])
        more = f" and {len(answer.candidates) - 10} more" if len(answer.candidates) > 10 else ""
        raise QueryError("several things bear this name", where=name, remedy=f"choose one of {names}{more}")
    else:
        near = f"did you mean {', '.join(answer.nearest)}?" if answer.nearest else "see 'kg query documents'"
        raise QueryError("nothing in the graph bears this name", where=name, remedy=near)


def _lines(thing: Thing, answer: Explanation) -> Iterator[str]:
    yield f"{thing.label} ({thing.type})"
    about = {
        "also": "、".join(thing.aliases),
        "place": thing.region,
        "code": thing.adcode,
        "part of": thing.parent,
        "date": thing.date,
        "concerns": "、".join(thing.concerns),
        "IRI": thing.iri,
    }
    for key, value in about.items():
        if value:
            yield f"  {key}: {value}"
    for type_, facts in groupby(answer.facts, key=lambda fact: fact.type):
        yield f"\n{type_}"
        for fact in facts:
            yield f"  {fact_line(fact)}"
            for quote in fact.quotes:
                yield f"    {quote_line(quote)}"
