"""`run.py` sets up once, again when what is needed has changed, and says clearly why it cannot."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`run.py` at work in an empty folder; what it would run is only noted, in `run.calls`."""
    path = Path(__file__).parents[1] / "run.py"
    spec = importlib.util.spec_from_file_location("run", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "pyproject.toml").write_text("one")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "pyvenv.cfg").touch()
    module.ROOT = tmp_path
    module.VENV = tmp_path / ".venv"
    module.STAMP = module.VENV / "stamp"
    module.BIN = module.VENV / "bin"
    module.calls = []
    module.codes = {}

    def call(*arguments: str) -> int:
        module.calls.append(arguments)
        return module.codes.get(arguments[1], 0)

    monkeypatch.setattr(module, "call", call)
    monkeypatch.setattr(module, "runs", lambda: True)
    return module


def tools(run: ModuleType) -> list[str]:
    return [arguments[1] for arguments in run.calls]


def test_installs_once_and_builds(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([]) == 0
    assert tools(run) == ["pip", "kg"]
    assert "query who-leads" in capsys.readouterr().out
    assert run.main([]) == 0
    assert tools(run) == ["pip", "kg", "kg"]


def test_installs_again_when_what_is_needed_changes(run: ModuleType) -> None:
    run.main([])
    (run.ROOT / "pyproject.toml").write_text("two")
    run.main([])
    assert tools(run) == ["pip", "kg", "pip", "kg"]


def test_the_tools_of_development_serve_for_everything(run: ModuleType) -> None:
    run.main(["test"])
    run.main([])
    assert tools(run).count("pip") == 1


def test_a_failed_installation_is_tried_again(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    run.codes = {"pip": 1}
    assert run.main([]) == 2
    assert "the installation failed" in capsys.readouterr().err
    run.codes = {}
    assert run.main([]) == 0


@pytest.mark.parametrize(("failing", "code"), [("ruff", 1), ("mypy", 1), ("pytest", 1), (None, 0)])
def test_every_check_runs_and_any_failure_counts(run: ModuleType, failing: str | None, code: int) -> None:
    run.codes = {failing: 1}
    assert run.main(["test"]) == code
    assert tools(run) == ["pip", "ruff", "ruff", "mypy", "pytest"]


def test_an_old_python_is_named(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4, "final", 0))
    assert run.main([]) == 2
    assert capsys.readouterr().err == f"run.py: Python 3.11 or newer is needed, this is 3.10.4 ({sys.executable})\n"
    assert run.calls == []


def test_unknown_words_are_refused(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["tests"]) == 2
    assert capsys.readouterr().err == "run.py: usage: python3 run.py [test]\n"


def test_a_folder_that_is_no_environment_is_left_alone(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    (run.VENV / "pyvenv.cfg").unlink()
    (run.VENV / "thesis.txt").touch()
    assert run.main([]) == 2
    assert "is no virtual environment" in capsys.readouterr().err
    assert run.calls == []
