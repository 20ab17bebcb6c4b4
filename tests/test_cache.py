"""What was worked out once is kept, and nothing depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cache import kept


class Maker:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> list[str]:
        self.calls += 1
        return ["工人", "\n"]


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield tmp_path / "policy-kg"
    if tmp_path.exists():
        tmp_path.chmod(0o755)


def test_an_equal_text_is_worked_out_once(make: Maker, folder: Path) -> None:
    assert kept("甲", make) == kept("甲", make) == ["工人", "\n"]
    assert make.calls == 1
    assert len(list(folder.iterdir())) == 1


def test_another_text_is_worked_out_anew(make: Maker) -> None:
    kept("甲", make)
    kept("乙", make)
    assert make.calls == 2


@pytest.mark.parametrize("damage", [b"", b"[]", b"\xff\xfe", b"0" * 64 + b"\n[]"])
def test_a_damaged_entry_is_worked_out_and_mended(make: Maker, folder: Path, damage: bytes) -> None:
    kept("甲", make)
    (entry,) = folder.iterdir()
    entry.write_bytes(damage)
    assert kept("甲", make) == kept("甲", make) == ["工人", "\n"]
    assert make.calls == 2


def test_a_file_in_the_place_of_the_folder_does_no_harm(make: Maker, folder: Path) -> None:
    folder.write_text("no folder")
    assert kept("甲", make) == kept("甲", make) == ["工人", "\n"]
    assert make.calls == 2
    assert folder.read_text() == "no folder"


def test_no_home_does_no_harm(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert kept("甲", make) == ["工人", "\n"]


def test_the_folder_does_not_grow_without_end(make: Maker, folder: Path) -> None:
    for number in range(80):
        kept(f"{number}", make)
    assert len(list(folder.iterdir())) == 64


def test_what_fails_is_not_kept(make: Maker, folder: Path) -> None:
    def fail() -> None:
        raise KeyError("甲")

    with pytest.raises(KeyError):
        kept("甲", fail)
    assert kept("甲", make) == ["工人", "\n"]
