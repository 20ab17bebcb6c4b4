"""Who is answered, under which name, and what every answer bears."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

Serve = Callable[..., httpx.Client]


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/openapi.json", "/static/kg.css"])
def test_every_answer_bears_the_headers_of_safety(server: httpx.Client, path: str) -> None:
    headers = server.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1@evil.example"])
def test_other_names_of_the_host_are_refused(server: httpx.Client, host: str) -> None:
    assert server.get("/", headers={"Host": host}).status_code in (400, 421)


def test_names_that_were_allowed_are_answered(built: Path, serve: Serve) -> None:
    client = serve(built, "--allow-host", "kg.internal", "--base", "https://graph.example/kg/")
    for host in ("kg.internal", "KG.internal:8765", "graph.example"):
        assert client.get("/", headers={"Host": host}).status_code == 200
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_other_methods_are_refused(server: httpx.Client, method: str) -> None:
    answer = server.request(method, "/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_who_may_read_across_origins(built: Path, server: httpx.Client, serve: Serve) -> None:
    def allowed(client: httpx.Client, origin: str) -> str | None:
        answer = client.options("/sparql", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert answer.status_code == 204
        return answer.headers.get("access-control-allow-origin")

    assert allowed(server, "http://localhost:3000") == "http://localhost:3000"
    assert allowed(server, "https://elsewhere.example") is None
    assert allowed(serve(built, "--cors", "https://elsewhere.example"), "https://elsewhere.example") is not None
    assert allowed(serve(built, "--cors", "*"), "https://any.example") is not None


def test_a_token_is_asked_for_and_a_browser_gets_a_cookie(built: Path, serve: Serve) -> None:
    client = serve(built, KG_TOKEN="open-sesame")
    for path in ("/", "/nothing", "/static/kg.css", "/api/openapi.json", "/?token=open-sesam", "/?token=é"):
        refused = client.get(path)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert "open-sesame" not in refused.text
    assert client.get("/", headers={"Authorization": "Bearer open-sesame"}).status_code == 200
    assert client.get("/", headers={"Authorization": "Basic open-sesame"}).status_code == 401
    first = client.get("/?lang=en&token=open-sesame")
    assert first.status_code == 303
    assert first.headers["location"] == "/?lang=en"
    assert "httponly" in first.headers["set-cookie"].lower()
    assert "open-sesame" not in first.headers["set-cookie"]
    assert client.get("/").status_code == 200  # by the cookie


def test_below_a_base_the_cookie_is_for_safe_connections(built: Path, serve: Serve) -> None:
    client = serve(built, "--token", "x", "--base", "https://graph.example/kg/")
    for path in ("/search?token=x", "/kg/search?token=x"):
        answer = client.get(path)
        assert answer.headers["location"] == "/kg/search"
        assert "secure" in answer.headers["set-cookie"].lower()


def test_a_path_with_a_token_leads_to_no_other_server(built: Path, serve: Serve) -> None:
    client = serve(built, "--token", "x")
    answer = client.get(f"{client.base_url}//evil.example/?token=x")
    assert answer.headers["location"] == "/evil.example/"
