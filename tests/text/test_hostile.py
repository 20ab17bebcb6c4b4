"""Pages that would make a careless reader crash, hang or run out of memory; `bench/hostile.py` times them."""

import sys
from pathlib import Path

import pytest
from work import grows_evenly

from kg.model import Page
from kg.text import read_article

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from hostile import MARKUP, PLAIN, SENTENCE

TEXTS = [("text/plain", name) for name in PLAIN] + [("text/html", name) for name in MARKUP]


def read(media_type, name, share=1):
    make, number = (PLAIN | MARKUP)[name]
    return read_article(Page("a", make(number // share), media_type, "utf-8", ""))


@pytest.mark.parametrize(("media_type", "name"), TEXTS)
def test_it_is_read(media_type, name):
    article = read(media_type, name)
    article.text.encode()
    assert len(article.starts) == len(article.text)


@pytest.mark.parametrize(("media_type", "name"), TEXTS)
def test_four_times_as_much_is_four_times_the_work(media_type, name):
    assert grows_evenly(lambda size: read(media_type, name, 80 // size), 1)


def test_text_within_deep_markup_is_found():
    article = read("text/html", "nested elements")
    assert article.text == SENTENCE


def test_off_subject_text_is_read_all_the_same():
    text = "The quick brown fox jumps over the lazy dog.\nLorem ipsum dolor sit amet."
    article = read_article(Page("a", text, "text/plain", "utf-8", ""))
    assert article.text == text
