"""`kg load` against a store of another make, one that fails, and none at all."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from remote_stores import Server, free_port, oxigraph

import kg
from kg.cli.command import run
from kg.errors import StoreError
from kg.remote import Connection, Credentials, Loaded, journal_path, load
from kg.remote.connection import Response
from kg.vocabulary import ONTOLOGY_GRAPH


def loaded(out: Path, url: str, *, prune: bool = False, union: bool = False, fresh: bool = False) -> Loaded:
    connection = Connection(url, pause=lambda _: None)
    return load(kg.open(out).store, connection, journal_path(out, url), prune=prune, union=union, fresh=fresh)


def test_each_document_is_a_named_graph_with_the_same_triples(out: Path, server: Server) -> None:
    assert run(["load", str(out), "--to", server.store]) == 0
    graph = kg.open(out).store
    assert server.graphs() == sorted([ONTOLOGY_GRAPH, *(name.value for name in graph.document_graphs())])
    for name in graph.document_graphs():
        expected = {f"{quad.triple} ." for quad in graph.store.quads_for_pattern(None, None, None, name)}
        assert server.graph(name.value) == expected
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ["0"]


def test_the_union_holds_each_triple_once(out: Path, server: Server) -> None:
    assert loaded(out, server.store, union=True).put == 3
    graph = kg.open(out).store
    expected = graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [next(iter(expected))["n"].value]
    assert loaded(out, server.store, union=True).triples == 0


def test_a_second_load_sends_what_changed(pages: Path, out: Path, server: Server) -> None:
    assert (loaded(out, server.store).put, loaded(out, server.store)) == (3, Loaded(kept=3))
    page = pages / "city.txt"
    page.write_text(page.read_text("utf-8").replace("试样技能提升方案", "试样技能普惠方案"), "utf-8")
    kg.build(pages, out)
    again = loaded(out, server.store)
    assert (again.put, again.kept) == (1, 2)
    assert server.ask("ASK { GRAPH ?g { ?s ?p '哈尔滨市试样技能提升方案' } }") == []
    assert loaded(out, server.store, fresh=True).put == 3


def test_removed_documents_go_on_request_only(pages: Path, out: Path, server: Server) -> None:
    loaded(out, server.store)
    (pages / "city.txt").unlink()
    kg.build(pages, out)
    result = loaded(out, server.store)
    assert (result.stale, result.removed, len(server.graphs())) == (1, 0, 3)
    result = loaded(out, server.store, prune=True)
    assert (result.stale, result.removed, len(server.graphs())) == (0, 1, 2)
    assert loaded(out, server.store, prune=True).removed == 0


def test_what_others_put_there_stays(out: Path, server: Server) -> None:
    Connection(server.store).request(
        "PUT", [("graph", "http://x/g")], b"<http://x/s> <http://x/p> 1 .", {"Content-Type": "text/turtle"}
    )
    loaded(out, server.store, prune=True, union=True)
    assert "http://x/g" in server.graphs()


def test_a_store_that_was_emptied_is_filled_again(out: Path) -> None:
    port = free_port()
    with oxigraph(port=port) as server:
        loaded(out, server.store)
    with oxigraph(port=port) as server:
        result = loaded(out, server.store)
        assert (result.forgotten, result.put, len(server.graphs())) == (True, 3, 3)


def test_a_load_goes_on_where_the_server_was_killed(out: Path, tmp_path: Path) -> None:
    port, location = free_port(), tmp_path / "db"
    with oxigraph(port=port, location=location) as server:
        url, killed = server.store, []

        def kill(step: object) -> None:
            if len(killed) == 2:
                server.process.kill()
                server.process.wait()
            killed.append(step)

        connection = Connection(url, retries=1, pause=lambda _: None)
        with pytest.raises(StoreError, match="does not answer"):
            load(kg.open(out).store, connection, journal_path(out, url), watch=kill)
    with journal_path(out, url).open("a", encoding="utf-8") as file:
        file.write('["torn')
    with oxigraph(port=port, location=location) as server:
        result = loaded(out, url)
        assert (result.kept, result.put, len(server.graphs())) == (2, 1, 3)


class Dying(Connection):
    """Dies with its process once something was done, before that can be noted."""

    def request(self, method: str, *given: Any, **more: Any) -> Response:
        answer = super().request(method, *given, **more)
        if (method == "PUT" and "city" in str(given)) or method == "DELETE":
            raise KeyboardInterrupt
        return answer


def test_what_was_done_and_not_noted_is_done_again(pages: Path, out: Path, server: Server) -> None:
    loaded(out, server.store)
    page = pages / "city.txt"
    first = page.read_text("utf-8")
    journal = journal_path(out, server.store)
    page.write_text(first.replace("试样技能提升方案", "试样技能普惠方案"), "utf-8")
    kg.build(pages, out)
    with pytest.raises(KeyboardInterrupt):
        load(kg.open(out).store, Dying(server.store), journal)
    page.write_text(first, "utf-8")  # the build is again what was noted last
    kg.build(pages, out)
    assert loaded(out, server.store).put == 1
    assert server.ask("ASK { GRAPH ?g { ?s ?p '哈尔滨市试样技能普惠方案' } }") == []
    page.unlink()
    kg.build(pages, out)
    with pytest.raises(KeyboardInterrupt):
        load(kg.open(out).store, Dying(server.store), journal, prune=True)
    page.write_text(first, "utf-8")
    kg.build(pages, out)
    loaded(out, server.store)
    assert len(server.graphs()) == 3


class Shaky(BaseHTTPRequestHandler):
    """Answers what its server says, in order, then 204."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        assert isinstance(server, ShakyServer)
        server.seen.append(self.headers.get("Authorization", ""))
        status = server.answers.pop(0) if server.answers else 204
        if status == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        self.send_header("Content-Length", "0" if status == 204 else "7")
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(b"" if status == 204 else b"trouble")

    def log_message(self, *_: object) -> None:
        pass


class ShakyServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    answers: list[int]
    seen: list[str]


@pytest.fixture
def shaky() -> Iterator[ShakyServer]:
    server = ShakyServer(("127.0.0.1", 0), Shaky)
    server.answers, server.seen = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def at(server: ShakyServer, **settings: object) -> tuple[Connection, list[float]]:
    pauses: list[float] = []
    url = f"http://127.0.0.1:{server.server_port}/store"
    return Connection(url, pause=pauses.append, **settings), pauses  # type: ignore[arg-type]


@pytest.mark.parametrize("answers", [[503], [500, 502, 504], [429], [0], [0, 503]])
def test_what_may_pass_is_tried_again(shaky: ShakyServer, answers: list[int]) -> None:
    shaky.answers += answers
    connection, pauses = at(shaky)
    assert connection.request("PUT", [("graph", "http://x/g")], b"").status == 204
    assert len(pauses) == len(answers)
    assert all(pause >= 7 for pause, answer in zip(pauses, answers, strict=True) if answer)


@pytest.mark.parametrize(
    ("status", "words"),
    [(400, "refused with 400"), (401, "give --token"), (403, "an account"), (404, "path"), (413, "largest request")],
)
def test_what_will_not_pass_is_told_at_once(shaky: ShakyServer, status: int, words: str) -> None:
    shaky.answers.append(status)
    connection, pauses = at(shaky)
    with pytest.raises(StoreError) as caught:
        connection.request("PUT", [], b"")
    assert words in str(caught.value)
    assert connection.url in str(caught.value)
    assert pauses == []


def test_retries_end(shaky: ShakyServer) -> None:
    shaky.answers += [503] * 9
    connection, pauses = at(shaky, retries=3)
    with pytest.raises(StoreError, match=r"503 Service Unavailable after 4 attempts \(trouble\)"):
        connection.request("PUT", [], b"")
    assert len(pauses) == 3


def test_who_asks_is_told_to_the_server(shaky: ShakyServer) -> None:
    for credentials in (Credentials(token="abc"), Credentials(user="甲:乙"), Credentials()):
        at(shaky, credentials=credentials)[0].request("PUT", [], b"")
    assert shaky.seen == ["Bearer abc", "Basic 55SyOuS5mQ==", ""]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--to", "ftp://127.0.0.1/x"], "not an http or https address"),
        (["--to", "file:///etc/passwd"], "not an http or https address"),
        (["--to", "http://127.0.0.1:99999/"], "not an http or https address"),
        (["--to", "http://a:b@127.0.0.1/"], "holds a password"),
        (["--to", "http://127.0.0.1:9/store", "--user", "me"], "NAME:PASSWORD"),
        (["--to", "http://127.0.0.1:9/store", "--user", "a:b", "--token", "c"], "one of them"),
        (["--to", f"http://127.0.0.1:{free_port()}/store", "--retries", "0"], "does not answer"),
        ([], "'--to'"),
    ],
)
def test_misuse_is_one_line(
    out: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)
    monkeypatch.delenv("KG_USER", raising=False)
    assert run(["load", str(out), *arguments]) == 2
    complaint = capsys.readouterr().err
    assert words in complaint
    assert complaint.count("\n") == 1
