"""What sentences count, in a table: every observation that they state, with its time, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.extract import read
from kg.extract.rulebook.check import article_of, values
from kg.lexicon.places import places_named

_DATE, _PLACE = "2025-05-20", "清远市"
_KINDS, _BOUNDS = {"growth", "share", "target"}, {"about", "over", "under"}
_MARKS = re.compile("[“”《》]")


class Observed(NamedTuple):
    """An observation as the table writes it; what is counted stands apart, for it has more than one right form."""

    value: str
    unit: str
    period: str
    kind: str
    bound: str
    about: str


def _rows() -> list[tuple[str, ...]]:
    text = Path(__file__).with_name("observations.tsv").read_text("utf8")
    return [tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#")]


def _stated(written: str) -> tuple[str, Observed]:
    indicator, quantity, period, *rest = written.split(" ")
    number = re.match(r"-?[\d.]+", quantity)
    assert number is not None, written
    kind = next((word for word in rest if word in _KINDS), "level")
    bound = next((word for word in rest if word in _BOUNDS), "exact")
    about = next((word[1:] for word in rest if word.startswith("@")), _PLACE)
    period = "" if period == "-" else period
    return indicator, Observed(number[0], quantity[number.end() :], period, kind, bound, _MARKS.sub("", about))


def _observed(text: str) -> list[tuple[str, Observed]]:
    article = article_of(text.replace("\\n", "\n"), _DATE)
    found = [f for f in read(article, place=places_named(_PLACE)[0].code).facts if f.type == "observation"]
    observed = []
    for fact in sorted(found, key=lambda f: (f.start, str(f.slots["about"]))):
        of = {slot: next(iter(forms), "") for slot, forms in values(fact).items()}
        about = _MARKS.sub("", of["about"])
        kind, bound = of["kind"].lower(), of["bound"].lower()
        observed.append((of["indicator"], Observed(of["value"], of["unit"], of.get("period", ""), kind, bound, about)))
    return observed


@pytest.mark.parametrize(("text", "stated"), _rows())
def test_what_a_sentence_counts(text: str, stated: str) -> None:
    found, wanted = _observed(text), [_stated(written) for written in stated.split("; ") if written]
    assert [observed for _, observed in found] == [observed for _, observed in wanted]
    for (indicator, _), (named, _) in zip(found, wanted, strict=True):
        assert named in indicator or indicator in named
