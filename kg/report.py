"""The report of a build: what was read, document by document, and what is in the graph; same input, same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from kg.model import Article, Conferral, Membership, Observation, Problem, Record, Relation, Statement

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

# What decides what is read; a report from other versions may differ.
_DECISIVE = ("policy-kg", "jieba", "rjieba", "opencc-python-reimplemented")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What one document gave.

    Attributes:
        characters: Length of the article itself, without what surrounds it.
        entities: Number of entities by class.
        facts: Number of statements by type, before equal statements of several documents become one.
    """

    identifier: str
    encoding: str
    media_type: str
    digest: str
    title: str | None
    published: str | None
    publisher: str | None
    characters: int
    entities: Mapping[str, int]
    facts: Mapping[str, int]

    @classmethod
    def of(cls, record: Record) -> DocumentReport:
        """Return the report on the document of `record`."""
        article: Article = record.article
        return cls(
            identifier=article.page.identifier,
            encoding=article.page.encoding,
            media_type=article.page.media_type,
            digest=article.page.digest,
            title=article.title,
            published=article.published,
            publisher=article.publisher,
            characters=sum(block.end - block.start for block in article.body()),
            entities=_counted(entity.type for entity in record.entities if entity.mentioned),
            facts=_counted(type_of(statement) for statement in record.statements),
        )


@dataclass(slots=True)
class Report:
    """What a build did.

    Attributes:
        base: Base IRI of the instances.
        documents: The documents read, sorted by identifier.
        problems: What could not be read, or only in part, sorted by identifier.
        entities: Number of things in the graph by class.
        facts: Number of fact nodes in the graph by type.
    """

    base: str
    documents: list[DocumentReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entities: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)

    def silent(self) -> list[str]:
        """Return the identifiers of the documents that were read without a problem and state no fact."""
        troubled = {problem.identifier for problem in self.problems}
        return [
            document.identifier
            for document in self.documents
            if not document.facts and document.identifier not in troubled
        ]

    def count(self, graph: GraphStore) -> None:
        """Note what is in the graph as a whole."""
        from kg.graph.stats import stats

        found = stats(graph)
        self.entities, self.facts = found["entities"], found["facts"]

    def to_json(self) -> str:
        """Return the report as JSON, without times, so that equal builds have equal reports."""
        problems_of: dict[str, list[dict[str, str]]] = {}
        for problem in self.problems:
            problems_of.setdefault(problem.identifier, []).append({"what": problem.what, "remedy": problem.remedy})
        documents = [
            asdict(document) | {"problems": problems_of.pop(document.identifier, [])} for document in self.documents
        ]
        content = {
            "base": self.base,
            "totals": {
                "documents": len(self.documents),
                "without_facts": len(self.silent()),
                "problems": len(self.problems),
                "entities": dict(self.entities),
                "facts": dict(self.facts),
            },
            "documents": documents,
            "unread": [{"identifier": name, "problems": problems} for name, problems in problems_of.items()],
            "versions": {name: version(name) for name in _DECISIVE},
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def type_of(statement: Statement) -> str:
    """Return the type of fact that `statement` is."""
    match statement:
        case Relation():
            return statement.predicate
        case Membership():
            return "post"
        case Conferral():
            return "honour"
        case Observation():
            return "observation"


def _counted(types: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(types).items()))
