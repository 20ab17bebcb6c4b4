"""A graph without the facts of little confidence is the graph of what was read with more."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, NamedNode
from records import BODY, OFFICE, REFORM, UNION, evidence, record, second, statements

from kg.errors import KgError
from kg.graph import GraphStore
from kg.graph.filtered import at_least
from kg.graph.reading import Reader
from kg.model import Conferral, Record, Relation, Statement
from kg.vocabulary import KG


def unsure(statement: Statement, confidence: float = 0.5) -> Statement:
    return replace(statement, evidence=replace(statement.evidence, confidence=confidence))


def without(kind: type) -> tuple[Record, Record]:
    """A record with doubtful statements of a class, and the same without them."""
    said = record()
    low = tuple(unsure(s) if isinstance(s, kind) else s for s in statements())
    high = tuple(s for s in statements() if not isinstance(s, kind))
    return replace(said, statements=low), replace(said, statements=high)


def lines(graph: GraphStore) -> list[str]:
    return sorted(str(quad) for quad in graph.quads())


@pytest.mark.parametrize("kind", [Relation, Conferral])
def test_doubtful_facts_leave_neither_nodes_nor_plain_triples(kind: type) -> None:
    low, high = without(kind)
    assert lines(at_least(GraphStore.in_memory([low]), 0.9)) == lines(GraphStore.in_memory([high]))


def test_a_fact_stays_by_its_sure_reading_and_keeps_no_other() -> None:
    again = second()
    again = replace(again, statements=tuple(unsure(s) for s in again.statements))
    graph = at_least(GraphStore.in_memory([record(), again]), 0.9)
    (fact,) = Reader(graph).facts(["leads"])
    assert [quote.document.identifier for quote in fact.quotes] == ["甲.txt"]
    union, reform = (NamedNode(f"{graph.base}id/{entity.id}") for entity in (UNION, REFORM))
    assert list(graph.store.quads_for_pattern(union, KG.leads.node, reform, DefaultGraph()))


def test_what_is_as_sure_as_asked_for_stays() -> None:
    graph = GraphStore.in_memory([record()])
    assert at_least(graph, 0.9) is graph
    assert at_least(graph, 0) is graph
    assert len(at_least(graph, 0.91)) < len(graph)


def test_two_facts_of_one_place_are_told_apart() -> None:
    said = record()
    one = Relation("leads", UNION.id, REFORM.id, evidence("牵头", BODY))
    other = Relation("implements", OFFICE.id, REFORM.id, evidence("牵头", BODY, confidence=0.4))
    graph = at_least(GraphStore.in_memory([replace(said, statements=(one, other))]), 0.5)
    assert lines(graph) == lines(GraphStore.in_memory([replace(said, statements=(one,))]))


@pytest.mark.parametrize("confidence", [-0.1, 1.1, math.nan])
def test_no_confidence(confidence: float) -> None:
    with pytest.raises(KgError, match="is no confidence; give a number from 0 to 1"):
        at_least(GraphStore.in_memory([record()]), confidence)
