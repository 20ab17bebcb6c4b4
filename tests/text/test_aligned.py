"""Tables of plain text: what is one, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import BlockKind
from kg.source import read_pages
from kg.text import read_article
from kg.text.aligned import with_tables
from kg.text.mapped import Mapped

TABLE = """甲县(区)    合同(份)   职工(人)
清新区     683          96420
  英德市     574          —
"""


def cells(text: str) -> list[list[list[str]]]:
    """Return the cells of each table, row by row."""
    changed, tables = with_tables(Mapped.of_page(text))
    lines = changed.text.split("\n")
    return [[[lines[cell.first].strip() for cell in row] for row in table.rows] for table in tables]


def test_rows_of_figures_below_a_row_of_heads() -> None:
    assert cells("情况如下：\n" + TABLE + "特此通知。") == [
        [["甲县(区)", "合同(份)", "职工(人)"], ["清新区", "683", "96420"], ["英德市", "574", "—"]]
    ]


def test_each_character_keeps_its_place() -> None:
    text = "情况如下：\n" + TABLE
    changed, _ = with_tables(Mapped.of_page(text))
    at = changed.text.index("96420")
    assert text[changed.starts[at] : changed.ends[at + 4]] == "96420"


@pytest.mark.parametrize(
    "text",
    [
        "甲县(区)    合同(份)\n清新区     683\n",  # one row of figures
        "发布日期：2024-05-01    来源：某报\n阅读：683    评论：12\n",
        "李向前    清远重工集团焊工\n周小满    清新区医院护士\n",  # no figures
        "县(区)    合同(份)   职工(人)\n清新区     683\n英德市     574\n",  # columns that do not match
        "",
    ],
)
def test_no_table(text: str) -> None:
    changed, tables = with_tables(Mapped.of_page(text))
    assert (changed.text, tables) == (text, ())


def test_a_page_of_plain_text_has_its_table_as_one_block(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("清远市集体合同情况通报\n\n截至2024年底，全市集体合同情况如下。\n" + TABLE, "utf8")
    blocks = read_article(next(iter(read_pages([page])))).blocks
    (table,) = [block.table for block in blocks if block.kind is BlockKind.TABLE]
    assert table is not None
    assert [[cell.text for cell in row] for row in table.grid][1] == ["清新区", "683", "96420"]
    assert table.header_rows == 1
