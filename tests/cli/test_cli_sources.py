"""Sources other than folders of pages, as a user gives them: standard input, records, archives."""

import json
import subprocess
import sys
import zipfile

from conftest import PAGES


def test_records_are_built_with_the_columns_named(kg, tmp_path):
    records = [{"id": 1, "words": PAGES["union.txt"], "day": "20240708", "head": "黑龙江省总工会推进产改"}, {"id": 2}]
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    options = ["--text-column", "words", "--title-column", "head", "--date-column", "day"]
    done = kg("build", "a.jsonl", *options, cwd=tmp_path)
    assert done.returncode == 1
    assert "a.jsonl#2: there is no column 'words'" in done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    (document,) = report["documents"]
    assert document["identifier"] == "a.jsonl#1"
    assert document["published"] == "2024-07-08"


def test_columns_are_named_wherever_records_are_read(kg, tmp_path):
    record = json.dumps({"words": PAGES["union.txt"]}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(record + "\n", encoding="utf-8")
    chosen = ["a.jsonl", "--text-column", "words"]
    draft = kg("annotate", *chosen, cwd=tmp_path)
    assert json.loads(draft.stdout)["facts"]
    counted = kg("rules", "coverage", *chosen, cwd=tmp_path)
    assert "1 documents" in counted.stdout
    (tmp_path / "a.json").write_text(draft.stdout, encoding="utf-8")
    kg("build", *chosen, cwd=tmp_path)
    measured = kg("evaluate", "out", "a.json", "--pages", *chosen, "--errors", cwd=tmp_path)
    assert measured.returncode == 0, measured.stderr
    assert kg("annotate", "a.jsonl", "--text-column", "text", cwd=tmp_path).returncode == 2


def test_members_of_an_archive_are_chosen(kg, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, text in PAGES.items():
            archive.writestr(f"2024/{name}", text)
    done = kg("read", "a.zip", "--include", "*.html", cwd=tmp_path)
    assert done.returncode == 0
    assert "identifier: a.zip/2024/city.html" in done.stdout
    assert "union" not in done.stdout


def test_a_page_is_read_from_standard_input():
    command = [sys.executable, "-m", "kg", "read", "-"]
    done = subprocess.run(command, input=PAGES["city.html"].encode("gb18030"), capture_output=True, check=True)
    assert "title: 哈尔滨市推进产改" in done.stdout.decode()
