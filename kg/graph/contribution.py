"""From a record of a document to what it contributes to the graph, as the ontology has it: Turtle, and quads of it.

A paragraph of Turtle for each subject is what `graph.ttl` consists of and what the store loads fastest; it is made
once, by the process that reads the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.graph.identity import (
    DEFAULT_BASE,
    check_base,
    digest,
    document_iri,
    document_name,
    entity_iri,
    fact_iri,
    graph_iri,
)
from kg.graph.layout import predicate_key, prefixes, value_key
from kg.graph.literals import Text, boolean, date, dated, number, string
from kg.graph.turtle import TermWriter, header, paragraph
from kg.model import Article, Conferral, Entity, Evidence, Membership, Observation, Record, Relation, Statement
from kg.naming import ORGANISATIONS, entity_id, slug
from kg.vocabulary import DCTERMS, ELI, FOAF, KG, OA, ORG, RDF, RDFS, SCHEMA, SKOS, Term

# The class of a standard vocabulary that is written beside the class of the ontology, for readers who know only it.
_STANDARD_CLASS = {
    **dict.fromkeys(ORGANISATIONS, ORG.Organization),
    "Person": FOAF.Person,
    "Region": SCHEMA.AdministrativeArea,
    "PolicyDocument": ELI.LegalResource,
    "Event": SCHEMA.Event,
    "Indicator": SKOS.Concept,
}

_EVIDENCE = (KG.Evidence, OA.TextQuoteSelector, OA.TextPositionSelector)


class Contribution(NamedTuple):
    """What one document says.

    Attributes:
        graph: IRI of its named graph.
        paragraphs: All that it says of each subject, by the subject's IRI: a paragraph of Turtle, as UTF-8.
        triples: How many triples these are.
        identifier: Of the document.
        published: When it was published, `YYYY-MM-DD`, or "" where it does not say.
    """

    graph: str
    paragraphs: dict[str, bytes]
    triples: int
    identifier: str
    published: str

    def quads(self, base: str) -> Iterator[Quad]:
        """Yield each quad once; all lie in the named graph."""
        graph = NamedNode(self.graph)
        text = header(prefixes(base)).encode() + b"".join(self.paragraphs.values())
        for triple in pyoxigraph.parse(text, RdfFormat.TURTLE):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def contribution(record: Record, base: str) -> Contribution:
    """Return what one document contributes.

    Args:
        record: What was read from the document.
        base: What the IRIs of instances begin with, e.g. `https://kg.example/`.

    Raises:
        KgError: `base` is not an absolute IRI that ends in `/`.
    """
    return _Writer(record, check_base(base)).contribution()


def quads(record: Record, base: str) -> Iterator[Quad]:
    """Yield each quad that one document contributes, once; as `contribution`."""
    yield from contribution(record, base).quads(base)


class _Writer:
    """Collects what one record says, subject by subject."""

    def __init__(self, record: Record, base: str) -> None:
        self.record = record
        self.base = base
        self.terms = _terms(base)
        identifier = record.article.page.identifier
        self.name = document_name(identifier)
        self.graph = graph_iri(base, identifier)
        self.document = self._node(document_iri(base, identifier))
        self.triples = 0
        self.said: dict[str, dict[Term, list[Text]]] = {}
        self.nodes: dict[str, Text] = {}
        self.indicators: dict[str, Text] = {}
        self.whole: dict[str, bytes] = {}

    def contribution(self) -> Contribution:
        self._document(self.record.article)
        for entity in self.record.entities:
            self._entity(entity)
        for statement in self.record.statements:
            self._statement(statement)
        paragraphs = {iri: self._paragraph(iri, about) for iri, about in self.said.items()}
        article = self.record.article
        return Contribution(
            self.graph, paragraphs | self.whole, self.triples, article.page.identifier, article.published or ""
        )

    # --- building blocks

    def _paragraph(self, iri: str, about: dict[Term, list[Text]]) -> bytes:
        lines = []
        for predicate, name in _in_order(tuple(about)):
            values = about[predicate]
            if len(values) > 1:
                values.sort(key=_value_key)
                lines.append(f"{name} {' , '.join([value.turtle for value in values])}")
            else:
                lines.append(f"{name} {values[0].turtle}")
        return paragraph(self.terms.iri(iri), lines).encode()

    def _add(self, subject: Text, predicate: Term, value: Text) -> None:
        about = self.said.get(subject.value)
        if about is None:
            about = self.said[subject.value] = {}
        values = about.get(predicate)
        if values is None:
            about[predicate] = [value]
        elif value not in values:
            values.append(value)
        else:
            return
        self.triples += 1

    def _text(self, subject: Text, predicate: Term, value: str) -> None:
        if value:
            self._add(subject, predicate, string(value))

    def _node(self, iri: str) -> Text:
        return Text(iri, "", self.terms.iri(iri))

    def _entity_node(self, entity: str) -> Text:
        node = self.nodes.get(entity)
        if node is None:
            node = self.nodes[entity] = self._node(entity_iri(self.base, entity))
        return node

    def _fact_node(self, *parts: str) -> Text:
        return self._node(fact_iri(self.base, *parts))

    # --- the document

    def _document(self, article: Article) -> None:
        node = self.document
        self._add(node, RDF.type, _term(KG.Document))
        self._add(node, RDF.type, _term(SCHEMA.NewsArticle))
        self._text(node, RDFS.label, article.title or article.page.identifier)
        self._text(node, DCTERMS.identifier, article.page.identifier)
        self._text(node, DCTERMS.title, article.title or "")
        if article.published:
            self._add(node, DCTERMS.issued, dated(article.published))
        self._text(node, DCTERMS.publisher, article.publisher or "")
        for author in article.authors:
            self._text(node, DCTERMS.creator, author)
        self._text(node, SCHEMA.url, article.page.url or "")
        self._text(node, KG.contentHash, article.page.digest)
        if article.teaser_of:
            self._add(node, KG.teaserOf, self._node(document_iri(self.base, article.teaser_of)))
        if article.truncated:
            self._add(node, KG.truncated, boolean(True))

    # --- entities

    def _entity(self, entity: Entity) -> None:
        if entity.type == "Indicator":
            self._concept(entity)
            return
        node = self._entity_node(entity.id)
        self._named(node, entity.type, entity.name)
        for alias in entity.aliases:
            if alias != entity.name:
                self._text(node, SKOS.altLabel, alias)
        if entity.mentioned:
            self._add(node, KG.mentionedIn, self.document)
        self._text(node, KG.adcode, entity.adcode)
        self._place(node, entity)
        if entity.parent and entity.parent != entity.id:
            part = ORG.subOrganizationOf if entity.type in ORGANISATIONS else KG.partOf
            self._add(node, part, self._entity_node(entity.parent))
        for initiative in entity.concerns:
            self._add(node, KG.concerns, self._entity_node(initiative))
        if entity.date and entity.type == "PolicyDocument":
            self._add(node, DCTERMS.issued, dated(entity.date))
        else:
            self._text(node, KG.date, entity.date)

    def _named(self, node: Text, type_: str, name: str) -> None:
        self._add(node, RDF.type, _term(KG[type_]))
        if type_ in _STANDARD_CLASS:
            self._add(node, RDF.type, _term(_STANDARD_CLASS[type_]))
        self._text(node, RDFS.label, name)
        if type_ == "PolicyDocument":
            self._text(node, DCTERMS.title, name)

    def _place(self, node: Text, entity: Entity) -> None:
        if not entity.place:
            return
        place_id = entity_id("Region", entity.place)
        if place_id == entity.id:
            return
        place = self._entity_node(place_id)
        self._named(place, "Region", entity.place)
        if entity.type == "Region":
            self._add(node, KG.within, place)
        elif entity.type in ORGANISATIONS:
            self._add(node, KG.jurisdiction, place)
        else:
            self._add(node, KG.inRegion, place)

    def _concept(self, entity: Entity) -> None:
        node = self._indicator(entity.name)
        for alias in entity.aliases:
            self._text(node, SKOS.altLabel, alias)
        for term, other in ((SKOS.broader, entity.parent), (SKOS.related, entity.related)):
            if other and other != entity.id:
                self._add(node, term, self._entity_node(other))

    def _indicator(self, label: str) -> Text:
        node = self.indicators.get(label)
        if node is not None:
            return node
        node = self.indicators[label] = self._entity_node(entity_id("Indicator", label))
        self._named(node, "Indicator", label)
        self._text(node, SKOS.prefLabel, label)
        return node

    # --- facts

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Relation():
                fact = self._relation(statement)
            case Membership():
                fact = self._membership(statement)
            case Conferral():
                fact = self._conferral(statement)
            case Observation():
                fact = self._observation(statement)
        if statement.place:
            self._add(fact, KG.inRegion, self._entity_node(statement.place))
        self._evidence(fact, statement.evidence)

    def _relation(self, relation: Relation) -> Text:
        subject, object_ = self._entity_node(relation.subject), self._entity_node(relation.object)
        predicate = KG[relation.predicate]
        self._add(subject, predicate, object_)
        # A date tells when it happened, not what happened: two reports of one act, of which one gives no date,
        # must come out as one fact.
        fact = self._fact_node("relation", relation.subject, relation.predicate, relation.object)
        self._add(fact, RDF.type, _term(RDF.Statement))
        self._add(fact, RDF.subject, subject)
        self._add(fact, RDF.predicate, _term(predicate))
        self._add(fact, RDF.object, object_)
        self._text(fact, KG.date, relation.date)
        return fact

    def _membership(self, membership: Membership) -> Text:
        fact = self._fact_node("membership", membership.person, membership.organization)
        self._add(fact, RDF.type, _term(ORG.Membership))
        self._add(fact, ORG.member, self._entity_node(membership.person))
        self._add(fact, ORG.organization, self._entity_node(membership.organization))
        for title in membership.titles:
            role = self._entity_node(f"role/{slug(title)}")
            self._add(role, RDF.type, _term(ORG.Role))
            self._text(role, RDFS.label, title)
            self._add(fact, ORG.role, role)
        return fact

    def _conferral(self, conferral: Conferral) -> Text:
        recipient, honour = self._entity_node(conferral.recipient), self._entity_node(conferral.honour)
        self._add(recipient, KG.received, honour)
        fact = self._fact_node("conferral", conferral.recipient, conferral.honour)
        self._add(fact, RDF.type, _term(KG.Conferral))
        self._add(fact, KG.recipient, recipient)
        self._add(fact, KG.honour, honour)
        for body in conferral.conferred_by:
            self._add(fact, KG.conferredBy, self._entity_node(body))
        self._text(fact, KG.date, conferral.date)
        return fact

    def _observation(self, seen: Observation) -> Text:
        value = number(seen.value)
        fact = self._fact_node(
            "observation",
            seen.about,
            entity_id("Indicator", seen.indicator),
            value.value,
            seen.unit,
            seen.bound,
            seen.kind,
            seen.period.edtf if seen.period else "",
            seen.baseline.edtf if seen.baseline else "",
        )
        indicator = self._indicator(seen.indicator)
        self._add(fact, RDF.type, _term(KG.Observation))
        self._add(fact, KG.about, self._entity_node(seen.about))
        self._add(fact, KG.indicator, indicator)
        self._add(fact, KG.value, value)
        self._text(fact, KG.unit, seen.unit)
        if seen.kind != "Growth":  # the percent of a growth are none of what grows
            self._text(indicator, KG.measuredIn, seen.unit)
        self._add(fact, KG.bound, _term(KG[seen.bound]))
        self._add(fact, KG.kind, _term(KG[seen.kind]))
        if seen.period:
            self._text(fact, KG.period, seen.period.edtf)
            for term, day in ((KG.start, seen.period.start), (KG.end, seen.period.end)):
                if day:
                    self._add(fact, term, date(day))
        if seen.baseline:
            self._text(fact, KG.baseline, seen.baseline.edtf)
        if seen.of_which:
            self._add(fact, KG.ofWhich, self._indicator(seen.of_which))
        return fact

    def _evidence(self, fact: Text, evidence: Evidence) -> None:
        confidence = number(evidence.confidence)
        # One span read by one rule is one node, however many facts it yields.
        name = digest(
            self.name,
            str(evidence.start),
            str(evidence.end),
            evidence.exact,
            evidence.sentence,
            evidence.rule,
            confidence.value,
        )
        node = self._node(f"{self.base}id/evidence/{name}")
        self._add(fact, KG.evidence, node)
        if node.value in self.whole:
            return
        # All that will ever be said of it, and the most of what a document says.
        said = {
            RDF.type: _evidence_classes(),
            DCTERMS.source: self.document.turtle,
            OA.start: str(evidence.start),
            OA.end: str(evidence.end),
            OA.exact: string(evidence.exact).turtle,
            KG.confidence: confidence.turtle,
        }
        if evidence.sentence:
            said[KG.sentence] = string(evidence.sentence).turtle
        if evidence.rule:
            said[KG.rule] = string(evidence.rule).turtle
        lines = [f"{name} {said[term]}" for term, name in _in_order(tuple(said))]
        self.whole[node.value] = paragraph(node.turtle, lines).encode()
        self.triples += len(said) - 1 + len(_EVIDENCE)


@cache
def _terms(base: str) -> TermWriter:
    return TermWriter(prefixes(base))


@cache
def _term(term: Term) -> Text:
    return Text(term, "", _terms(DEFAULT_BASE).iri(term))


@lru_cache(maxsize=10_000)
def _in_order(predicates: tuple[Term, ...]) -> list[tuple[Term, str]]:
    """Return predicates in the order of writing, each with how it is written."""
    named = ((term, "a" if term == RDF.type else _term(term).turtle) for term in predicates)
    return sorted(named, key=lambda pair: predicate_key(pair[0]))


@cache
def _evidence_classes() -> str:
    return " , ".join(text.turtle for text in sorted(map(_term, _EVIDENCE), key=_value_key))


def _value_key(text: Text) -> tuple[bool, bool, str, str]:
    return value_key(text.value, text.datatype)
