"""Which rules fire on a corpus, on how many documents, and which never do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Problem

if TYPE_CHECKING:
    from kg.extract.rulebook.ruleset import RuleSet
    from kg.graph.store import GraphStore
    from kg.source import Columns


@dataclass(frozen=True, slots=True)
class Fired:
    """What one rule did on a corpus.

    Attributes:
        rule: Its id.
        facts: How many facts it read.
        documents: In how many documents.
    """

    rule: str
    facts: int
    documents: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the rules did on a corpus.

    Attributes:
        documents: How many documents were read.
        rules: Every rule, those that fired on most documents first.
        problems: The documents that could not be read.
    """

    documents: int
    rules: tuple[Fired, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def never(self) -> tuple[str, ...]:
        """Ids of the rules that did not fire at all."""
        return tuple(fired.rule for fired in self.rules if not fired.documents)

    @property
    def once(self) -> tuple[str, ...]:
        """Ids of the rules that fired on one document only."""
        return tuple(fired.rule for fired in self.rules if fired.documents == 1)


def of_sources(
    sources: Sequence[Path], rules: RuleSet, include: str | None = None, columns: Columns | None = None
) -> Coverage:
    """Read the pages in files and folders and return which rules fired, whether or not others read the same fact.

    Raises:
        SourceError: A path does not exist.
    """
    from kg.errors import KgError
    from kg.extract import read
    from kg.source import read_pages
    from kg.text import read_article

    facts: dict[str, int] = defaultdict(int)
    documents: dict[str, int] = defaultdict(int)
    problems: list[Problem] = []
    read_well = 0
    for page in read_pages(sources, include=include, columns=columns):
        if isinstance(page, Problem):
            problems.append(page)
            continue
        try:
            found = [fact.rule for fact in read(read_article(page), rules).facts]
        except KgError as error:
            problems.append(Problem(page.identifier, error.what, error.remedy))
            continue
        read_well += 1
        for rule in found:
            facts[rule] += 1
        for rule in set(found):
            documents[rule] += 1
    return Coverage(read_well, _sorted(rules, facts, documents), tuple(problems))


def of_graph(graph: GraphStore, rules: RuleSet) -> Coverage:
    """Return which rules the evidence in a graph names: of several that read the same fact, the surest."""
    from kg.vocabulary import DCTERMS, KG

    rows = graph.select(
        f"SELECT ?rule (COUNT(DISTINCT ?fact) AS ?facts) (COUNT(DISTINCT ?document) AS ?documents) {{ "
        f"?fact <{KG.evidence}> ?evidence . ?evidence <{KG.rule}> ?rule ; <{DCTERMS.source}> ?document }} "
        "GROUP BY ?rule"
    )
    facts: dict[str, int] = {}
    documents: dict[str, int] = {}
    for row in rows:
        rule = row["rule"].value
        facts[rule], documents[rule] = int(row["facts"].value), int(row["documents"].value)
    (total,) = graph.select(f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?d a <{KG.Document}> }}")
    return Coverage(int(total["n"].value), _sorted(rules, facts, documents))


def _sorted(rules: RuleSet, facts: dict[str, int], documents: dict[str, int]) -> tuple[Fired, ...]:
    known = [rule.id for rule in rules.rules]
    everything = [*known, *sorted(set(facts) - set(known))]
    fired = [Fired(rule, facts.get(rule, 0), documents.get(rule, 0)) for rule in everything]
    return tuple(sorted(fired, key=lambda f: (-f.documents, -f.facts, f.rule)))
