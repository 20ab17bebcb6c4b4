"""`kg serve` before a store of another make shows what it shows before the same build in a folder."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from remote_stores import Server, free_port, oxigraph
from serving import serving

import kg
from kg import output
from kg.cli.command import run
from kg.remote import Connection, journal_path, load

ONE = ("--workers", "1")
BODY = "/id/org/" + quote("黑龙江省总工会")
DOCUMENT = "/id/document/" + quote("union.txt")
PAGES = (
    "/",
    "/documents",
    BODY,
    BODY + "?section=leads",
    DOCUMENT,
    "/id/region/" + quote("黑龙江省"),
    "/graph?of=" + quote("黑龙江省总工会"),
    "/graph?of=" + quote("哈尔滨市总工会") + "&to=" + quote("黑龙江省"),
    "/compare",
    "/compare?indicator=" + quote("技能人才"),
    "/compare.csv?indicator=" + quote("技能人才"),
    "/ask",
    "/find?q=" + quote("省总"),
    "/id/org/" + quote("乌有总工会"),
    "/nowhere",
)
DATA = (
    "/api/search?q=" + quote("省总"),
    "/api/search?q=hljzgh",
    "/api/queries/who-leads?region=" + quote("黑龙江省"),
    "/api/queries/who-leads?rows=1",
    "/api/queries/who-leads?nothing=1",
    "/api/neighbourhood?of=" + quote("黑龙江省总工会"),
    "/api/paths?from=" + quote("哈尔滨市总工会") + "&to=" + quote("黑龙江省总工会"),
    BODY,
    "/graph/document/" + quote("union.txt"),
    "/ontology",
    "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    "/sparql?query=" + quote("SELECT ?s { ?s a kg:TradeUnion } ORDER BY ?s"),
    "/sparql?query=" + quote("ASK { ?who kg:leads ?what }"),
    "/sparql?query=" + quote("SELECT ?x { ?x kg:leads }"),
    "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
    "/sparql?update=" + quote("DELETE WHERE { ?s ?p ?o }"),
)


@pytest.fixture
def loaded(out: Path, server: Server) -> Server:
    load(kg.open(out).store, Connection(server.store), journal_path(out, server.store), union=True)
    return server


def test_every_address_answers_as_before_the_folder(out: Path, loaded: Server) -> None:
    (out / output.ARCHIVE).unlink()  # a store elsewhere has no texts either
    with serving(out, *ONE) as here, serving(loaded.query, *ONE) as there:

        def answers(address: str, accept: str) -> list[tuple[int, str]]:
            headers = {"Accept": accept, "Host": "127.0.0.1"}
            found = [client.get(address, headers=headers) for client in (here, there)]
            return [(one.status_code, one.text) for one in found]

        for address in PAGES:
            expected, found = answers(address, "text/html")
            assert found == expected, address
        for address in DATA:
            expected, found = answers(address, "application/n-triples, text/csv;q=0.5, application/json;q=0.1")
            # In which order triples come is left to the store.
            assert (found[0], sorted(found[1].splitlines())) == (expected[0], sorted(expected[1].splitlines())), address


def test_what_cannot_be_done_elsewhere_is_one_clear_line(loaded: Server) -> None:
    with serving(loaded.query, *ONE) as client:
        for address, status, words in [
            ("/dump.ttl", 501, f"ask for the graph where it lies, {loaded.query}"),
            ("/dump.nq", 501, "is not given out as a whole"),
            ("/page/union.txt", 404, "serve the folder of the build"),
        ]:
            answer = client.get(address)
            assert answer.status_code == status
            assert words in answer.text
        assert "dataDump" not in client.get("/.well-known/void", headers={"Accept": "text/turtle"}).text
        # No page leads to a text that is not there, and no answer is kept that may have changed.
        for address in (BODY, DOCUMENT, "/documents", "/graph?of=" + quote("黑龙江省总工会")):
            answer = client.get(address, headers={"Accept": "text/html"})
            assert "/page/" not in answer.text
            assert "etag" not in answer.headers


def test_a_store_that_is_gone_costs_the_answers_that_need_it(out: Path) -> None:
    port = free_port()
    with oxigraph(port=port) as store:
        load(kg.open(out).store, Connection(store.store), journal_path(out, store.store), union=True)
        url = store.query
        with serving(url, *ONE) as client:
            ask = {"query": "SELECT ?x { ?x kg:leads ?y }"}
            assert client.get("/sparql", params=ask).status_code == 200
            store.process.kill()
            store.process.wait()
            answer = client.get("/sparql", params=ask)
            assert answer.status_code == 502
            assert "does not answer" in answer.json()["detail"]
            assert client.get(BODY, headers={"Accept": "text/html"}).status_code in (200, 502)
            with oxigraph(port=port) as again:
                load(kg.open(out).store, Connection(again.store), journal_path(out, again.store), union=True)
                assert client.get("/sparql", params=ask).status_code == 200


class Slow:
    """Passes bytes on to a server, and nothing any more once it is told to hang."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.hanging = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}/query"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.port))
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65_536):
                if not self.hanging.is_set():
                    other.sendall(data)
        except OSError:
            pass
        finally:
            other.close()


def test_a_query_that_the_store_does_not_answer_is_stopped_in_time(out: Path, loaded: Server) -> None:
    slow = Slow(int(loaded.address.rpartition(":")[2]))
    with serving(slow.address, "--time-limit", "2", *ONE) as client:
        ask = {"query": "SELECT ?x { ?x kg:leads ?y }"}
        assert client.get("/sparql", params=ask).status_code == 200
        slow.hanging.set()
        started = time.monotonic()
        assert client.get("/sparql", params=ask).status_code == 504
        assert time.monotonic() - started < 10
    slow.listener.close()


def test_a_server_does_not_start_before_what_is_no_graph(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    for url, words in [
        (server.query, "no graph of kg"),
        (f"http://127.0.0.1:{free_port()}/query", "does not answer"),
        ("ftp://127.0.0.1/", "not an http or https address"),
    ]:
        assert run(["serve", "--store", url, "--port", "0"]) == 2
        told = capsys.readouterr().err
        assert words in told
        assert told.count("\n") == 1
