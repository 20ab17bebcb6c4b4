"""The words of the declared constructions, compiled."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from kg.extract.rulebook.ruleset import Rule, RuleSet

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


_PRONOUN = re.compile(
    r"^(?:其中|目前|截至目前|全省|全市|全县|全区|全州|全国|我省|我市|我区|我县|本市|该市|该县|该区|当地|"
    r"共|已|累计|并|而|且|也|均|都|又|还|有|另有)+"
)

_LOOSE = re.compile(r"^[、，,和与及的了\s]+|(?:[、，,和与的了\s]|(?<![惠涉普])及)+$")


def tidy(indicator: str) -> str:
    """Return an indicator without what belongs to the place, the time or the bound.

    >>> tidy("全省技能人才、"), tidy("“名师工作室"), tidy("惠及")
    ('技能人才', '名师工作室', '惠及')
    """
    text = _PRONOUN.sub("", _LOOSE.sub("", indicator))
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    return _LOOSE.sub("", text)
