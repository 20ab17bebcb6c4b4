"""What the facts of one graph are beside those of another: which are new, which are gone, which say something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode

from kg.errors import KgError
from kg.graph.reading import FACT_CLASSES, FactNode, Reader
from kg.graph.store import GraphStore
from kg.vocabulary import KG, ORG, RDF, Term

# What a fact may say beside what makes it this fact.
_SAID = (KG.date, KG.conferredBy, KG.ofWhich, ORG.role)
# What makes a figure another figure of the same thing at the same time, not a figure of something else.
_VALUE = frozenset(["value", "unit", "bound", "ofWhich"])


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that says something else than before: another date, office or value."""

    before: FactNode
    after: FactNode


@dataclass(frozen=True, slots=True)
class Difference:
    """What facts of a graph are not those of an earlier one, in the order of their type, names and IRI."""

    appeared: tuple[FactNode, ...]
    vanished: tuple[FactNode, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.appeared or self.vanished or self.changed)


def difference(old: GraphStore, new: GraphStore) -> Difference:
    """Return which facts of `new` are not in `old`, and the other way round; who else says them does not matter.

    A figure counts as changed where one of its subject, indicator, kind and period is gone and one has come. Where
    several are, nothing tells which became which, and each is listed by itself.

    Raises:
        KgError: The IRIs of the two begin with different bases.
    """
    if old.base != new.base:
        raise KgError(
            f"the builds have different bases, {old.base} and {new.base}", remedy="build both with one --base"
        )
    before, after = Reader(old), Reader(new)
    here, there = _nodes(old), _nodes(new)
    changed = [
        Change(before.fact(iri), after.fact(iri)) for iri in _said_differently(old, new) if iri in here and iri in there
    ]
    vanished = {iri: before.fact(iri) for iri in here - there}
    appeared = {iri: after.fact(iri) for iri in there - here}
    gone, come = _by_key(vanished.values()), _by_key(appeared.values())
    for key in gone.keys() & come.keys():
        if len(gone[key]) == len(come[key]) == 1:
            change = Change(*gone[key], *come[key])
            changed.append(change)
            del vanished[change.before.iri], appeared[change.after.iri]
    return Difference(
        tuple(sorted(appeared.values(), key=_order)),
        tuple(sorted(vanished.values(), key=_order)),
        tuple(sorted(changed, key=lambda change: _order(change.after))),
    )


def _nodes(graph: GraphStore) -> set[str]:
    return {iri for class_ in FACT_CLASSES for iri, _ in _pairs(graph, RDF.type, class_)}


def _said_differently(old: GraphStore, new: GraphStore) -> set[str]:
    return {iri for term in _SAID for iri, _ in _pairs(old, term) ^ _pairs(new, term)}


def _pairs(graph: GraphStore, term: Term, value: Term | None = None) -> set[tuple[str, str]]:
    found = graph.store.quads_for_pattern(None, term.node, None if value is None else value.node, DefaultGraph())
    return {(quad.subject.value, str(quad.object)) for quad in found if isinstance(quad.subject, NamedNode)}


def _by_key(facts: Iterable[FactNode]) -> dict[tuple[str, ...], list[FactNode]]:
    """Return figures by all that they say beside their value."""
    found: dict[tuple[str, ...], list[FactNode]] = defaultdict(list)
    for fact in facts:
        if fact.type == "observation":
            rest = sorted(f"{name}={value}" for name, value in fact.details.items() if name not in _VALUE)
            found[fact.subject.iri, fact.object.iri, *rest].append(fact)
    return found


def _order(fact: FactNode) -> tuple[str, str, str, str]:
    return fact.type, fact.subject.label, fact.object.label, fact.iri
