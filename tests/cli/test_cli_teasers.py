"""A page's teasers on its subject, all the way: read, built, counted, kept."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Kg

from kg.archive import open_archive
from kg.graph.store import open_store
from kg.vocabulary import DCTERMS, KG, OA

PAGE = """云岭市推进班组长轮训计划

2023-05-06 09:10:00 来源：云岭日报

云岭市总工会今年牵头班组长轮训计划，首批120家企业的1800名班组长走进课堂。

云岭市财政为班组长轮训计划安排资金640万元，每名学员补助2000元。

市总工会负责人表示，班组长轮训计划还将覆盖更多的小微企业，让一线职工得到实惠。

相关新闻
湖州市办起班组长夜校
湖州市总工会牵头班组长轮训计划,开设夜间课程46期,参训职工2100人次,很受一线职工的欢迎...
2023-04-18 16:07:00
"""


def test_a_teaser_is_a_document_of_its_own(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    shown = json.loads(kg("read", "--json", str(tmp_path / "page.txt"), cwd=tmp_path).stdout)
    assert [(one["identifier"], one["teaser_of"], one["truncated"]) for one in shown["teasers"]] == [
        ("page.txt/teaser-1", "page.txt", True)
    ]
    for block in shown["teasers"][0]["blocks"]:
        assert PAGE[block["page_start"] : block["page_end"]] == block["text"]

    out = tmp_path / "out"
    summary = kg("build", str(tmp_path / "page.txt"), "-o", str(out), cwd=tmp_path).stdout
    assert "1 read, 1 teasers on their pages" in summary
    totals = json.loads((out / "report.json").read_text(encoding="utf-8"))["totals"]
    assert (totals["documents"], totals["teasers"]) == (1, 1)
    assert json.loads(kg("stats", "--json", "--store", str(out), cwd=tmp_path).stdout)["teasers"] == 1
    assert kg("validate", "--store", str(out), cwd=tmp_path).returncode == 0

    written = (out / "report.json").read_bytes(), (out / "graph.ttl").read_bytes()
    kg("build", str(tmp_path / "page.txt"), "-o", str(out), cwd=tmp_path)
    assert ((out / "report.json").read_bytes(), (out / "graph.ttl").read_bytes()) == written

    graph = open_store(out)
    rows = graph.select(
        f"SELECT ?of ?day ?cut ?start ?end {{ ?teaser <{KG.teaserOf}>/<{DCTERMS.identifier}> ?of ; "
        f"<{DCTERMS.issued}> ?day ; <{KG.truncated}> ?cut . ?evidence <{DCTERMS.source}> ?teaser ; "
        f"<{OA.start}> ?start ; <{OA.end}> ?end }}"
    )
    found = [tuple(term.value for term in row) for row in rows]
    assert found
    assert {row[:3] for row in found} == {("page.txt", "2023-04-18", "true")}
    assert all(int(row[3]) >= PAGE.index("湖州市总工会") for row in found)

    with open_archive(out) as archive:
        record = archive.record("page.txt/teaser-1")
    assert (record.article.teaser_of, record.article.truncated) == ("page.txt", True)
    assert record.article.page.text == PAGE
