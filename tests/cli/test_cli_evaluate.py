"""`kg annotate` and `kg evaluate`, as from a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Kg = Callable[..., Any]


def test_from_a_page_to_its_evaluation(tmp_path: Path, pages: Path, kg: Kg) -> None:
    drafted = kg("annotate", str(pages / "union.txt"), cwd=tmp_path)
    assert (drafted.returncode, drafted.stderr) == (0, "")
    assert json.loads(drafted.stdout)["document"] == "union.txt"
    (tmp_path / "gold").mkdir()
    kg("annotate", str(pages / "union.txt"), "-o", "gold/union.json", cwd=tmp_path)
    assert (tmp_path / "gold" / "union.json").read_text("utf-8") == drafted.stdout
    again = kg("annotate", str(pages / "union.txt"), "-o", "gold/union.json", cwd=tmp_path)
    assert (again.returncode, again.complaint) == (2, "gold/union.json: this file exists already; move it away first")

    kg("build", str(pages), cwd=tmp_path)
    result = kg("evaluate", "out", "gold", "--errors", "--html", "e.html", "--pages", str(pages), cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "all facts        1.000      1.000      1.000" in result.stdout
    assert (tmp_path / "e.html").read_text("utf-8").startswith("<!doctype html>")
    one = kg("evaluate", "out/graph.ttl", "gold", "--only", "union", cwd=tmp_path)
    assert one.stdout in result.stdout


def test_misuse_is_one_line(tmp_path: Path, pages: Path, kg: Kg) -> None:
    (tmp_path / "gold").mkdir()
    missing = kg("evaluate", "out", "gold", cwd=tmp_path)
    assert (missing.returncode, missing.complaint[:29]) == (2, "gold: no reference files here")
    (tmp_path / "gold" / "union.json").write_text('{"facts": []}', "utf-8")
    assert kg("evaluate", "out", "gold", cwd=tmp_path).returncode == 2
    unknown = kg("evaluate", "out", "gold", "--only", "unio", cwd=tmp_path)
    assert unknown.complaint == "gold: there is no reference for 'unio'; did you mean 'union'?"
    several = kg("annotate", str(pages), cwd=tmp_path)
    assert several.complaint.endswith("holds several pages; give one page")
    assert kg("annotate", "none.txt", cwd=tmp_path).returncode == 2
