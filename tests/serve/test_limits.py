"""What one query may take, and that the server goes on when one takes more."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from serving import limited

Serve = Callable[..., httpx.Client]

# The rows of the graph by themselves, five times over: no machine comes to an end of them.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p FILTER(?c < ?f) }"
WIDE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
GREEDY = "SELECT ?x ?y { ?x ?a ?b . ?y ?c ?d . ?z ?e ?f } ORDER BY ?b ?d ?f"


def ask(client: httpx.Client, query: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query})


def test_a_query_that_never_ends_is_stopped(built: Path, limit: Serve) -> None:
    client = limit(built, time_limit=1.0, workers=1)
    started = time.monotonic()
    answer = ask(client, ENDLESS)
    assert answer.status_code == 504
    assert answer.json()["detail"] == "the query was stopped after 1 seconds; ask for less, or more precisely"
    assert 1 <= time.monotonic() - started < 10
    assert ask(client, "ASK {}").json()["boolean"] is True


def test_stopping_really_stops_the_work(own: Path, limit: Serve) -> None:
    client = limit(own, time_limit=0.5, workers=1)
    assert ask(client, "ASK {}").status_code == 200
    (before,) = workers_of(own)
    assert ask(client, ENDLESS).status_code == 504
    assert ask(client, "ASK {}").status_code == 200
    (after,) = workers_of(own)
    assert before != after


def test_an_answer_that_is_too_large_is_refused_whole(built: Path, limit: Serve) -> None:
    client = limit(built, result_limit=1 << 20)
    for accept in ("text/csv", "application/sparql-results+json", "application/sparql-results+xml"):
        answer = client.post("/sparql", data={"query": WIDE}, headers={"Accept": accept})
        assert answer.status_code == 422
        assert "the answer has more than 1,048,576 bytes" in answer.json()["detail"]
    assert ask(client, WIDE + " LIMIT 10").status_code == 200


def test_an_answer_of_many_pieces_comes_whole(built: Path, server: httpx.Client) -> None:
    answer = server.post("/sparql", data={"query": WIDE + " LIMIT 20000"}, headers={"Accept": "text/csv"})
    assert len(answer.content) == int(answer.headers["content-length"]) > 1 << 20
    assert len(answer.text.splitlines()) == 20_001


def test_a_query_that_takes_too_much_memory_is_stopped(built: Path, limit: Serve) -> None:
    client = limit(built, memory_limit=600 << 20, workers=1)
    answer = ask(client, GREEDY)
    assert answer.status_code == 422
    assert "memory" in answer.json()["detail"]
    assert ask(client, "ASK {}").json()["boolean"] is True


def test_beyond_the_queue_clients_are_told_to_come_again(built: Path, limit: Serve) -> None:
    client = limit(built, time_limit=2.0, workers=1, waiting=2)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(client, ENDLESS), range(8)))
    statuses = sorted(answer.status_code for answer in answers)
    assert set(statuses) <= {503, 504}
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) >= 5
    assert all(answer.headers["retry-after"] == "1" for answer in refused)
    assert ask(client, "ASK {}").status_code == 200


def test_a_client_that_leaves_ends_its_query(built: Path, limit: Serve) -> None:
    client = limit(built, time_limit=60.0, workers=1)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/sparql", data={"query": ENDLESS}, timeout=0.5)
    started = time.monotonic()
    assert ask(client, "ASK {}").status_code == 200
    assert time.monotonic() - started < 20


def test_bodies_have_a_bound(server: httpx.Client) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    assert server.post("/sparql", content=b"#" * (2 << 20), headers=headers).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"#" * (1 << 16)

    # Sent in pieces, without saying how many.
    with contextlib.suppress(httpx.WriteError):  # the answer may come, and all be closed, before everything is sent
        assert server.post("/sparql", content=pieces(), headers=headers).status_code == 413
    assert server.get("/").status_code == 200


def test_headers_have_a_bound(server: httpx.Client) -> None:
    with socket.create_connection((server.base_url.host, server.base_url.port or 0), 20) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: " + b"x" * (1 << 20) + b"\r\n\r\n")
        answer = connection.recv(1 << 16)
    assert answer.startswith(b"HTTP/1.1 4")
    assert server.get("/").status_code == 200


def test_a_worker_that_dies_is_replaced(own: Path, limit: Serve) -> None:
    client = limit(own, workers=1)
    assert ask(client, "ASK {}").status_code == 200
    for pid in workers_of(own):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.5)
    assert ask(client, "ASK {}").json()["boolean"] is True


def test_workers_end_with_the_server(own: Path) -> None:
    with limited(own, workers=2) as client:
        assert ask(client, "ASK {}").status_code == 200
        assert len(workers_of(own)) == 2
    assert workers_of(own) == []


def test_workers_end_with_a_server_that_is_killed(own: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--store", str(own), "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout
        address = server.stdout.readline().decode().split()[0]
        assert httpx.get(f"{address}sparql?query=ASK%20%7B%7D", trust_env=False).status_code == 200
        server.kill()
    for _ in range(100):
        if not workers_of(own):
            break
        time.sleep(0.1)
    assert workers_of(own) == []


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A build of one's own, by which to tell the processes that serve it."""
    return shutil.copytree(built, tmp_path / "own")


def workers_of(out: Path) -> list[int]:
    """Return the processes that answer queries on the build at `out`."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,args"], capture_output=True, encoding="utf-8", check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "kg.serve.worker" in line and f'"{out}"' in line]
