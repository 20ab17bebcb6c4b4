"""Who does what, sentence by sentence: every fact that a sentence states, and no other of its types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.extract import read
from kg.extract.rulebook.check import article_of
from kg.extract.rulebook.ruleset import FACTS
from kg.lexicon.places import places_named
from kg.model import Mention

_MARKS = re.compile("[“”‘’《》 ]")


def _rows() -> list[tuple[str, ...]]:
    text = Path(__file__).with_name("relations.tsv").read_text("utf8")
    return [tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#")]


def _called(mention: object) -> str:
    assert isinstance(mention, Mention)
    return _MARKS.sub("", mention.name or mention.text)


def _facts(text: str, types: list[str]) -> set[tuple[str, ...]]:
    found = read(article_of(text.replace("\\n", "\n"), "2025-05-01"), place=places_named("清远市")[0].code).facts
    facts = set()
    for fact in found:
        if fact.type in types:
            left, right = FACTS[fact.type]
            titles = fact.slots.get("titles")
            said = ("、".join(titles),) if isinstance(titles, tuple) else ()
            facts.add((fact.type, _called(fact.slots[left]), _called(fact.slots[right]), *said))
    return facts


def _stated(fact: str) -> tuple[str, ...]:
    type_, _, rest = fact.partition(" ")
    return type_, *(_MARKS.sub("", part) for part in rest.split(" > "))


@pytest.mark.parametrize(("text", "types", "stated"), _rows())
def test_what_a_sentence_states(text: str, types: str, stated: str) -> None:
    assert _facts(text, types.split()) == {_stated(fact) for fact in stated.split("; ") if fact}
