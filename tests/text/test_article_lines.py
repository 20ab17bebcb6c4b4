"""A floor under how much of the article is found on real pages, where these are at hand.

Pages are named by file and their article's lines by number, as a person marked them; no wording is kept here.
"""

from pathlib import Path

import pytest

from kg.source import read_pages
from kg.text import read_article

SHARED = Path(__file__).parents[2].parent / "shared"
FLOOR = 0.98
LINES = {
    "seeds/000_bf918b44148f9b6c.txt": {3, *range(5, 13)},
    "seeds/001_89ff4f18f05a62c1.txt": set(range(1, 8)),
    "seeds/002_57a2c6fe2440a5cc.txt": set(range(35, 60, 2)),
    "seeds/003_c59acc5f4abb22a1.txt": set(range(10, 25, 2)),
    "seeds/004_fef1e93fe780e62b.txt": set(range(1, 11)),
    "dev/d01.txt": set(range(8, 21, 2)),
    "dev/d02.txt": {*range(6, 25, 2), 25},
    "dev/d03.txt": {5, *range(8, 21, 2)},
    "dev/d04.txt": {5, *range(8, 21, 2)},
    "dev/d05.txt": set(range(7, 22, 2)),
    "dev/d07.txt": set(range(9, 30, 2)),
    "dev/d08.txt": {4, 5, 7, 8, 10, 11},
    "dev/d09.txt": {6, *range(9, 20, 2)},
    "dev/d10.txt": {5, *range(8, 23, 2)},
    "dev/d11.txt": set(range(7, 16, 2)),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference pages are not here")
def test_lines_of_the_article_are_found():
    right = found = wanted = 0
    for name, expected in LINES.items():
        (page,) = read_pages([SHARED / name])
        article = read_article(page)
        lines = {
            page.text.count("\n", 0, article.starts[block.start]) + 1
            for block in article.body()
            if block.kind != "title"
        }
        right, found, wanted = right + len(lines & expected), found + len(lines), wanted + len(expected)
    assert right / found >= FLOOR
    assert right / wanted >= FLOOR
