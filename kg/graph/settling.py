"""Where documents name or class one thing differently, one name and one class are kept for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from kg.vocabulary import DCTERMS, KG, ONTOLOGY_GRAPH, RDF, RDFS, SKOS, SUPERCLASS, Term

# Too little is known of what bears one of these: any class below them says more.
_GENERAL = frozenset(SUPERCLASS.values())
_NAMING = (RDFS.label, SKOS.prefLabel, DCTERMS.title)


class Edit(NamedTuple):
    """A quad that was put into a store, or taken out of it."""

    quad: Quad
    added: bool


def settle(store: Store, only: Collection[NamedNode] | None = None) -> list[Edit]:
    """Leave each entity one label and one class of the ontology, in every graph of a store.

    The IRI of a thing leaves out quotes and spaces, so that documents which write its name with other quotes agree on
    the thing and not on the label. The label that most documents use stays, the longest and then the first of those
    used equally often; the others become alternative labels. Of classes the one that most documents use stays, where
    narrower classes come before `Organization` and `Initiative`.

    Each thing is settled by what is said of itself alone.

    Args:
        store: Documents' graphs and their union.
        only: The things to look at; by default all.

    Returns:
        What was done, in order; `unsettle` undoes it.
    """
    edited = _Edited(store)
    for node in _several(store, f"?thing <{RDFS.label}> ?value", only):
        _settle_labels(edited, node)
    for node in _several(store, f"?thing a ?value FILTER(STRSTARTS(STR(?value), '{KG.iri}'))", only):
        _settle_classes(edited, node)
    return edited.edits


def unsettle(store: Store, edits: Sequence[Edit]) -> None:
    """Undo what `settle` did: all that it did to a thing, or nothing of it."""
    for quad, added in reversed(edits):
        if added:
            store.remove(quad)
        else:
            store.add(quad)


def kept_label(counts: Mapping[str, int]) -> str:
    """Return the label that stays, of labels and the number of documents that use each."""
    return min(counts, key=lambda label: (-counts[label], -len(label), label))


def kept_class(counts: Mapping[str, int]) -> str:
    """Return the IRI of the class that stays, of classes and the number of documents that use each."""
    return min(counts, key=lambda iri: (iri[len(KG.iri) :] in _GENERAL, -counts[iri], iri))


class _Edited:
    """A store that remembers what was changed in it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.edits: list[Edit] = []

    def add(self, quad: Quad) -> None:
        if quad not in self.store:
            self.store.add(quad)
            self.edits.append(Edit(quad, True))

    def remove(self, quad: Quad) -> None:
        self.store.remove(quad)
        self.edits.append(Edit(quad, False))

    def found(self, node: NamedNode, term: Term, value: NamedNode | Literal | None = None) -> list[Quad]:
        return list(self.store.quads_for_pattern(node, term.node, value))


def _several(store: Store, pattern: str, only: Collection[NamedNode] | None) -> list[NamedNode]:
    """Return the things with several values, those of the ontology and documents left out."""
    given = "" if only is None else f"VALUES ?thing {{ {' '.join(sorted(map(str, only)))} }} "
    found = store.query(
        f"SELECT ?thing {{ {given}?thing <{KG.mentionedIn}>|<{SKOS.prefLabel}>|<{KG.adcode}> ?any . {pattern} }} "
        "GROUP BY ?thing HAVING(COUNT(DISTINCT ?value) > 1)"
    )
    assert isinstance(found, QuerySolutions)
    return [node for row in found if isinstance(node := row["thing"], NamedNode)]


def _graphs(edited: _Edited, node: NamedNode, term: Term) -> dict[str, list[Quad]]:
    """Return the quads of one property by the text of their value, the union and the ontology left out."""
    by_value: dict[str, list[Quad]] = {}
    for quad in edited.found(node, term):
        in_document = isinstance(quad.graph_name, NamedNode) and quad.graph_name.value != ONTOLOGY_GRAPH
        if in_document and isinstance(quad.object, NamedNode | Literal):
            by_value.setdefault(quad.object.value, []).append(quad)
    return by_value


def _settle_labels(edited: _Edited, node: NamedNode) -> None:
    labels = _graphs(edited, node, RDFS.label)
    kept = kept_label({label: len(quads) for label, quads in labels.items()})
    for label, quads in labels.items():
        if label == kept:
            continue
        for quad in quads:
            for graph in (quad.graph_name, DefaultGraph()):
                edited.add(Quad(node, SKOS.altLabel.node, Literal(label), graph))
        for term in _NAMING:
            _change(edited, node, term, Literal(label), Literal(kept))
    for quad in edited.found(node, SKOS.altLabel, Literal(kept)):
        edited.remove(quad)


def _settle_classes(edited: _Edited, node: NamedNode) -> None:
    classes = {iri: quads for iri, quads in _graphs(edited, node, RDF.type).items() if iri.startswith(KG.iri)}
    kept = kept_class({iri: len(quads) for iri, quads in classes.items()})
    for iri in classes:
        if iri != kept:
            _change(edited, node, RDF.type, NamedNode(iri), NamedNode(kept))


def _change(edited: _Edited, node: NamedNode, term: Term, old: NamedNode | Literal, new: NamedNode | Literal) -> None:
    for quad in edited.found(node, term, old):
        edited.remove(quad)
        edited.add(Quad(node, term.node, new, quad.graph_name))
