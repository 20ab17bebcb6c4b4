"""`kg stats`: how much of what the graph holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.options import examples

if TYPE_CHECKING:
    from kg.graph.stats import Stats


@click.command(short_help="Count what the graph holds.", epilog=examples("kg stats", "kg stats --json"))
@options.store
@click.option("--json", "as_json", is_flag=True, help="The counts as JSON.")
def stats(store: Path, as_json: bool) -> None:
    """Count documents, entities and facts by type, evidence, and the facts read in two or more documents."""
    import kg

    found = kg.open(store).stats()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Stats) -> Iterator[str]:
    yield f"documents     {found['documents']}"
    yield f"triples       {found['triples']}"
    for title, counts in (("entities", found["entities"]), ("facts", found["facts"])):
        yield f"{title:<13} {sum(counts.values())}"
        for name, count in counts.items():
            yield f"  {name:<20} {count:>8}"
    yield f"evidence      {found['evidence']}"
    yield f"corroborated  {found['corroborated']}"
