"""`kg view`: open the picture of the graph in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.options import examples


@click.command(
    short_help="Open the picture of the graph in the browser.", epilog=examples("kg view", "kg view --no-browser")
)
@options.store
@click.option("--no-browser", is_flag=True, help="Only print where the picture is.")
def view(store: Path, no_browser: bool) -> None:
    """Open the picture of the graph in the browser and print where it lies.

    It is one file that asks nothing of any network: send it to whom you like.
    """
    from kg.errors import StoreError
    from kg.output import PICTURE, whole

    picture = whole(store) / PICTURE
    if not picture.is_file():
        raise StoreError("the picture is missing", where=str(picture), remedy="run 'kg build' again")
    click.echo(picture)
    if no_browser:
        return
    import webbrowser

    if not webbrowser.open(picture.as_uri()):
        raise StoreError("no browser could be started", where=str(picture), remedy="open that file in one")
