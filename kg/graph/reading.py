"""The graph read back as typed facts with their evidence: what exports, pictures and `kg explain` show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.store import GraphStore
from kg.vocabulary import DCTERMS, KG, OA, ORG, RDF, RDFS, SKOS, Term

FACT_CLASSES = (RDF.Statement, ORG.Membership, KG.Conferral, KG.Observation)
"""The classes of nodes that state a fact."""

THINGS = (
    f"{{ ?thing <{KG.mentionedIn}> ?document }} "
    f"UNION {{ ?thing a <{KG.Region}> }} UNION {{ ?thing a <{KG.Indicator}> }}"
)
"""A graph pattern for every entity as `?thing`, places that are only implied and indicators included."""

# By which properties a fact refers to the things that it is about.
_LINKS = (
    RDF.subject,
    RDF.object,
    ORG.member,
    ORG.organization,
    KG.recipient,
    KG.honour,
    KG.conferredBy,
    KG.about,
    KG.indicator,
    KG.ofWhich,
)


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """An entity of the graph.

    Attributes:
        iri: Its IRI.
        type: Local name of its class.
        label: Its name in full.
        aliases: Other names, sorted.
        region: Label of the place that it belongs to, or "".
        adcode: GB/T 2260 code of a place, or "".
        parent: Label of what it is part of, or "".
        date: Date of an event or of issue of a policy document in EDTF, or "".
        concerns: Labels of the initiatives that a policy document concerns.
        documents: IRIs of the documents that mention it, sorted.
    """

    iri: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    region: str = ""
    adcode: str = ""
    parent: str = ""
    date: str = ""
    concerns: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A document that was read: its path below the folder given, title and date of publication ("" if unknown)."""

    iri: str
    identifier: str
    title: str
    issued: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Where a fact was read: see `kg.Evidence` in the ontology."""

    document: Source
    sentence: str
    exact: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FactNode:
    """A fact of the graph.

    Attributes:
        iri: IRI of the node that carries its evidence.
        type: `leads`, `implements`, `participatesIn`, `issues`, `organises`, `post`, `honour` or `observation`.
        subject: The agent, person, recipient, or what a number describes.
        object: The initiative, document, event, organisation or honour; for an observation its indicator.
        quotes: Its evidence, by document and place.
        details: What else the node says: `roles`, `conferredBy`, `value`, `unit`, `bound`, `kind`, `period`, `start`,
            `end`, `baseline`, `ofWhich`; several values are joined by `、`.
        dates: EDTF dates, sorted.
    """

    iri: str
    type: str
    subject: Thing
    object: Thing
    quotes: tuple[Quote, ...]
    details: dict[str, str]
    dates: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """The highest confidence with which it was read; 0 where evidence is missing."""
        return max((quote.confidence for quote in self.quotes), default=0.0)


class Reader:
    """Reads things, documents and facts of one graph, and remembers the labels it has read."""

    def __init__(self, graph: GraphStore) -> None:
        self.graph = graph
        self._thing = lru_cache(maxsize=100_000)(self._read_thing)
        self._source = lru_cache(maxsize=100_000)(self._read_source)

    # --- what there is

    def things(self) -> Iterator[Thing]:
        """Yield every entity, places that are only implied and indicators included, sorted by type and label."""
        query = f"SELECT DISTINCT ?thing {{ {THINGS} }}"
        found = [self.thing(row["thing"].value) for row in self.graph.select(query)]
        yield from sorted(found, key=lambda thing: (thing.type, thing.label, thing.iri))

    def facts(self, types: Iterable[str] = ()) -> Iterator[FactNode]:
        """Yield every fact, or those of the types given, sorted by IRI."""
        wanted = set(types)
        nodes = (
            quad.subject
            for class_ in FACT_CLASSES
            for quad in self.graph.store.quads_for_pattern(None, RDF.type.node, class_.node, DefaultGraph())
        )
        for iri in sorted({node.value for node in nodes if isinstance(node, NamedNode)}):
            fact = self.fact(iri)
            if not wanted or fact.type in wanted:
                yield fact

    def facts_of(self, iri: str) -> Iterator[FactNode]:
        """Yield every fact in which a thing takes any part, sorted by IRI."""
        node = NamedNode(iri)
        nodes = (
            quad.subject
            for link in _LINKS
            for quad in self.graph.store.quads_for_pattern(None, link.node, node, DefaultGraph())
        )
        for found in sorted({node.value for node in nodes if isinstance(node, NamedNode)}):
            yield self.fact(found)

    # --- one of it

    def thing(self, iri: str) -> Thing:
        """Return what the graph says of an entity; one that it does not describe has its IRI's last part as label."""
        return self._thing(iri)

    def source(self, iri: str) -> Source:
        """Return what the graph says of a document."""
        return self._source(iri)

    def fact(self, iri: str) -> FactNode:
        """Return a fact by the IRI of its node.

        Raises:
            KeyError: There is no fact of that IRI.
        """
        about = self._properties(iri)
        classes = {value for value, _ in about.get(RDF.type, [])}
        dates = tuple(value for value, _ in about.get(KG.date, []))
        details: dict[str, str] = {}
        if RDF.Statement in classes:
            type_ = _local(_first(about, RDF.predicate))
            subject, object_ = _first(about, RDF.subject), _first(about, RDF.object)
        elif ORG.Membership in classes:
            type_, subject, object_ = "post", _first(about, ORG.member), _first(about, ORG.organization)
            details["roles"] = self._labels(about, ORG.role)
        elif KG.Conferral in classes:
            type_, subject, object_ = "honour", _first(about, KG.recipient), _first(about, KG.honour)
            details["conferredBy"] = self._labels(about, KG.conferredBy)
        elif KG.Observation in classes:
            type_, subject, object_ = "observation", _first(about, KG.about), _first(about, KG.indicator)
            for term in (KG.value, KG.unit, KG.period, KG.start, KG.end, KG.baseline):
                details[term.name] = _first(about, term)
            for term in (KG.bound, KG.kind):
                details[term.name] = _local(_first(about, term))
            details["ofWhich"] = self._labels(about, KG.ofWhich)
        else:
            raise KeyError(iri)
        quotes = sorted(
            (self.quote(value) for value, _ in about.get(KG.evidence, [])),
            key=lambda quote: (quote.document, quote.start, quote.end, quote.rule, quote.confidence),
        )
        known = {name: value for name, value in details.items() if value}
        return FactNode(iri, type_, self.thing(subject), self.thing(object_), tuple(quotes), known, dates)

    def quote(self, iri: str) -> Quote:
        """Return a piece of evidence by the IRI of its node."""
        about = self._properties(iri)
        return Quote(
            document=self.source(_first(about, DCTERMS.source)),
            sentence=_first(about, KG.sentence),
            exact=_first(about, OA.exact),
            start=int(_first(about, OA.start) or 0),
            end=int(_first(about, OA.end) or 0),
            rule=_first(about, KG.rule),
            confidence=float(_first(about, KG.confidence) or 0),
        )

    # --- reading

    def _properties(self, iri: str) -> dict[str, list[tuple[str, bool]]]:
        """Return each predicate's values, sorted, with whether they are nodes."""
        found: dict[str, list[tuple[str, bool]]] = {}
        for quad in self.graph.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
            value = quad.object
            if isinstance(value, NamedNode | Literal):
                found.setdefault(quad.predicate.value, []).append((value.value, isinstance(value, NamedNode)))
        for values in found.values():
            values.sort()
        return found

    def _labels(self, about: dict[str, list[tuple[str, bool]]], term: Term) -> str:
        labels = (self.thing(value).label if node else value for value, node in about.get(term, []))
        return "、".join(sorted(labels))

    def _label(self, iri: str) -> str:
        # Not by all its properties: a place is mentioned in documents without number.
        quads = self.graph.store.quads_for_pattern(NamedNode(iri), RDFS.label.node, None, DefaultGraph())
        return min((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default=_tail(iri))

    def _read_thing(self, iri: str) -> Thing:
        about = self._properties(iri)
        classes = [_local(value) for value, _ in about.get(RDF.type, []) if value.startswith(KG.iri)]
        places = [value for term in (KG.jurisdiction, KG.inRegion, KG.within) for value, _ in about.get(term, [])]
        parents = [value for term in (ORG.subOrganizationOf, KG.partOf) for value, _ in about.get(term, [])]
        return Thing(
            iri=iri,
            type=classes[0] if classes else "",
            label=_first(about, RDFS.label) or _tail(iri),
            aliases=tuple(value for value, _ in about.get(SKOS.altLabel, [])),
            region="、".join(map(self._label, places)),
            adcode=_first(about, KG.adcode),
            parent="、".join(map(self._label, parents)),
            date=_first(about, KG.date) or _first(about, DCTERMS.issued),
            concerns=tuple(self._label(value) for value, _ in about.get(KG.concerns, [])),
            documents=tuple(value for value, _ in about.get(KG.mentionedIn, [])),
        )

    def _read_source(self, iri: str) -> Source:
        about = self._properties(iri)
        identifier, title = _first(about, DCTERMS.identifier), _first(about, DCTERMS.title)
        return Source(iri, identifier or _tail(iri), title, _first(about, DCTERMS.issued))


def _first(about: dict[str, list[tuple[str, bool]]], term: Term) -> str:
    values = about.get(term)
    return values[0][0] if values else ""


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _tail(iri: str) -> str:
    return iri.rpartition("/")[2]
