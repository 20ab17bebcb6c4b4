"""`kg diff` tells which facts are new, gone or other, with their sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Kg

from kg import build

OLD = "由湖北省总工会牵头推进匠心行动。截至2023年底，武汉市有技术工人3.2万人。李明任武汉市总工会副主席。\n"
NEW = (
    "由湖北省总工会牵头推进匠心行动。截至2023年底，武汉市有技术工人3.5万人。武汉市总工会印发《武汉市技工培养办法》。\n"
)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("diff")
    for name, text in (("old", OLD), ("new", NEW), ("again", OLD)):
        (root / "page.txt").write_text(text, "utf-8")
        build(root / "page.txt", out=root / name)
    return root


def test_facts_that_came_went_and_changed(builds: Path, kg: Kg) -> None:
    result = kg("diff", "old", "new", cwd=builds)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "+ issues  武汉市总工会 — 武汉市技工培养办法",
        "    “武汉市总工会印发《武汉市技工培养办法》。” page.txt",
        "- post  李明 — 武汉市总工会 (副主席)",
        "    “李明任武汉市总工会副主席。” page.txt",
        "~ observation  武汉市 — 技术工人: 32000人 (../2023, Level) → 武汉市 — 技术工人: 35000人 (../2023, Level)",
        "  - “截至2023年底，武汉市有技术工人3.2万人。” page.txt",
        "  + “截至2023年底，武汉市有技术工人3.5万人。” page.txt",
        "1 appeared, 1 vanished, 1 changed",
    ]


def test_as_json(builds: Path, kg: Kg) -> None:
    found = json.loads(kg("diff", "old", "new", "--format", "json", cwd=builds).stdout)
    assert {name: len(facts) for name, facts in found.items()} == {"appeared": 1, "vanished": 1, "changed": 1}
    (change,) = found["changed"]
    assert (change["before"]["value"], change["after"]["value"]) == ("32000", "35000")
    assert change["after"]["evidence"][0]["document"]["identifier"] == "page.txt"


def test_builds_of_the_same_do_not_differ(builds: Path, kg: Kg) -> None:
    result = kg("diff", "old", "again", cwd=builds)
    assert (result.returncode, result.stdout) == (0, "no fact differs\n")


def test_other_bases_are_refused(builds: Path, kg: Kg) -> None:
    build(builds / "page.txt", out=builds / "based", base="https://other.example/")
    result = kg("diff", "old", "based", cwd=builds)
    assert result.returncode == 2
    assert "different bases" in result.complaint
