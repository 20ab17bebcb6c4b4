"""CSV and TSV with a header: one page a row; `file.csv#12` is the page in row 12 below the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings, Unreadable
from kg.source.declared import Found
from kg.source.records import ON_ERROR, Patience, encoding_of, lines, page_of_record, peekable


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield a page or a problem for each row, one row in memory at a time.

    Raises:
        Unreadable: The file holds nothing or does not decode, a line is too long, or no column holds the text.
    """
    stream = peekable(blob)
    encoding = encoding_of(stream)
    # The module's own limit, 128 KiB, is less than a page; it holds for the whole process and is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), settings.limit))
    with io.TextIOWrapper(stream, encoding, errors=ON_ERROR, newline="") as text:
        source = _lines(text, settings.limit)
        first = next((line for line in source if line.strip("\ufeff \t\r\n")), "")
        if not first:
            raise Unreadable("the file is empty", "remove it or fetch it again")
        delimiter = delimiter_of(first)
        rows = csv.reader(_chained(first.removeprefix("\ufeff"), source), delimiter=delimiter)
        header = [name.strip() for name in next(rows)]
        try:
            place = settings.columns.found(header)
        except LookupError as error:
            raise Unreadable(error.args[0], "name it with --text-column, or see its options") from error
        patience = Patience()
        for number, row in _numbered(rows):
            identifier = f"{blob.identifier}#{number}"
            if row is None:
                yield patience.see(Problem(identifier, "the row cannot be read", "check its quotation marks"))
            elif row:
                yield patience.see(_page(identifier, row, header, place, encoding, blob))


def delimiter_of(header: str) -> str:
    r"""Return what parts the fields of a header.

    >>> delimiter_of("title\ttext"), delimiter_of("标题;正文"), delimiter_of("text")
    ('\t', ';', ',')
    """
    return max(",\t;", key=header.count)


def _lines(text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    for line in lines(text, limit):
        if line is None:
            raise Unreadable(f"too large: one line, the limit is {limit / 1e6:.0f} MB", "split it")
        yield line


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the rows with their numbers, None for one that is no row."""
    number = 0
    while True:
        number += 1
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield number, None


def _page(
    identifier: str, row: list[str], header: list[str], place: Found, encoding: str, blob: Blob
) -> Page | Problem:
    if len(row) > len(header):
        what = f"the row has {len(row)} fields, the header {len(header)}"
        return Problem(identifier, what, "put fields that hold a comma into quotation marks")
    values = dict(zip(header, row, strict=False))
    title, when, url = (values.get(name) if name else None for name in (place.title, place.date, place.url))
    return page_of_record(identifier, values.get(place.text), (title, when, url), encoding, blob.declared)
