"""Options that several commands share, and their exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

FINDINGS: Final = 1

store = click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder that 'kg build' wrote, e.g. --store out.",
)

rules = click.option(
    "--rules",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Rule file or folder of rule files to use beside the package's own, e.g. --rules my-rules/.",
)
names = click.option(
    "--names",
    type=click.Path(path_type=Path),
    help="CSV file of names to know: name,type,full name; e.g. --names my-names.csv.",
)


def examples(*commands: str) -> str:
    """Return the end of a help page that shows how to call the command."""
    # The backspace tells click to keep the lines as they are.
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)
