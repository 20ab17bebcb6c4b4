"""RDF/XML, with the characters that XML cannot hold made visible instead of a broken file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import NamedNode

from kg.graph.layout import Group, Value
from kg.vocabulary import KG, RDF, STANDARD, XSD

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = {vocabulary.iri: vocabulary.prefix for vocabulary in (KG, *STANDARD)}


def xml_text(text: str) -> str:
    r"""Return `text` without the control characters that XML 1.0 has no way to write; each becomes U+FFFD.

    >>> xml_text("a\x01b") == "a\ufffdb"
    True
    """
    return _ILLEGAL.sub("\ufffd", text)


def write_rdfxml(groups: Iterable[Group], out: IO[bytes]) -> None:
    """Write groups of triples, each of one subject, as RDF/XML."""
    head = "".join(f'\n    xmlns:{prefix}="{iri}"' for iri, prefix in _NAMESPACES.items())
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n'.encode())
    for group in groups:
        lines = [f"  <rdf:Description rdf:about={quoteattr(group.subject.value)}>\n"]
        lines += [_property(predicate, value) for predicate, values in group.properties for value in values]
        lines.append("  </rdf:Description>\n")
        out.write("".join(lines).encode())
    out.write(b"</rdf:RDF>\n")


def _property(predicate: NamedNode, value: Value) -> str:
    name = _name(predicate.value)
    if isinstance(value, NamedNode):
        return f"    <{name} rdf:resource={quoteattr(value.value)}/>\n"
    attribute = ""
    if value.language:
        attribute = f' xml:lang="{value.language}"'
    elif value.datatype.value != XSD.string:
        attribute = f" rdf:datatype={quoteattr(value.datatype.value)}"
    # A parser turns a bare carriage return into a line feed, and the evidence would differ from its page.
    text = escape(xml_text(value.value), {"\r": "&#13;"})
    return f"    <{name}{attribute}>{text}</{name}>\n"


def _name(iri: str) -> str:
    if iri == RDF.type:
        return "rdf:type"
    for namespace, prefix in _NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    raise ValueError(f"{iri} is not in the vocabulary")
