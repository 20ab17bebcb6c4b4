"""Turtle and TriG that read well: the used prefixes only, Chinese names, one subject a paragraph, no blank nodes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO

from pyoxigraph import Literal, NamedNode

from kg.graph.layout import Group
from kg.vocabulary import RDF, XSD

# Names of Turtle's PN_LOCAL without its escapes, in a form that rdflib and Oxigraph both read; other IRIs are
# written in full.
_START = (
    "A-Za-z_0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(rf"[{_START}](?:[{_START}.\u00b7-]*[{_START}\u00b7-])?\Z")
_SPLIT = re.compile(r"(.*[/#])([^/#]*)\Z", re.DOTALL)

_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+\Z")


class TermWriter:
    """Writes terms with prefixes and remembers which of them were used.

    Args:
        prefixes: Prefix to namespace; each namespace ends in `/` or `#`.
    """

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def iri(self, iri: str) -> str:
        """Return an IRI as prefixed name if it can be one, else in angle brackets."""
        found = self._known.get(iri)
        if found is None:
            found = self._write(iri)
            if len(self._known) > 200_000:  # bounds memory on large graphs
                self._known.clear()
            self._known[iri] = found
        return found

    def _write(self, iri: str) -> str:
        parts = _SPLIT.match(iri)
        if parts:
            prefix = self._by_namespace.get(parts[1])
            if prefix is not None and _LOCAL.match(parts[2]):
                self.used.add(prefix)
                return f"{prefix}:{parts[2]}"
        return str(NamedNode(iri))

    def term(self, term: NamedNode | Literal) -> str:
        """Return a node or literal in Turtle.

        Raises:
            TypeError: It is a blank node or a quoted triple, of which the graph has none.
        """
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if not isinstance(term, Literal):
            raise TypeError(f"{type(term).__name__} in the graph")
        datatype = term.datatype.value
        if datatype == XSD.string or term.language:
            return str(term)
        if datatype == XSD.integer and _INTEGER.match(term.value):
            return term.value
        if datatype == XSD.decimal and _DECIMAL.match(term.value):
            return term.value
        return f"{Literal(term.value)}^^{self.iri(datatype)}"


Write = Callable[[str], object]


def write_turtle(groups: Iterable[Group], out: IO[bytes], prefixes: dict[str, str]) -> None:
    """Write groups of triples, each of one subject, as Turtle."""
    _with_header(out, prefixes, lambda write, terms: _paragraphs(groups, write, terms))


def write_trig(graphs: Iterable[tuple[NamedNode, Iterable[Group]]], out: IO[bytes], prefixes: dict[str, str]) -> None:
    """Write named graphs, each as `write_turtle` writes its groups, as TriG."""

    def body(write: Write, terms: TermWriter) -> None:
        for graph, groups in graphs:
            write(f"\n{terms.iri(graph.value)} {{\n")
            _paragraphs(groups, write, terms)
            write("}\n")

    _with_header(out, prefixes, body)


def _with_header(out: IO[bytes], prefixes: dict[str, str], body: Callable[[Write, TermWriter], None]) -> None:
    # Which prefixes are used is known at the end only, and they stand at the beginning.
    terms = TermWriter(prefixes)
    with SpooledTemporaryFile(max_size=1 << 26) as spool:
        body(lambda text: spool.write(text.encode()), terms)
        for prefix, namespace in prefixes.items():
            if prefix in terms.used:
                out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
        spool.seek(0)
        shutil.copyfileobj(spool, out)


def _paragraphs(groups: Iterable[Group], write: Write, terms: TermWriter) -> None:
    for subject, _, properties in groups:
        lines = [
            f"{'a' if predicate.value == RDF.type else terms.iri(predicate.value)} "
            + " , ".join(map(terms.term, values))
            for predicate, values in properties
        ]
        write(f"\n{terms.iri(subject.value)}\n    " + " ;\n    ".join(lines) + " .\n")
