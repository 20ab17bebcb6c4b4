"""The commands that read a build: their answers, their formats, and their one-line complaints."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]  # see conftest.py

READERS = [
    ["query", "who-leads"],
    ["query", "--list"],
    ["explain", "黑龙江省总工会"],
    ["export"],
    ["stats"],
    ["validate"],
    ["view", "--no-browser"],
]


@pytest.mark.parametrize("arguments", READERS, ids=" ".join)
def test_every_reader_reads_the_build_and_leaves_it_alone(built: Path, kg: Kg, arguments: list[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in (built / "out").rglob("*")}
    result = kg(*arguments, cwd=built)
    assert result.returncode == 0, result.stderr
    assert result.stdout
    assert result.stderr == ""
    assert {path: path.stat().st_mtime_ns for path in (built / "out").rglob("*")} == before


@pytest.mark.parametrize("arguments", [a for a in READERS if "--list" not in a], ids=" ".join)
@pytest.mark.parametrize(
    ("store", "message"), [("nowhere", "there is no build; run 'kg build"), ("other", "is no build of kg")]
)
def test_no_build_there(tmp_path: Path, kg: Kg, arguments: list[str], store: str, message: str) -> None:
    (tmp_path / "other").mkdir()
    result = kg(*arguments, "--store", store, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.complaint
    assert result.stdout == ""


def test_a_damaged_build(built: Path, tmp_path: Path, kg: Kg) -> None:
    shutil.copytree(built / "out", tmp_path / "out")
    (tmp_path / "out" / "store" / "CURRENT").write_text("nonsense")
    result = kg("stats", cwd=tmp_path)
    assert result.returncode == 2
    assert "the store is damaged" in result.complaint


def test_who_leads_names_agent_sentence_and_document(built: Path, kg: Kg) -> None:
    result = kg("query", "who-leads", "-p", "region=黑龙江省", "--format", "csv", cwd=built)
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert {row["agent"] for row in rows if row["role"] == "leads"} >= {"黑龙江省总工会"}
    leads = next(row for row in rows if row["agent"] == "黑龙江省总工会")
    assert "牵头推进产业工人队伍建设改革" in leads["sentence"]
    assert "union.txt" in leads["document"]


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml", "markdown"])
def test_every_format_of_an_answer_holds_it(built: Path, kg: Kg, format: str) -> None:
    result = kg("query", "who-leads", "--format", format, cwd=built)
    assert result.returncode == 0
    assert "总工会" in result.stdout
    if format == "json":
        json.loads(result.stdout)


def test_any_sparql_from_file_and_standard_input(built: Path, tmp_path: Path, kg: Kg) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s a ?class }"
    (tmp_path / "count.rq").write_text(text, "utf-8")
    from_file = kg("query", tmp_path / "count.rq", "--format", "csv", cwd=built)
    from_pipe = kg("query", "-", "--format", "csv", cwd=built, input=text)
    assert from_file.returncode == 0, from_file.stderr
    assert from_file.stdout == from_pipe.stdout
    assert kg("query", "-", cwd=built, input="ASK { ?s ?p ?o }").stdout.strip() == "true"
    assert kg("query", "-", cwd=built, input="\ufeffASK { ?s ?p ?o }").stdout.strip() == "true"
    assert kg("query", "ASK { ?s ?p <https://kg.example/x.y> }", cwd=built).stdout.strip() == "false"
    construct = kg("query", "-", cwd=built, input="CONSTRUCT WHERE { ?s <https://kg.example/ontology#leads> ?o }")
    assert "leads" in construct.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "who-leeds"], "who-leads"),
        (["query", "who-leads", "-p", "place=x"], "place"),
        (["query", "who-leads", "-p", "region"], "region"),
        (["query", "nowhere.rq"], "nowhere.rq"),
        (["query", "./nowhere"], "./nowhere: the query cannot be read: no such file"),
        (["query", "-"], "standard input, line 1, column 11: not valid SPARQL"),
        (["query"], "Give the name of a question"),
        (["query", ""], "Give the name of a question"),
        (["query", "who leads"], "neither SPARQL nor the name of a question"),
        (["query", "who-leads", "--format", "pdf"], "pdf"),
        (["explain", "本图没有的名字"], "nothing in the graph bears this name"),
        (["export", "--format", "pdf"], "pdf"),
        (["export", "-o", "nowhere/graph.ttl"], "nowhere/graph.ttl: cannot be written"),
        (["read", "nowhere.txt"], "nowhere.txt: there is no such file"),
        (["rules", "explain"], "Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_misuse_is_one_line(built: Path, kg: Kg, arguments: list[str], message: str) -> None:
    result = kg(*arguments, cwd=built, input="SELECT ?x {")
    assert result.returncode == 2
    assert message in result.complaint
    assert result.stdout == ""


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "graphml"])
def test_export_to_a_file_and_to_standard_output_are_the_same(built: Path, tmp_path: Path, kg: Kg, format: str) -> None:
    to_file = kg("export", "--format", format, "-o", tmp_path / "graph", cwd=built)
    assert to_file.returncode == 0, to_file.stderr
    to_pipe = kg("export", "--format", format, cwd=built)
    assert (tmp_path / "graph").read_text("utf-8") == to_pipe.stdout
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


def test_turtle_is_the_file_of_the_build(built: Path, kg: Kg) -> None:
    assert kg("export", cwd=built).stdout == (built / "out" / "graph.ttl").read_text("utf-8")


def test_export_of_tables(built: Path, tmp_path: Path, kg: Kg) -> None:
    result = kg("export", "--format", "csv", "-o", tmp_path / "tables", cwd=built)
    assert [Path(line).name for line in result.stdout.splitlines()] == [
        "entities.csv",
        "relations.csv",
        "observations.csv",
    ]
    assert "黑龙江省总工会" in (tmp_path / "tables" / "entities.csv").read_text("utf-8-sig")


def test_exports_into_the_build_do_not_block_the_next(built: Path, pages: Path, tmp_path: Path, kg: Kg) -> None:
    shutil.copytree(built / "out", tmp_path / "out")
    assert kg("export", "--format", "jsonld", "-o", "out/graph.jsonld", cwd=tmp_path).returncode == 0
    assert kg("export", "--format", "csv", cwd=tmp_path).returncode == 0
    assert kg("build", pages, cwd=tmp_path).returncode == 0


def test_explain_shows_facts_with_their_sentences(built: Path, kg: Kg) -> None:
    result = kg("explain", "黑龙江省总工会", cwd=built)
    assert result.stdout.startswith("黑龙江省总工会 (TradeUnion)\n")
    assert "\nleads\n" in result.stdout
    assert "union.txt 2024-05-06" in result.stdout


def test_stats_as_json(built: Path, kg: Kg) -> None:
    found = json.loads(kg("stats", "--json", cwd=built).stdout)
    assert found["documents"] == 2
    assert found["facts"]["leads"] >= 2


def test_view_prints_where_the_picture_is(built: Path, kg: Kg) -> None:
    path = Path(kg("view", "--no-browser", cwd=built).stdout.strip())
    assert path == built / "out" / "graph.html"


def test_view_opens_the_browser(built: Path, tmp_path: Path, kg: Kg) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    assert kg("view", cwd=built, BROWSER=f"{browser} %s").returncode == 0
    assert (tmp_path / "opened").read_text() == (built / "out" / "graph.html").as_uri()


def test_read_shows_the_article_and_its_metadata(pages: Path, kg: Kg) -> None:
    result = kg("read", "city.html", cwd=pages)
    assert result.returncode == 0, result.stderr
    assert "title: 哈尔滨市推进产改\n" in result.stdout
    assert "published: 2024-06-07\n" in result.stdout
    assert "<p>" not in result.stdout


def test_read_as_json_maps_blocks_to_the_page(pages: Path, kg: Kg) -> None:
    found = json.loads(kg("read", "--json", "union.txt", cwd=pages).stdout)
    page = (pages / "union.txt").read_text("utf-8")
    assert found["published"] == "2024-05-06"
    assert {"title", "paragraph"} <= {block["kind"] for block in found["blocks"]}
    for block in found["blocks"]:
        # Spaces between Chinese characters are dropped.
        assert page[block["page_start"] : block["page_end"]].replace(" ", "") == block["text"]


def test_rules_hold(tmp_path: Path, kg: Kg) -> None:
    result = kg("rules", "test", cwd=tmp_path)
    assert result.returncode == 0, result.stdout


def test_rules_explain_a_sentence(tmp_path: Path, kg: Kg) -> None:
    result = kg("rules", "explain", "由黑龙江省总工会牵头推进产业工人队伍建设改革。", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "leads." in result.stdout


@pytest.mark.parametrize(
    "locale",
    [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
    ids=str,
)
def test_chinese_in_any_locale(built: Path, kg: Kg, locale: dict[str, str]) -> None:
    result = kg("query", "who-leads", "-p", "region=黑龙江省", cwd=built, **locale)
    assert result.returncode == 0, result.stderr
    assert "黑龙江省总工会" in result.stdout
    assert "本图没有" in kg("explain", "本图没有的名字", cwd=built, **locale).complaint


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGINT for one process")
def test_a_query_that_never_ends_can_be_interrupted(built: Path) -> None:
    # Six patterns without a common variable: more combinations than there is time.
    query = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(6)) + " }"
    command = subprocess.Popen([sys.executable, "-m", "kg", "query", query], cwd=built, stderr=subprocess.DEVNULL)
    time.sleep(1.5)
    assert command.poll() is None
    command.send_signal(signal.SIGINT)
    assert command.wait(timeout=10) in (-signal.SIGINT, 130)


def test_a_pipe_that_closes_is_no_failure(built: Path) -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "kg", "export"], cwd=built, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    with command.stdout, command.stderr:
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(built: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        result = subprocess.run(
            [sys.executable, "-m", "kg", "export"], cwd=built, stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    assert result.returncode == 2
    assert result.stderr == "kg: the output cannot be written: no space left on device\n"


def test_a_defect_is_one_line_unless_asked(pages: Path, tmp_path: Path) -> None:
    program = "import kg.source, kg.cli; kg.source.read_pages = None; kg.cli.main()"

    def run(**environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, "read", "x"],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            encoding="utf-8",
        )

    assert run().returncode == 2
    assert run().stderr.startswith("kg: unexpected TypeError in read.py:")
    assert run().stderr.count("\n") == 1
    assert "Traceback" in run(KG_DEBUG="1").stderr


def test_help_is_quick_and_version_is_shown(tmp_path: Path, kg: Kg) -> None:
    listed = kg("--help", cwd=tmp_path)
    assert listed.returncode == 0
    for command in ("build", "query", "view", "explain", "export", "stats", "validate", "read", "rules"):
        assert f"\n  {command} " in listed.stdout
        assert "Examples:" in kg(command, "--help", cwd=tmp_path).stdout or command == "rules"
    assert kg("--version", cwd=tmp_path).stdout.startswith("kg ")


def test_stats_lists_what_is_doubtful(built: Path, kg: Kg) -> None:
    result = kg("stats", "--doubtful", cwd=built)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1].endswith("doubtful")
    assert json.loads(kg("stats", "--doubtful", "--json", cwd=built).stdout) == []
