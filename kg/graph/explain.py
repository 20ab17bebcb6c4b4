"""Everything that the graph knows about one name, each fact with its sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.reading import THINGS, FactNode, Reader, Thing
from kg.graph.store import GraphStore
from kg.naming import slug
from kg.vocabulary import KG, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to a name: one thing with its facts, or several things to choose from, or near misses.

    Attributes:
        name: What was asked for.
        thing: The thing of that name, or None where it is not just one.
        facts: Every fact in which it takes part: those it is the subject of first, by type, then by IRI.
        candidates: The things that the name may stand for, if they are several.
        nearest: Names of the graph that look alike, if nothing bears the name; the nearest first.
    """

    name: str
    thing: Thing | None = None
    facts: tuple[FactNode, ...] = ()
    candidates: tuple[Thing, ...] = ()
    nearest: tuple[str, ...] = ()


_ORDER = ("leads", "implements", "participatesIn", "issues", "organises", "post", "honour", "observation")


def explain(graph: GraphStore, name: str) -> Explanation:
    """Return what the graph knows about the thing called `name`.

    A thing is found by its label or an alias, else by the form of either in IRIs (without quotes and spaces), else
    by being the only one whose label or alias contains the name.
    """
    reader = Reader(graph)
    found = things_named(graph, name)
    if len(found) != 1:
        things = sorted(reader.thing(iri) for iri in found)
        candidates = tuple(sorted(things, key=lambda thing: (len(thing.label), thing.label, thing.iri)))
        return Explanation(name, candidates=candidates, nearest=() if found else nearest_names(graph, name))
    (iri,) = found

    def key(fact: FactNode) -> tuple[bool, int, str]:
        return fact.subject.iri != iri, _ORDER.index(fact.type), fact.iri

    return Explanation(name, reader.thing(iri), tuple(sorted(reader.facts_of(iri), key=key)))


def things_named(graph: GraphStore, name: str) -> set[str]:
    """Return the IRIs of the things that `name` stands for, by the first of the ways of `explain` that finds any."""
    exact = {
        quad.subject.value
        for term in (RDFS.label, SKOS.altLabel)
        for quad in graph.store.quads_for_pattern(None, term.node, Literal(name), DefaultGraph())
        if isinstance(quad.subject, NamedNode) and _is_thing(graph, quad.subject)
    }
    if exact:
        return exact
    wanted = slug(name)
    if wanted == "_":
        return set()
    names = _names(graph)
    return {iri for iri, label in names if slug(label) == wanted} or {
        iri for iri, label in names if wanted in slug(label)
    }


def nearest_names(graph: GraphStore, name: str, count: int = 5) -> tuple[str, ...]:
    """Return the names of the graph that share most pairs of characters with `name`."""
    wanted = _pairs(name)
    size = sum(wanted.values())
    scores = {}
    for label in {label for _, label in _names(graph)}:
        pairs = _pairs(label)
        shared = sum((wanted & pairs).values())
        if shared:
            scores[label] = 2 * shared / (size + sum(pairs.values()))
    return tuple(sorted(scores, key=lambda label: (-scores[label], label))[:count])


def _pairs(name: str) -> Counter[str]:
    return Counter(name[place : place + 2] for place in range(len(name) - 1)) or Counter([name])


def _names(graph: GraphStore) -> list[tuple[str, str]]:
    """Return each thing's IRI with each of its names."""
    query = f"SELECT DISTINCT ?thing ?name {{ ?thing <{RDFS.label}>|<{SKOS.altLabel}> ?name . {THINGS} }}"
    return [(row["thing"].value, row["name"].value) for row in graph.select(query)]


def _is_thing(graph: GraphStore, node: NamedNode) -> bool:
    if any(True for _ in graph.store.quads_for_pattern(node, KG.mentionedIn.node, None, DefaultGraph())):
        return True
    return Reader(graph).thing(node.value).type in ("Region", "Indicator")
