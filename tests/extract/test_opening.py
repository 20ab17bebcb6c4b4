"""Patterns that name the characters with which they begin name all of them."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest

import kg.extract
from kg.extract.names import initiatives
from kg.extract.times.words import time_words

_GUARD = "(?=["
_MADE_WHEN_USED = [initiatives._reforms()[0], initiatives._quoted()[0], time_words().head]


def _patterns() -> Iterator[re.Pattern[str]]:
    for module in pkgutil.walk_packages(kg.extract.__path__, "kg.extract."):
        yield from (p for p in vars(importlib.import_module(module.name)).values() if isinstance(p, re.Pattern))


GUARDED = {p.pattern: p for p in (*_patterns(), *_MADE_WHEN_USED) if p.pattern.startswith(_GUARD)}


def _members(items: list) -> set[int]:
    found: set[int] = set()
    for kind, value in items:
        if kind is sre.LITERAL:
            found.add(value)
        elif kind is sre.RANGE:
            found.update(range(value[0], value[1] + 1))
        elif value is sre.CATEGORY_DIGIT:
            found.update(map(ord, "0123456789"))
        else:
            raise AssertionError(f"{kind} {value} can begin with too many characters")
    return found


def _first(parsed: list) -> tuple[set[int], bool]:
    """Return the characters with which a parsed pattern can begin, and whether it can match nothing."""
    found: set[int] = set()
    for kind, value in parsed:
        if kind in {sre.AT, sre.ASSERT, sre.ASSERT_NOT}:
            continue
        if kind is sre.LITERAL:
            return found | {value}, False
        if kind is sre.IN:
            return found | _members(value), False
        if kind is sre.BRANCH:
            branches = [_first(list(branch)) for branch in value[1]]
        elif kind is sre.SUBPATTERN:
            branches = [_first(list(value[-1]))]
        elif kind in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            branches = [_first(list(value[2])), *([(set(), True)] if value[0] == 0 else [])]
        else:
            raise AssertionError(f"{kind} can begin with too many characters")
        found |= set().union(*(characters for characters, _ in branches))
        if not any(empty for _, empty in branches):
            return found, False
    return found, True


@pytest.mark.parametrize("pattern", GUARDED.values(), ids=[p[:30] for p in GUARDED])
def test_every_beginning_is_named(pattern):
    (_, (_, guard)), *rest = _parser.parse(pattern.pattern, pattern.flags)
    ((_, named),) = guard
    first, empty = _first(rest)
    assert not empty
    assert {chr(c) for c in first - _members(named)} == set()


def test_a_forgotten_beginning_is_found():
    first, _ = _first(list(_parser.parse("甲乙|(?:丙?丁)|[0-9]")))
    assert {chr(c) for c in first} == set("甲丙丁0123456789")
