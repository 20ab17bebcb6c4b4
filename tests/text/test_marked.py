"""The article among the furniture of pages in markup and as text, each in another layout.

In the files of `marked`, each line of the article stands in ⟦ ⟧; `bench/layout.py` says how lines are compared.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from layout import MARKED, bare, marked, ours

# What the reader misses (-) or takes too much (+) today; nothing may come to it.
KNOWN = {
    "paper_page_map.html": {"-手机扫一扫技术学到家"},  # a kicker of words that sites say of themselves
    "unpunctuated_account.txt": {"-这个夏天"},  # the first of lines that no stop ends, of four characters
    "digital_paper_two_titles.txt": {"+二次供水班职工在检修水泵。"},  # a caption that ends like a sentence
}


@pytest.mark.parametrize("path", sorted(MARKED.iterdir()), ids=lambda path: path.name)
def test_lines_of_the_article_are_found(path):
    page, expected = marked(path)
    found = [line for line in map(bare, ours(page)) if line]
    wrong = {f"-{line}" for line in Counter(expected) - Counter(found)}
    wrong |= {f"+{line}" for line in Counter(found) - Counter(expected)}
    assert wrong == KNOWN.get(path.name, set())
