"""Files and folders to pages and problems: identifiers, order, and every kind of file that is no page."""

import hashlib
import os
import sys
from pathlib import Path

import pytest
from work import grows_evenly

from kg.errors import SourceError
from kg.model import Page, Problem
from kg.source import MAX_BYTES, read_pages

TEXT = "云岭市职工技能提升现场会召开。"


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def identifiers(paths, **options):
    return [item.identifier for item in read_pages(paths, **options)]


def only(path):
    (item,) = read_pages([path])
    return item


def test_folder_is_read_recursively_in_order(tmp_path):
    write(tmp_path, b_txt=TEXT, a__z_html=TEXT, a__b__c_md=TEXT, d_htm=TEXT, e_css="p{}")
    assert identifiers([tmp_path]) == ["a/b/c.md", "a/z.html", "b.txt", "d.htm"]


def test_a_page_is_as_it_came(tmp_path):
    data = f"\ufeff{TEXT}\r\n".encode()
    page = only(write(tmp_path, a_txt=data) / "a.txt")
    assert page == Page("a.txt", f"{TEXT}\r\n", "text/plain", "utf-8", hashlib.sha256(data).hexdigest())


def test_order_of_paths_does_not_matter(tmp_path):
    one, two = write(tmp_path / "one", a_txt=TEXT, c_txt=TEXT), write(tmp_path / "two", b_txt=TEXT)
    assert list(read_pages([one, two])) == list(read_pages([two, one]))
    assert identifiers([one, two]) == ["a.txt", "b.txt", "c.txt"]


def test_same_identifier_in_two_folders_gets_the_folder_in_front(tmp_path):
    one, two = write(tmp_path / "one", a_txt=TEXT, c_txt=TEXT), write(tmp_path / "two", a_txt="另一页。")
    assert identifiers([one, two]) == ["c.txt", "one/a.txt", "two/a.txt"]


def test_same_identifier_below_folders_of_one_name(tmp_path):
    one, two = write(tmp_path / "x" / "in", a_txt=TEXT), write(tmp_path / "y" / "in", a_txt=TEXT)
    assert identifiers([one, two]) == ["x/in/a.txt", "y/in/a.txt"]


def test_a_prefixed_identifier_never_meets_another_file(tmp_path):
    one, two = write(tmp_path / "one", a_txt=TEXT, one__a_txt=TEXT), write(tmp_path / "two", a_txt=TEXT)
    found = identifiers([one, two])
    assert len(set(found)) == 3


def test_a_file_given_twice_is_read_once(tmp_path):
    write(tmp_path, a_txt=TEXT)
    assert identifiers([tmp_path, tmp_path / "a.txt", tmp_path]) == ["a.txt"]


def test_include_replaces_the_choice_by_suffix(tmp_path):
    write(tmp_path, a_txt=TEXT, b__c_asp=TEXT, d_html=TEXT)
    assert identifiers([tmp_path], include="*.asp") == ["b/c.asp"]
    assert identifiers([tmp_path], include="b/*") == ["b/c.asp"]


def test_hidden_files_are_passed_over(tmp_path):
    write(tmp_path, a_txt=TEXT)
    (tmp_path / ".b.txt").write_text(TEXT)
    (tmp_path / "README.md").write_text(TEXT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.txt").write_text(TEXT)
    assert identifiers([tmp_path]) == ["a.txt"]


def test_missing_path_is_an_error_at_once(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        read_pages([tmp_path / "nowhere"])


def test_markup_in_a_text_file_is_html(tmp_path):
    page = only(write(tmp_path, a_txt=f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>") / "a.txt")
    assert page.media_type == "text/html"


def test_canonical_address_is_the_url(tmp_path):
    page = only(
        write(tmp_path, a_html=f'<head><link rel="canonical" href="https://news.example/1"></head>{TEXT}') / "a.html"
    )
    assert page.url == "https://news.example/1"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe \x00\n\x00", "empty"),
        (b"%PDF-1.4\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "Office"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
        (bytes(range(128, 256)) * 40, "decodes"),
    ],
)
def test_what_is_no_text_is_one_problem(tmp_path, content, what):
    item = only(write(tmp_path, a_txt=content) / "a.txt")
    assert isinstance(item, Problem)
    assert item.identifier == "a.txt"
    assert what in item.what
    assert item.remedy
    assert "\n" not in item.what


def test_documents_of_other_formats_are_named(tmp_path):
    write(tmp_path, a_docx=b"PK\x03\x04", b_pdf=b"%PDF-1.4", c_txt=TEXT, d_doc=TEXT)
    items = list(read_pages([tmp_path]))
    assert [type(item) for item in items] == [Problem, Problem, Page, Problem]


def read_so_far():
    """Return how many bytes this process has read, as Linux counts them."""
    return int(Path("/proc/self/io").read_text().split()[1])


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="what is read is counted as Linux does")
def test_too_large_a_file_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    before = read_so_far()
    item = only(path)
    assert isinstance(item, Problem)
    assert "too large" in item.what
    assert read_so_far() - before < 1_000_000


def test_limit_can_be_set(tmp_path):
    write(tmp_path, a_txt=TEXT)
    (item,) = read_pages([tmp_path], limit=4)
    assert isinstance(item, Problem)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_never_hang(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    write(tmp_path, b_txt=TEXT)
    items = list(read_pages([tmp_path]))
    assert [type(item) for item in items] == [Problem, Page]
    assert "pipe" in items[0].what


def test_device_link_to_nothing_and_loops(tmp_path):
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    write(tmp_path, c_txt=TEXT)
    items = list(read_pages([tmp_path]))
    assert [type(item) for item in items] == [Problem, Problem, Page]


def test_a_folder_below_that_cannot_be_listed_is_a_problem_of_its_own(tmp_path, monkeypatch):
    write(tmp_path, a_txt=TEXT)
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def refuse(folder):
        if str(folder) == str(closed):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    items = list(read_pages([tmp_path]))
    assert [(type(item), item.identifier) for item in items] == [(Page, "a.txt"), (Problem, "closed")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file_is_a_problem(tmp_path):
    path = write(tmp_path, a_txt=TEXT) / "a.txt"
    path.chmod(0)
    item = only(path)
    assert isinstance(item, Problem)
    assert "cannot be opened" in item.what


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_names_that_are_not_utf8_become_printable(tmp_path):
    name = os.fsencode(str(tmp_path)) + b"/\xb8\xc4.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(TEXT.encode())
    (found,) = identifiers([tmp_path])
    assert found.encode()


def test_a_line_four_times_as_long_is_four_times_the_work(tmp_path):
    path = tmp_path / "a.txt"

    def read(number):
        path.write_bytes(TEXT.encode() * number)
        assert isinstance(only(path), Page)

    assert grows_evenly(read, 55_000)
