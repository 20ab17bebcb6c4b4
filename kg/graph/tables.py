"""Flat files for a spreadsheet: entities, relations and observations, with Chinese intact and no cell that runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.graph.reading import FactNode, Quote, Reader
from kg.graph.store import GraphStore
from kg.graph.whole_file import whole_file

ENTITIES = ("label", "type", "aliases", "region", "adcode", "part_of", "date", "concerns", "documents", "iri")
RELATIONS = (
    *("subject", "subject_type", "relation", "object", "object_type", "roles", "conferred_by", "date"),
    *("sentence", "document", "title", "issued", "rule", "confidence", "subject_iri", "object_iri", "fact_iri"),
)
OBSERVATIONS = (
    *("about", "about_type", "indicator", "value", "unit", "bound", "kind", "period", "start", "end", "baseline"),
    *("of_which", "sentence", "document", "title", "issued", "rule", "confidence", "about_iri", "fact_iri"),
)

# What spreadsheets take for the beginning of a formula; the full-width forms are read as such in Chinese settings.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def cell(value: str) -> str:
    """Return `value` so that a spreadsheet shows it and does not run it; numbers are left as they are.

    >>> cell("=1+1"), cell("-3.5"), cell("-x"), cell("省总工会")
    ("'=1+1", '-3.5', "'-x", '省总工会')
    """
    return f"'{value}" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else value


def write_tables(graph: GraphStore, folder: Path) -> list[Path]:
    """Write `entities.csv`, `relations.csv` and `observations.csv` into `folder` and return their paths.

    A relation or observation that was read in several places has one line for each. Files begin with a byte-order
    mark, without which spreadsheets take UTF-8 for a local encoding.

    Raises:
        StoreError: The folder cannot be written.
    """
    reader = Reader(graph)
    tables = {
        "entities": (ENTITIES, _entities(reader)),
        "relations": (RELATIONS, _relations(reader)),
        "observations": (OBSERVATIONS, _observations(reader)),
    }
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (columns, rows) in tables.items():
            path = folder / f"{name}.csv"
            with whole_file(path) as binary, io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows([cell(value) for value in row] for row in rows)
            paths.append(path)
    except OSError as error:
        raise StoreError(
            f"the tables cannot be written: {(error.strerror or str(error)).lower()}",
            where=str(folder),
            remedy="choose another folder with -o",
        ) from error
    return paths


def _entities(reader: Reader) -> Iterator[Iterable[str]]:
    for thing in reader.things():
        documents = "；".join(sorted(reader.source(iri).identifier for iri in thing.documents))
        yield (
            *(thing.label, thing.type, "；".join(thing.aliases), thing.region, thing.adcode, thing.parent, thing.date),
            *("；".join(thing.concerns), documents, thing.iri),
        )


def _relations(reader: Reader) -> Iterator[Iterable[str]]:
    for fact, quote in _read(fact for fact in reader.facts() if fact.type != "observation"):
        yield (
            *(fact.subject.label, fact.subject.type, fact.type, fact.object.label, fact.object.type),
            *(fact.details.get("roles", ""), fact.details.get("conferredBy", ""), "；".join(fact.dates)),
            *_quoted(quote),
            *(fact.subject.iri, fact.object.iri, fact.iri),
        )


def _observations(reader: Reader) -> Iterator[Iterable[str]]:
    details = ("value", "unit", "bound", "kind", "period", "start", "end", "baseline", "ofWhich")
    for fact, quote in _read(reader.facts(["observation"])):
        yield (
            *(fact.subject.label, fact.subject.type, fact.object.label),
            *(fact.details.get(name, "") for name in details),
            *_quoted(quote),
            *(fact.subject.iri, fact.iri),
        )


def _read(facts: Iterable[FactNode]) -> Iterator[tuple[FactNode, Quote]]:
    def key(fact: FactNode) -> tuple[str, ...]:
        return fact.type, fact.subject.label, fact.object.label, fact.iri

    return ((fact, quote) for fact in sorted(facts, key=key) for quote in fact.quotes)


def _quoted(quote: Quote) -> tuple[str, ...]:
    document = quote.document
    return quote.sentence, document.identifier, document.title, document.issued, quote.rule, f"{quote.confidence:g}"
