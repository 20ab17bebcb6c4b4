"""Answers as text: tables for people, the W3C's result formats for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import QueryError
from kg.graph.rdfxml import xml_text
from kg.query.result import QueryResult, Term
from kg.vocabulary import XSD

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "turtle")
"""The formats of answers; rows and truth values know all but `turtle`, triples only `turtle` and `table`."""

_W3C = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
# Control characters, and those that turn the direction of text: they could rewrite what a terminal shows.
_HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_NUMERIC = frozenset([XSD.integer, XSD.decimal])


def format_result(result: QueryResult, format: str = "table", *, width: int | None = None) -> str:
    """Return an answer as text that ends in a line break.

    Args:
        result: What the query answered.
        format: One of `FORMATS`. Triples come as Turtle under `table` too.
        width: For `table`, the width of the terminal in cells, to which columns are wrapped; None for plain lines,
            one a row, however long.

    Raises:
        QueryError: The format is unknown, or not one for this kind of answer.
    """
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}", remedy=f"choose one of {', '.join(FORMATS)}")
    if result.kind == "triples":
        if format not in ("table", "turtle"):
            raise QueryError(f"triples do not come as {format}", remedy="choose turtle, or ask with SELECT")
        return _turtle(result)
    if format == "turtle":
        raise QueryError("rows do not come as turtle", remedy="ask with CONSTRUCT, or choose table")
    if format in _W3C:
        return _w3c(result, format)
    if result.kind == "truth":
        return f"{'true' if result.truth else 'false'}\n"
    if format == "markdown":
        return _markdown(result)
    return _plain(result) if width is None else _boxed(result, width)


def printable(text: str) -> str:
    r"""Return `text` on one line, with characters that could act on a terminal written out.

    >>> printable("甲\n乙\x1b[2J")
    '甲 乙\\x1b[2J'
    """
    return _HOSTILE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return " " if character in "\t\n\r" else ascii(character)[1:-1]


def shown(term: Term | None, prefixes: dict[str, str]) -> str:
    """Return what a table shows of a term: a literal's characters, a node's shortened IRI."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        return printable(term.value)
    if isinstance(term, NamedNode):
        cut = max(term.value.rfind("/"), term.value.rfind("#")) + 1
        for prefix, namespace in prefixes.items():
            if namespace == term.value[:cut]:
                return printable(f"{prefix}:{term.value[cut:]}")
        return printable(f"<{term.value}>")
    return printable(str(term))


def cells(text: str) -> int:
    """Return how many cells of a terminal `text` takes; Chinese characters take two.

    >>> cells("省总工会"), cells("kg")
    (8, 2)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _plain(result: QueryResult) -> str:
    table = _texts(result)
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)] if result.columns else []
    numeric = _numeric(result)
    lines = [_line(row, widths, numeric) for row in table]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def _line(row: Iterable[str], widths: list[int], numeric: list[bool]) -> str:
    padded = []
    for text, width, right in zip(row, widths, numeric, strict=True):
        blank = " " * (width - cells(text))
        padded.append(blank + text if right else text + blank)
    return "  ".join(padded).rstrip()


def _boxed(result: QueryResult, width: int) -> str:
    # Not rich's table: that takes a millisecond a row, and a question may have tens of thousands.
    head, *rows = _texts(result)
    if not head:
        return "\n"
    widths = _fitted([max(map(cells, column)) for column in zip(head, *rows, strict=True)], width)
    numeric = _numeric(result)
    lines = [*_wrapped(head, widths, numeric), "  ".join("─" * width for width in widths)]
    for row in rows:
        lines += _wrapped(row, widths, numeric)
    return "\n".join(lines) + "\n"


def _fitted(widths: list[int], width: int) -> list[int]:
    """Return the widths of columns with the widest ones cut, all to the same, so that a line fits if it can at all."""
    room = width - 2 * (len(widths) - 1)
    most = max(widths)
    while most > 2 and sum(min(each, most) for each in widths) > room:
        most -= 1
    return [min(each, most) for each in widths]


def _wrapped(row: list[str], widths: list[int], numeric: list[bool]) -> Iterable[str]:
    parts = map(_folded, row, widths)
    return [_line(line, widths, numeric) for line in zip_longest(*parts, fillvalue="")]


@lru_cache(1 << 14)
def _folded(text: str, width: int) -> tuple[str, ...]:
    """Return `text` in lines of at most so many cells, broken at spaces where there are any.

    >>> _folded("省总工会 of the province", 10)
    ('省总工会', 'of the', 'province')
    """
    if cells(text) <= width:
        return (text,)
    lines = []
    line, used = "", 0
    for character in text:
        size = _size(character)
        if used + size > width:
            before, space, begun = line.rpartition(" ")
            if character == " " or not space:
                before, begun = line, ""
            lines.append(before)
            line, used = begun, cells(begun)
            if character == " ":
                continue
        line += character
        used += size
    return (*lines, line)


@cache
def _size(character: str) -> int:
    return cells(character)


def _markdown(result: QueryResult) -> str:
    lines = [[_in_markdown(text) for text in row] for row in _texts(result)]
    lines.insert(1, ["---:" if right else "---" for right in _numeric(result)])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\|`*_\[\]<>~#])", r"\\\1", text)


def _texts(result: QueryResult) -> list[list[str]]:
    rows = [[shown(term, result.prefixes) for term in row] for row in result.rows]
    return [list(result.columns), *rows]


def _numeric(result: QueryResult) -> list[bool]:
    def numbers(terms: Iterable[Term | None]) -> bool:
        bound = [term for term in terms if term is not None]
        return bool(bound) and all(isinstance(term, Literal) and term.datatype.value in _NUMERIC for term in bound)

    if not result.rows:
        return [False] * len(result.columns)
    return [numbers(column) for column in zip(*result.rows, strict=True)]


def _w3c(result: QueryResult, format_: str) -> str:
    import json

    if result.kind == "truth":
        if format_ in ("csv", "tsv"):
            # The W3C defines neither for ASK.
            return f"{'true' if result.truth else 'false'}\n"
        data: dict[str, Any] = {"head": {}, "boolean": result.truth}
    else:
        bindings = [
            {name: _binding(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
            for row in result.rows
        ]
        data = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    encoded = json.dumps(data, ensure_ascii=False).encode()
    text = (
        pyoxigraph.parse_query_results(encoded, QueryResultsFormat.JSON).serialize(format=_W3C[format_]) or b""
    ).decode()
    if format_ == "xml":
        # A parser would turn a bare carriage return into a line feed; in the markup itself there is none.
        text = xml_text(text).replace("\r", "&#13;")
    return text if text.endswith("\n") else text + "\n"


def _binding(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        binding = {"type": "literal", "value": term.value}
        if term.language:
            binding["xml:lang"] = term.language
        elif term.datatype.value != XSD.string:
            binding["datatype"] = term.datatype.value
        return binding
    raise QueryError("a quoted triple has no form in the result formats", remedy="ask for its parts")


def _turtle(result: QueryResult) -> str:
    written = " ".join(str(triple) for triple in result.triples)
    used = {prefix: namespace for prefix, namespace in result.prefixes.items() if f"<{namespace}" in written}
    return (pyoxigraph.serialize(result.triples, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()
