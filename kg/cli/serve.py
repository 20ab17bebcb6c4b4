"""`kg serve`: the graph on the web, for programs and for people."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.options import examples


@click.command(
    short_help="Serve the graph: SPARQL endpoint and explorer.",
    epilog=examples(
        "kg serve",
        "kg serve --store out --port 9000",
        "kg serve --store http://127.0.0.1:7878/query",
        "kg serve --base https://graph.example/kg/ --token my-secret",
    ),
)
@options.store_or_url
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, e.g. --host 0.0.0.0.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 takes one that is free."
)
@click.option(
    "--base",
    metavar="URL",
    default="",
    help="Address at which the server is reached from outside, e.g. --base https://graph.example/kg/.",
)
@click.option(
    "--token",
    envvar="KG_TOKEN",
    default="",
    help="Answer only those who show this token; better given as KG_TOKEN, which other users cannot see.",
)
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="A name, beside localhost and that of --base, under which the server may be addressed.",
)
@click.option(
    "--cors",
    "origins",
    metavar="ORIGIN",
    multiple=True,
    help="Web pages of this origin may read answers, e.g. --cors https://notebook.example, or '*' for all.",
)
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="How long one query may run before it is stopped.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="How many queries may run at once, each in a process of its own; by default 4 to 8.",
)
def serve(
    store: Path | str,
    host: str,
    port: int,
    base: str,
    token: str,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    time_limit: float,
    workers: int | None,
) -> None:
    """Serve the graph at http://127.0.0.1:8765/ until Ctrl-C; nothing is changed by any request.

    Programs ask at /sparql by the SPARQL 1.1 Protocol. A build that replaces the folder is served from then on. Before
    the address of a SPARQL endpoint, queries are passed on to it; KG_STORE_TOKEN or KG_USER tell it who asks.
    """
    from kg.cli.message import complain
    from kg.errors import KgError
    from kg.serve.settings import WORKERS, Settings

    try:
        from kg.serve.run import run
    except ModuleNotFoundError as error:
        remedy = "run: pip install 'policy-kg[serve]'"
        raise KgError(f"serving needs the package {error.name}, which is not installed", remedy=remedy) from error

    settings = Settings(
        store=store,
        host=host,
        port=port,
        base=base,
        token=token,
        hosts=hosts,
        origins=origins,
        time_limit=time_limit,
        workers=workers or WORKERS,
    )

    def announce(address: str) -> None:
        click.echo(f"{address} (Ctrl-C ends it)")
        if not settings.is_private:
            complain("other machines can reach this address, and nobody is asked for a token; see --token")

    run(settings, announce)
