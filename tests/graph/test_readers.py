"""What people see of the graph: explanations, counts, tables, networks."""

from __future__ import annotations

import csv
import errno
import io
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from records import BODY, UNION, article, evidence, record, second, third
from test_export import HOSTILE, hostile

from kg.errors import StoreError
from kg.graph import GraphStore, serialize
from kg.graph.explain import explain
from kg.graph.network import to_networkx
from kg.graph.reading import Reader
from kg.graph.stats import stats
from kg.graph.tables import cell, write_tables
from kg.model import Entity, Record, Relation


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    return GraphStore.in_memory([record(), second(), third()])


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("青川市总工会", "青川市总工会"),
        ("市总工会", "青川市总工会"),
        ("“学徒安家” 行动", "学徒安家行动"),
        ("机床厂", "青川机床厂工会"),
        ("东岭省", "东岭省"),
        ("女技工", "女技工"),
    ],
)
def test_a_thing_is_found_by_name_alias_or_part(graph: GraphStore, name: str, label: str) -> None:
    found = explain(graph, name)
    assert found.thing is not None
    assert found.thing.label == label


def test_everything_known_is_told_with_sentence_and_source(graph: GraphStore) -> None:
    found = explain(graph, "青川市总工会")
    assert [fact.type for fact in found.facts] == ["leads", "issues", "organises", "post"]
    leads = found.facts[0]
    assert leads.object.label == "青川技工培养改革"
    assert [quote.document.identifier for quote in leads.quotes] == ["乙.html", "甲.txt"]
    assert leads.quotes[1].sentence == "青川市总工会牵头青川技工培养改革。"
    assert leads.quotes[1].document.issued == "2024-03-02"
    assert (leads.quotes[1].rule, leads.confidence) == ("test.rule", 0.9)
    assert found.facts[1].dates == ("2023-05",)
    assert found.facts[3].details == {"roles": "主席、党组书记"}


def test_a_name_of_several_things_lists_them(graph: GraphStore) -> None:
    found = explain(graph, "总工会")
    assert found.thing is None
    assert [thing.label for thing in found.candidates] == ["南浦市总工会", "青川市总工会"]


@pytest.mark.parametrize("name", ["青川市总工汇", "", "“”", 'x" } #', "完全不同"])
def test_a_name_of_nothing_gives_the_nearest(graph: GraphStore, name: str) -> None:
    found = explain(graph, name)
    assert (found.thing, found.facts, found.candidates) == (None, (), ())
    if name == "青川市总工汇":
        assert found.nearest[0] == "青川市总工会"


def test_counts(graph: GraphStore) -> None:
    found = stats(graph)
    assert found["documents"] == 3
    assert found["triples"] == len(graph)
    assert found["entities"]["TradeUnion"] == 3
    assert found["facts"] == {
        **{"observation": 5, "leads": 2, "honour": 1, "implements": 1, "issues": 1, "organises": 1},
        **{"participatesIn": 1, "post": 1},
    }
    assert found["corroborated"] == 2
    assert stats(GraphStore.in_memory([])) == {
        **{"documents": 0, "teasers": 0, "triples": 0, "entities": {}, "facts": {}, "evidence": 0, "corroborated": 0}
    }


def test_unknown_facts_are_an_error(graph: GraphStore) -> None:
    with pytest.raises(KeyError):
        Reader(graph).fact("https://kg.example/id/fact/none")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("-3.5", "-3.5"),
        ("12", "12"),
        ("甲=乙", "甲=乙"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(value: str, written: str) -> None:
    assert cell(value) == written


def test_tables_open_in_a_spreadsheet(graph: GraphStore, tmp_path: Path) -> None:
    entities, relations, observations = write_tables(graph, tmp_path / "csv")
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (entities, relations, observations))
    rows = {path: list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))) for path in (entities, relations)}
    assert next(row for row in rows[entities] if row["label"] == "青川市")["adcode"] == "990100"
    (leads,) = (row for row in rows[relations] if row["relation"] == "leads" and row["document"] == "甲.txt")
    assert (leads["subject"], leads["object"]) == ("青川市总工会", "青川技工培养改革")
    assert leads["sentence"] == BODY.splitlines()[0]
    assert "12500" in observations.read_text("utf-8-sig")


def test_hostile_cells_are_harmless(tmp_path: Path) -> None:
    evil = Entity("Enterprise", '=HYPERLINK("http://x","甲")', ("@a", "-b"))
    thing = Entity("Reform", "+改革\n二")
    source = article("=a.txt", title="-标题")
    rows = Record(source, (evil, thing), (Relation("leads", evil.id, thing.id, evidence("牵头")),))
    for path in write_tables(GraphStore.in_memory([rows, hostile()]), tmp_path):
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
            assert not [value for value in row if value.lstrip()[:1] in tuple("=+@-＝＋－＠") and value.lstrip()]


def test_tables_that_cannot_be_written(graph: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        write_tables(graph, tmp_path / "file")


def test_a_table_that_breaks_off_leaves_the_earlier_one(
    graph: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [path.read_bytes() for path in write_tables(graph, tmp_path)]

    def full(value: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kg.graph.tables.cell", full)
    with pytest.raises(StoreError, match="cannot be written: no space left on device"):
        write_tables(graph, tmp_path)
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == sorted(before)


def test_network_has_entities_and_relations(graph: GraphStore) -> None:
    network = to_networkx(graph)
    union = f"https://kg.example/id/{UNION.id}"
    assert network.nodes[union] == {"label": "青川市总工会", "type": "TradeUnion", "region": "青川市"}
    leads = [data for *_, data in network.out_edges(union, data=True) if data["relation"] == "leads"]
    assert leads == [
        {
            "relation": "leads",
            "label": "牵头",
            "sentence": "青川市总工会一直牵头青川技工培养改革。",
            "document": "乙.html",
            "date": "",
            "confidence": 0.9,
            "documents": 2,
        }
    ]
    assert not [node for node, data in network.nodes(data=True) if data["type"] == "Indicator"]


def test_graphml_reads_back_whatever_the_names() -> None:
    out = io.BytesIO()
    serialize(GraphStore.in_memory([record(), hostile()]), "graphml", out)
    ElementTree.fromstring(out.getvalue())
    network = networkx.read_graphml(io.BytesIO(out.getvalue()))
    labels = {data["label"].replace("\r\n", "\n") for _, data in network.nodes(data=True)}
    assert HOSTILE.replace("\x01", "\ufffd").replace("\r\n", "\n") in labels
