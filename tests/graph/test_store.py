"""A store on disk is whole or refused, and opening changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from records import record, second

from kg.errors import StoreError
from kg.graph import open_store, write_store
from kg.graph.store import DATABASE, FORMAT, MANIFEST


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_store([record(), second()], tmp_path / "out")
    return tmp_path / "out"


def rewritten(folder: Path, **changes: object) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**manifest, **changes}), "utf-8")


def test_what_was_written_is_read(folder: Path) -> None:
    graph = open_store(folder)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert manifest["documents"] == len(graph.document_graphs()) == 2
    assert manifest["triples"] == len(graph) == len(set(graph.triples()))
    assert graph.base == "https://kg.example/"


def test_opening_changes_nothing_and_two_may_read(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    first, other = open_store(folder), open_store(folder)
    assert len(first) == len(other)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_an_open_store_outlives_its_folder_being_moved(folder: Path) -> None:
    graph = open_store(folder)
    folder.rename(folder.with_name("old"))
    assert len(list(graph.quads())) > 0


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own
def test_rdflib_sees_the_same(folder: Path) -> None:
    graph = open_store(folder)
    found = graph.rdflib().query(
        "SELECT (COUNT(*) AS ?n) { ?s kg:leads ?o }", initNs={"kg": "https://kg.example/ontology#"}
    )
    assert [int(row.n) for row in found] == [1]


def test_a_store_is_not_written_over(folder: Path) -> None:
    with pytest.raises(StoreError, match="there is a store already"):
        write_store([record()], folder)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        write_store([record()], tmp_path / "file" / "out")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder; build the graph with `kg build`"):
        open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(StoreError, match="this is a file"):
        open_store(tmp_path / "x")


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(StoreError, match="holds no graph"):
        open_store(tmp_path)


@pytest.mark.parametrize(("format_", "message"), [(FORMAT - 1, "older version"), (FORMAT + 1, "upgrade this package")])
def test_another_version(folder: Path, format_: int, message: str) -> None:
    rewritten(folder, format=format_)
    with pytest.raises(StoreError, match=message):
        open_store(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "1"}', '{"format": 1, "other": 2}'])
def test_a_damaged_manifest(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text, "utf-8")
    with pytest.raises(StoreError, match="manifest"):
        open_store(folder)


def test_a_damaged_database(folder: Path) -> None:
    (folder / DATABASE / "CURRENT").write_text("x", "utf-8")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)


def test_a_build_that_was_cut_off_is_no_store(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    with pytest.raises(StoreError, match="holds no graph"):
        open_store(folder)
