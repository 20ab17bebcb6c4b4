"""Texts that would make a careless reader slow: what is looked at grows with the text, not with its square."""

import pytest
from work import grows_evenly

from kg.extract import read
from kg.extract.names import resumed
from kg.extract.posts import stated
from kg.model import Page
from kg.text import read_article

SENTENCE = "深化产业工人队伍建设改革，完善技能形成体系，甲市总工会启动“星火”行动。"


def article(text):
    return read_article(Page("a", text, "text/plain", "utf-8", ""))


class Counted(list):
    looked = 0

    def __getitem__(self, index):
        self.looked += 1
        return super().__getitem__(index)


class Word:
    text = "甲"


def test_the_end_of_a_clause_is_not_looked_for_without_end():
    tokens = Counted([Word()] * 20_000)
    assert stated._end_of_clause(tokens, 5) < 1_000
    assert tokens.looked < 1_000


def test_each_name_is_shortened_once(monkeypatch):
    asked = []
    shortened = resumed._without_marks
    monkeypatch.setattr(resumed, "_without_marks", lambda mention: asked.append(mention) or shortened(mention))
    found = read(article(SENTENCE * 40))
    assert any(mention.type == "Programme" for mention in found.mentions)
    assert len(asked) <= 2 * len(found.mentions)


@pytest.mark.parametrize(
    "again", ["1234567890", "1", "一二三", "2024年", "15%", "牵头、", "甲市总工会、", "张三获评“工匠”、"]
)
def test_the_same_without_end(again):
    assert grows_evenly(lambda size: read(article(SENTENCE + again * (size // len(again)))), 2_000)
