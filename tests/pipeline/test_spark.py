"""Spark on this machine with two workers gives the bytes of the local build, whatever becomes of a worker."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import kg
from kg import output
from kg.cli.command import run

if importlib.util.find_spec("pyspark") is None:
    pytest.skip("PySpark is not installed: pip install 'policy-kg[spark]'", allow_module_level=True)
if shutil.which("java") is None:
    pytest.skip("there is no Java on this machine", allow_module_level=True)

SENTENCE = "由湖北省总工会牵头推进技能人才培养改革。截至2023年底，全省有技能人才{}万人。\n"
SAME = (output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST, output.ARCHIVE)


def lay(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03d}.txt").write_text(SENTENCE.format(number + 1), "utf-8")
    records = [json.dumps({"text": SENTENCE.format(number), "url": f"http://x/{number}"}) for number in range(300, 320)]
    (folder / "records.jsonl").write_text("\n".join(records), "utf-8")
    (folder / "no-page.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return folder


def built(pages: Path | str, out: Path, *options: str) -> subprocess.Popen[str]:
    settings = {
        "spark.default.parallelism": "1",
        # What lies beside `out` is also in a file system of Hadoop's own, which neither Python nor Java sees as files.
        "spark.hadoop.fs.viewfs.mounttable.far.link./away": out.parent.as_uri(),
    }
    given = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    environment = os.environ | {"PYSPARK_SUBMIT_ARGS": f"--master local[2,4] {given} pyspark-shell"}
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(pages), "-o", str(out), *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def ended(process: subprocess.Popen[str]) -> int:
    _, complaints = process.communicate(timeout=300)
    assert "Spark failed" not in complaints, complaints
    return process.returncode


def same(one: Path, other: Path) -> None:
    for name in SAME:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_the_result_is_that_of_the_local_build_also_when_a_worker_is_killed(tmp_path: Path) -> None:
    pages = lay(tmp_path / "pages", 60)
    assert ended(built(pages, tmp_path / "local")) == 1
    process = built(pages, tmp_path / "spark", "--engine", "spark")
    killed: list[int] = []
    killer = threading.Thread(target=kill_one, args=(process, killed))
    killer.start()
    assert ended(process) == 1
    killer.join()
    assert killed
    same(tmp_path / "local", tmp_path / "spark")


def kill_one(process: subprocess.Popen[str], killed: list[int]) -> None:
    """Kill one of the processes in which Spark reads pages, once one has started its own."""
    while process.poll() is None and not killed:
        family = descendants(process.pid)
        for pid, parent in family.items():
            if "kg.pipeline.worker" in command(pid) and "pyspark" in command(parent):
                os.kill(parent, signal.SIGKILL)
                killed.append(parent)
                return
        time.sleep(0.02)


def descendants(root: int) -> dict[int, int]:
    """Return the processes below one, each with its parent."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue

    def below(pid: int) -> bool:
        while pid in parents and pid != root:
            pid = parents[pid]
        return pid == root

    return {pid: parent for pid, parent in parents.items() if pid != root and below(pid)}


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


# Read at the start of each Python: one that comes to a certain page is killed.
POISONED = """
import os
if os.environ.get("POISON"):
    import importlib.abc, importlib.util, sys

    class Poisoned(importlib.abc.MetaPathFinder):
        def find_spec(self, name, path, target=None):
            if name != "kg.pipeline.worker":
                return None
            sys.meta_path.remove(self)
            spec = importlib.util.find_spec(name)
            load = spec.loader.exec_module

            def exec_module(module):
                load(module)
                own = module.outcome
                fatal = lambda page: page.identifier == "007.txt" and os.kill(os.getpid(), 9)
                module.outcome = lambda page, *rest: fatal(page) or own(page, *rest)

            spec.loader.exec_module = exec_module
            return spec

    sys.meta_path.insert(0, Poisoned())
"""


def test_a_page_that_kills_its_reader_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = lay(tmp_path / "pages", 12)
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(POISONED, "utf-8")
    monkeypatch.setenv("POISON", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), str(Path(__file__).parents[2])]))
    assert ended(built(pages, tmp_path / "jobs", "--jobs", "2")) == 1
    assert ended(built(pages, tmp_path / "spark", "--engine", "spark")) == 1
    same(tmp_path / "jobs", tmp_path / "spark")
    report = (tmp_path / "spark" / output.REPORT).read_text("utf-8")
    assert "the process that read it ended" in report
    assert [unread["identifier"] for unread in json.loads(report)["unread"]] == ["007.txt", "no-page.txt"]


# Two documents each use one name of a thing with other quotes, a third the other; two call a body a firm, one does not.
NAMED = {
    "a.txt": "湖北省总工会启动“荆楚工匠”行动。青川重工集团实施“荆楚工匠”行动。\n",
    "b.txt": "湖北省总工会推进“荆楚工匠”行动。青川重工集团组织培训。\n",
    "c.txt": "湖北省总工会推进「荆楚工匠」行动。\n",
}


def test_any_path_that_hadoop_reads_and_partitions_with_the_statements_of_the_local_build(tmp_path: Path) -> None:
    pages = lay(tmp_path / "pages", 6)
    (pages / "an [odd] 名*.txt").write_text(SENTENCE.format(9), "utf-8")
    (pages / "2024").mkdir()
    (pages / "2024" / "001.txt").write_text(SENTENCE.format(9), "utf-8")
    (pages / ".hidden.txt").write_text(SENTENCE.format(8), "utf-8")
    (pages / "README.txt").write_text(SENTENCE.format(8), "utf-8")
    for name, text in NAMED.items():
        (pages / name).write_text(text, "utf-8")
    alone = tmp_path / "alone.txt"
    alone.write_text(SENTENCE.format(7), "utf-8")
    assert ended(built(pages, tmp_path / "local", str(alone))) == 1
    uris = ["viewfs://far/away/pages", "viewfs://far/away/alone.txt"]
    first = tmp_path / "spark"
    assert ended(built(uris[0], first, uris[1], "--engine", "spark")) == 1
    same(tmp_path / "local", first)
    # A build after it reads what changed.
    (pages / "001.txt").write_text(SENTENCE.format(77), "utf-8")
    assert ended(built(pages, tmp_path / "local", str(alone))) == 1
    assert ended(built(uris[0], first, uris[1], "--engine", "spark")) == 1
    same(tmp_path / "local", first)
    place, address = tmp_path / "graph", "viewfs://far/away/graph"
    assert ended(built(uris[0], tmp_path / "none", uris[1], "--engine", "spark", "--nquads", address)) == 1
    assert (place / "_SUCCESS").exists()
    assert not (tmp_path / "none").exists()
    lines = [line for part in place.glob("part-*") for line in part.read_text("utf-8").splitlines()]
    expected = kg.open(tmp_path / "local").serialize("nquads").splitlines()
    assert len(lines) == len(set(lines))
    assert sorted(lines) == sorted(expected)
    process = built(uris[0], tmp_path / "none", "--engine", "spark", "--nquads", address)
    _, complaints = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "there is something already" in complaints


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hdfs://127.0.0.1:1/pages"], "read it with --engine spark"),
        (["pages", "--nquads", "out"], "add --engine spark"),
    ],
)
def test_what_only_spark_does_is_told(
    tmp_path: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", *arguments, "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


def test_a_path_that_is_none_is_told(tmp_path: Path) -> None:
    process = built((tmp_path / "nowhere").as_uri(), tmp_path / "out", "--engine", "spark")
    _, complaints = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "there is no such file or folder" in complaints
    assert [line for line in complaints.splitlines() if line.startswith("kg:")][1:] == []


SETTLED = """
import sys
sys.path.insert(0, sys.argv[1])
from test_settling import VARIANTS
from kg.graph import GraphStore
from kg.graph.contribution import contribution
from kg.pipeline.cluster import Cluster
from kg.pipeline import partitions
from kg.pipeline.reading import Outcome
import pickle

base = "https://kg.example/"
pages = [pickle.dumps(Outcome("x", (contribution(record, base),))) for record in VARIANTS]
with Cluster() as cluster:
    rows = [row for page in pages for row in partitions._named(page, base)]
    named = cluster.session.createDataFrame(rows, partitions._ROW)
    found = {row["value"] for row in partitions._lines(partitions._settled(cluster.session, named)).collect()}
found |= {line for page in pages for line in partitions._plain(page, base).splitlines()}
assert found == {f"{quad} ." for quad in GraphStore.in_memory(VARIANTS).quads()}
print("same")
"""


def test_joins_settle_names_and_classes_as_a_store_does() -> None:
    program = [sys.executable, "-W", "ignore", "-c", SETTLED, str(Path(__file__).parents[1] / "graph")]
    environment = os.environ | {
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.sql.shuffle.partitions=2 pyspark-shell"
    }
    result = subprocess.run(program, capture_output=True, text=True, check=False, env=environment)
    assert result.stdout == "same\n", result.stderr
