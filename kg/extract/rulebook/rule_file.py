"""Reads rule files; whatever is wrong with one is told with file and line and the nearest valid term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import RuleError
from kg.extract.rulebook.ruleset import CLASSES, FACTS, GROUPS, POSITIONS, Example, Rule, Slot, nearest
from kg.yaml import Lined, YamlError, read_yaml

_BY = frozenset({"由", "被"})
_FILE_KEYS = frozenset({"fact", "rules"})
_RULE_KEYS = frozenset(
    {"id", "trigger", "slots", "unless", "needs", "planned", "confidence", "construction", "words"}
    | {"examples", "note"}
)
_SLOT_KEYS = frozenset({"type", "from", "marker"})
_EXAMPLE_KEYS = frozenset({"text", "facts", "place", "date"})
# What an example may state of a fact beside the slots that a rule fills.
_STATED = {
    "post": frozenset({"title"}),
    "observation": frozenset({"value", "unit", "bound", "kind", "period", "baseline", "of_which"}),
}
_COLON = "write ': ' instead of the full-width colon"
_TAB = "use spaces, not tabs, to indent"


def read_file(path: Path, shown: str) -> tuple[list[Rule], list[RuleError]]:
    """Return the rules of a file and everything that is wrong with it.

    Args:
        path: The file.
        shown: By what name messages and rules' sources call it.
    """
    try:
        return _FileReader(shown).rules(_parsed(path, shown))
    except RuleError as error:
        return [], [error]


def _parsed(path: Path, shown: str) -> Any:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError("the rule file cannot be read as UTF-8", where=shown, remedy=str(error)) from error
    try:
        return read_yaml(text)
    except YamlError as error:
        if not error.line:
            raise RuleError(f"not valid YAML ({error})", where=shown) from error
        line, hint = error.line, "check the indentation and the brackets"
        # The parser may notice what is wrong with a line only at the next one.
        for number, suspect in enumerate(text.splitlines()[:line][-2:], max(1, line - 1)):
            if _full_width_key(suspect) or suspect.lstrip(" ").startswith("\t"):
                line, hint = number, _COLON if _full_width_key(suspect) else _TAB
                break
        raise RuleError(f"not valid YAML ({error})", where=f"{shown}:{line}", remedy=hint) from error


def _full_width_key(line: str) -> bool:
    keys = _RULE_KEYS | _FILE_KEYS | _SLOT_KEYS | _EXAMPLE_KEYS
    return "：" in line and line.strip("- ").split("：")[0].strip() in keys


class _FileReader:
    """Turns one parsed rule file into rules."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def rules(self, data: Any) -> tuple[list[Rule], list[RuleError]]:
        top = self.mapping(data, self.line(data), _FILE_KEYS, "the file")
        fact = str(top.get("fact", ""))
        if fact not in FACTS:
            raise self.fail(self.line(data, "fact"), f"unknown fact type {fact!r}", nearest(fact, FACTS))
        nodes = top.get("rules")
        if not isinstance(nodes, Sequence) or isinstance(nodes, str) or not nodes:
            raise self.fail(self.line(data, "rules"), "the file has no rules", "give them as a list under 'rules:'")
        rules, problems = [], []
        for i, node in enumerate(nodes):
            try:
                rules.append(self.rule(node, self.line(nodes, i), fact))
            except RuleError as error:
                problems.append(error)
        return rules, problems

    def rule(self, node: Any, line: int, fact: str) -> Rule:
        self.mapping(node, line, _RULE_KEYS, "a rule")
        rule_id = str(node.get("id", ""))
        if not rule_id.startswith(f"{fact}.") or rule_id == f"{fact}.":
            what = f"rule id {rule_id!r} does not begin with {fact + '.'!r}"
            raise self.fail(self.line(node, "id"), what, f"write id: {fact}.<construction>")
        unless = self.mapping(
            node.get("unless") or {}, self.line(node, "unless"), {"before", "after", "within"}, "unless"
        )
        needs = self.mapping(node.get("needs") or {}, self.line(node, "needs"), {"after", "type", "within"}, "needs")
        words = self.mapping(node.get("words") or {}, self.line(node, "words"), None, "words")
        construction = str(node.get("construction", ""))
        triggers = self.strings(node, "trigger")
        if not triggers and not construction:
            raise self.fail(line, f"rule {rule_id} has neither trigger nor construction")
        slots = self.slots(node, fact)
        if not construction and {slot.name for slot in slots} != set(FACTS[fact]):
            raise self.fail(self.line(node, "slots"), f"rule {rule_id} must fill the slots {', '.join(FACTS[fact])}")
        return Rule(
            id=rule_id,
            fact=fact,
            triggers=tuple(sorted(triggers, key=len, reverse=True)),
            slots=slots,
            unless_before=self.strings(unless, "before"),
            unless_after=self.strings(unless, "after"),
            unless_within=self.strings(unless, "within"),
            needs_after=self.strings(needs, "after"),
            needs_within=self.strings(needs, "within"),
            needs_type=self.types(needs, "needs"),
            planned=self.value(node, "planned", bool, False, "yes or no (true, false)"),
            confidence=self.confidence(node),
            construction=construction,
            words={str(key): self.strings(words, key) for key in words},
            examples=self.examples(node, line, fact, rule_id),
            source=f"{self.shown}:{line}",
        )

    def slots(self, node: Any, fact: str) -> tuple[Slot, ...]:
        found = self.mapping(node.get("slots") or {}, self.line(node, "slots"), None, "slots")
        return tuple(self.slot(str(name), found[name], self.line(found, name), fact) for name in found)

    def slot(self, name: str, node: Any, line: int, fact: str) -> Slot:
        if name not in FACTS[fact]:
            raise self.fail(line, f"{fact} has no slot {name!r}", nearest(name, FACTS[fact]))
        self.mapping(node, line, _SLOT_KEYS, f"slot {name}")
        types = self.types(node, f"slot {name}")
        positions = self.strings(node, "from")
        for position in positions:
            if position not in POSITIONS:
                what = f"slot {name} has an unknown position {position!r}"
                raise self.fail(self.line(node, "from"), what, nearest(position, POSITIONS))
        if not types or not positions:
            raise self.fail(line, f"slot {name} needs 'type' and 'from'")
        return Slot(name, types, positions, frozenset(self.strings(node, "marker")) or _BY)

    def types(self, node: Mapping[str, Any], what: str) -> frozenset[str]:
        """Return the classes under the key `type`, groups of classes resolved."""
        types: set[str] = set()
        for type_ in self.strings(node, "type"):
            if type_ not in CLASSES:
                problem = f"{what} has an unknown type {type_!r}"
                raise self.fail(self.line(node, "type"), problem, nearest(type_, {*CLASSES, *GROUPS}))
            types |= GROUPS.get(type_, frozenset({type_}))
        return frozenset(types)

    def examples(self, node: Any, line: int, fact: str, rule_id: str) -> tuple[Example, ...]:
        nodes = node.get("examples") or ()
        if isinstance(nodes, str) or not isinstance(nodes, Sequence):
            raise self.fail(self.line(node, "examples"), "examples must be a list of mappings with 'text' and 'facts'")
        examples = tuple(self.example(e, self.line(nodes, i), fact) for i, e in enumerate(nodes))
        lacking = "positive" if not any(e.facts for e in examples) else ""
        lacking = lacking or ("negative" if all(e.facts for e in examples) else "")
        if lacking:
            remedy = {
                "positive": "give a sentence with the facts that it must yield",
                "negative": "give a sentence that must yield nothing, with 'facts: []'",
            }[lacking]
            raise self.fail(line, f"rule {rule_id} lacks a {lacking} example", remedy)
        return examples

    def example(self, node: Any, line: int, fact: str) -> Example:
        self.mapping(node, line, _EXAMPLE_KEYS, "an example")
        facts = node.get("facts")
        if not node.get("text") or not isinstance(facts, Sequence) or isinstance(facts, str):
            raise self.fail(line, "an example needs 'text' and 'facts' (a list, empty for none)")
        stated = {*FACTS[fact], "date", *_STATED.get(fact, ())}
        for i, one in enumerate(facts):
            self.mapping(one, self.line(facts, i), stated, f"a fact of type {fact}")
        return Example(
            text=str(node["text"]),
            facts=tuple({str(k): str(v) for k, v in f.items()} for f in facts),
            place=str(node.get("place", "")),
            date=str(node.get("date", "")),
            line=line,
        )

    def confidence(self, node: Any) -> float:
        given = self.value(node, "confidence", (int, float), 0.8, "a number from 0 to 1")
        if not 0 < given <= 1:
            raise self.fail(self.line(node, "confidence"), "confidence must be a number from 0 to 1")
        return float(given)

    # --- looking at nodes ---

    def line(self, node: Any, key: Any = None) -> int:
        """Return the line of a node, or of its item or key, counted from 1."""
        if not isinstance(node, Lined):
            return 1
        return node.line if key is None else node.lines.get(key, node.line)

    def fail(self, line: int, what: str, remedy: str = "") -> RuleError:
        return RuleError(what, where=f"{self.shown}:{line}", remedy=remedy)

    def mapping(self, node: Any, line: int, keys: Iterable[str] | None, what: str) -> Mapping[str, Any]:
        """Return the node if it is a mapping with no other keys than these (any, where they are None).

        Raises:
            RuleError: It is not.
        """
        if not isinstance(node, Mapping):
            hint = _COLON if isinstance(node, str) and "：" in node else ""
            of = f" of {', '.join(sorted(keys))}" if keys is not None else ""
            raise self.fail(line, f"{what} must be a mapping{of}", hint)
        for key in node:
            if keys is not None and key not in keys:
                hint = _COLON if "：" in str(key) else nearest(str(key), keys)
                raise self.fail(self.line(node, key), f"{what} has an unknown key {str(key)!r}", hint)
        return node

    def strings(self, node: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Return a word or list of words under a key, () where it is not there.

        Raises:
            RuleError: It is something else.
        """
        value = node.get(key)
        items = [value] if isinstance(value, str) else () if value is None else value
        if not isinstance(items, Sequence) or not all(isinstance(i, str) and i for i in items):
            raise self.fail(
                self.line(node, key), f"{key} must be a word or a list of words", "quote numbers and yes/no"
            )
        return tuple(str(i) for i in items)

    def value(self, node: Mapping[str, Any], key: str, type_: Any, default: Any, what: str) -> Any:
        value = node.get(key, default)
        if not isinstance(value, type_) or (isinstance(value, bool) and type_ is not bool):
            raise self.fail(self.line(node, key), f"{key} must be {what}")
        return value
