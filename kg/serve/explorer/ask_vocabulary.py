"""The terms that a query may be written with, with their names in both languages; for completion in an editor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph.ontology import ontology_triples
from kg.vocabulary import KG, RDF, RDFS, STANDARD

_KINDS: Final = {
    "Class": "class",
    "ObjectProperty": "property",
    "DatatypeProperty": "property",
    "NamedIndividual": "value",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A term: its prefixed name, whether it is a `class`, `property` or `value`, its names and what they mean."""

    name: str
    kind: str
    zh: str = ""
    en: str = ""
    zh_comment: str = ""
    en_comment: str = ""


@cache
def vocabulary() -> tuple[Known, ...]:
    """Return the terms of the ontology, then those of the standard vocabularies that graphs are written with.

    >>> next(term.zh for term in vocabulary() if term.name == "kg:leads")
    '牵头'
    """
    kinds: dict[str, str] = {}
    said: dict[tuple[str, str, str], str] = {}
    for subject, predicate, value in ontology_triples():
        if not isinstance(subject, NamedNode) or not subject.value.startswith(KG.iri):
            continue
        if predicate.value == RDF.type and isinstance(value, NamedNode):
            kind = _KINDS.get(value.value.rpartition("#")[2])
            if kind:
                kinds.setdefault(subject.value, kind)
        elif isinstance(value, Literal):
            said[subject.value, predicate.value, value.language or ""] = value.value
    own = (
        Known(
            f"kg:{iri.removeprefix(KG.iri)}",
            kind,
            *(said.get((iri, term, language), "") for term in (RDFS.label, RDFS.comment) for language in ("zh", "en")),
        )
        for iri, kind in kinds.items()
    )
    order = ("class", "property", "value")
    others = (
        Known(f"{one.prefix}:{term.name}", "class" if term.name[:1].isupper() else "property")
        for one in STANDARD
        if one.prefix != "xsd"
        for term in one
    )
    return (*sorted(own, key=lambda known: (order.index(known.kind), known.name)), *others)
