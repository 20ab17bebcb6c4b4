"""A real triple store of another make, started for the tests, and a build to load into it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import serving

import kg

OXIGRAPH = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))

# One of them says what the other does, so that the union of both is less than their sum.
PAGES = serving.PAGES | {
    "city.txt": """哈尔滨市推进产改
来源：冰城试样报 2024年6月7日
黑龙江省总工会牵头推进产业工人队伍建设改革。哈尔滨市总工会牵头推进产业工人队伍建设改革。
哈尔滨市人民政府印发《哈尔滨市试样技能提升方案》，要求各区把培训办到车间里。
""",
}


class Server:
    """An Oxigraph server.

    Attributes:
        address: Where it listens.
        process: It itself.
    """

    def __init__(self, port: int, location: Path | None, *options: str) -> None:
        assert OXIGRAPH
        self.address = f"http://127.0.0.1:{port}"
        stored = ["--location", str(location)] if location else []
        self.process = subprocess.Popen(
            [OXIGRAPH, "serve", *stored, "--bind", f"127.0.0.1:{port}", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                httpx.get(self.address, trust_env=False)
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    @property
    def store(self) -> str:
        return f"{self.address}/store"

    @property
    def query(self) -> str:
        return f"{self.address}/query"

    def ask(self, query: str) -> list[str]:
        answer = httpx.get(self.query, params={"query": query}, headers={"Accept": "text/csv"}, trust_env=False)
        return answer.raise_for_status().text.split()[1:]

    def default(self) -> set[str]:
        return self._stored("default")

    def graph(self, iri: str) -> set[str]:
        return self._stored(f"graph={quote(iri, safe='')}")

    def _stored(self, query: str) -> set[str]:
        headers = {"Accept": "application/n-triples"}
        answer = httpx.get(f"{self.store}?{query}", headers=headers, trust_env=False)
        return set() if answer.status_code == 404 else set(answer.raise_for_status().text.splitlines())

    def graphs(self) -> list[str]:
        return self.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def oxigraph(*options: str, location: Path | None = None, port: int = 0) -> Iterator[Server]:
    if OXIGRAPH is None:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    server = Server(port or free_port(), location, *options)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    with oxigraph() as server:
        yield server


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def out(pages: Path) -> Path:
    out = pages.parent / "out"
    kg.build(pages, out)
    return out
