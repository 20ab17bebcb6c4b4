"""One store and the numbers in the page that shows it: documents, sentences and things, read subject by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.quadstore import Quads
from kg.graph.said import Properties
from kg.view.picture import Figure
from kg.view.reader import LABELS, STRUCTURE, figure_of, last, links_of, one
from kg.view.terms import CLASSES
from kg.vocabulary import DCTERMS, KG, RDF, Term

Key = tuple[str, str, str]
"""A relation: the IRIs of two things, and which relation it is."""


class Side:
    """One of the two stores, and the numbers in its page."""

    def __init__(self, store: Quads) -> None:
        self.store = store
        self.source_at: dict[str, int] = {}
        self.quote_at: dict[tuple[int, str], int] = {}
        self.node_at: dict[str, int] = {}
        self._about: dict[str, Properties] = {}

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

    def types(self, iri: str) -> list[str]:
        """Return the classes of a subject."""
        return self.about(iri).get(RDF.type, [])

    def name(self, iri: str) -> str:
        """Return the label of a thing, of several the first."""
        about = self.about(iri)
        return next((about[label][0] for label in LABELS if about.get(label)), "") or last(iri)

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
        about = self.about(iri)
        for source, target, relation, _ in links_of(about, self.name):
            yield source, target, relation
        for predicate, relation in STRUCTURE.items():
            for target in about.get(predicate, []):
                yield iri, target, relation

    def figure(self, iri: str) -> Figure | None:
        """Return the figure that a fact states; None where it states none that is shown."""
        about = self.about(iri)
        if KG.Observation not in about.get(RDF.type, ()):
            return None
        described = self.node_at.get(one(about, KG.about), -1)
        if described < 0:
            return None
        return figure_of(about, described, self.name, self.quotes(about), self.confidence(about))
