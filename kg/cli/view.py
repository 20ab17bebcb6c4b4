"""`kg view`: open the picture of the graph in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.options import examples


@click.command(
    short_help="Open the picture of the graph in the browser.",
    epilog=examples("kg view", "kg view --min-confidence 0.9", "kg view --no-browser"),
)
@options.min_confidence
@options.store
@click.option("--no-browser", is_flag=True, help="Only print where the picture is.")
def view(min_confidence: float, store: Path, no_browser: bool) -> None:
    """Open the picture of the graph in the browser and print where it lies.

    It is one file that asks nothing of any network: send it to whom you like. With --min-confidence it opens without
    the facts that were read with less; the field beside the legend changes that.
    """
    from kg.errors import StoreError
    from kg.output import PICTURE, whole

    picture = whole(store) / PICTURE
    if not picture.is_file():
        raise StoreError("the picture is missing", where=str(picture), remedy="run 'kg build' again")
    # The page reads the least confidence from its address, so that the file stays as it was built.
    address = picture.as_uri() + (f"#min-confidence={min_confidence:g}" if min_confidence else "")
    click.echo(address if min_confidence else picture)
    if no_browser:
        return
    import webbrowser

    if not webbrowser.open(address):
        raise StoreError("no browser could be started", where=str(picture), remedy="open that file in one")
