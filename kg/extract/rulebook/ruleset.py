"""Rules as data: what a rule says.

A rule file stands for one type of fact and is found by being there; nothing is registered. CONTRIBUTING.md shows one
and explains every key and position. `rule_file` reads rule files, `loading` all of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import RuleError
from kg.naming import INITIATIVES, ORGANISATIONS

# Where a slot may take its filler from, relative to the trigger; tried in the order the rule gives.
POSITIONS = {
    "by": "the names behind a marker (由, 被 …) before the trigger",
    "adjacent": "the names directly before the trigger, adverbs aside",
    "subject": "the names that act in the clause, with those joined by 会同 or 联合",
    "carried": "the subject carried over from an earlier clause, where the clause has none",
    "coming": "the subject of the next clause, where the clause has none and begins with 通过 or ends with 以来",
    "owner": "the names directly before the nearest initiative before the trigger (甲“乙”行动…)",
    "before": "the nearest names before the trigger in its clause",
    "earlier": "the nearest names in earlier clauses of the sentence",
    "object": "the first names behind the trigger in its clause",
    "next": "the names directly behind the trigger",
    "inside": "the names inside the trigger, where it holds a gap (扛起…责任)",
    "later": "the first names in later clauses of the sentence",
    "protagonist": "the body that the article is by or about, where the clause has no subject",
    "locality": "the place in scope, where nothing else acts in the clause",
    "place": "the place in whose scope the sentence stands",
    "session": "the body in the name of the event, where it is a session of that body",
    "named": "the place with which the name of the event or document begins",
    "signer": "the body that signs the document, on a line of its own above a date",
    "previous": "the last name of the type in the paragraph, where the sentence begins with 由 or stands in brackets",
    "bare": "the last initiative that the bare 行动 or 工程 at the head of the clause means",
    "recent": "the last name of the type before the trigger, not far back",
    "topic": "the reform that the article is about, or the name of the type spoken of last",
}
FACTS = {
    "leads": ("agent", "initiative"),
    "implements": ("agent", "initiative"),
    "participatesIn": ("agent", "initiative"),
    "issues": ("agent", "document"),
    "organises": ("agent", "event"),
    "honour": ("recipient", "honour"),
    "post": ("person", "organization"),
    "observation": ("about", "indicator"),
}
# Types that a slot may ask for beside the classes of the ontology.
GROUPS = {"Organization": ORGANISATIONS, "Initiative": INITIATIVES}
CLASSES = ORGANISATIONS | INITIATIVES | {"Person", "Region", "PolicyDocument", "Event", "Honour"}


@dataclass(frozen=True, slots=True)
class Slot:
    """What may fill a slot, and where it is looked for."""

    name: str
    types: frozenset[str]
    positions: tuple[str, ...]
    markers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the facts of the rule's type that must be read from it, exactly.

    Attributes:
        text: One or more sentences.
        facts: Slot name to the name expected, in full or as written; empty for a negative example.
        place: The place the article is about; its date.
        line: Line in the file.
    """

    text: str
    facts: tuple[Mapping[str, str], ...]
    place: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A construction of Chinese and the fact that it states."""

    id: str
    fact: str
    triggers: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_within: tuple[str, ...] = ()  # anywhere before the trigger in its clause
    needs_after: tuple[str, ...] = ()
    needs_within: tuple[str, ...] = ()  # one of these before the trigger in its clause
    needs_type: frozenset[str] = frozenset()  # a name of one of these types must stand before
    planned: bool = False  # whether plans and demands count too
    confidence: float = 0.8
    construction: str = ""  # reader of the language that the rule names instead of slots
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name that the reader is told.

    Attributes:
        name: As it stands in texts.
        type: Local name of its class.
        full_name: What it is called in full.
        scope: Code of the place that it is or belongs to, or "".
    """

    name: str
    type: str
    full_name: str
    scope: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All rules, in order of their ids, and the names that come with them.

    Attributes:
        rules: The rules.
        names: Names that a user's list declares.
    """

    rules: tuple[Rule, ...]
    names: tuple[GivenName, ...] = ()

    def of(self, fact: str) -> tuple[Rule, ...]:
        """Return the rules that yield facts of this type."""
        return tuple(rule for rule in self.rules if rule.fact == fact)

    def by_id(self, rule_id: str) -> Rule:
        """Return the rule with this id.

        Raises:
            RuleError: There is none.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise RuleError(f"no rule {rule_id!r}", remedy=nearest(rule_id, [r.id for r in self.rules]))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the valid term nearest to a wrong one, or all of them.

    >>> nearest("Goverment", ["Government", "Person"])
    "did you mean 'Government'?"
    """
    close = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known))}"
