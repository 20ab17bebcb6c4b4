"""From a record of a document to the quads of its named graph, as the ontology has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.identity import check_base, digest, document_iri, document_name, entity_iri, fact_iri, graph_iri
from kg.model import Article, Conferral, Entity, Evidence, Membership, Observation, Record, Relation, Statement
from kg.naming import ORGANISATIONS, entity_id, slug
from kg.vocabulary import DCTERMS, ELI, FOAF, KG, OA, ORG, RDF, RDFS, SCHEMA, SKOS, XSD, Term

# The class of a standard vocabulary that is written beside the class of the ontology, for readers who know only it.
_STANDARD_CLASS = {
    **dict.fromkeys(ORGANISATIONS, ORG.Organization),
    "Person": FOAF.Person,
    "Region": SCHEMA.AdministrativeArea,
    "PolicyDocument": ELI.LegalResource,
    "Event": SCHEMA.Event,
    "Indicator": SKOS.Concept,
}


def quads(record: Record, base: str) -> Iterator[Quad]:
    """Yield each quad that one document contributes, once; all lie in the document's named graph.

    Args:
        record: What was read from the document.
        base: What the IRIs of instances begin with, e.g. `https://kg.example/`.

    Raises:
        KgError: `base` is not an absolute IRI that ends in `/`.
    """
    writer = _Writer(record, check_base(base))
    yield from writer.quads()


def number(value: Decimal | float) -> Literal:
    """Return `value` as an `xsd:decimal` in canonical form, never with an exponent.

    >>> number(Decimal("2.643E+6")).value, number(0.90).value
    ('2643000', '0.9')
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=_node(XSD.decimal))


def dated(edtf: str) -> Literal:
    """Return a date with the datatype of its precision; anything finer or looser stays a string.

    >>> dated("2024-11").datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    for pattern, datatype in (
        (r"\d{4}-\d\d-\d\d", XSD.date),
        (r"\d{4}-\d\d", XSD.gYearMonth),
        (r"\d{4}", XSD.gYear),
    ):
        if re.fullmatch(pattern, edtf):
            return Literal(edtf, datatype=_node(datatype))
    return text(edtf)


def text(value: str) -> Literal:
    """Return a plain literal; half a surrogate pair, which no RDF syntax can carry, becomes U+FFFD."""
    try:
        return Literal(value)
    except ValueError:
        return Literal(re.sub("[\ud800-\udfff]", "\ufffd", value))


@cache
def _node(term: Term) -> NamedNode:
    return term.node


class _Writer:
    """Collects the quads of one record."""

    def __init__(self, record: Record, base: str) -> None:
        self.record = record
        self.base = base
        identifier = record.article.page.identifier
        self.name = document_name(identifier)
        self.graph = NamedNode(graph_iri(base, identifier))
        self.document = NamedNode(document_iri(base, identifier))
        # A dictionary keeps each quad once, in the order of writing.
        self.collected: dict[Quad, None] = {}
        self.nodes: dict[str, NamedNode] = {}
        self.indicators: dict[str, NamedNode] = {}
        self.evidences: set[str] = set()

    def quads(self) -> Iterator[Quad]:
        self._document(self.record.article)
        for entity in self.record.entities:
            self._entity(entity)
        for statement in self.record.statements:
            self._statement(statement)
        return iter(self.collected)

    # --- building blocks

    def _add(self, subject: NamedNode, predicate: Term, value: NamedNode | Literal) -> None:
        self.collected[Quad(subject, _node(predicate), value, self.graph)] = None

    def _text(self, subject: NamedNode, predicate: Term, value: str) -> None:
        if value:
            self._add(subject, predicate, text(value))

    def _entity_node(self, entity: str) -> NamedNode:
        node = self.nodes.get(entity)
        if node is None:
            node = self.nodes[entity] = NamedNode(entity_iri(self.base, entity))
        return node

    def _fact_node(self, *parts: str) -> NamedNode:
        return NamedNode(fact_iri(self.base, *parts))

    # --- the document

    def _document(self, article: Article) -> None:
        node = self.document
        self._add(node, RDF.type, _node(KG.Document))
        self._add(node, RDF.type, _node(SCHEMA.NewsArticle))
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
            self._add(node, KG.teaserOf, NamedNode(document_iri(self.base, article.teaser_of)))
        if article.truncated:
            self._add(node, KG.truncated, Literal("true", datatype=_node(XSD.boolean)))

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

    def _named(self, node: NamedNode, type_: str, name: str) -> None:
        self._add(node, RDF.type, _node(KG[type_]))
        if type_ in _STANDARD_CLASS:
            self._add(node, RDF.type, _node(_STANDARD_CLASS[type_]))
        self._text(node, RDFS.label, name)
        if type_ == "PolicyDocument":
            self._text(node, DCTERMS.title, name)

    def _place(self, node: NamedNode, entity: Entity) -> None:
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

    def _indicator(self, label: str) -> NamedNode:
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

    def _relation(self, relation: Relation) -> NamedNode:
        subject, object_ = self._entity_node(relation.subject), self._entity_node(relation.object)
        predicate = KG[relation.predicate]
        self._add(subject, predicate, object_)
        # A date tells when it happened, not what happened: two reports of one act, of which one gives no date,
        # must come out as one fact.
        fact = self._fact_node("relation", relation.subject, relation.predicate, relation.object)
        self._add(fact, RDF.type, _node(RDF.Statement))
        self._add(fact, RDF.subject, subject)
        self._add(fact, RDF.predicate, _node(predicate))
        self._add(fact, RDF.object, object_)
        self._text(fact, KG.date, relation.date)
        return fact

    def _membership(self, membership: Membership) -> NamedNode:
        fact = self._fact_node("membership", membership.person, membership.organization)
        self._add(fact, RDF.type, _node(ORG.Membership))
        self._add(fact, ORG.member, self._entity_node(membership.person))
        self._add(fact, ORG.organization, self._entity_node(membership.organization))
        for title in membership.titles:
            role = self._entity_node(f"role/{slug(title)}")
            self._add(role, RDF.type, _node(ORG.Role))
            self._text(role, RDFS.label, title)
            self._add(fact, ORG.role, role)
        return fact

    def _conferral(self, conferral: Conferral) -> NamedNode:
        recipient, honour = self._entity_node(conferral.recipient), self._entity_node(conferral.honour)
        self._add(recipient, KG.received, honour)
        fact = self._fact_node("conferral", conferral.recipient, conferral.honour)
        self._add(fact, RDF.type, _node(KG.Conferral))
        self._add(fact, KG.recipient, recipient)
        self._add(fact, KG.honour, honour)
        for body in conferral.conferred_by:
            self._add(fact, KG.conferredBy, self._entity_node(body))
        self._text(fact, KG.date, conferral.date)
        return fact

    def _observation(self, seen: Observation) -> NamedNode:
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
        self._add(fact, RDF.type, _node(KG.Observation))
        self._add(fact, KG.about, self._entity_node(seen.about))
        self._add(fact, KG.indicator, indicator)
        self._add(fact, KG.value, value)
        self._text(fact, KG.unit, seen.unit)
        if seen.kind != "Growth":  # the percent of a growth are none of what grows
            self._text(indicator, KG.measuredIn, seen.unit)
        self._add(fact, KG.bound, _node(KG[seen.bound]))
        self._add(fact, KG.kind, _node(KG[seen.kind]))
        if seen.period:
            self._text(fact, KG.period, seen.period.edtf)
            for term, day in ((KG.start, seen.period.start), (KG.end, seen.period.end)):
                if day:
                    self._add(fact, term, Literal(day, datatype=_node(XSD.date)))
        if seen.baseline:
            self._text(fact, KG.baseline, seen.baseline.edtf)
        if seen.of_which:
            self._add(fact, KG.ofWhich, self._indicator(seen.of_which))
        return fact

    def _evidence(self, fact: NamedNode, evidence: Evidence) -> None:
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
        node = NamedNode(f"{self.base}id/evidence/{name}")
        self._add(fact, KG.evidence, node)
        if name in self.evidences:
            return
        self.evidences.add(name)
        for class_ in (KG.Evidence, OA.TextQuoteSelector, OA.TextPositionSelector):
            self._add(node, RDF.type, _node(class_))
        self._add(node, DCTERMS.source, self.document)
        for term, offset in ((OA.start, evidence.start), (OA.end, evidence.end)):
            self._add(node, term, Literal(offset))
        self._add(node, OA.exact, text(evidence.exact))
        self._text(node, KG.sentence, evidence.sentence)
        self._text(node, KG.rule, evidence.rule)
        self._add(node, KG.confidence, confidence)
