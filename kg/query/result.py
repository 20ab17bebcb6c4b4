"""The answer to a query: rows, a truth value, or triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query answered, read in full.

    Iterating yields each row as a dictionary from column to text, with None where nothing is bound; each triple as a
    dictionary of `subject`, `predicate` and `object`.

    Attributes:
        kind: `rows` (SELECT), `truth` (ASK) or `triples` (CONSTRUCT, DESCRIBE).
        columns: Names of the columns, in the order asked for.
        rows: The terms of each row; None where nothing is bound.
        truth: The answer to ASK.
        triples: The triples, sorted.
        prefixes: Prefixes under which IRIs are shown.
    """

    kind: OneOf["rows", "truth", "triples"]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    triples: tuple[Triple, ...] = ()
    prefixes: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        for row in self.rows:
            yield {name: None if term is None else text(term) for name, term in zip(self.columns, row, strict=True)}
        for triple in self.triples:
            yield {"subject": text(triple.subject), "predicate": text(triple.predicate), "object": text(triple.object)}

    def __len__(self) -> int:
        """Return the number of rows or triples; 1 for a truth value."""
        return 1 if self.kind == "truth" else len(self.rows) + len(self.triples)

    def __bool__(self) -> bool:
        """Return the truth value of ASK, else whether there is any row or triple."""
        return self.truth if self.kind == "truth" else len(self) > 0


def text(term: Term) -> str:
    """Return the characters of a term: of a literal without quotes and datatype, of a node its IRI."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
