"""A graph without the facts that were read with too little confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import KgError
from kg.graph.store import GraphStore
from kg.vocabulary import KG, RDF


def check_confidence(confidence: float) -> float:
    """Return `confidence` if it is one.

    Raises:
        KgError: It is not between 0 and 1.
    """
    if not 0 <= confidence <= 1:
        raise KgError(f"{confidence} is no confidence", remedy="give a number from 0 to 1, such as 0.9")
    return confidence


def at_least(graph: GraphStore, confidence: float) -> GraphStore:
    """Return the graph as if nothing had been read with less than `confidence`.

    Each reading below it is left out, and with the last of its readings a fact, be it a node or a plain triple. What
    documents mention stays. The graph itself is returned where there is nothing to leave out, else one in memory.

    Raises:
        KgError: `confidence` is not between 0 and 1.
    """
    check_confidence(confidence)
    low = {
        quad.subject
        for quad in graph.store.quads_for_pattern(None, KG.confidence.node, None, DefaultGraph())
        if isinstance(quad.object, Literal) and float(quad.object.value) < confidence
    }
    return GraphStore.of_quads(_kept(graph, low), graph.base) if low else graph


def _kept(graph: GraphStore, low: Set[object]) -> Iterator[Quad]:
    """Yield the quads that are left without the evidence `low`, document by document."""
    for name in graph.document_graphs():
        quads = list(graph.store.quads_for_pattern(None, None, None, name))
        readings: dict[object, list[object]] = defaultdict(list)
        for quad in quads:
            if quad.predicate == KG.evidence.node:
                readings[quad.subject].append(quad.object)
        gone = {fact for fact, found in readings.items() if all(evidence in low for evidence in found)}
        plain = set(_plain(quads, gone))
        for quad in quads:
            if quad.subject in low or quad.subject in gone or quad.object in low or quad.triple in plain:
                continue
            yield quad


def _plain(quads: list[Quad], facts: set[object]) -> Iterator[Triple]:
    """Yield what facts say as plain triples: relations, and honours received."""
    parts: dict[object, dict[NamedNode, object]] = defaultdict(dict)
    for quad in quads:
        if quad.subject in facts:
            parts[quad.subject][quad.predicate] = quad.object
    for about in parts.values():
        predicate = about.get(RDF.predicate.node, KG.received.node)
        subject = about.get(RDF.subject.node, about.get(KG.recipient.node))
        value = about.get(RDF.object.node, about.get(KG.honour.node))
        if isinstance(predicate, NamedNode) and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            yield Triple(subject, predicate, value)
