"""`--min-confidence` leaves out what was read with less, in a build and in answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Kg = Callable[..., Any]


COUNT = "SELECT (COUNT(*) AS ?n) { ?fact kg:evidence ?evidence }"
LOWEST = "SELECT (MIN(?c) AS ?n) { ?evidence kg:confidence ?c }"


def number(kg: Kg, folder: Path, query: str, *options: str) -> float:
    result = kg("query", "-", "--format", "json", *options, cwd=folder, input=query)
    assert result.returncode == 0, result.stderr
    rows = json.loads(result.stdout)["results"]["bindings"]
    return float(rows[0]["n"]["value"]) if rows[0] else 1.0


def test_a_query_shows_no_facts_below(built: Path, kg: Kg) -> None:
    every = number(kg, built, COUNT)
    assert number(kg, built, COUNT, "--min-confidence", "0") == every
    assert number(kg, built, COUNT, "--min-confidence", "1") < every
    assert number(kg, built, LOWEST, "--min-confidence", "0.9") >= 0.9


def test_a_build_holds_no_facts_below(built: Path, pages: Path, tmp_path: Path, kg: Kg) -> None:
    assert kg("build", pages, "--min-confidence", "1", cwd=tmp_path).returncode in (0, 1)
    assert number(kg, tmp_path, COUNT) == number(kg, built, COUNT, "--min-confidence", "1")


def test_what_is_no_confidence_is_said(built: Path, kg: Kg) -> None:
    result = kg("query", "who-leads", "--min-confidence", "90", cwd=built)
    assert result.returncode == 2
    assert "--min-confidence" in result.complaint


def test_the_picture_opens_at_a_confidence(built: Path, kg: Kg) -> None:
    shown = kg("view", "--no-browser", "--min-confidence", "0.9", cwd=built).stdout.strip()
    assert shown == f"{(built / 'out' / 'graph.html').as_uri()}#min-confidence=0.9"
