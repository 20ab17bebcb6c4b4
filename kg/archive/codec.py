"""Pages, articles and records as JSON and back: plain data, so that reading a folder from elsewhere runs nothing of it.

Offsets of an article are kept as the runs in which page and article go on side by side, one character for one.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from kg.model import (
    Article,
    Block,
    BlockKind,
    Cell,
    Conferral,
    Entity,
    Evidence,
    Membership,
    Observation,
    Page,
    Period,
    Record,
    Relation,
    Statement,
    Table,
)

Plain = Any
"""What JSON can hold."""


def page_to_plain(page: Page) -> Plain:
    """Return a page as plain data."""
    return {name: getattr(page, name) for name, _ in _defaults(Page)}


def page_from_plain(plain: Plain) -> Page:
    """Return the page of `page_to_plain`."""
    return Page(**plain)


def article_to_plain(article: Article) -> Plain:
    """Return an article without its page as plain data."""
    return {
        "text": article.text,
        "runs": _runs(article.starts, article.ends),
        "blocks": [[b.kind.value, b.start, b.end, b.table and _table_to_plain(b.table)] for b in article.blocks],
        "title": article.title,
        "published": article.published,
        "publisher": article.publisher,
        "authors": article.authors,
        "guessed": article.guessed,
        "teaser_of": article.teaser_of,
        "truncated": article.truncated,
    }


def article_from_plain(plain: Plain, page: Page) -> Article:
    """Return the article of `article_to_plain`."""
    text = plain["text"]
    starts, ends = _offsets(plain["runs"], len(text))
    return Article(
        page=page,
        text=text,
        starts=starts,
        ends=ends,
        blocks=tuple(
            Block(BlockKind(kind), start, end, table and _table_from_plain(table, text))
            for kind, start, end, table in plain["blocks"]
        ),
        title=plain["title"],
        published=plain["published"],
        publisher=plain["publisher"],
        authors=tuple(plain["authors"]),
        guessed=tuple((start, end) for start, end in plain["guessed"]),
        teaser_of=plain["teaser_of"],
        truncated=plain["truncated"],
    )


def contribution_to_plain(record: Record) -> Plain:
    """Return what a record adds to its article as plain data."""
    return {
        "entities": [_plain(entity) for entity in record.entities],
        "statements": [[type(one).__name__, _plain(one)] for one in record.statements],
    }


def record_from_plain(plain: Plain, article: Article) -> Record:
    """Return the record of `contribution_to_plain`."""
    entities = (Entity(**{name: _tuple(value) for name, value in one.items()}) for one in plain["entities"])
    return Record(article, tuple(entities), tuple(_statement(kind, one) for kind, one in plain["statements"]))


_KINDS: dict[str, type[Statement]] = {kind.__name__: kind for kind in (Relation, Membership, Conferral, Observation)}


def _statement(kind: str, plain: dict[str, Plain]) -> Statement:
    given = {name: _tuple(value) for name, value in plain.items()}
    given["evidence"] = Evidence(**plain["evidence"])
    if "value" in given:
        given["value"] = Decimal(given["value"])
    for name in ("period", "baseline"):
        if name in given:
            given[name] = Period(**plain[name])
    return _KINDS[kind](**given)


def _plain(thing: Entity | Statement | Evidence | Period) -> dict[str, Plain]:
    """Return the fields of a dataclass but those that have their default."""
    found: dict[str, Plain] = {}
    class_: Any = type(thing)
    for name, default in _defaults(class_):
        value = getattr(thing, name)
        if value == default:
            continue
        kind = type(value)
        if kind is Evidence or kind is Period:
            found[name] = _plain(value)
        elif kind is Decimal:
            found[name] = str(value)  # exact, unlike a number of JSON
        else:
            found[name] = value
    return found


@cache
def _defaults(class_: Any) -> tuple[tuple[str, object], ...]:
    """Return the names of a dataclass's fields with their defaults."""
    return tuple((field.name, field.default) for field in fields(class_))


def _tuple(value: Plain) -> Plain:
    return tuple(value) if isinstance(value, list) else value


def _runs(starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Return triples: index of a character, where it starts and ends; those behind go on one by one."""
    runs: list[int] = []
    next_start, next_end = -1, -1
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start != next_start or end != next_end:
            runs += (index, start, end)
        next_start, next_end = start + 1, end + 1
    return runs


def _offsets(runs: list[int], length: int) -> tuple[array[int], array[int]]:
    starts, ends = array("i"), array("i")
    for at in range(0, len(runs), 3):
        first, start, end = runs[at : at + 3]
        count = (runs[at + 3] if at + 3 < len(runs) else length) - first
        starts.extend(range(start, start + count))
        ends.extend(range(end, end + count))
    if len(starts) != length:
        raise ValueError("offsets do not fit their text")
    return starts, ends


def _table_to_plain(table: Table) -> Plain:
    """Return a table as its cells, each once, and a grid of their numbers."""
    numbers: dict[Cell, int] = {}
    grid = [[numbers.setdefault(cell, len(numbers)) for cell in row] for row in table.grid]
    return {
        "cells": [[cell.start, cell.end, cell.text] for cell in numbers],
        "grid": grid,
        "header_rows": table.header_rows,
    }


def _table_from_plain(plain: Plain, text: str) -> Table:
    cells = [Cell(*fields) for fields in plain["cells"]]
    if any(not 0 <= cell.start <= cell.end <= len(text) for cell in cells):
        raise ValueError("a cell lies outside its article")
    return Table(tuple(tuple(cells[number] for number in row) for row in plain["grid"]), plain["header_rows"])
