"""Documents that write a name differently, or class a thing differently, come out with one label and one class."""

from __future__ import annotations

from itertools import permutations

from records import article

from kg.graph import GraphStore
from kg.graph.explain import explain
from kg.graph.shacl import validate
from kg.model import Entity, Record

VARIANTS = (
    Record(article("1"), (Entity("Programme", "“匠心”行动"), Entity("Organization", "青川联盟"))),
    Record(article("2"), (Entity("Initiative", "‘匠心’行动"), Entity("Enterprise", "青川联盟"))),
    Record(article("3"), (Entity("Programme", "“匠心”行动"), Entity("Organization", "青川联盟"))),
    Record(article("4"), (Entity("Initiative", "匠心行动", ("“匠心”行动",)), Entity("Organization", "青川联盟"))),
)


def test_one_label_and_one_class_remain() -> None:
    graph = GraphStore.in_memory(VARIANTS)
    thing = explain(graph, "匠心行动").thing
    assert thing is not None
    assert (thing.label, thing.type) == ("“匠心”行动", "Programme")
    assert thing.aliases == ("‘匠心’行动", "匠心行动")
    assert len(thing.documents) == 4
    body = explain(graph, "青川联盟").thing
    assert body is not None
    assert body.type == "Enterprise"
    assert validate(graph) == []


def test_the_order_of_documents_does_not_matter() -> None:
    assert len({frozenset(GraphStore.in_memory(order).quads()) for order in permutations(VARIANTS)}) == 1


def test_the_union_is_what_the_documents_say() -> None:
    graph = GraphStore.in_memory(VARIANTS)
    assert set(graph.triples()) == {quad.triple for quad in graph.quads()}
