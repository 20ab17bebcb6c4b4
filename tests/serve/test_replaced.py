"""A build that takes the place of the one that is served, while it is asked."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from serving import PAGES, serving

import kg

Serve = Callable[..., httpx.Client]

# Rows come from the whole store, so that an answer of two builds would show.
EVERYTHING = """
SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?d) AS ?documents) { ?s ?p ?o OPTIONAL { ?s a kg:Document BIND(?s AS ?d) } }
"""


def counts(client: httpx.Client) -> tuple[str, str]:
    answer = client.post("/sparql", data={"query": EVERYTHING})
    assert answer.status_code == 200, answer.text
    (row,) = answer.json()["results"]["bindings"]
    return row["n"]["value"], row["documents"]["value"]


def test_every_answer_is_of_one_build(tmp_path: Path, serve: Serve) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    out = tmp_path / "out"
    (pages / "union.txt").write_text(PAGES["union.txt"], "utf-8")
    kg.build(pages, out)
    client = serve(out, "--workers", "2")
    small = counts(client)
    seen: set[tuple[str, str]] = set()
    failures: list[object] = []
    over = threading.Event()

    def keep_asking() -> None:
        with httpx.Client(base_url=client.base_url, timeout=60, trust_env=False) as own:
            while not over.is_set():
                try:
                    seen.add(counts(own))
                    for path in ("/", "/api/search?q=hlj", "/id/org/黑龙江省总工会", "/dump.ttl"):
                        answer = own.get(path)
                        assert answer.status_code == 200, (path, answer.text[:500])
                except Exception as error:
                    failures.append(error)
                    return

    threads = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        (pages / "city.txt").write_text(PAGES["city.txt"], "utf-8")
        kg.build(pages, out)
        large = counts(client)
        (pages / "city.txt").unlink()
        kg.build(pages, out)
        assert counts(client) == small
    over.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert small != large
    assert small in seen <= {small, large}
    found = client.get("/api/search", params={"q": "hebszgh"}).json()["hits"]
    assert found == []


def test_it_goes_on_when_the_folder_is_removed(built: Path, tmp_path: Path) -> None:
    out = shutil.copytree(built, tmp_path / "out")
    with serving(out, "--workers", "1") as client:
        before = counts(client)
        shutil.rmtree(out)
        assert counts(client) == before
        assert client.get("/id/org/黑龙江省总工会").status_code == 200


@pytest.mark.parametrize("name", ["kg-store.json"])
def test_a_damaged_build_is_not_taken_up(built: Path, tmp_path: Path, name: str) -> None:
    out = shutil.copytree(built, tmp_path / "out")
    with serving(out, "--workers", "1") as client:
        before = counts(client)
        (out / name).write_text("nonsense", "utf-8")
        assert counts(client) == before
        assert client.get("/").status_code == 200


ADDRESSES = [
    "/sparql?query=ASK%20%7B%7D",
    "/api/search?q=hlj",
    "/api/queries/who-leads",
    "/id/org/黑龙江省总工会",
    "/dump.nt",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_that_a_client_has_kept_is_not_sent_again(server: httpx.Client, path: str) -> None:
    first = server.get(path)
    tag = first.headers["etag"]
    again = server.get(path, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert "content-security-policy" in again.headers
    other = server.get(path, headers={"If-None-Match": tag, "Accept": "text/csv, text/turtle, */*;q=0.1"})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_what_a_client_has_kept_of_the_build_before_is_sent_anew(tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "union.txt").write_text(PAGES["union.txt"], "utf-8")
    kg.build(tmp_path / "union.txt", tmp_path / "out")
    client = serve(tmp_path / "out", "--workers", "1")
    tag = client.get("/api/search?q=hlj").headers["etag"]
    (tmp_path / "union.txt").write_text(PAGES["city.txt"], "utf-8")
    kg.build(tmp_path / "union.txt", tmp_path / "out")
    answer = client.get("/api/search?q=hlj", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


def test_refusals_have_no_tag(server: httpx.Client) -> None:
    assert "etag" not in server.get("/sparql?query=nonsense").headers
    assert server.get("/static/kg.css").headers["etag"]
