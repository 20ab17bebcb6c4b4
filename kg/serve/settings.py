"""What may be chosen when a graph is served."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import KgError

MEBIBYTE = 1 << 20
WORKERS = max(4, min(8, os.cpu_count() or 4))
"""Queries that run at once, unless another number is chosen: more than there may be processors, so that those which
take seconds do not keep the others waiting."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served.

    Attributes:
        store: Folder that `kg build` wrote, or as text the address of a SPARQL endpoint that holds a build.
        host: Address to listen on.
        port: Port to listen on; 0 for any that is free.
        base: Address at which the server is reached from outside, ending in `/`, e.g. behind a proxy; "" for the one
            that each request came to.
        token: What a client must show to be answered; "" for none.
        hosts: Names, beside those of this machine and of `base`, under which the server may be addressed.
        origins: Origins of other web pages that may read answers, or `*` for all; pages of this machine always may.
        time_limit: Seconds that one query may run.
        workers: Queries that may run at once, each in a process of its own.
        waiting: Queries that may wait for one to end; any more are refused.
        result_limit: Bytes that one answer may have.
        memory_limit: Bytes of memory that one worker process may take; 0 for no bound.
        body_limit: Bytes that the body of a request may have.
    """

    store: Path | str = Path("out")
    host: str = "127.0.0.1"
    port: int = 8765
    base: str = ""
    token: str = ""
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    time_limit: float = 30.0
    workers: int = WORKERS
    waiting: int = 64
    result_limit: int = 64 * MEBIBYTE
    memory_limit: int = 2048 * MEBIBYTE
    body_limit: int = MEBIBYTE

    def __post_init__(self) -> None:
        """Check what a person may have given.

        Raises:
            KgError: `base` is no address of a server, or `token` cannot stand in a header.
        """
        if self.base:
            parts = urlsplit(self.base)
            if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/"):
                remedy = "give an address such as https://graph.example/kg/, with '/' at its end"
                raise KgError("not the address of a server", where=repr(self.base), remedy=remedy)
        if self.token and not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            raise KgError("the token cannot be sent", where="--token", remedy="use letters and digits without spaces")

    @property
    def root(self) -> str:
        """The path of `base` without its last `/`; below it the server is reached behind a proxy."""
        return urlsplit(self.base).path.rstrip("/")

    @property
    def is_private(self) -> bool:
        """Whether only this machine can ask, or those who have a token."""
        return bool(self.token) or self.host == "localhost" or is_loopback(self.host)

    def knows_host(self, host: str) -> bool:
        """Tell whether a request may be addressed to `host`, the value of its header.

        A page elsewhere can have its own name resolve to this machine, but not an address: addresses are safe.

        >>> settings = Settings(base="https://graph.example/")
        >>> [settings.knows_host(host) for host in ("127.0.0.1:8765", "[::1]", "localhost", "graph.example:443")]
        [True, True, True, True]
        >>> [settings.knows_host(host) for host in ("evil.example", "127.0.0.1.evil.example", "a b", "")]
        [False, False, False, False]
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if not host or set(host) & set("/?#@\\ \t"):
                return False
        except ValueError:
            return False
        known = {"localhost", self.host.lower(), urlsplit(self.base).hostname, *(one.lower() for one in self.hosts)}
        return name in known or is_address(name)

    def knows_origin(self, origin: str) -> bool:
        """Tell whether a web page of `origin` may read answers.

        >>> settings = Settings(origins=("https://notebook.example",))
        >>> [settings.knows_origin(one) for one in ("http://localhost:3000", "https://notebook.example")]
        [True, True]
        >>> [settings.knows_origin(one) for one in ("https://evil.example", "null", "http://localhost.evil.example")]
        [False, False, False]
        """
        if "*" in self.origins or origin in self.origins:
            return True
        try:
            name = urlsplit(origin).hostname or ""
        except ValueError:
            return False
        return name == "localhost" or is_loopback(name)


def is_address(name: str) -> bool:
    """Tell whether a host is given by its address, not by a name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(name: str) -> bool:
    """Tell whether a host is given by an address that only this machine reaches."""
    return is_address(name) and ipaddress.ip_address(name).is_loopback
