"""Options that several commands share, and their exit codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

FINDINGS: Final = 1


class _Folder(click.Path):
    """A folder, in whose place an address is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if str(value).lower().startswith(("http://", "https://")):
            self.fail("this command reads a folder; query, explain, stats and serve take an address", param, ctx)
        return super().convert(value, param, ctx)


class PathOrAddress(click.Path):
    """A path, or as text an address: what has '://' in it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path or the address."""
        return value if "://" in str(value) else super().convert(value, param, ctx)


store = click.option(
    "--store",
    type=_Folder(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder that 'kg build' wrote, e.g. --store out.",
)
store_or_url = click.option(
    "--store",
    metavar="PATH|URL",
    type=PathOrAddress(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder that 'kg build' wrote, or address of a SPARQL endpoint, e.g. --store http://127.0.0.1:7878/query.",
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


include = click.option(
    "--include",
    metavar="GLOB",
    help="Read only the files below a folder, or in an archive given, that match, e.g. '2024/*.html'.",
)

_PARTS = {
    "text": "text or markup (by default text, content, body, 正文 …)",
    "url": "address (by default url, link, 网址 …)",
    "title": "headline (by default title, 标题 …)",
    "date": "date of publication (by default date, published, 日期 …)",
}


def columns(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--text-column` and so on, as its argument `columns` of type `kg.source.Columns`."""

    @wraps(command)
    def with_columns(*args: Any, **kwargs: Any) -> Any:
        from kg.source import Columns

        chosen = {part: kwargs.pop(f"{part}_column") for part in _PARTS}
        return command(*args, columns=Columns(**chosen), **kwargs)

    wrapped: Callable[..., Any] = with_columns
    for part, meaning in reversed(_PARTS.items()):
        text = f"Column or key of JSONL, CSV and Parquet that holds the {meaning}."
        wrapped = click.option(f"--{part}-column", metavar="NAME", help=text)(wrapped)
    return wrapped


min_confidence = click.option(
    "--min-confidence",
    metavar="X",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out facts that were read with less confidence, from 0 to 1, e.g. --min-confidence 0.9.",
)


def examples(*commands: str) -> str:
    """Return the end of a help page that shows how to call the command."""
    # The backspace tells click to keep the lines as they are.
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)
