"""Runs the examples of the rules: each must yield exactly the facts that it states, read by the rule it stands with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import RuleError
from kg.extract.reader import read
from kg.extract.rulebook.ruleset import Example, Rule, RuleSet
from kg.lexicon.places import places_named
from kg.model import Article, Block, BlockKind, Cell, Fact, Mention, Page, Quantity, Table

_MARKS = re.compile(r"[\s“”\"「」『』《》〈〉‘’]")


@dataclass(frozen=True, slots=True)
class Finding:
    """An example that does not hold: what was expected and not found, and what was found and not expected."""

    rule: Rule
    example: Example
    missing: tuple[str, ...]
    spurious: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{where_of(self.rule, self.example)}: {self.rule.id}: {self.example.text.strip()}"]
        lines += [f"    expected, not found: {m}" for m in self.missing]
        lines += [f"    found, not expected: {s}" for s in self.spurious]
        return "\n".join(lines)


def where_of(rule: Rule, example: Example) -> str:
    """Return file and line of an example."""
    return f"{rule.source.rpartition(':')[0]}:{example.line}"


def code_of_place(name: str, where: str = "") -> str:
    """Return the code of the place with this name.

    Raises:
        RuleError: There is none.
    """
    known = places_named(name)
    if not known:
        raise RuleError(f"unknown place {name!r}", where=where, remedy="give the full name of a division, like 安徽省")
    return known[0].code


def article_of(text: str, date: str = "") -> Article:
    """Return an article whose paragraphs are the lines of `text`; lines of cells between `|` make a table."""
    text = text.strip()
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    at = 0
    for line in text.split("\n"):
        if line.startswith("|"):
            rows.append(_cells(line, at))
        else:
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    if rows:
        blocks.append(Block(BlockKind.TABLE, rows[0][0].start, rows[-1][-1].end, Table(tuple(rows), 1)))
    page = Page("example", text, "text/plain", "utf-8", hashlib.sha256(text.encode()).hexdigest())
    offsets = range(len(text))
    return Article(page, text, offsets, range(1, len(text) + 1), tuple(blocks), published=date or None)


def _cells(line: str, at: int) -> tuple[Cell, ...]:
    cells = []
    for match in re.finditer(r"[^|]+", line):
        value = match[0].strip()
        start = at + match.start() + match[0].index(value)
        cells.append(Cell(start, start + len(value), value))
    return tuple(cells)


def check_example(rule: Rule, example: Example, rules: RuleSet) -> Finding | None:
    """Run one example against all rules; return what does not hold, or None.

    Raises:
        RuleError: The example names a place that is not known.
    """
    code = code_of_place(example.place, where_of(rule, example)) if example.place else ""
    found = [f for f in read(article_of(example.text, example.date), rules, code).facts if f.type == rule.fact]
    expected = list(example.facts)
    missing, spurious = [], []
    own = 0
    for fact in found:
        match = next((e for e in expected if _agrees(e, fact)), None)
        again = match is None and any(_agrees(e, fact) for e in example.facts)
        if again:  # read a second time, which states nothing new
            own += fact.rule == rule.id
        elif match is None:
            spurious.append(f"{_shown(fact)} [{fact.rule}]")
        else:
            expected.remove(match)
            own += fact.rule == rule.id
    missing = [", ".join(f"{k}: {v}" for k, v in e.items()) for e in expected]
    if example.facts and not missing and not own:
        missing.append(f"any fact read by {rule.id} itself")
    return Finding(rule, example, tuple(missing), tuple(spurious)) if missing or spurious else None


def check_examples(rules: RuleSet, only: Sequence[Rule] | None = None) -> list[Finding]:
    """Run every example of every rule, or only of some, and return those that do not hold.

    Raises:
        RuleError: An example names a place that is not known.
    """
    chosen = rules.rules if only is None else only
    results = [check_example(rule, example, rules) for rule in chosen for example in rule.examples]
    return [r for r in results if r is not None]


def values(fact: Fact) -> dict[str, tuple[str, ...]]:
    """Return the forms that each slot of a fact may be written in, for comparison with an example."""
    out: dict[str, tuple[str, ...]] = {}
    for slot, filler in fact.slots.items():
        if isinstance(filler, Mention):
            out[slot] = (filler.name, filler.text)
        elif isinstance(filler, Quantity):
            out["value"], out["unit"], out["bound"] = (str(filler.value),), (filler.unit,), (filler.bound,)
        elif isinstance(filler, tuple):
            out["title"] = ("、".join(filler),)
        elif filler is not None:
            out[slot] = (getattr(filler, "edtf", None) or str(filler),)
    return out


def _agrees(expected: Mapping[str, str], fact: Fact) -> bool:
    have = values(fact)
    return all(any(_same(value, form) for form in have.get(slot, ())) for slot, value in expected.items())


def _same(left: str, right: str) -> bool:
    return _MARKS.sub("", left) == _MARKS.sub("", right)


def _shown(fact: Fact) -> str:
    return ", ".join(f"{slot}: {forms[0] or forms[-1]}" for slot, forms in values(fact).items())
