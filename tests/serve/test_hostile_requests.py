"""A thousand requests that nobody well-meaning would send: none reaches a file or a host, none ends the server."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

Serve = Callable[..., httpx.Client]
FORM = "application/x-www-form-urlencoded"

# Queries that try to leave the store, to change it, or to break what reads them.
QUERIES = [
    "LOAD <file:///etc/passwd>",
    "LOAD SILENT <http://127.0.0.1:{port}/> INTO GRAPH <http://x/>",
    "CLEAR ALL",
    "DROP SILENT ALL",
    "INSERT DATA {{ <http://x/> <http://x/> 1 }}",
    "WITH <http://x/> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <http://127.0.0.1:{port}/> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ }} }} }} }}",
    "SELECT * {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ S\\u0045RVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p '\\u0027 }} # ' . SERVICE <http://127.0.0.1:{port}/> {{ }} }}",
    "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <http://127.0.0.1:{port}/> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "PREFIX x: <http://127.0.0.1:{port}/> SELECT * FROM x:y {{ ?s ?p ?o }}",
    "BASE <file:///etc/> SELECT * FROM <passwd> {{ ?s ?p ?o }}",
    "BASE <http://127.0.0.1:{port}/> SELECT * FROM <x> {{ ?s ?p ?o }}",
    "DESCRIBE <file:///etc/passwd>",
    "DESCRIBE <http://127.0.0.1:{port}/>",
    "SELECT (<http://127.0.0.1:{port}/f>(1) AS ?x) {{}}",
    "SELECT ?x {{ BIND(IRI('file:///etc/passwd') AS ?x) GRAPH ?x {{ ?s ?p ?o }} }}",
    "ASK {{ " + "{{ " * 500 + "}} " * 500 + "}}",
    "ASK {{ FILTER(" + "(" * 2000 + "1" + ")" * 2000 + ") }}",
    "ASK {{ FILTER(" + "!" * 5000 + "true) }}",
    "SELECT * {{ ?s " + "/".join(["!<x:y>"] * 3000) + " ?o }}",
    "SELECT * {{ FILTER REGEX('a', '(a*)*b') }}",
    "SELECT (REPLACE('" + "a" * 1000 + "', '(a|aa)+$', 'b') AS ?x) {{}}",
    "SELECT (STRDT('x', <http://x/>) AS ?y) (1/0 AS ?z) {{}}",
    "SELECT ?x {{ VALUES ?x {{ " + "1 " * 20000 + "}} }}",
    "who-leads",
    "../../etc/passwd",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\x00",
    "{{}}",
    "SELECT",
    "#",
    "🏭" * 1000,
    "\ud800",
]
PATHS = [
    "/../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/static/../../settings.py",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static//etc/passwd",
    "/static/..%5c..%5capp.py",
    "/static/%00",
    "/id/%2e%2e/%2e%2e/etc/passwd",
    "/id/%FF%FE",
    "/id/" + "a/" * 2000,
    "/id/%0d%0aSet-Cookie:x",
    "/dump.../../etc/passwd",
    "/dump.%2e%2e%2fetc%2fpasswd",
    "/dump.",
    "/graph/../../x",
    "//evil.example/",
    "/%",
    "/%zz",
    "/\u202e",
    "/api/queries/%2e%2e",
    "/api/queries/who-leads?region=%00",
    "/api/queries/who-leads?region=" + "x" * 20000,
    "/api/search?q=" + "%00" * 100,
    "/api/search?q=" + "a" * 5000,
    "/api/search?q=%ED%A0%80",
    "/api/search?q=x&limit=-1",
    "/api/search?q=x&limit=1e9",
    "/api/search?q=x&limit=NaN",
    "/api/search?q=x&type=__class__",
    "/.git/config",
    "/.env",
    "/wp-admin",
    "/sparql?query=" + "(" * 3000,
    "/sparql?" + "x=1&" * 2000,
    "/sparql?query=ASK%7B%7D&rows=-1",
    "/sparql?format=../x&query=ASK%7B%7D",
    "/?lang=<script>",
    "/.well-known/void?format=%00",
    "/ontology?format=csv",
]
RAW = [
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\nx",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
    b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: \xff\xfe; =; kg-token\r\nAccept: ,,;;q=\x80\r\n\r\n",
    b"\r\n\r\n\r\n",
    b"",
]
HEADERS = [
    {"Accept": "a" * 10_000},
    {"Accept": "*/*;q=" + "9" * 400},
    {"Accept": ", ;q=1, text/csv;q=2;q=x"},
    {"Content-Type": "application/sparql-query; charset=" + "x" * 1000},
    {"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"},
    {"Content-Type": "multipart/form-data; boundary=x"},
    {"Authorization": "Bearer " + "x" * 5000},
    {"Cookie": "kg-token=" + "%00" * 100},
    {"Origin": "http://[::1"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"},
    {"Range": "bytes=0-,5-1"},
    {"If-None-Match": "*"},
]


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """A listener that nobody may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def test_a_thousand_requests(built: Path, limit: Serve, trap: socket.socket) -> None:
    server = limit(built, time_limit=3.0)
    port = trap.getsockname()[1]
    chance = random.Random(8765)
    statuses: dict[int, int] = {}

    def check(answer: httpx.Response) -> None:
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        text = answer.content
        assert answer.status_code < 500 or answer.status_code == 504, (answer.request, text[:500])
        assert b"Traceback" not in text
        assert b"root:" not in text
        assert b".py" not in text or answer.status_code == 200
        assert "evil.example" not in answer.headers.get("location", "")
        assert "set-cookie" not in answer.headers

    for query in QUERIES:
        text = query.format(port=port).encode("utf-8", "surrogatepass")
        check(server.get(f"/sparql?query={quote(text)}") if len(text) < 15_000 else server.get("/sparql"))
        check(server.post("/sparql", content=b"query=" + quote(text).encode(), headers={"Content-Type": FORM}))
        check(server.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query"}))
    for path in PATHS:
        for method in ("GET", "POST", "HEAD"):
            check(
                server.request(method, server.base_url.join(path) if "//" not in path else f"{server.base_url}/{path}")
            )
    for headers in HEADERS:
        for path in ("/", "/sparql?query=ASK%7B%7D", "/id/org/x", "/api/search?q=x"):
            check(server.get(path, headers=headers))
            check(server.post(path, headers=headers, content=b"\xff\x00x=%%%&&&"))
    while sum(statuses.values()) < 1000:
        # Of what is well-formed, some bytes are changed.
        text = bytearray(b"SELECT ?who { ?who kg:leads ?what FILTER(STRLEN(STR(?who)) > 3) } ORDER BY ?who LIMIT 5")
        for _ in range(chance.randint(1, 12)):
            text[chance.randrange(len(text))] = chance.randrange(256)
        check(server.post("/sparql", content=bytes(text), headers={"Content-Type": "application/sparql-query"}))
    for raw in RAW:
        with socket.create_connection((server.base_url.host, server.base_url.port or 0), 10) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            received = connection.recv(1 << 16)
            assert not received or received.startswith((b"HTTP/1.1 4", b"HTTP/1.1 2")), (raw[:80], received[:300])
    with pytest.raises(BlockingIOError):
        trap.accept()
    assert statuses[400] > 200
    assert server.get("/sparql", params={"query": "ASK { ?s kg:leads ?o }"}).json()["boolean"] is True
