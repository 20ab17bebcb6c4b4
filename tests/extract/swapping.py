"""Puts other names of the same kind into an example, in its text and in what it expects."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.analysis import analyse_article
from kg.extract.rulebook.check import article_of, code_of_place
from kg.extract.rulebook.ruleset import Example
from kg.lexicon.divisions import Place, places
from kg.lexicon.places import find_places, places_named
from kg.naming import INITIATIVES


@functools.cache
def _pool(level: str, kind: str) -> tuple[Place, ...]:
    """Places that are meant by their full and short names wherever these stand."""
    return tuple(
        p
        for p in sorted(places().values(), key=lambda p: p.code)
        if p.level == level and p.kind_word == kind and not p.common and _short(p) and _alone(p.full_name, _short(p))
    )


def _short(place: Place) -> str:
    return next(iter(place.short_names), "")


def _alone(*names: str) -> bool:
    return all(len(places_named(name)) == 1 for name in names)


def named(example: Example) -> list[Place]:
    """Return the places that an example names, the higher levels first."""
    written = "。".join([example.place, example.text, *(v for fact in example.facts for v in fact.values())])
    found = {m.candidates[0] for m in find_places(written) if m.form in {"full", "short"} and len(m.candidates) == 1}
    ranks = {"province": 0, "prefecture": 1, "county": 2}
    return sorted((p for p in found if p.level in ranks), key=lambda p: (ranks[p.level], p.code))


def swapped(example: Example) -> Example | None:
    """Return the example with every place replaced by one of its level, within the replaced place above; or None."""
    new = _others(named(example), {}, zlib.crc32(example.text.encode()))
    if not new:
        return None
    forms = sorted(_forms(new), key=lambda pair: -len(pair[0]))

    def changed(text: str) -> str:
        # Through marks, so that nothing put in is replaced once more.
        for i, (old_form, _) in enumerate(forms):
            text = text.replace(old_form, f"\0{i}\0")
        for i, (_, new_form) in enumerate(forms):
            text = text.replace(f"\0{i}\0", new_form)
        return text

    facts = tuple({slot: changed(value) for slot, value in fact.items()} for fact in example.facts)
    return replace(example, text=changed(example.text), facts=facts, place=changed(example.place))


def _others(old: Sequence[Place], new: dict[Place, Place], seed: int) -> dict[Place, Place] | None:
    """Return a replacement for each of these places beside those chosen already, or None if there is none."""
    if not old:
        return new
    first, *rest = old
    above = next((new[a] for a in first.ancestors if a in new), None)
    pool = [p for p in _pool(first.level, first.kind_word) if p not in (first, *new, *new.values(), *rest)]
    pool = [p for p in pool if above is None or p.within(above)]
    for i in range(len(pool)):
        found = _others(rest, {**new, first: pool[(seed + i) % len(pool)]}, seed)
        if found:
            return found
    return None


def _forms(new: dict[Place, Place]) -> Iterator[tuple[str, str]]:
    for old, other in new.items():
        yield old.full_name, other.full_name
        yield _short(old), _short(other)


_PERSONS = ("赵立言", "欧阳海", "孙明", "郑国梁")
_CORES = ("磐石", "远航启程", "春晖", "A+匠才")
_CORE = re.compile("“([^”]+)”")


def renamed(example: Example) -> Example | None:
    """Return the example with other persons and other quoted names of initiatives; None where it has neither."""
    code = code_of_place(example.place) if example.place else ""
    names = analyse_article(article_of(example.text, example.date), code).names.mentions()
    persons = dict.fromkeys(m.text for m in names if m.type == "Person")
    quoted = (core for m in names if m.type in INITIATIVES for core in _CORE.findall(m.text))
    cores = dict.fromkeys(c for c in quoted if not find_places(c))
    new = {**dict(zip(persons, _PERSONS, strict=False)), **dict(zip(cores, _CORES, strict=False))}
    if not new:
        return None

    def changed(text: str) -> str:
        for old, other in new.items():
            text = text.replace(old, other)
        return text

    facts = tuple({slot: changed(value) for slot, value in fact.items()} for fact in example.facts)
    return replace(example, text=changed(example.text), facts=facts)
