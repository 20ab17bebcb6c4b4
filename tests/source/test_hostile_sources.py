"""Whatever the bytes are: one problem or some pages, never a crash, nor a stall, nor much memory."""

import gzip
import io
import random
import subprocess
import sys

import pytest
from containers import TEXT, pdf, set_in, warc, warc_gz, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from work import grows_evenly

from kg.model import Page, Problem
from kg.source import read_pages

RECORDS = (f'{{"text": "{TEXT}", "date": "2024-01-02"}}\n' * 5).encode()
ROWS = f'text,title\n"{TEXT}",甲\n{TEXT},乙\n'.encode()
CRAWL = (("https://news.example/1", "text/html", f"<p>{TEXT}</p>".encode()),) * 3


def parquet():
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(arrow.table({"text": [TEXT] * 20, "title": ["甲"] * 20}), buffer)
    return buffer.getvalue()


def word():
    docx = pytest.importorskip("docx")
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.add_table(rows=2, cols=2).cell(0, 0).text = TEXT
    document.save(buffer)
    return buffer.getvalue()


WHOLE = {
    "a.txt": lambda: TEXT.encode(),
    "a.jsonl": lambda: RECORDS,
    "a.csv": lambda: ROWS,
    "a.warc": lambda: warc(*CRAWL),
    "a.warc.gz": lambda: warc_gz(*CRAWL),
    "a.txt.gz": lambda: gzip.compress(TEXT.encode() * 20),
    "a.jsonl.gz": lambda: gzip.compress(RECORDS),
    "a.zip": lambda: zipped({"a.txt": TEXT, "b/c.jsonl": RECORDS, "d.zip": zipped({"e.csv": ROWS})}),
    "a.parquet": parquet,
    "a.docx": word,
}


def check(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    items = list(read_pages([path]))
    assert items
    for item in items:
        assert isinstance(item, Page | Problem)
        assert item.identifier.startswith(name)
        if isinstance(item, Problem):
            assert "\n" not in item.what
        item.identifier.encode()
        (item.text if isinstance(item, Page) else item.what).encode()
    return items


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_files(tmp_path, name):
    whole = WHOLE[name]()
    chance = random.Random(name)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        check(tmp_path, name, bytes(data))
        check(tmp_path, name, whole[: chance.randrange(len(whole))])


def test_damaged_pdfs(tmp_path):
    pytest.importorskip("pypdfium2")
    whole = pdf(set_in(TEXT, 40, 600), set_in(TEXT, 40, 600))
    chance = random.Random(7)
    for _ in range(6):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(len(data))] = chance.randrange(256)
        check(tmp_path, "a.pdf", bytes(data))
        check(tmp_path, "a.pdf", whole[: chance.randrange(len(whole))])


@pytest.mark.parametrize("name", [*WHOLE, "a.pdf"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes(tmp_path, name, data):
    check(tmp_path, name, data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_in_records(tmp_path, text):
    import csv
    import json

    (item,) = check(tmp_path, "a.jsonl", json.dumps({"text": text}).encode())
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["text", "title"], [text.encode("utf-8", "replace").decode(), "甲"]])
    (row,) = check(tmp_path, "a.csv", buffer.getvalue().encode())
    assert type(item) is type(row)


LONG = {
    "a.jsonl": lambda n: b"[" * n,
    "b.jsonl": lambda n: b'{"text":"' + b"x" * n,
    "c.jsonl": lambda n: b"{}\n" * (n // 3),
    "d.jsonl": lambda n: b"\n" * n,
    "a.csv": lambda n: b'text,b\n"' + b"x" * n,
    "b.csv": lambda n: b"text" + b",x" * (n // 2),
    "c.csv": lambda n: b"text\n" + b'"\n' * (n // 2),
    "a.warc": lambda n: b"WARC/1.0\r\n" + b"x" * n,
    "b.warc": lambda n: b"WARC/1.0\r\n" + b"a:b\r\n" * (n // 5),
    "c.warc": lambda n: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc" + b"\r\n" * (n // 2),
    "a.zip": lambda n: b"PK\x03\x04" + b"PK\x01\x02" * (n // 4),
    "a.txt.gz": lambda n: gzip.compress(b"")[:10] + b"\x00" * n,
    "a.parquet": lambda n: b"PAR1" + b"\xff" * n + b"PAR1",
}

MEASURE = """
import resource, sys
from pathlib import Path
from kg.source import read_pages
import kg.source.formats.parquet, kg.source.formats.warc, csv, json, charset_normalizer, gzip
list(read_pages([Path(sys.argv[1])]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for item in read_pages([Path(sys.argv[2])]): pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("name", LONG)
def test_four_times_as_long_a_file_is_four_times_the_work(tmp_path, name):
    def read(size):
        (tmp_path / name).write_bytes(LONG[name](size))
        return list(read_pages([tmp_path / name]))

    assert grows_evenly(read, 50_000)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux reports it")
@pytest.mark.parametrize("name", LONG)
def test_monstrous_files_take_bounded_memory(tmp_path, name):
    size = 10_000_000
    small, path = tmp_path / f"small-{name}", tmp_path / name
    small.write_bytes(LONG[name](1000))
    path.write_bytes(LONG[name](size))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) * 1024 < 20 * size
