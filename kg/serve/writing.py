"""Answers in the forms of `kg.serve.media`, up to a bound of their size."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple

from kg.errors import QueryError
from kg.graph.rdfxml import xml_text
from kg.query.format import format_result
from kg.query.result import QueryResult
from kg.serve.media import Form

if TYPE_CHECKING:
    from typing_extensions import Buffer

# The end of an IRI that can be the name of an element.
_NAME = re.compile(r"[^\W\d][\w.-]*$")


class TooLargeError(Exception):
    """An answer has more bytes than the bound."""


class Bounded(io.BytesIO):
    """Bytes in memory, so many and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Buffer, /) -> int:
        """Write `data`.

        Raises:
            TooLargeError: The bound is passed.
        """
        written = super().write(data)
        if self.tell() > self.limit:
            raise TooLargeError
        return written


def write_results(answer: QuerySolutions | QueryBoolean, form: Form, out: Bounded, rows: int | None = None) -> bool:
    """Write rows or a truth value.

    Args:
        answer: What the query gives.
        form: One of `RESULTS`.
        out: Where to.
        rows: How many rows to write at most; all where it is None.

    Returns:
        Whether rows were left out.
    """
    if rows is not None and isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        found = [tuple(row) for row in islice(answer, rows + 1)]
        out.write(format_result(QueryResult("rows", columns, tuple(found[:rows])), form.name).encode())
        return len(found) > rows
    assert isinstance(form.format, QueryResultsFormat)
    if form.name == "xml":
        raw = Bounded(out.limit)
        answer.serialize(raw, form.format)
        out.write(_sound_xml(raw.getvalue()))
    else:
        answer.serialize(out, form.format)
    return False


def write_triples(triples: Iterable[Triple], form: Form, out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write triples, each once.

    Args:
        triples: What to write.
        form: One of `TRIPLES`.
        out: Where to.
        prefixes: Prefixes to abbreviate IRIs by; those that are not used are left out.

    Raises:
        QueryError: A predicate has no form in RDF/XML.
    """
    # What a graph states it states once, however often a pattern finds it.
    once = list(dict.fromkeys(triples))
    assert isinstance(form.format, RdfFormat)
    if form.name == "rdfxml":
        for predicate in {triple.predicate.value for triple in once}:
            if not _NAME.search(predicate):
                raise QueryError(f"RDF/XML cannot write the predicate <{predicate}>", remedy="ask for Turtle")
        text = pyoxigraph.serialize(once, format=form.format, prefixes=_used(once, prefixes)) or b""
        out.write(_sound_xml(text))
    else:
        pyoxigraph.serialize(once, out, form.format, prefixes=_used(once, prefixes))


def _used(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes of which the namespace occurs."""
    starts = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            iri = term.datatype.value if isinstance(term, pyoxigraph.Literal) else getattr(term, "value", "")
            starts.add(iri[: max(iri.rfind("/"), iri.rfind("#")) + 1])
    return {prefix: namespace for prefix, namespace in prefixes.items() if namespace in starts}


def _sound_xml(text: bytes) -> bytes:
    # XML has no form for control characters, and a reader would turn a bare carriage return into a line feed.
    return xml_text(text.decode()).replace("\r", "&#13;").encode()
