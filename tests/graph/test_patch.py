"""A store that was patched is the store that would have been written from nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from records import ENTITIES, article, evidence, record
from test_settling import VARIANTS

from kg.graph.contribution import contribution
from kg.graph.export import serialize
from kg.graph.identity import DEFAULT_BASE
from kg.graph.patch import patch_store
from kg.graph.settling import Edit
from kg.graph.splice import splice_turtle
from kg.graph.store import Manifest, open_store, read_manifest, write_store
from kg.model import Record, Relation

NAMES = [variant.article.page.identifier for variant in VARIANTS] + ["甲.txt", "乙.txt"]


def of(name: str, variant: int) -> Record:
    """One of several contents of a document: settled against others, shared with others, or next to nothing."""
    if variant < len(VARIANTS):
        return Record(article(name), VARIANTS[variant].entities)
    if variant == len(VARIANTS):
        return record(name)
    leads = Relation("leads", ENTITIES[1].id, ENTITIES[4].id, evidence("牵头"))
    return Record(article(name, title="另一题"), (ENTITIES[1], ENTITIES[4]), (leads,))


contents = st.dictionaries(st.sampled_from(NAMES), st.integers(0, len(VARIANTS) + 1), min_size=1)


def of_nodes(settled: Sequence[Edit]) -> Callable[[set[NamedNode]], list[Edit]]:
    return lambda nodes: [edit for edit in settled if edit.quad.subject in nodes]


def turtle(folder: Path) -> bytes:
    """Return the Turtle of a store, and leave it beside the store."""
    with (folder / "graph.ttl").open("wb") as file:
        serialize(open_store(folder), "turtle", file)
    return (folder / "graph.ttl").read_bytes()


def spliced(earlier: Path, folder: Path, touched: set[NamedNode]) -> bytes:
    turtle(earlier)
    out = BytesIO()
    splice_turtle(earlier / "graph.ttl", open_store(folder), touched, out)
    return out.getvalue()


def everything(folder: Path) -> tuple[set[str], Manifest]:
    return {str(quad) for quad in open_store(folder).store}, read_manifest(folder)


@settings(max_examples=15)
@given(before=contents, steps=st.lists(contents, min_size=1, max_size=3))
def test_equals_a_store_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, int], steps: list[dict[str, int]]
) -> None:
    root = tmp_path_factory.mktemp("patch")
    settled = write_store((of(*item) for item in before.items()), root / "0").settled
    for number, after in enumerate(steps, 1):
        gone = [name for name, variant in before.items() if after.get(name) != variant]
        changed = [of(name, variant) for name, variant in after.items() if before.get(name) != variant]
        fresh = [contribution(record, DEFAULT_BASE) for record in changed]
        earlier, patched, scratch = root / str(number - 1), root / str(number), root / f"scratch{number}"
        old = everything(earlier)
        result = patch_store(earlier, patched, gone=gone, contributions=fresh, settled=of_nodes(settled))
        write_store((of(*item) for item in after.items()), scratch)
        assert everything(patched) == everything(scratch)
        assert everything(earlier) == old
        assert spliced(earlier, patched, result.differing) == turtle(scratch)
        # Everything that differs is among what is said to be touched.
        differing = old[0] ^ everything(patched)[0]
        assert {quad.split(" ")[0] for quad in differing} <= {str(node) for node in result.differing}
        before = after
        settled = [edit for edit in settled if edit.quad.subject not in result.concerned] + result.settled


def test_sorted_rows_are_shared(tmp_path: Path) -> None:
    settled = write_store([record("甲.txt"), record("乙.txt")], tmp_path / "one").settled
    patch_store(tmp_path / "one", tmp_path / "two", gone=["甲.txt"], contributions=[], settled=of_nodes(settled))
    inodes = {path.stat().st_ino for path in (tmp_path / "one" / "store").glob("*.sst")}
    assert inodes & {path.stat().st_ino for path in (tmp_path / "two" / "store").glob("*.sst")}


def test_without_links_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refused)
    settled = write_store([record("甲.txt"), record("乙.txt")], tmp_path / "one").settled
    patch_store(tmp_path / "one", tmp_path / "two", gone=["甲.txt"], contributions=[], settled=of_nodes(settled))
    assert len(open_store(tmp_path / "two").document_graphs()) == 1
