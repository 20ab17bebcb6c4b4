"""Runs the application in a server of its own."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import Callable

import uvicorn

from kg.errors import KgError
from kg.serve.app import create_app
from kg.serve.settings import Settings

HEADER_LIMIT = 1 << 17
"""Bytes that the request line and the headers of a request may have; a name of ten thousand characters takes 90,000."""


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until interrupted, which is how it ends in order.

    Args:
        settings: What to serve, and where.
        announce: Called with the address as soon as connections are taken.

    Raises:
        StoreError: There is no build, or it cannot be read.
        KgError: The address cannot be listened on, or no process that answers can be started.
    """
    app = create_app(settings)
    # What goes wrong in the application is logged there; what clients send that is no HTTP is their own affair.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        h11_max_incomplete_event_size=HEADER_LIMIT,
        limit_concurrency=1000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        lifespan="on",
    )
    with _listening(settings.host, settings.port) as listener:
        announce(address(settings, listener.getsockname()[1]))
        with contextlib.suppress(KeyboardInterrupt):
            try:
                asyncio.run(uvicorn.Server(config).serve([listener]))
            except SystemExit:  # all that the server says when the application does not start
                hindrance = app.state.kg.hindrance
                if hindrance is None:
                    raise
                raise hindrance from None


def address(settings: Settings, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{port}/"


def _listening(host: str, port: int) -> socket.socket:
    where = f"{host}:{port}"
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise KgError("not an address of this machine", where=host, remedy="give --host 127.0.0.1") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        reasons = {
            errno.EADDRINUSE: ("the port is in use", "choose another with --port, or end what uses it"),
            errno.EACCES: ("this port is for the administrator only", "choose one above 1023 with --port"),
            errno.EADDRNOTAVAIL: ("not an address of this machine", "give --host 127.0.0.1"),
        }
        what, remedy = reasons.get(error.errno or 0, (f"cannot be listened on: {error.strerror}", "choose another"))
        raise KgError(what, where=where, remedy=remedy) from error
    return listener
