"""`kg diff`: which facts of a build are not those of another, each with its sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.fact_lines import fact_line, quote_line
from kg.cli.options import FINDINGS, examples

if TYPE_CHECKING:
    from kg.graph.diff import Difference
    from kg.graph.reading import FactNode


@click.command(
    short_help="Show which facts differ between two builds.",
    epilog=examples("kg diff builds/may builds/june", "kg diff yesterday out --format json > changes.json"),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to write.")
def diff(old: Path, new: Path, format: str) -> int | None:
    """Show which facts are in the build NEW and not in OLD (+), no more (-), or say something else (~).

    The exit code is 1 where anything differs.
    """
    import kg
    from kg.graph.diff import difference

    found = difference(kg.open(old).store, kg.open(new).store)
    if format == "json":
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found)))
    return FINDINGS if found else None


def _lines(found: Difference) -> Iterator[str]:
    for sign, facts in (("+", found.appeared), ("-", found.vanished)):
        for fact in facts:
            yield f"{sign} {fact.type}  {fact_line(fact)}"
            yield from (f"    {quote_line(quote)}" for quote in fact.quotes)
    for change in found.changed:
        yield f"~ {change.after.type}  {fact_line(change.before)} → {fact_line(change.after)}"
        for sign, fact in (("-", change.before), ("+", change.after)):
            yield from (f"  {sign} {quote_line(quote)}" for quote in fact.quotes)
    yield (
        f"{len(found.appeared)} appeared, {len(found.vanished)} vanished, {len(found.changed)} changed"
        if found
        else "no fact differs"
    )


def _plain(found: Difference) -> dict[str, Any]:
    return {
        "appeared": [_fact(fact) for fact in found.appeared],
        "vanished": [_fact(fact) for fact in found.vanished],
        "changed": [{"before": _fact(one.before), "after": _fact(one.after)} for one in found.changed],
    }


def _fact(fact: FactNode) -> dict[str, Any]:
    return {
        "iri": fact.iri,
        "type": fact.type,
        "subject": {"iri": fact.subject.iri, "label": fact.subject.label},
        "object": {"iri": fact.object.iri, "label": fact.object.label},
        **fact.details,
        "dates": list(fact.dates),
        "evidence": [asdict(quote) for quote in fact.quotes],
    }
