"""Messages of one line on standard error."""

from __future__ import annotations

import click


def complain(message: str) -> None:
    """Print `kg: <message>` on standard error."""
    click.echo(f"kg: {one_line(message)}", err=True)


def one_line(text: str) -> str:
    r"""Return `text` on one line, with nothing in it that would steer a terminal.

    >>> one_line("甲\n乙\x1b[2J")
    '甲 乙\\x1b[2J'
    """
    return "".join(c if c.isprintable() else " " if c.isspace() else ascii(c)[1:-1] for c in text)
