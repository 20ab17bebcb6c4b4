"""What the READMEs say is what happens: their commands run, their answers are the real ones."""

from __future__ import annotations

import importlib.util
import re
import shlex
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Kg = Callable[..., Any]  # see conftest.py

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]


def code(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def update_readme() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_readme", ROOT / "scripts" / "update_readme.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, kg: Kg) -> Path:
    """A folder with the samples and their build, as `python3 run.py` leaves it."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    result = kg("build", "seeds", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.parametrize("name", READMES)
def test_answers_are_the_real_ones(seeds: Path, update_readme: ModuleType, name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "<!-- answer -->" in text
    assert update_readme.updated(text, seeds) == text, "run 'python scripts/update_readme.py'"


@pytest.mark.parametrize("name", READMES)
def test_commands_run(seeds: Path, kg: Kg, name: str) -> None:
    commands = [shlex.split(line) for block in code(name, "sh") for line in block.splitlines()]
    assert ["python3", "run.py"] in commands
    assert ["python3", "run.py", "test"] in commands
    for program, *arguments in commands:
        if program.endswith("kg"):
            result = kg(*arguments, cwd=seeds)
            assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", READMES)
def test_python_runs(
    seeds: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(seeds)
    (program,) = code(name, "python")
    exec(program, {})
    assert "黑龙江省总工会" in capsys.readouterr().out


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / target).exists(), target


def test_the_rule_of_contributing_holds(tmp_path: Path, kg: Kg) -> None:
    (rule,) = re.findall(r" *```yaml\n(.*?) *```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "leads.yaml").write_text(textwrap.dedent(rule), "utf-8")
    result = kg("rules", "test", "--rules", "leads.yaml", "leads.at-the-helm", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_contributing_names_every_position() -> None:
    from kg.extract.rulebook.ruleset import POSITIONS

    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [name for name in POSITIONS if f"`{name}`" not in text] == []
