"""Records, archives and documents of other formats to pages: identifiers, what is declared, what is refused."""

import gzip
import io
import json
import sys

import pytest
from containers import HTML, TEXT, pdf, set_in, warc, warc_gz, zipped

from kg.model import Page, Problem
from kg.source import Columns, blob, read_pages
from kg.text import read_article


def read(folder, name, content, **options):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_pages([path], **options))


def identifiers(items):
    return [item.identifier for item in items]


def problem(items):
    """Return the only item, which must be a problem told in one line."""
    (item,) = items
    assert isinstance(item, Problem)
    assert "\n" not in item.what
    assert item.remedy
    return item.what


def jsonl(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


# --- records ------------------------------------------------------------------------------------------------------


def test_each_line_of_jsonl_is_a_page(tmp_path):
    record = {"content": TEXT, "title": "标题在此", "pub_time": "2024-03-05 08:00", "link": "https://news.example/1"}
    (first, second) = read(tmp_path, "a.jsonl", jsonl(record) + "\n" + jsonl({"text": HTML}))
    assert (first.identifier, second.identifier) == ("a.jsonl#1", "a.jsonl#3")
    assert (first.text, first.title, first.date, first.url) == (
        TEXT,
        "标题在此",
        "2024-03-05",
        "https://news.example/1",
    )
    assert (first.media_type, second.media_type) == ("text/plain", "text/html")


def test_a_bad_line_does_not_stop_the_file(tmp_path):
    lines = [json.dumps({"text": TEXT}), "{", "[1]", "1" * 5000, "[" * 100_000, '{"text": 5}', '{"x": ""}', "null"]
    items = read(tmp_path, "a.jsonl", "\n".join([*lines, json.dumps({"text": TEXT})]))
    assert [type(item) for item in items] == [Page] + 7 * [Problem] + [Page]
    assert items[-1].identifier == "a.jsonl#9"
    assert "--text-column" in items[6].remedy


def test_a_file_that_is_no_jsonl_ends_soon(tmp_path):
    items = read(tmp_path, "a.jsonl", "no json\n" * 50_000)
    assert len(items) < 1010
    assert "in a row" in items[-1].what


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_records_in_every_encoding(tmp_path, name, codec):
    text = jsonl({"正文": TEXT}) * 2 if name == "a.jsonl" else f"标题,正文\n甲,{TEXT}\n乙,“{TEXT}”\n"
    items = read(tmp_path, name, text.encode(codec))
    assert identifiers(items) == [f"{name}#1", f"{name}#2"]
    assert items[0].text == TEXT


def test_half_of_a_pair_is_no_character(tmp_path):
    (page,) = read(tmp_path, "a.jsonl", '{"text": "' + TEXT + '\\ud800"}')
    assert page.text.encode()


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_broken_bytes_cost_their_record(tmp_path, codec):
    good, bad = jsonl({"text": TEXT}), jsonl({"text": "甲乙" * 20})
    broken = b"\x00\xd8" if codec == "utf-16" else b"\xff"  # half of a pair; no byte of any character
    data = (good * 50 + bad + good).encode(codec).replace("甲".encode(codec)[-2:], broken)
    items = read(tmp_path, "a.jsonl", data)
    assert [type(item) for item in items] == [Page] * 50 + [Problem, Page]
    assert "decode" in items[50].what


def test_replacement_characters_of_the_text_itself_are_kept(tmp_path):
    (page,) = read(tmp_path, "a.jsonl", jsonl({"text": TEXT + "\ufffd" * 9}))
    assert page.text == TEXT + "\ufffd" * 9


def test_a_line_beyond_the_limit_is_one_problem(tmp_path):
    items = read(tmp_path, "a.jsonl", "x" * 5000 + "\n" + jsonl({"text": "短。"}), limit=1000)
    assert [type(item) for item in items] == [Problem, Page]
    assert items[1].identifier == "a.jsonl#2"


def test_csv_rows_are_pages(tmp_path):
    content = f'title,text,date\n甲,"{TEXT}\n第二行, 有逗号。",20240305\n乙,,\n丙,一,二,三\n丁,{TEXT}\n'
    items = read(tmp_path, "a.csv", content)
    assert identifiers(items) == ["a.csv#1", "a.csv#2", "a.csv#3", "a.csv#4"]
    assert items[0].text == f"{TEXT}\n第二行, 有逗号。"
    assert (items[0].title, items[0].date) == ("甲", "2024-03-05")
    assert "no text" in items[1].what
    assert "fields" in items[2].what
    assert items[3].text == TEXT


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_other_marks_part_fields(tmp_path, mark):
    (page,) = read(tmp_path, "a.csv", f"title{mark}text\n甲{mark}{TEXT}\n")
    assert page.text == TEXT


def test_columns_are_named(tmp_path):
    columns = Columns(text="c", title="b", date="a")
    (page,) = read(tmp_path, "a.csv", f"a,b,c,text\n2024年3月5日,甲,{TEXT},无\n", columns=columns)
    assert (page.text, page.title, page.date) == (TEXT, "甲", "2024-03-05")
    assert "'c'" in problem(read(tmp_path, "a.csv", "a,text\n1,2\n", columns=columns))
    assert "no column holds the text; there are: a, b" in problem(read(tmp_path, "a.csv", "a,b\n1,2\n"))


def test_large_fields_are_read(tmp_path):
    (page,) = read(tmp_path, "a.csv", f'text\n"{TEXT * 9000}"\n')
    assert page.text == TEXT * 9000


def test_parquet_rows_are_pages(tmp_path):
    from datetime import UTC, datetime

    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    when = datetime(2024, 3, 4, 20, tzinfo=UTC)  # the next day in China
    table = arrow.table(
        {
            "text": arrow.array([TEXT, None, TEXT] * 50),
            "date": arrow.array([when] * 150, arrow.timestamp("ns", "UTC")),
            "number": list(range(150)),
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    items = list(read_pages([tmp_path / "a.parquet"]))
    assert identifiers(items) == [f"a.parquet#{number}" for number in range(1, 151)]
    assert (items[0].text, items[0].date) == (TEXT, "2024-03-05")
    assert isinstance(items[1], Problem)
    data = (tmp_path / "a.parquet").read_bytes()
    assert "damaged" in problem(read(tmp_path, "b.parquet", data[:-40]))
    assert identifiers(read(tmp_path, "a.zip", zipped({"x.parquet": data})))[0] == "a.zip/x.parquet#1"


@pytest.mark.parametrize(("name", "made"), [("a.warc", warc), ("a.warc.gz", warc_gz)])
def test_answers_of_a_crawl_are_pages(tmp_path, name, made):
    data = made(
        ("https://news.example/1", "text/html; charset=gbk", f"<p>{TEXT}</p>".encode("gbk")),
        ("https://news.example/a.png", "image/png", b"\x89PNG"),
        ("https://news.example/2", "text/plain", TEXT.encode()),
    )
    items = read(tmp_path, name, data)
    assert identifiers(items) == [f"{name}#2", f"{name}#4"]
    assert (items[0].media_type, items[0].url) == ("text/html", "https://news.example/1")
    assert items[1].text == TEXT


def test_answers_are_unpacked(tmp_path):
    packed = gzip.compress(HTML.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]
    (page,) = read(tmp_path, "a.warc", warc(("https://news.example/", "text/html", chunked), headers=headers))
    assert page.text == HTML


def test_a_crawl_cut_off_or_without_pages(tmp_path):
    whole = warc(*[(f"https://news.example/{n}", "text/plain", TEXT.encode()) for n in range(3)])
    items = read(tmp_path, "a.warc", whole[:-60])
    assert [type(item) for item in items] == [Page, Page, Problem]
    assert "cut off" in items[2].what
    missing = warc(("https://news.example/", "text/html", b"gone"), status="404 Not Found")
    assert "no page" in problem(read(tmp_path, "a.warc", missing))
    assert "cannot be found" in problem(read(tmp_path, "a.warc", TEXT))


def test_a_false_length_costs_one_record(tmp_path):
    data = warc(*[(f"https://news.example/{n}", "text/plain", TEXT.encode()) for n in range(3)])
    head, tail = data.split(b"news.example/0", 1)
    head = head[: head.rfind(b"Content-Length: ")] + b"Content-Length: 60\r\nWARC-Target-URI: https://"
    items = read(tmp_path, "a.warc", head + b"news.example/0" + tail)
    assert [item.text for item in items[-2:]] == [TEXT, TEXT]


# --- archives -----------------------------------------------------------------------------------------------------


def test_members_of_a_zip_are_named(tmp_path):
    inner = zipped({"c.txt": TEXT})
    members = {
        "b/记录.jsonl": jsonl({"text": TEXT}),
        "a.html": HTML,
        "style.css": "p{}",
        "README.md": TEXT,
        "z.zip": inner,
    }
    items = read(
        tmp_path, "p.zip", zipped(members | {"__MACOSX/._a.html": "x", "d.doc": "x", "e.txt.gz": gzip.compress(b"")})
    )
    assert identifiers(items) == [
        *("p.zip/a.html", "p.zip/b/记录.jsonl#1", "p.zip/d.doc", "p.zip/e.txt.gz", "p.zip/z.zip/c.txt")
    ]
    assert [type(item) for item in items] == [Page, Page, Problem, Problem, Page]


def test_include_chooses_among_the_members_of_an_archive_given(tmp_path):
    data = zipped({"2023/a.txt": TEXT, "2024/a.txt": TEXT, "2024/b.asp": TEXT})
    assert identifiers(read(tmp_path, "p.zip", data, include="2024/*")) == ["p.zip/2024/a.txt", "p.zip/2024/b.asp"]
    assert len(list(read_pages([tmp_path], include="*.zip"))) == 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("a\n\x1b[1m.txt", "a\\x0a\\x1b[1m.txt"),
        ("改革.txt", "改革.txt"),
    ],
)
def test_names_of_members_lead_nowhere(tmp_path, name, shown):
    assert identifiers(read(tmp_path, "p.zip", zipped({name: TEXT}))) == [f"p.zip/{shown}"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.zip"]


def test_names_in_gb18030_and_names_that_meet(tmp_path):
    data = zipped({"xxxx.txt": TEXT}).replace(b"xxxx.txt", "改革.txt".encode("gb18030"))
    assert identifiers(read(tmp_path, "p.zip", data)) == ["p.zip/改革.txt"]
    met = zipped({"a.txt": TEXT, "../a.txt": TEXT})
    assert identifiers(read(tmp_path, "p.zip", met)) == ["p.zip/a.txt", "p.zip/a~2.txt"]


def test_gzip_is_read_by_the_suffix_before(tmp_path):
    (page,) = read(tmp_path, "a.html.gz", gzip.compress(f"<p>{TEXT}</p>".encode()))
    assert (page.identifier, page.media_type) == ("a.html.gz", "text/html")
    items = read(tmp_path, "a.jsonl.gz", gzip.compress(jsonl({"text": TEXT}, {"text": TEXT}).encode()))
    assert identifiers(items) == ["a.jsonl.gz#1", "a.jsonl.gz#2"]


def test_what_is_cut_off_is_said(tmp_path):
    packed = gzip.compress(TEXT.encode())
    assert "cut off" in problem(read(tmp_path, "a.txt.gz", packed[:-10]))
    assert "damaged" in problem(read(tmp_path, "a.txt.gz", b"x" + packed))
    assert "damaged" in problem(read(tmp_path, "a.zip", zipped({"a.txt": TEXT})[:-20]))
    assert "no document" in problem(read(tmp_path, "a.zip", zipped({"a.css": ""})))
    broken = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    broken[40:50] = b"x" * 10
    assert [type(item) for item in read(tmp_path, "a.zip", bytes(broken))] == [Problem, Page]


ZEROS = b"\x00" * 70_000_000


@pytest.mark.parametrize("name", ["a.txt.gz", "a.zip", "a.jsonl.gz", "n.zip", "a.docx"])
def test_a_bomb_is_refused(tmp_path, name, monkeypatch):
    if name == "n.zip":  # each small enough by itself
        layer = zipped({"a.txt": ZEROS[:30_000_000]})
        data = zipped({f"{n}.zip": layer for n in range(9)})
    elif name.endswith(".gz"):
        data = gzip.compress(ZEROS)
    else:
        data = zipped({"a.txt" if name == "a.zip" else "word/document.xml": ZEROS})
    items = read(tmp_path, name, data, limit=200_000_000)
    assert "like a bomb" in items[-1].what
    assert not any(isinstance(item, Page) for item in items)


def test_archives_within_archives_end(tmp_path):
    data = zipped({"a.txt": TEXT})
    for _ in range(blob.MAX_DEPTH + 2):
        data = zipped({"a.zip": data})
    assert "within each other" in problem(read(tmp_path, "p.zip", data))


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.source.formats.zipped.MAX_MEMBERS", 3)
    assert "members" in problem(read(tmp_path, "p.zip", zipped({f"{n}.txt": TEXT for n in range(4)})))


def test_a_locked_member_is_a_problem(tmp_path):
    data = bytearray(zipped({"a.txt": TEXT}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert "password" in problem(read(tmp_path, "p.zip", bytes(data)))


# --- documents ----------------------------------------------------------------------------------------------------

P1 = "第一条 为了激励技能人才，规范补助的发放，结合本市实际，制定本办法，自印发之日起施行。"
P2 = "第二条 各级工会组织职工参加竞赛，把成绩与待遇挂钩，逐步形成长效的机制，并每年公布结果。"
P3 = "第三条 到明年底，全市建成实训基地六十个，培训职工十二万人次，其中农民工不少于三万人次。"


def test_two_columns_are_read_one_after_the_other(tmp_path):
    pytest.importorskip("pypdfium2")
    left = set_in(P1, 40, 600) + set_in(P2, 40, 552)
    right = set_in(P3, 270, 600) + set_in(P1, 270, 552)
    foot = [(240, 20, "— 1 —")]
    (page,) = read(tmp_path, "a.pdf", pdf([(150, 650, "云岭市技能人才激励办法", 18), *left, *right, *foot]))
    assert page.text.split("\n") == ["云岭市技能人才激励办法", P1, P2, P3, P1]
    assert page.media_type == "text/plain"


def test_three_columns_on_grids_of_their_own(tmp_path):
    pytest.importorskip("pypdfium2")
    columns = [set_in(text, x, top, 12) for text, x, top in ((P1, 30, 600), (P2, 180, 595), (P3, 330, 598))]
    (page,) = read(tmp_path, "a.pdf", pdf([line for column in columns for line in column]))
    assert page.text.split("\n") == [P1, P2, P3]


def test_what_spans_both_columns_parts_them(tmp_path):
    pytest.importorskip("pypdfium2")
    across = [(40, 500, "本页上半部分为总则，下半部分为附则，二者同时生效，请各单位对照执行并反馈意见建议。")]
    upper = set_in(P1, 40, 600) + set_in(P2, 270, 593)
    lower = set_in(P3, 40, 450) + set_in(P1, 270, 443)
    (page,) = read(tmp_path, "a.pdf", pdf(upper + across + lower))
    assert page.text.split("\n") == [P1, P2, across[0][2], P3, P1]


def test_a_sentence_goes_on_over_the_page(tmp_path):
    pytest.importorskip("pypdfium2")
    lines = set_in(P1 + P2, 60, 600, width=30)
    pages = [
        [(60, 680, "云岭市人民政府公报"), *lines[:2], (240, 20, "1")],
        [(60, 680, "云岭市人民政府公报"), *lines[2:], (240, 20, "2")],
        [(60, 680, "云岭市人民政府公报"), *set_in(P3, 60, 600, width=30), (240, 20, "3")],
    ]
    (page,) = read(tmp_path, "a.pdf", pdf(*pages))
    assert page.text.split("\n") == [P1 + P2, P3]


def test_rows_of_a_table_stay_rows(tmp_path):
    pytest.importorskip("pypdfium2")
    cells = [
        (x, 600 - 20 * row, text) for row in range(5) for x, text in ((60, f"第{row}县"), (250, "六十"), (400, "个"))
    ]
    (page,) = read(tmp_path, "a.pdf", pdf(cells))
    assert page.text.split("\n")[1] == "第1县\t六十\t个"


def test_a_scanned_pdf_is_named(tmp_path):
    pytest.importorskip("pypdfium2")
    assert "scanned" in problem(read(tmp_path, "a.pdf", pdf([], [], picture=True)))
    page, partly = read(tmp_path, "a.pdf", pdf(set_in(P1, 60, 600, width=30), [], picture=True))
    assert isinstance(page, Page)
    assert "page 2 is a picture" in partly.what
    assert "no text" in problem(read(tmp_path, "a.pdf", pdf([])))
    assert "not a PDF" in problem(read(tmp_path, "a.pdf", b"%PDF-1.4\n1 0 obj"))


def test_a_pdf_that_takes_too_long_is_left(tmp_path, monkeypatch):
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr("kg.source.formats.pdf._START", "import time; time.sleep(60)")
    monkeypatch.setattr("kg.source.formats.pdf._SECONDS", 0.2)
    assert "to read" in problem(read(tmp_path, "a.pdf", pdf(set_in(P1, 60, 600))))
    monkeypatch.setattr("kg.source.formats.pdf._START", "import os; os.abort()")
    assert "crashed" in problem(read(tmp_path, "a.pdf", pdf(set_in(P1, 60, 600))))


def test_a_word_document_keeps_its_headings_and_tables(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("云岭市技能人才激励办法", 0)
    document.add_paragraph(P1 + " <甲&乙>")
    table = document.add_table(rows=3, cols=3)
    for index, text in enumerate(("县区", "基地", "单位", "甲县", "12", "个", "乙县", "30", "个")):
        table.cell(index // 3, index % 3).text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    document.add_paragraph(P3)
    buffer = io.BytesIO()
    document.save(buffer)
    (page,) = read(tmp_path, "a.docx", buffer.getvalue())
    assert page.media_type == "text/html"
    assert "<h1>云岭市技能人才激励办法</h1>" in page.text
    assert 'rowspan="2"' in page.text
    article = read_article(page)
    assert article.title == "云岭市技能人才激励办法"
    assert any(block.table for block in article.blocks)
    assert "<甲&乙>" in article.text
    assert "damaged" in problem(read(tmp_path, "a.docx", zipped({"a.txt": TEXT})))


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("a.pdf", "pypdfium2", "pdf"), ("a.docx", "docx", "docx"), ("a.parquet", "pyarrow", "parquet")],
)
def test_a_missing_extra_says_how_to_install_it(tmp_path, monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    (item,) = read(tmp_path, name, b"PK\x03\x04")
    assert extra in item.what
    assert item.remedy == f"pip install 'policy-kg[{extra}]'"


def test_what_is_declared_of_a_page_goes_before_what_it_says():
    text = f"云岭市召开现场会\n2020-01-01\n{TEXT}\n{TEXT}"
    article = read_article(
        Page("a.jsonl#1", text, "text/plain", "utf-8", "", title="雲嶺市召開現場會", date="2024-03-05")
    )
    assert (article.title, article.published) == ("云岭市召开现场会", "2024-03-05")


# --- standard input -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEXT.encode(), "stdin"),
        (jsonl({"text": TEXT}).encode(), "stdin#1"),
        (f"title,text\n甲,{TEXT}\n".encode(), "stdin#1"),
        (zipped({"a.txt": TEXT}), "stdin/a.txt"),
        (warc(("https://news.example/", "text/plain", TEXT.encode())), "stdin#2"),
        (gzip.compress(TEXT.encode()), "stdin"),
    ],
)
def test_standard_input_is_known_by_its_beginning(monkeypatch, content, name):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    (page,) = read_pages(["-"])
    assert (page.identifier, page.text) == (name, TEXT)
