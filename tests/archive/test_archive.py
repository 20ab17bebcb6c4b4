"""What was read comes back as it was, to any number of readers, and a damaged archive is said to be one."""

from __future__ import annotations

import random
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import article, record

from kg.archive import ArchivedPage, ArchiveWriter, open_archive, packed
from kg.errors import StoreError
from kg.model import Article, Page, Record
from kg.resources import folder
from kg.source import read_pages
from kg.text import read_article

sys.path.append(str(Path(__file__).parents[1] / "text"))
from mirror import damaged, table

TRADITIONAL = (
    "甲市總工會發布關於技能人才隊伍建設的實施辦法，強調產業工人隊伍建設改革。\n"
    "會議認為，職業學校應當與企業聯合開辦課程，為職工創造學習條件，讓勞動者獲得實際優惠。\n"
) * 4


def archived(record_: Record, at: Path) -> tuple[ArchivedPage, Record]:
    writer = ArchiveWriter(at)
    writer.put("甲", 0, packed(record_.article.page, [record_], [""]))
    writer.commit()
    writer.close()
    with open_archive(at) as archive:
        (identifier,) = archive.identifiers()
        return archive.page(identifier), archive.record(identifier)


def listed(one: Article) -> dict[str, object]:
    """Return an article's fields, its offsets as lists, whatever sequence holds them."""
    fields = {name: getattr(one, name) for name in Article.__dataclass_fields__}
    return fields | {"starts": list(one.starts), "ends": list(one.ends)}


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    given_ = record("notes/甲.txt")
    page, again = archived(given_, tmp_path)
    assert (again.entities, again.statements) == (given_.entities, given_.statements)
    assert listed(page.article) == listed(given_.article)


def test_seeds_come_back_as_they_were(tmp_path: Path) -> None:
    articles = [read_article(page) for page in read_pages([folder("seeds")]) if isinstance(page, Page)]
    writer = ArchiveWriter(tmp_path)
    for one in articles:
        writer.put(one.page.identifier, 0, packed(one.page, [Record(one)], [""]))
    writer.commit()
    writer.close()
    with open_archive(tmp_path) as archive:
        assert archive.identifiers() == [one.page.identifier for one in articles]
        assert len(archive) == len(articles) > 0
        for one in articles:
            assert listed(archive.page(one.page.identifier).article) == listed(one)


@given(text=st.text(min_size=1), markup=st.booleans())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, markup: bool) -> None:
    page = Page("甲", text, "text/html" if markup else "text/plain", "utf-8", "00", title="题", date="2024-01-02")
    one = read_article(page)
    found, _ = archived(Record(one), tmp_path_factory.mktemp("any"))
    assert listed(found.article) == listed(one)
    for block in found.blocks:
        start, end = found.page_span(block)
        assert 0 <= start <= end <= len(text)


def test_several_documents_of_one_page_share_it(tmp_path: Path) -> None:
    whole, part = article("甲.txt"), article("甲.txt#2", title="另一题")
    writer = ArchiveWriter(tmp_path)
    writer.put("甲", 0, packed(whole.page, [Record(whole), Record(part)], ["", ""]))
    writer.commit()
    writer.close()
    with open_archive(tmp_path) as archive:
        assert archive.identifiers() == ["甲.txt", "甲.txt#2"]
        assert archive.page("甲.txt#2").text == whole.page.text
        assert archive.page("甲.txt#2").article.title == "另一题"
        assert archive.page("甲.txt#2").page == part.page


def test_what_was_repaired_stands_beside_what_it_was(tmp_path: Path) -> None:
    text = damaged(TRADITIONAL, table())
    page = Page("甲.txt", text, "text/plain", "utf-8", "00")
    found, _ = archived(Record(read_article(page)), tmp_path)
    sure = [repair for repair in found.repairs if not repair.guessed]
    assert sure
    for repair in sure:
        assert len(text[repair.page_start : repair.page_end]) > repair.end - repair.start
    covered = {index for repair in found.repairs if repair.guessed for index in range(repair.start, repair.end)}
    assert covered >= {index for start, end in found.article.guessed for index in range(start, end)}


def test_sound_pages_have_no_repairs(tmp_path: Path) -> None:
    text = "<html><body><h1>甲市&amp;乙市联合会议?</h1><p>两市(jia)将开展　 合作(he)。</p></body></html>"
    found, _ = archived(Record(read_article(Page("甲", text, "text/html", "utf-8", "00"))), tmp_path)
    assert found.repairs == ()


def test_threads_read_side_by_side(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    for number in range(20):
        one = record(f"{number}.txt")
        writer.put("甲", number, packed(one.article.page, [one], [""]))
    writer.commit()
    writer.close()
    wrong: list[str] = []
    with open_archive(tmp_path) as archive:

        def look() -> None:
            for number in random.sample(range(20), 20):
                if archive.page(f"{number}.txt").page.identifier != f"{number}.txt":
                    wrong.append(str(number))

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no archive"):
        open_archive(tmp_path)
    one = record("甲.txt")
    archived(one, tmp_path)
    with open_archive(tmp_path) as archive, pytest.raises(StoreError, match=r"no document '乙\.txt'"):
        archive.page("乙.txt")
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE document SET article = x'00'")
    connection.close()
    with open_archive(tmp_path) as archive, pytest.raises(StoreError, match="damaged"):
        archive.page("甲.txt")
    path.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(StoreError, match="damaged"):
        open_archive(tmp_path)
