"""Sorts the rows of a named question.

Oxigraph reads both strings from disk at each comparison, which takes longer than finding the rows of a long table. So
a question is asked without its last line, `ORDER BY`, and its rows are sorted here, as SPARQL sorts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Literal

from kg.query.result import Row, Term
from kg.vocabulary import XSD

_LINE = re.compile(r"^ORDER BY((?: \?\w+| DESC\(\?\w+\))+)\s*\Z", re.MULTILINE)
_KEY = re.compile(r"(DESC\()?\?(\w+)")
_SELECTED = re.compile(r"^SELECT [^{]*?(?=\s+WHERE)", re.MULTILINE)
_NUMBERS = frozenset([XSD.decimal.node, XSD.integer.node])


class Key(NamedTuple):
    """What rows are sorted by.

    Attributes:
        column: The name of a column.
        down: Whether the greatest comes first.
        hidden: Whether the column is not asked for.
    """

    column: str
    down: bool
    hidden: bool


def sort_keys(query: str) -> list[Key]:
    """Return what the last line of a query sorts by; nothing where that is no `ORDER BY` of columns."""
    found, selected = _LINE.search(query), _SELECTED.search(query)
    if not found or not selected:
        return []
    shown = set(re.findall(r"\?(\w+)", selected[0]))
    return [Key(name, bool(down), name not in shown) for down, name in _KEY.findall(found[1])]


def without_order(query: str) -> str:
    """Return a query that leaves sorting by its `sort_keys` to `in_order`; hidden ones are its last columns."""
    keys = sort_keys(query)
    if not keys:
        return query
    hidden = "".join(f" ?{key.column}" for key in keys if key.hidden)
    return _LINE.sub("", _SELECTED.sub(lambda select: select[0] + hidden, query, count=1))


def in_order(rows: Iterable[Row], columns: Sequence[str], keys: Iterable[Key]) -> list[Row]:
    """Return the rows sorted: what is unbound first, then IRIs, numbers, text by its characters."""
    return _sorted([*rows], [(columns.index(key.column), key.down) for key in keys])


def _sorted(rows: list[Row], keys: Sequence[tuple[int, bool]]) -> list[Row]:
    # By the first key, then what is equal by the rest: most rows are told apart before the last keys are read.
    if not keys or len(rows) < 2:
        return rows
    (column, down), *rest = keys
    equal: dict[tuple[int, Decimal | str], list[Row]] = {}
    for row in rows:
        equal.setdefault(_rank(row[column]), []).append(row)
    return [row for rank in sorted(equal, reverse=down) for row in _sorted(equal[rank], rest)]


def _rank(term: Term | None) -> tuple[int, Decimal | str]:
    if term is None:
        return 0, ""
    if not isinstance(term, Literal):
        return 1, str(term)
    return (2, Decimal(term.value)) if term.datatype in _NUMBERS else (3, term.value)
