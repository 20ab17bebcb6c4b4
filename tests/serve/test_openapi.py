"""The description of the interface is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest


def test_the_page_of_the_interface_names_every_operation(server: httpx.Client) -> None:
    described = server.get("/api/openapi.json").json()
    page = server.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert {"/sparql", "/api/search", "/api/queries/{name}", "/id/{name}", "/dump.{suffix}"} <= set(described["paths"])
    for path in described["paths"]:
        assert path in page.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page.text)
    assert "<script>" not in page.text


def test_every_status_of_ours_is_described(server: httpx.Client) -> None:
    for operations in server.get("/api/openapi.json").json()["paths"].values():
        for operation in operations.values():
            assert operation["description"]
            assert "application/problem+json" in operation["responses"]["default"]["content"]


# Python's own generator of requests from the description: whatever it sends is answered as described.
def test_schemathesis(server: httpx.Client, tmp_path: Path) -> None:
    pytest.importorskip("schemathesis")
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", str(server.base_url.join("/api/openapi.json"))]
    command += ["--max-examples", "15", "--seed", "1", "--no-color", "--checks"]
    # Not whether all that is valid is accepted: no schema tells SPARQL from other text.
    command += [
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
        "response_headers_conformance,unsupported_method"
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stdout[-6000:]
