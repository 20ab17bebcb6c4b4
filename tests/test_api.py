"""The public interface: the same graph in memory and on disk, and names that are there when asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg

TEXT = "由黑龙江省总工会牵头推进产业工人队伍建设改革，各市分头落实。截至目前，全省有技能人才12.5万人。\n"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("api") / "page.txt"
    page.write_text(TEXT, "utf-8")
    return page


@pytest.fixture(scope="module")
def graph(page: Path) -> kg.Graph:
    return kg.build(page)


def test_in_memory_and_on_disk_are_the_same(page: Path, graph: kg.Graph, tmp_path: Path) -> None:
    built = kg.build([str(page)], out=tmp_path / "out")
    opened = kg.open(tmp_path / "out")
    assert graph.serialize() == built.serialize() == opened.serialize()
    assert len(graph) == len(opened) > 0
    assert built.report
    assert graph.report
    assert built.report.to_json() == graph.report.to_json() == (tmp_path / "out" / "report.json").read_text("utf-8")


def test_query_by_name_with_parameters_and_by_text(graph: kg.Graph) -> None:
    rows = list(graph.query("who-leads", region="黑龙江省"))
    assert "黑龙江省总工会" in {row["agent"] for row in rows}
    assert list(graph.query("who-leads", region="湖北省")) == []


def test_networkx_and_rdflib(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    labels = {data["label"] for _, data in network.nodes(data=True)}
    assert "黑龙江省总工会" in labels
    assert "leads" in {data["relation"] for _, _, data in network.edges(data=True)}
    assert len(graph.to_rdflib()) > 0


def test_explain_stats_validate(graph: kg.Graph) -> None:
    assert "leads" in {fact.type for fact in graph.explain("黑龙江省总工会").facts}
    assert graph.stats()["documents"] == 1
    assert graph.validate() == []


def test_errors_are_ours(tmp_path: Path) -> None:
    with pytest.raises(kg.SourceError, match="there is no such file"):
        kg.build(tmp_path / "nowhere")
    with pytest.raises(kg.StoreError, match="there is no build"):
        kg.open(tmp_path / "nowhere")
    with pytest.raises(kg.KgError, match="not a base IRI"):
        kg.build(tmp_path, base="example")


def test_a_page_that_breaks_the_reader_is_a_problem_of_its_own(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.extract

    read = kg.extract.read

    def fragile(article: object, rules: object = None) -> object:
        if "崩" in article.text:  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return read(article, rules)  # type: ignore[arg-type]

    monkeypatch.setattr(kg.extract, "read", fragile)
    (tmp_path / "bad.txt").write_text("这一页会让阅读崩掉。\n", "utf-8")
    graph = kg.build([tmp_path / "bad.txt", page])
    assert graph.report
    (problem,) = graph.report.problems
    assert problem.identifier == "bad.txt"
    assert "RecursionError: too deep" in problem.what
    assert [document.identifier for document in graph.report.documents] == ["page.txt"]


def test_names_stay_public_whatever_was_imported_before() -> None:
    program = "import kg, kg.cli.build, kg.pipeline, kg.api; assert callable(kg.build) and callable(kg.open); kg.Graph"
    subprocess.run([sys.executable, "-c", program], check=True)
    assert kg.__version__
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        kg.bild  # noqa: B018


def test_little_confidence_is_left_out(graph: kg.Graph) -> None:
    assert len(graph.at_least(0).query("who-leads")) == len(graph.query("who-leads"))
    assert len(graph.at_least(1)) < len(graph)


def test_the_page_behind_an_evidence_is_kept(page: Path, graph: kg.Graph, tmp_path: Path) -> None:
    built = kg.build(page, out=tmp_path / "out")
    (row,) = built.query(
        "SELECT ?identifier ?start ?end ?exact { ?e oa:start ?start ; oa:end ?end ; oa:exact ?exact ; "
        "dcterms:source/dcterms:identifier ?identifier } ORDER BY ?start LIMIT 1"
    )
    with built.archive() as archive:
        found = archive.page(str(row["identifier"]))
    assert found.text == TEXT
    assert found.text[int(str(row["start"])) : int(str(row["end"]))] == row["exact"]
    with pytest.raises(kg.StoreError, match="in memory"):
        graph.archive()
