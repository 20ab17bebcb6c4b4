"""Bad documents among good ones: one clear problem for each bad one, none for the good ones, and all of these read."""

import gzip
import json
import random
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from work import grows_evenly

import kg
from kg.model import Page, Problem
from kg.pipeline.reading import record_of
from kg.source import read_pages

TEXT = "云岭市总工会印发方案，全市培训职工三千人次，新增高技能人才二百人，新建工匠学院三家。" * 4
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16")
NOISE = random.Random(11).randbytes(4000)


def line(text):
    return json.dumps({"text": text}).encode() + b"\n"


BAD = {
    "empty.txt": b"",
    "empty.html": b"",
    "empty.jsonl": b"",
    "empty.zip": b"",
    "empty.txt.gz": b"",
    "nothing.txt.gz": gzip.compress(b""),
    "spaces.txt": b" \r\n\t" * 50,
    "nuls.txt": b"\x00" * 4000,
    "noise.txt": NOISE,
    "noise.html": NOISE,
    "noise.jsonl": NOISE,
    "noise.csv": NOISE,
    "noise.warc": NOISE,
    "noise.zip": NOISE,
    "noise.txt.gz": NOISE,
    "noise.pdf": NOISE,
    "noise.docx": NOISE,
    "marked.txt": b"\xff\xfe" + NOISE,
    "halves.txt": b"\xed\xa0\x80" * 400,
    "high.txt": bytes(range(128, 256)) * 30,
    "cut.txt.gz": gzip.compress(NOISE + TEXT.encode())[:-300],
    "no-text.html": b"<html><head><title></title></head><body><div><img src=a.png></div></body></html>",
    "script.html": b"<html><head><script>var a = 1;</script></head><body></body></html>",
    "one-line.txt": (TEXT * 3000).encode(),
    "lines.jsonl": line(TEXT) + b"{bad\n" + line(TEXT[1:]),
}
GOOD = {
    "plain.txt": TEXT.encode(),
    "wide.txt": TEXT.encode("utf-16"),
    "gb.txt": TEXT.encode("gb18030"),
    "not-gbk.html": f'<html><head><meta charset="gbk"></head><body><p>{TEXT}</p></body></html>'.encode(),
    "not-utf.html": f'<html><head><meta charset="utf-8"></head><body><p>{TEXT}</p></body></html>'.encode("gb18030"),
    "cut.html": f"<html><body><div><p>{TEXT}</p><p>{TEXT}</p><div cla".encode(),
    "deep.html": ("<div>" * 100_000 + TEXT + "</div>" * 100_000).encode(),
    "turned.txt": ("\u202e" + TEXT.replace("，", "\u200f，\u2066")).encode(),
    "a-nul.txt": (TEXT[:40] + "\x00" + TEXT[40:]).encode(),
    "a-half.txt": TEXT.encode() + b"\xed\xa0\x80" + TEXT.encode(),
    "a-half.html": f"<p>{TEXT}&#xD800;</p>".encode(),
    "a-half.jsonl": b'{"text": "' + TEXT.encode() + b'\\ud800"}\n',
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    for name, data in {**BAD, **GOOD}.items():
        (folder / "pages").mkdir(exist_ok=True)
        (folder / "pages" / name).write_bytes(data)
    kg.build([folder / "pages"], folder / "out")
    return json.loads((folder / "out" / "report.json").read_text("utf-8"))


def problems_of(report, name):
    return [
        problem
        for document in report["documents"] + report["unread"]
        if document["identifier"].partition("#")[0] == name
        for problem in document["problems"]
    ]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_one_problem(report, name):
    (problem,) = problems_of(report, name)
    assert problem["what"]
    assert problem["remedy"]
    assert problem["what"].isprintable()
    assert len(problem["what"]) < 200


@pytest.mark.parametrize("name", GOOD)
def test_a_good_document_is_none_and_is_read(report, name):
    assert problems_of(report, name) == []
    (characters,) = (
        document["characters"] for document in report["documents"] if document["identifier"].partition("#")[0] == name
    )
    assert characters >= len(TEXT)


def test_good_records_beside_a_bad_one_are_read(report):
    read = [document["identifier"] for document in report["documents"]]
    assert {"lines.jsonl#1", "lines.jsonl#3"} <= set(read)
    assert "lines.jsonl#2" not in read


def come_of(path):
    return [item if isinstance(item, Problem) else record_of(item) for item in read_pages([path])]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".md"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_page_with_broken_bytes_is_read_or_is_one_problem(tmp_path, encoding, suffix, data):
    text = "<p>" + TEXT + "</p>" if suffix == ".html" else TEXT
    page = bytearray(text.encode(encoding, "ignore"))
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(page) - 1), st.integers(0, 255)), max_size=30)):
        page[at] = value
    path = tmp_path / f"a{suffix}"
    path.write_bytes(page[: data.draw(st.integers(0, len(page)))])
    (found,) = come_of(path)
    if isinstance(found, Problem):
        assert found.what
        assert found.remedy
        assert found.what.isprintable()


SIGNS = st.sampled_from(
    ["改革", "(fā)", "?", "?jǐn)", "展", "<p>", "</td>", "<table><td>", "\x00", "\ud800", "\u202e", "2024年", "\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(SIGNS, st.text(max_size=4)), max_size=60), st.sampled_from(["text/plain", "text/html"]))
def test_any_text_is_read(parts, media_type):
    found = record_of(Page("a", "".join(parts), media_type, "utf-8", ""))
    if isinstance(found, Problem):
        assert "reading failed" not in found.what


MEASURE = """
import resource, sys
from pathlib import Path
from kg.pipeline.reading import record_of
from kg.source import read_pages
for page in read_pages([Path(sys.argv[1])]): record_of(page)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for page in read_pages([Path(sys.argv[2])]): found = record_of(page)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, found.what)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux reports it")
def test_a_line_of_fifty_megabytes_is_refused_with_little_memory(tmp_path):
    (tmp_path / "small.txt").write_bytes(TEXT.encode())
    data = (TEXT * (50_000_000 // len(TEXT.encode()))).encode()
    (tmp_path / "a.txt").write_bytes(data)
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "small.txt"), str(tmp_path / "a.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split(None, 1)
    assert int(done[0]) * 1024 < 20 * len(data)
    assert "one line" in done[1]


def test_four_times_the_damage_is_four_times_the_work():
    chance = random.Random(3)
    signs = ["發(fā)", "業(yè)", "會(huì)", "職(zhí)", "辦(bàn)", "?jǐn)", "?", "笔偣", "扶持?jǐn)?shù)字", "，", "\n"]
    text = "".join(chance.choices(signs, k=24_000))
    assert grows_evenly(lambda size: record_of(Page("a", text[:size], "text/plain", "utf-8", "")), len(text) // 4)
