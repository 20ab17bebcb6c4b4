"""The report of a build: what was read, document by document, and what is in the graph; same input, same bytes."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

import orjson

from kg.model import Article, Conferral, Membership, Observation, Problem, Record, Relation, Statement

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from kg.graph.store import GraphStore

# What decides what is read; a report from other versions may differ.
_DECISIVE = ("policy-kg", "jieba", "rjieba", "opencc-python-reimplemented", "pypdfium2", "python-docx")


class DocumentReport(NamedTuple):
    """What one document gave.

    Attributes:
        teaser_of: Identifier of the page on which it is shown as a teaser, "" of a page's own article.
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
    teaser_of: str
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
            teaser_of=article.teaser_of,
            characters=sum(block.end - block.start for block in article.body()),
            entities=_counted(entity.type for entity in record.entities if entity.mentioned),
            facts=_counted(type_of(statement) for statement in record.statements),
        )

    def to_plain(self) -> dict[str, object]:
        """Return its fields by their names; `DocumentReport(**plain)` is the same again."""
        return self._asdict()


@dataclass(slots=True)
class Report:
    """What a build did.

    Attributes:
        base: Base IRI of the instances.
        documents: The documents read, sorted by identifier, teasers behind their page.
        problems: What could not be read, or only in part, sorted by identifier.
        entities: Number of things in the graph by class.
        facts: Number of fact nodes in the graph by type.
        anew: Number of documents that were read by this build; these three are no part of the report as JSON, which
            depends on what was read and not on when.
        kept: Number of documents that an earlier build has read and that are as they were.
        removed: Number of documents of the earlier build that are gone.
        note: Why all was read anew where there was an earlier build, or "".
    """

    base: str
    documents: list[DocumentReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entities: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)
    anew: int = 0
    kept: int = 0
    removed: int = 0
    note: str = ""

    def silent(self) -> list[str]:
        """Return the identifiers of the documents read without a problem that state no fact; of no teasers."""
        troubled = {problem.identifier for problem in self.problems}
        return [
            document.identifier
            for document in self.documents
            if not document.facts and not document.teaser_of and document.identifier not in troubled
        ]

    def teasers(self) -> list[str]:
        """Return the identifiers of the documents that are excerpts shown on the page of another."""
        return [document.identifier for document in self.documents if document.teaser_of]

    def count(self, graph: GraphStore) -> None:
        """Note what is in the graph as a whole."""
        from kg.graph.stats import by_number, totals

        self.entities, self.facts = map(by_number, totals(graph))

    def recount(
        self,
        totals: Sequence[Mapping[str, int]],
        before: GraphStore,
        after: GraphStore,
        touched: Collection[NamedNode],
    ) -> None:
        """Note what is in a graph that differs in few subjects from an earlier one.

        Args:
            totals: Entities and facts of the earlier graph.
            before: The earlier graph.
            after: The graph.
            touched: All subjects in which the two differ.
        """
        from kg.graph.stats import by_number, counted

        found = []
        for total, old, new in zip(totals, counted(before, touched), counted(after, touched), strict=True):
            count = Counter(total)
            count.update(new)
            count.subtract(old)
            found.append(by_number(count))
        self.entities, self.facts = found

    def to_json(self) -> str:
        """Return the report as JSON, without times, so that equal builds have equal reports."""
        return "".join(self.json())

    def json(self) -> Iterator[str]:
        """Yield the text of `to_json` in pieces: of a hundred thousand documents, it would take much memory."""
        problems_of: dict[str, list[dict[str, str]]] = {}
        for problem in self.problems:
            problems_of.setdefault(problem.identifier, []).append({"what": problem.what, "remedy": problem.remedy})
        content: dict[str, object] = {
            "base": self.base,
            "totals": {
                "documents": len(self.documents) - len(self.teasers()),
                "teasers": len(self.teasers()),
                "without_facts": len(self.silent()),
                "problems": len(self.problems),
                "entities": dict(self.entities),
                "facts": dict(self.facts),
            },
            "documents": (
                document.to_plain() | {"problems": problems_of.pop(document.identifier, [])}
                for document in self.documents
            ),
            # Those that are left when the documents have been told.
            "unread": ({"identifier": name, "problems": problems} for name, problems in problems_of.items()),
            "versions": dict(_versions()),
        }
        before = "{\n"
        for name, value in content.items():
            yield f"{before}{_line(name)}: "
            yield from _lines(value) if isinstance(value, Iterator) else [_line(value)]
            before = ",\n"
        yield "\n}\n"


def _line(value: object) -> str:
    return orjson.dumps(value).decode()


def _lines(items: Iterator[object]) -> Iterator[str]:
    """Yield a list as JSON, each item on a line of its own, so that two reports can be compared line by line."""
    before = "[\n  "
    for item in items:
        yield before + _line(item)
        before = ",\n  "
    yield "\n]" if before.startswith(",") else "[]"


def _versions() -> Iterator[tuple[str, str]]:
    for name in _DECISIVE:
        with contextlib.suppress(PackageNotFoundError):  # of an extra that is not installed
            yield name, version(name)


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
