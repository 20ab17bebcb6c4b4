"""Turtle and TriG that read well: prefixes, Chinese names, one subject a paragraph, no blank nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
_LOCAL = re.compile(rf"(?![.\u00b7-])[{_START}.\u00b7-]+(?<!\.)\Z")
_SPLIT = re.compile(r"(.*[/#])([^/#]*)\Z", re.DOTALL)

_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+\Z")


class TermWriter:
    """Writes terms with prefixes.

    Args:
        prefixes: Prefix to namespace; each namespace ends in `/` or `#`.
    """

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}

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
    out.write(header(prefixes).encode())
    write_paragraphs(groups, out, prefixes)


def write_paragraphs(groups: Iterable[Group], out: IO[bytes], prefixes: dict[str, str]) -> None:
    """Write what follows the header of `write_turtle`: for each group an empty line and a paragraph."""
    _paragraphs(groups, lambda text: out.write(text.encode()), TermWriter(prefixes))


def write_trig(graphs: Iterable[tuple[NamedNode, Iterable[Group]]], out: IO[bytes], prefixes: dict[str, str]) -> None:
    """Write named graphs, each as `write_turtle` writes its groups, as TriG."""
    terms = TermWriter(prefixes)
    out.write(header(prefixes).encode())
    for graph, groups in graphs:
        out.write(f"\n{terms.iri(graph.value)} {{\n".encode())
        _paragraphs(groups, lambda text: out.write(text.encode()), terms)
        out.write(b"}\n")


def header(prefixes: dict[str, str]) -> str:
    """Return the lines that declare prefixes, the same for every graph of one base, used or not."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def paragraph(subject: str, lines: Iterable[str]) -> str:
    """Return an empty line and a paragraph: a subject, and on each line a predicate with its objects."""
    return f"\n{subject}\n    " + " ;\n    ".join(lines) + " .\n"


def _paragraphs(groups: Iterable[Group], write: Write, terms: TermWriter) -> None:
    for subject, _, properties in groups:
        lines = [
            f"{'a' if predicate.value == RDF.type else terms.iri(predicate.value)} "
            + " , ".join(map(terms.term, values))
            for predicate, values in properties
        ]
        write(paragraph(terms.iri(subject.value), lines))
