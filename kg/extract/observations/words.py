"""The words of the declared constructions, compiled."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from kg.extract.ruleset import Rule, RuleSet

# Numbers in these units say how two others relate, and count nothing by themselves.
RELATIVE = frozenset({"%", "倍", "个百分点"})
_NO_WORDS: frozenset[str] = frozenset()


@functools.lru_cache(maxsize=8)
def words_of(rules: RuleSet) -> Words:
    """Return the words of a rule set, compiled once for all articles."""
    return Words(rules)


class Words:
    """The word lists that the rules for observations declare, by name.

    Args:
        rules: The rule set.

    Attributes:
        rules: The rule of each construction.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules: dict[str, Rule] = {rule.construction: rule for rule in rules.of("observation")}
        self._lists = {name: words for rule in self.rules.values() for name, words in rule.words.items()}
        self._sets = {name: frozenset(words) for name, words in self._lists.items()}
        self._tuples = {name: tuple(words) for name, words in self._lists.items()}
        self._patterns: dict[tuple[tuple[str, ...], str, str], re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> frozenset[str]:
        """Return the words of a list; no words where no rule declares it."""
        return self._sets.get(name, _NO_WORDS)

    def edges(self, name: str) -> tuple[str, ...]:
        """Return the words of a list in the form that `startswith` and `endswith` ask for."""
        return self._tuples.get(name, ())

    def pattern(self, *names: str, before: str = "", after: str = "") -> re.Pattern[str]:
        """Return a pattern of any word of the lists, with more of a pattern before and after it."""
        key = names, before, after
        found = self._patterns.get(key)
        if found is None:
            listed = [word for name in names for word in self._lists.get(name, ())]
            found = self._patterns[key] = re.compile(f"{before}(?:{any_of(listed)}){after}")
        return found


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first, or nothing where there are none.

    >>> any_of(["增长", "增长到"])
    '增长到|增长'
    """
    found: Sequence[str] = sorted({re.escape(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(found) or r"(?!)"
