"""Reads the picture of a graph from its store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.quadstore import QuadStore
from kg.graph.said import Properties, said
from kg.view.picture import Edge, Figure, Node, Picture, Source
from kg.view.terms import CLASSES, GROUPS, LINKS
from kg.vocabulary import DCTERMS, KG, ORG, RDF, RDFS, SKOS, Term

LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.title)
REGIONS = (KG.inRegion, KG.jurisdiction, KG.within)
FACTS = (RDF.Statement, ORG.Membership, KG.Conferral)
STRUCTURE: dict[Term, str] = {KG.concerns: "concerns", KG.partOf: "partOf", ORG.subOrganizationOf: "partOf"}
_STATED: dict[str, str] = {KG[name]: name for name in ("leads", "implements", "participatesIn", "issues", "organises")}


def read(store: QuadStore) -> Picture:
    """Return the picture of all named graphs of `store` together."""
    # The union of all graphs, where the store keeps one: no triple comes twice from it.
    union = DefaultGraph()
    graph = union if any(True for _ in store.quads_for_pattern(None, None, None, union)) else None
    found = (quad for term in READ for quad in store.quads_for_pattern(None, NamedNode(term), None, graph))
    return picture_of(said(found, READ))


def picture_of(said: Mapping[str, Properties], documents: int | None = None) -> Picture:
    """Return the picture of what a graph says under each property of `READ`.

    Args:
        said: What it says.
        documents: How many documents the graph has of which this is said; by default they are all here.
    """
    return _Reader(said).picture(documents)


class _Reader:
    def __init__(self, said: Mapping[str, Properties]) -> None:
        self._said = said
        self._labels = self._pairs(LABELS)
        self._sources: list[Source] = []
        self._source_at: dict[str, int] = {}
        self._quotes: list[tuple[int, str]] = []
        self._quotes_at: dict[str, int] = {}
        self._confidence_at: dict[str, float] = {}
        self._nodes: list[Node] = []
        self._node_at: dict[str, int] = {}
        self._edges: dict[tuple[int, int, str], Edge] = {}

    def picture(self, documents: int | None) -> Picture:
        self._read_sources()
        self._read_quotes()
        self._read_nodes()
        self._read_edges()
        figures = self._read_figures()
        self._settle()
        edges = [self._edges[key] for key in sorted(self._edges, key=lambda key: (RANK[key[2]], key[0], key[1]))]
        number = len(self._sources) if documents is None else documents
        return Picture(self._sources, self._quotes, self._nodes, edges, figures, number)

    # --- the graph ------------------------------------------------------------------------------------------------

    def _pairs(self, predicates: Iterable[str]) -> dict[str, Properties]:
        """Return what every subject has under `predicates`, values sorted."""
        grouped: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for predicate in predicates:
            for subject, values in self._said[predicate].items():
                grouped[subject][predicate] = values
        return dict(grouped)

    def _instances(self, class_: str, *predicates: str) -> dict[str, Properties]:
        """Return what is said of the instances of `class_` under `predicates`, by subject in order, values sorted."""
        wanted = [(predicate, self._said[predicate]) for predicate in (RDF.type, *predicates)]
        instances = sorted(subject for subject, types in self._said[RDF.type].items() if class_ in types)
        return {
            subject: {predicate: values[subject] for predicate, values in wanted if subject in values}
            for subject in instances
        }

    # --- documents and sentences ----------------------------------------------------------------------------------

    def _read_sources(self) -> None:
        documents = self._instances(KG.Document, *_OF_SOURCES)
        order = sorted(documents, key=lambda iri: (one(documents[iri], DCTERMS.identifier), iri))
        for iri in order:
            self._source_at[iri] = len(self._sources)
            self._sources.append(source_of(iri, documents[iri], self._name))

    def _read_quotes(self) -> None:
        """Number the sentences, one number for each pair of document and sentence."""
        found: dict[str, tuple[int, str]] = {}
        for iri, about in self._instances(KG.Evidence, *_OF_EVIDENCE).items():
            document = self._source_at.get(one(about, DCTERMS.source), -1)
            found[iri] = (document, one(about, KG.sentence))
            self._confidence_at[iri] = float(one(about, KG.confidence) or 1)
        self._quotes = sorted(set(found.values()))
        number = {quote: position for position, quote in enumerate(self._quotes)}
        self._quotes_at = {iri: number[quote] for iri, quote in found.items()}

    def _quoted(self, about: Properties) -> list[int]:
        return sorted({self._quotes_at[iri] for iri in about.get(KG.evidence, []) if iri in self._quotes_at})

    def _confidence(self, about: Properties) -> float:
        """Return the highest confidence of a fact's evidence; 1 where it has none."""
        return max((self._confidence_at.get(iri, 1.0) for iri in about.get(KG.evidence, [])), default=1.0)

    # --- nodes ----------------------------------------------------------------------------------------------------

    def _read_nodes(self) -> None:
        shown: dict[str, str] = {KG[name]: name for name in CLASSES}
        types = {
            iri: names
            for iri, classes in self._said[RDF.type].items()
            if (names := {shown[class_] for class_ in classes if class_ in shown})
        }
        properties = self._pairs(_OF_NODES)
        narrow = {iri: next(name for name in CLASSES if name in names) for iri, names in types.items()}
        group_rank = {group.key: rank for rank, group in enumerate(GROUPS)}
        order = sorted(narrow, key=lambda iri: (group_rank[CLASSES[narrow[iri]].key], self._name(iri), iri))
        self._node_at = {iri: position for position, iri in enumerate(order)}
        for iri in order:
            about = properties.get(iri, {})
            label = self._name(iri)
            self._nodes.append(
                Node(
                    iri=iri,
                    type=narrow[iri],
                    label=label,
                    aliases=[name for name in about.get(SKOS.altLabel, []) if name != label],
                    documents=sorted(
                        {self._source_at[doc] for doc in about.get(KG.mentionedIn, []) if doc in self._source_at}
                    ),
                    adcode=one(about, KG.adcode),
                    date=one(about, KG.date) or one(about, DCTERMS.issued),
                    region=self._region(iri, narrow[iri], about),
                    within=self._node_at.get(one(about, KG.within), -1),
                )
            )

    def _region(self, iri: str, type_: str, about: Properties) -> int:
        if type_ == "Region":
            return self._node_at[iri]
        return stated_region(type_, about, self._node_at)

    def _settle(self) -> None:
        regions = [node.region for node in self._nodes]
        settle_regions([node.type for node in self._nodes], regions, ((one, other) for one, other, _ in self._edges))
        for node, region in zip(self._nodes, regions, strict=True):
            if region != node.region:
                node.region, node.settled = region, 1

    def _name(self, iri: str) -> str:
        about = self._labels.get(iri, {})
        return next((about[predicate][0] for predicate in LABELS if about.get(predicate)), "") or last(iri)

    # --- facts ----------------------------------------------------------------------------------------------------

    def _read_edges(self) -> None:
        for class_ in FACTS:
            for about in self._instances(class_, *_OF_FACTS).values():
                for source, target, relation, notes in links_of(about, self._name):
                    self._link(source, target, relation, about, notes)
        for term, relation in STRUCTURE.items():
            for source, targets in self._said[term].items():
                for target in targets:
                    self._link(source, target, relation, {})

    def _link(self, source: str, target: str, relation: str, about: Properties, notes: Iterable[str] = ()) -> None:
        """Add a relation, or its quotes to the one that stands already; leave out what is no node of the picture."""
        if source not in self._node_at or target not in self._node_at or source == target:
            return
        key = (self._node_at[source], self._node_at[target], relation)
        confidence = self._confidence(about)
        edge = self._edges.setdefault(key, Edge(*key, confidence=confidence))
        edge.confidence = max(edge.confidence, confidence)
        edge.quotes = sorted({*edge.quotes, *self._quoted(about)})
        edge.notes = sorted({*edge.notes, *notes, *about.get(KG.date, [])})

    def _read_figures(self) -> list[Figure]:
        figures = []
        for about in self._instances(KG.Observation, *_OF_FIGURES).values():
            described = one(about, KG.about)
            if described in self._node_at:
                number = self._node_at[described]
                figures.append(figure_of(about, number, self._name, self._quoted(about), self._confidence(about)))
        return sorted(figures, key=attrgetter(*FIGURE_ORDER))


_OF_FACTS = (
    *(RDF.subject, RDF.predicate, RDF.object, ORG.member, ORG.organization, ORG.role),
    *(KG.recipient, KG.honour, KG.conferredBy, KG.date, KG.evidence),
)
_OF_FIGURES = (KG.about, KG.indicator, KG.value, KG.unit, KG.bound, KG.kind, KG.period, KG.evidence)

_OF_NODES = (SKOS.altLabel, KG.adcode, KG.date, KG.mentionedIn, DCTERMS.issued, *REGIONS)
_OF_SOURCES = (DCTERMS.identifier, DCTERMS.title, DCTERMS.issued, DCTERMS.publisher)
_OF_EVIDENCE = (DCTERMS.source, KG.sentence, KG.confidence)

READ = frozenset([RDF.type, *LABELS, *STRUCTURE, *_OF_FACTS, *_OF_FIGURES, *_OF_NODES, *_OF_SOURCES, *_OF_EVIDENCE])
"""The properties that are shown."""

RANK = {link.key: rank for rank, link in enumerate(LINKS)}

FIGURE_ORDER = ("about", "quotes", "indicator", "value", "unit", "kind", "bound", "period", "confidence")
"""By what figures are sorted: by all that they say, so that no two that differ may change places."""


def source_of(iri: str, about: Properties, name: Callable[[str], str]) -> Source:
    """Return a document by what is said of it; `name` gives the name of a thing by its IRI."""
    publisher = one(about, DCTERMS.publisher)
    identifier = one(about, DCTERMS.identifier) or last(iri)
    return Source(
        identifier,
        one(about, DCTERMS.title) or identifier,
        one(about, DCTERMS.issued),
        name(publisher) if publisher.startswith(("http:", "https:", "urn:")) else publisher,
    )


def links_of(about: Properties, name: Callable[[str], str]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield the relations of a fact by what is said of it: from what, to what, which, and notes on it."""
    classes = about.get(RDF.type, ())
    if RDF.Statement in classes:
        relation = _STATED.get(one(about, RDF.predicate), "")
        if relation:
            yield one(about, RDF.subject), one(about, RDF.object), relation, []
    if ORG.Membership in classes:
        titles = [name(role) for role in about.get(ORG.role, [])]
        yield one(about, ORG.member), one(about, ORG.organization), "post", titles
    if KG.Conferral in classes:
        honour = one(about, KG.honour)
        yield one(about, KG.recipient), honour, "received", []
        for giver in about.get(KG.conferredBy, []):
            yield giver, honour, "confers", []


def figure_of(
    about: Properties, number: int, name: Callable[[str], str], quotes: list[int], confidence: float
) -> Figure:
    """Return the figure that a fact states about the node of that number."""
    return Figure(
        about=number,
        indicator=name(one(about, KG.indicator)),
        value=one(about, KG.value),
        unit=one(about, KG.unit),
        bound=one(about, KG.bound).removeprefix(KG.iri) or "Exact",
        kind=one(about, KG.kind).removeprefix(KG.iri) or "Level",
        period=one(about, KG.period),
        quotes=quotes,
        confidence=confidence,
    )


def stated_region(type_: str, about: Properties, node_at: Mapping[str, int]) -> int:
    """Return the region that a thing is said to belong to, as a position among the nodes; -1 where it is none."""
    stated = [node_at[iri] for predicate in REGIONS for iri in about.get(predicate, []) if iri in node_at]
    # An initiative that documents place in several regions belongs to none of them.
    return stated[0] if len(stated) == 1 or (stated and CLASSES[type_].key == "agent") else -1


def settle_regions(types: Sequence[str], regions: list[int], pairs: Iterable[tuple[int, int]]) -> None:
    """Give nodes that state no region the one of what they are related to; bodies and people the most common one.

    Done twice, so that a person settles with the body where the post is held, and then their honour with them.

    Args:
        types: The class of each node.
        regions: The region of each node, -1 where it states none; changed in place.
        pairs: Which nodes are related.
    """
    neighbours: dict[int, set[int]] = defaultdict(set)
    for one_, other in pairs:
        if regions[one_] < 0:
            neighbours[one_].add(other)
        if regions[other] < 0:
            neighbours[other].add(one_)
    for _ in range(2):
        settled: dict[int, int] = {}
        for position, others in neighbours.items():
            if regions[position] < 0:
                if len(others) == 1:  # as most have
                    (other,) = others
                    if regions[other] >= 0:
                        settled[position] = regions[other]
                    continue
                found = Counter(regions[other] for other in others)
                found.pop(-1, None)
                # What several regions do together belongs to none of them.
                if len(found) == 1 or (found and CLASSES[types[position]].key in ("agent", "person")):
                    settled[position] = min(found, key=lambda region: (-found[region], region))
        for position, region in settled.items():
            regions[position] = region


def one(about: Properties, predicate: str) -> str:
    """Return the first value in order, or "" where there is none."""
    return next(iter(about.get(predicate, ())), "")


def last(iri: str) -> str:
    """Return the last segment of an IRI.

    >>> last("https://kg.example/id/org/甲市总工会")
    '甲市总工会'
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
