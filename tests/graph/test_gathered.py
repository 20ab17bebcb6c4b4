"""Paragraphs put aside on disk come out as those kept in memory do."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from records import record, second
from test_settling import VARIANTS

from kg.graph import gathered, loader
from kg.graph.contribution import contribution
from kg.graph.export import serialize
from kg.graph.gathered import Gathered
from kg.graph.identity import DEFAULT_BASE
from kg.graph.store import open_store, write_store

RECORDS = [record(), second(), *VARIANTS]


@pytest.mark.parametrize("size", [0, 3000, 1 << 30])
def test_the_turtle_is_that_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(gathered, "RUN_BYTES", size)
    monkeypatch.setattr(loader, "LEAST", size)
    monkeypatch.setattr(loader, "MOST", size)
    contributions = [contribution(each, DEFAULT_BASE) for each in RECORDS]
    with Gathered(tmp_path, DEFAULT_BASE) as all_:
        for each in contributions:
            all_.add(each)
        written = write_store(contributions, tmp_path / "out", unsettled=all_.unsettled)
        graph = open_store(tmp_path / "out")
        found, expected = BytesIO(), BytesIO()
        all_.write(graph, found, {edit.quad.subject for edit in written.settled})
    serialize(graph, "turtle", expected)
    assert found.getvalue() == expected.getvalue()
    assert written.manifest.triples == len(graph)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_all_that_is_settled_is_found_to_be_unsettled(tmp_path: Path) -> None:
    looked_for = write_store(RECORDS, tmp_path / "one").settled
    assert looked_for
    with Gathered(tmp_path, DEFAULT_BASE) as all_:
        for each in RECORDS:
            all_.add(contribution(each, DEFAULT_BASE))
        assert {edit.quad.subject for edit in looked_for} <= all_.unsettled()
