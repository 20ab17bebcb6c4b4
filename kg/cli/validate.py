"""`kg validate`: whether the graph keeps to its shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.options import FINDINGS, examples


@click.command(short_help="Check the graph against the SHACL shapes.", epilog=examples("kg validate"))
@options.store
def validate(store: Path) -> int | None:
    """Check the graph against the SHACL shapes of the ontology and show every violation; the exit code is then 1."""
    import kg

    violations = kg.open(store).validate()
    for violation in violations:
        click.echo(violation)
    if violations:
        click.echo(f"{len(violations)} violations")
        return FINDINGS
    click.echo("the graph conforms to its shapes")
    return None
