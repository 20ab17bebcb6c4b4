"""Rules as data: what a rule file may say, and how it is read and checked.

A rule file stands for one type of fact. It is found by being there; nothing is registered:

    fact: leads
    rules:
    - id: leads.by-agent
      trigger: [牵头, 主抓]
      unless: {after: [部门]}
      slots:
        agent: {type: [Organization, Person], from: [by]}
        initiative: {type: Initiative, from: [object, before, topic]}

Examples:
      - text: 由甲市总工会牵头推进“乙”行动。
        facts: [{agent: 甲市总工会, initiative: “乙”行动}]
      - text: 牵头单位共三家。
        facts: []

See CONTRIBUTING.md for every key and position.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import RuleError

# Where a slot may take its filler from, relative to the trigger; tried in the order the rule gives.
POSITIONS = {
    "by": "the names behind a marker (由, 被 …) before the trigger",
    "subject": "the names that act in the clause, with those joined by 会同 or 联合",
    "carried": "the subject carried over from an earlier clause, where the clause has none",
    "before": "the nearest names before the trigger in its clause",
    "earlier": "the nearest names in earlier clauses of the sentence",
    "object": "the first names behind the trigger in its clause",
    "later": "the first names in later clauses of the sentence",
    "place": "the place in whose scope the sentence stands",
    "topic": "the initiative spoken of last, or the one the whole article is about",
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
_BY = frozenset({"由", "被"})
# Types that a slot may ask for beside the classes of the ontology.
GROUPS = {
    "Organization": frozenset(
        [
            "Government",
            "GovernmentDepartment",
            "PartyOrgan",
            "TradeUnion",
            "CoordinationBody",
            "Enterprise",
            "School",
            "Organization",
        ]
    ),
    "Initiative": frozenset(["Initiative", "Reform", "Programme", "Competition"]),
}
CLASSES = frozenset(
    [
        "Government",
        "GovernmentDepartment",
        "PartyOrgan",
        "TradeUnion",
        "CoordinationBody",
        "Enterprise",
        "School",
        "Organization",
        "Person",
        "Region",
        "Initiative",
        "Reform",
        "Programme",
        "Competition",
        "PolicyDocument",
        "Event",
        "Honour",
    ]
)


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
    needs_after: tuple[str, ...] = ()
    planned: bool = False  # whether plans and demands count too
    priority: int = 0
    confidence: float = 0.8
    construction: str = ""  # reader of the language that the rule names instead of slots
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, in order of their ids."""

    rules: tuple[Rule, ...]

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
        raise RuleError(f"no rule {rule_id!r}", remedy=_nearest(rule_id, [r.id for r in self.rules]))


def _nearest(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known))}"


def load(folder: Path | None = None) -> RuleSet:
    """Read every `*.yaml` of the folder, by default the package's own.

    Raises:
        RuleError: Listing everything wrong, one line each, with file and line.
    """
    return _load(str(folder or files("kg.extract") / "rules"))


@functools.cache
def _load(folder: str) -> RuleSet:
    rules: list[Rule] = []
    problems: list[RuleError] = []
    paths = sorted(Path(folder).glob("*.yaml"))
    if not paths:
        raise RuleError("no rule files here", where=folder, remedy="give a folder with .yaml files")
    for path in paths:
        try:
            rules.extend(_read_file(path))
        except RuleError as error:
            problems.append(error)
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            problems.append(RuleError(f"rule {rule.id!r} stands also at {seen[rule.id]}", where=rule.source))
        seen[rule.id] = rule.source
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise RuleError("\n".join(str(p) for p in problems))
    return RuleSet(tuple(sorted(rules, key=lambda r: r.id)))


def _read_file(path: Path) -> list[Rule]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        text = path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError("the rule file cannot be read as UTF-8", where=str(path), remedy=str(error)) from error
    try:
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        bad = text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""
        hint = "write ': ' instead of the full-width colon" if "：" in bad else "check the indentation and the brackets"
        hint = "use spaces, not tabs, to indent" if "\t" in bad else hint
        raise RuleError(f"not valid YAML ({error.problem})", where=f"{path.name}:{line}", remedy=hint) from error
    return _FileReader(path).rules(data)


class _FileReader:
    """Turns one parsed rule file into rules; every complaint names file and line."""

    _FILE_KEYS = frozenset({"fact", "rules"})
    _RULE_KEYS = frozenset(
        [
            "id",
            "trigger",
            "slots",
            "unless",
            "needs",
            "planned",
            "priority",
            "confidence",
            "construction",
            "words",
            "examples",
            "note",
        ]
    )
    _SLOT_KEYS = frozenset({"type", "from", "marker"})
    _EXAMPLE_KEYS = frozenset({"text", "facts", "place", "date"})

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, node: Any, what: str, remedy: str = "") -> RuleError:
        line = getattr(getattr(node, "lc", None), "line", 0) or 0
        return RuleError(what, where=f"{self.path.name}:{line + 1}", remedy=remedy)

    def mapping(self, node: Any, parent: Any, keys: frozenset[str], what: str) -> Mapping[str, Any]:
        if not isinstance(node, Mapping):
            raise self.fail(parent, f"{what} must be a mapping of {', '.join(sorted(keys))}")
        for key in node:
            if key not in keys:
                raise self.fail(node, f"{what} has an unknown key {key!r}", _nearest(str(key), keys))
        return node

    def strings(self, node: Any, parent: Any, what: str) -> tuple[str, ...]:
        if node is None:
            return ()
        items = [node] if isinstance(node, str) else node
        if not isinstance(items, Sequence) or not all(isinstance(i, str) and i for i in items):
            raise self.fail(parent, f"{what} must be a word or a list of words")
        return tuple(items)

    def rules(self, data: Any) -> list[Rule]:
        top = self.mapping(data, data, self._FILE_KEYS, "the file")
        fact = str(top.get("fact", ""))
        if fact not in FACTS:
            raise self.fail(data, f"unknown fact type {fact!r}", _nearest(fact, FACTS))
        rules = top.get("rules")
        if not isinstance(rules, Sequence) or isinstance(rules, str) or not rules:
            raise self.fail(data, "the file has no rules", "give them as a list under 'rules:'")
        return [self.rule(node, data, fact) for node in rules]

    def rule(self, node: Any, parent: Any, fact: str) -> Rule:
        self.mapping(node, parent, self._RULE_KEYS, "a rule")
        rule_id = str(node.get("id", ""))
        if not rule_id.startswith(f"{fact}."):
            raise self.fail(node, f"rule id {rule_id!r} does not begin with {fact + '.'!r}")
        unless = self.mapping(node.get("unless") or {}, node, frozenset({"before", "after"}), "unless")
        needs = self.mapping(node.get("needs") or {}, node, frozenset({"after"}), "needs")
        construction = str(node.get("construction", ""))
        triggers = self.strings(node.get("trigger"), node, "trigger")
        if not triggers and not construction:
            raise self.fail(node, f"rule {rule_id} has neither trigger nor construction")
        slots = tuple(self.slot(name, slot, node, fact) for name, slot in (node.get("slots") or {}).items())
        if not construction and {slot.name for slot in slots} != set(FACTS[fact]):
            raise self.fail(node, f"rule {rule_id} must fill the slots {', '.join(FACTS[fact])}")
        examples = tuple(self.example(e, node, fact) for e in node.get("examples") or ())
        if not any(e.facts for e in examples) or all(e.facts for e in examples):
            raise self.fail(node, f"rule {rule_id} lacks a positive or a negative example", "give at least one of each")
        return Rule(
            id=rule_id,
            fact=fact,
            triggers=tuple(sorted(triggers, key=len, reverse=True)),
            slots=slots,
            unless_before=self.strings(unless.get("before"), node, "unless.before"),
            unless_after=self.strings(unless.get("after"), node, "unless.after"),
            needs_after=self.strings(needs.get("after"), node, "needs.after"),
            planned=bool(node.get("planned", False)),
            priority=int(node.get("priority", 0)),
            confidence=float(node.get("confidence", 0.8)),
            construction=construction,
            words={k: self.strings(v, node, f"words.{k}") for k, v in (node.get("words") or {}).items()},
            examples=examples,
            source=f"{self.path.name}:{node.lc.line + 1}",
        )

    def slot(self, name: str, node: Any, parent: Any, fact: str) -> Slot:
        if name not in FACTS[fact]:
            raise self.fail(parent, f"{fact} has no slot {name!r}", _nearest(name, FACTS[fact]))
        self.mapping(node, parent, self._SLOT_KEYS, f"slot {name}")
        types: set[str] = set()
        for type_ in self.strings(node.get("type"), node, "type"):
            if type_ not in CLASSES:
                raise self.fail(node, f"slot {name} has an unknown type {type_!r}", _nearest(type_, CLASSES))
            types |= GROUPS.get(type_, frozenset({type_}))
        positions = self.strings(node.get("from"), node, "from")
        for position in positions:
            if position not in POSITIONS:
                raise self.fail(
                    node, f"slot {name} has an unknown position {position!r}", _nearest(position, POSITIONS)
                )
        if not types or not positions:
            raise self.fail(parent, f"slot {name} needs 'type' and 'from'")
        markers = frozenset(self.strings(node.get("marker"), node, "marker")) or _BY
        return Slot(name, frozenset(types), positions, markers)

    def example(self, node: Any, parent: Any, fact: str) -> Example:
        self.mapping(node, parent, self._EXAMPLE_KEYS, "an example")
        facts = node.get("facts")
        if not node.get("text") or facts is None:
            raise self.fail(node, "an example needs 'text' and 'facts' (an empty list for none)")
        return Example(
            text=str(node["text"]),
            facts=tuple({str(k): str(v) for k, v in f.items()} for f in facts),
            place=str(node.get("place", "")),
            date=str(node.get("date", "")),
            line=node.lc.line + 1,
        )
