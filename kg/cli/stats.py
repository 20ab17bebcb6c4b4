"""`kg stats`: how much of what the graph holds, and what may be one thing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.options import examples

if TYPE_CHECKING:
    from kg.graph.doubtful import Doubt, Side
    from kg.graph.stats import Stats


@click.command(
    short_help="Count what the graph holds.", epilog=examples("kg stats", "kg stats --json", "kg stats --doubtful")
)
@options.store_or_url
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.option("--doubtful", is_flag=True, help="List what may be one thing under two names, or two under one.")
def stats(store: Path | str, as_json: bool, doubtful: bool) -> None:
    """Count documents, entities and facts by type, evidence, and the facts read in two or more documents.

    With --doubtful, list instead what no document settles: things that may be one under two names, and names that
    may stand for two, each with its documents.
    """
    import kg

    if doubtful:
        doubts = kg.open(store).doubtful()
        click.echo(_doubts_as_json(doubts) if as_json else "\n".join(_doubt_lines(doubts)))
        return
    found = kg.open(store).stats()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Stats) -> Iterator[str]:
    yield f"documents     {found['documents']}"
    if found["teasers"]:
        yield f"teasers       {found['teasers']}"
    yield f"triples       {found['triples']}"
    for title, counts in (("entities", found["entities"]), ("facts", found["facts"])):
        yield f"{title:<13} {sum(counts.values())}"
        for name, count in counts.items():
            yield f"  {name:<20} {count:>8}"
    yield f"evidence      {found['evidence']}"
    yield f"corroborated  {found['corroborated']}"


def _doubts_as_json(doubts: Sequence[Doubt]) -> str:
    from dataclasses import asdict

    return json.dumps([asdict(doubt) for doubt in doubts], ensure_ascii=False, indent=2)


def _doubt_lines(doubts: Sequence[Doubt]) -> Iterator[str]:
    from kg.graph.doubtful import WHY

    def shown(side: Side) -> str:
        place = f" ({side.where})" if side.where else ""
        return f"  {side.name}{place}  {', '.join(side.documents)}"

    for why, meaning in WHY.items():
        found = [doubt for doubt in doubts if doubt.why == why]
        if found:
            yield f"{meaning}: {len(found)}"
        for doubt in found:
            yield from (shown(doubt.left), shown(doubt.right), "")
    yield f"{len(doubts)} doubtful"
