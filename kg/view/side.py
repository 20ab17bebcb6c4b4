"""One store and the numbers in the page that shows it: documents, sentences and things, read subject by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.said import Properties
from kg.view.excerpt import Excerpt
from kg.view.picture import Figure
from kg.view.reader import FACTS, LABELS, STRUCTURE, figure_of, last, links_of, one
from kg.view.terms import CLASSES
from kg.vocabulary import DCTERMS, KG, RDF, Term

Key = tuple[str, str, str]
"""A relation: the IRIs of two things, and which relation it is."""


class Side:
    """One of the two stores, and the numbers in its page."""

    def __init__(self, store: Excerpt) -> None:
        self.store = store
        self.source_at: dict[str, int] = {}
        self.quote_at: dict[tuple[int, str], int] = {}
        self.node_at: dict[str, int] = {}
        self._about: dict[str, Properties] = {}
        self._values: dict[tuple[str, Term], list[str]] = {}

    def about(self, iri: str) -> Properties:
        """Return everything said of a subject, values sorted."""
        found = self._about.get(iri)
        if found is None:
            values: dict[str, set[str]] = defaultdict(set)
            for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
                if isinstance(quad.object, NamedNode | Literal):
                    values[quad.predicate.value].add(quad.object.value)
            found = self._about[iri] = {predicate: sorted(objects) for predicate, objects in values.items()}
        return found

    def values(self, iri: str, term: Term) -> list[str]:
        """Return what a subject has as values of a property, sorted; quicker than all that is said of it."""
        if iri in self._about:
            return self._about[iri].get(term, [])
        found = self._values.get((iri, term))
        if found is None:
            found = self._values[iri, term] = sorted(self.store.values(NamedNode(iri), term.node))
        return found

    def value(self, iri: str, term: Term) -> str:
        """Return the first of what a subject has as values of a property, "" where it has none."""
        return next(iter(self.values(iri, term)), "")

    def says(self, iri: str, term: Term, value: str) -> bool:
        """Tell whether a subject has a thing as value of a property."""
        return self.store.says(NamedNode(iri), term.node, NamedNode(value))

    def types(self, iri: str) -> list[str]:
        """Return the classes of a subject."""
        return self.values(iri, RDF.type)

    def name(self, iri: str) -> str:
        """Return the label of a thing, of several the first."""
        return next(filter(None, (self.value(iri, label) for label in LABELS)), "") or last(iri)

    def class_of(self, iri: str) -> str:
        """Return the class under which a thing is shown, "" where it is not."""
        types = self.types(iri)
        return next((name for name in CLASSES if KG[name] in types), "")

    def subjects(self, term: Term, value: str) -> Iterator[str]:
        """Yield what has a thing as value of a property."""
        for quad in self.store.quads_for_pattern(None, term.node, NamedNode(value), DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def document(self, iri: str) -> int:
        """Return the number of a document."""
        return self.source_at.get(one(self.about(iri), DCTERMS.identifier) or last(iri), -1)

    def quotes(self, about: Properties) -> list[int]:
        """Return the numbers of a fact's sentences."""
        found = set()
        for iri in about.get(KG.evidence, []):
            evidence = self.about(iri)
            found.add(self.quote_at[self.document(one(evidence, DCTERMS.source)), one(evidence, KG.sentence)])
        return sorted(found)

    def confidence(self, about: Properties) -> float:
        """Return the highest confidence of a fact's evidence; 1 where it has none."""
        stated = (float(one(self.about(iri), KG.confidence) or 1) for iri in about.get(KG.evidence, []))
        return max(stated, default=1.0)

    def keys(self, iri: str) -> Iterator[Key]:
        """Yield the relations that a subject has a part in stating."""
        if any(class_ in FACTS for class_ in self.types(iri)):
            for source, target, relation, _ in links_of(self.about(iri), self.name):
                yield source, target, relation
        for term, relation in STRUCTURE.items():
            for target in self.values(iri, term):
                yield iri, target, relation

    def figure(self, iri: str) -> Figure | None:
        """Return the figure that a fact states; None where it states none that is shown."""
        if KG.Observation not in self.types(iri):
            return None
        about = self.about(iri)
        described = self.node_at.get(one(about, KG.about), -1)
        if described < 0:
            return None
        return figure_of(about, described, self.name, self.quotes(about), self.confidence(about))
