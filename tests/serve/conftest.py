"""A server as a user starts it, on a small graph of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from explorer_sample import PAGES as SHOWN
from serving import PAGES, limited, serving
from tools_sample import write_sample

import kg


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a build from `PAGES`; not to be changed."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    kg.build(folder / "pages", folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[httpx.Client]:
    """A client of a server on the graph of `built`."""
    with serving(built) as client:
        yield client


Serve = Callable[..., httpx.Client]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers of one's own: `serve(out, "--token", "x")` gives a client."""
    with ExitStack() as stack:
        yield lambda *arguments, **environment: stack.enter_context(serving(*arguments, **environment))


@pytest.fixture
def limit() -> Iterator[Serve]:
    """Start servers with other limits: `limit(out, time_limit=1)` gives a client."""
    with ExitStack() as stack:
        yield lambda *arguments, **settings: stack.enter_context(limited(*arguments, **settings))


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server on the graph of `tools_sample`."""
    with serving(write_sample(tmp_path_factory.mktemp("tools") / "out")) as client:
        yield client


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a graph with something of everything that the explorer shows."""
    folder = tmp_path_factory.mktemp("shown")
    (folder / "pages").mkdir()
    for name, text in (PAGES | SHOWN).items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    kg.build(folder / "pages", folder / "out")
    with serving(folder / "out") as client:
        yield str(client.base_url)
