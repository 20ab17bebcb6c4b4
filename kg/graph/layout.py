"""In which order a graph is written: by kind and name of the subject, then by predicate, then by object."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.vocabulary import DCTERMS, KG, RDF, RDFS, SKOS, STANDARD

Value = NamedNode | Literal


class Group(NamedTuple):
    """All that a graph says of one subject, sorted.

    Attributes:
        subject: The subject.
        kind: The segment of its IRI that tells its kind, e.g. `org` or `evidence`.
        properties: Each predicate with its objects.
    """

    subject: NamedNode
    kind: str
    properties: list[tuple[NamedNode, list[Value]]]


# Kinds in the order in which they are written, with the prefix under which their names are abbreviated. `org` is the
# prefix of the W3C's organisation ontology, hence `body`.
_PREFIX_OF_KIND = {
    "document": "document",
    "place": "place",
    "org": "body",
    "person": "person",
    "initiative": "initiative",
    "policy": "policy",
    "event": "event",
    "honour": "honour",
    "role": "role",
    "indicator": "indicator",
    "fact": "fact",
    "evidence": "evidence",
}
_RANK_OF_KIND = {kind: rank for rank, kind in enumerate(_PREFIX_OF_KIND)}

_FIRST = (
    RDF.type,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    DCTERMS.title,
    RDF.subject,
    RDF.predicate,
    RDF.object,
    KG.about,
    KG.indicator,
    KG.value,
    KG.unit,
)
_RANK_OF_PREDICATE = {str(term): rank for rank, term in enumerate(_FIRST)}


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes under which a graph with this base is written."""
    vocabularies = {vocabulary.prefix: vocabulary.iri for vocabulary in (KG, *STANDARD)}
    instances = {prefix: f"{base}id/{kind}/" for kind, prefix in _PREFIX_OF_KIND.items()}
    return {**vocabularies, **instances, "graph": f"{base}graph/"}


def order_of_subjects(base: str) -> Callable[[str], tuple[int, str]]:
    """Return by what key the IRIs of subjects are sorted."""
    root = f"{base}id/"

    def key(iri: str) -> tuple[int, str]:
        kind = iri[len(root) :].partition("/")[0] if iri.startswith(root) else ""
        return _RANK_OF_KIND.get(kind, len(_RANK_OF_KIND)), iri

    return key


def predicate_key(predicate: str) -> tuple[int, str]:
    """Return by what the IRIs of predicates are sorted."""
    return _RANK_OF_PREDICATE.get(predicate, len(_FIRST)), predicate


def value_key(value: str, datatype: str) -> tuple[bool, bool, str, str]:
    """Return by what values are sorted.

    Args:
        value: The IRI of a node, or the lexical form of a literal.
        datatype: The datatype of a literal, "" of a node.
    """
    # The class of the ontology comes before those of standard vocabularies.
    return bool(datatype), not datatype and not value.startswith(KG.iri), value, datatype
