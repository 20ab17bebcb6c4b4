"""Pages that would make a careless reader crash, hang or run out of memory."""

import time

import pytest

from kg.model import Page
from kg.text import read_article

SENTENCE = "深化产业工人队伍建设改革，完善技能形成体系，提升职工素质。"
PLAIN = {
    "one line of 10 MB": SENTENCE * 120_000,
    "a million line breaks": "\n" * 1_000_000,
    "a million spaces": " " * 1_000_000 + "改",
    "a million brackets": "(" * 1_000_000,
    "readings without end": "發(fa" * 200_000,
    "NULs": "\x00改革" * 200_000,
    "lone surrogates": "\ud800改革。\udfff" * 50_000,
    "right-to-left marks": "\u202e改\u200f革\u2066。" * 50_000,
    "dates": "2024-01-01 " * 50_000,
    "labels": "来源：" * 100_000,
    "lines of strokes": ("|" * 20 + "\n" + "—" * 30 + "\n" + "_ " * 40 + "\n") * 1_000,
    "lines of dots": ("…" * 1_900 + "\n") * 100,
    "letters spaced out": "改 革 " * 100_000,
}
MARKUP = {
    "nested elements": "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
    "nested tables": "<table><tr><td>" * 30_000 + SENTENCE,
    "closing tags that meet nothing": "<b><td>" + "<div>" * 50_000 + "</p></b>" * 50_000,
    "open quotes": "<a href=\"x>'" * 60_000,
    "tags that never end": "<a " * 300_000,
    "comments that never end": "<!--" * 200_000,
    "scripts that never end": "<script>" * 50_000,
    "ampersands": "&" * 500_000,
    "entities": "&nbsp;" * 60_000 + SENTENCE,
    "spans": "<table>" + ("<tr>" + "<td rowspan=1000 colspan=1000>一</td>" * 10 + "</tr>") * 20 + "</table>",
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text(name):
    started = time.perf_counter()
    article = read_article(Page("a", PLAIN[name], "text/plain", "utf-8", ""))
    assert time.perf_counter() - started < 8
    article.text.encode()
    assert len(article.starts) == len(article.text)


@pytest.mark.parametrize("name", MARKUP)
def test_markup(name):
    started = time.perf_counter()
    article = read_article(Page("a", MARKUP[name], "text/html", "utf-8", ""))
    assert time.perf_counter() - started < 8
    assert len(article.starts) == len(article.text)


def test_text_within_deep_markup_is_found():
    article = read_article(Page("a", MARKUP["nested elements"], "text/html", "utf-8", ""))
    assert article.text == SENTENCE


def test_off_subject_text_is_read_all_the_same():
    text = "The quick brown fox jumps over the lazy dog.\nLorem ipsum dolor sit amet."
    article = read_article(Page("a", text, "text/plain", "utf-8", ""))
    assert article.text == text
