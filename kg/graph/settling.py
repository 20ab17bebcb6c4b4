"""Where documents name or class one thing differently, one name and one class are kept for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from kg.vocabulary import DCTERMS, KG, ONTOLOGY_GRAPH, RDF, RDFS, SKOS, SUPERCLASS, Term

# Too little is known of what bears one of these: any class below them says more.
_GENERAL = frozenset(SUPERCLASS.values())
_NAMING = (RDFS.label, SKOS.prefLabel, DCTERMS.title)


def settle(store: Store) -> None:
    """Leave each entity one label and one class of the ontology, in every graph of a store.

    The IRI of a thing leaves out quotes and spaces, so that documents which write its name with other quotes agree on
    the thing and not on the label. The label that most documents use stays, the longest and then the first of those
    used equally often; the others become alternative labels. Of classes the one that most documents use stays, where
    narrower classes come before `Organization` and `Initiative`.
    """
    for node in _several(store, f"?thing <{RDFS.label}> ?value"):
        _settle_labels(store, node)
    for node in _several(store, f"?thing a ?value FILTER(STRSTARTS(STR(?value), '{KG.iri}'))"):
        _settle_classes(store, node)


def _several(store: Store, pattern: str) -> list[NamedNode]:
    """Return the things with several values, those of the ontology and documents left out."""
    found = store.query(
        f"SELECT ?thing {{ ?thing <{KG.mentionedIn}>|<{SKOS.prefLabel}>|<{KG.adcode}> ?any . {pattern} }} "
        "GROUP BY ?thing HAVING(COUNT(DISTINCT ?value) > 1)"
    )
    assert isinstance(found, QuerySolutions)
    return [node for row in found if isinstance(node := row["thing"], NamedNode)]


def _graphs(store: Store, node: NamedNode, term: Term) -> dict[str, list[Quad]]:
    """Return the quads of one property by the text of their value, the union and the ontology left out."""
    by_value: dict[str, list[Quad]] = {}
    for quad in store.quads_for_pattern(node, term.node, None):
        in_document = isinstance(quad.graph_name, NamedNode) and quad.graph_name.value != ONTOLOGY_GRAPH
        if in_document and isinstance(quad.object, NamedNode | Literal):
            by_value.setdefault(quad.object.value, []).append(quad)
    return by_value


def _settle_labels(store: Store, node: NamedNode) -> None:
    labels = _graphs(store, node, RDFS.label)
    kept = min(labels, key=lambda label: (-len(labels[label]), -len(label), label))
    for label, quads in labels.items():
        if label == kept:
            continue
        for quad in quads:
            _also(store, quad, SKOS.altLabel, Literal(label))
        for term in _NAMING:
            _change(store, node, term, Literal(label), Literal(kept))
    for quad in list(store.quads_for_pattern(node, SKOS.altLabel.node, Literal(kept))):
        store.remove(quad)


def _settle_classes(store: Store, node: NamedNode) -> None:
    classes = {iri: quads for iri, quads in _graphs(store, node, RDF.type).items() if iri.startswith(KG.iri)}
    kept = min(classes, key=lambda iri: (iri[len(KG.iri) :] in _GENERAL, -len(classes[iri]), iri))
    for iri in classes:
        if iri != kept:
            _change(store, node, RDF.type, NamedNode(iri), NamedNode(kept))


def _also(store: Store, quad: Quad, term: Term, value: Literal) -> None:
    for graph in (quad.graph_name, DefaultGraph()):
        store.add(Quad(quad.subject, term.node, value, graph))


def _change(store: Store, node: NamedNode, term: Term, old: NamedNode | Literal, new: NamedNode | Literal) -> None:
    found: Iterable[Quad] = list(store.quads_for_pattern(node, term.node, old))
    for quad in found:
        store.remove(quad)
        store.add(Quad(node, term.node, new, quad.graph_name))
