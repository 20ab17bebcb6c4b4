"""Some documents of a graph are read as if there were no others, however many others say the same."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.view.excerpt import Excerpt
from kg.vocabulary import KG, RDFS

THING = NamedNode("https://kg.example/id/org/某某")
GRAPHS = [NamedNode(f"https://kg.example/graph/{number}") for number in range(6)]


def store(labels: list[str]) -> Store:
    """Return a store in which each document gives the thing a label, and their union gives it all of them."""
    found = Store()
    for graph, label in zip(GRAPHS, labels, strict=True):
        for name in (graph, DefaultGraph()):
            found.add(Quad(THING, RDFS.label.node, Literal(label), name))
    return found


@pytest.mark.parametrize("shown", [[0], [1], [2], [3], [0, 1], [4, 5], [1, 3, 5], [0, 1, 2, 3, 4, 5]])
def test_only_the_documents_of_an_excerpt_are_read(shown: list[int]) -> None:
    labels = ["甲", "甲", "甲", "甲", "乙", "丙"]
    excerpt = Excerpt(store(labels), [GRAPHS[number] for number in shown])
    said = {labels[number] for number in shown}
    assert excerpt.values(THING, RDFS.label.node) == said
    for label in labels:
        assert excerpt.says(THING, RDFS.label.node, Literal(label)) == (label in said)
    assert excerpt.values(THING, KG.adcode.node) == set()
    quads = excerpt.quads_for_pattern(THING, None, None)
    assert sorted(str(quad.graph_name) for quad in quads) == sorted(str(GRAPHS[number]) for number in shown)
