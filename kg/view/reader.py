"""Reads the picture of a graph from its store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from kg.view.picture import Edge, Figure, Node, Picture, Source
from kg.view.terms import CLASSES, GROUPS, LINKS
from kg.vocabulary import DCTERMS, KG, ORG, RDF, RDFS, SKOS

_LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.title)
_REGIONS = (KG.inRegion, KG.jurisdiction, KG.within)
_STRUCTURE: dict[str, str] = {KG.concerns: "concerns", KG.partOf: "partOf", ORG.subOrganizationOf: "partOf"}
_STATED: dict[str, str] = {KG[name]: name for name in ("leads", "implements", "participatesIn", "issues", "organises")}

Properties = Mapping[str, list[str]]


def read(store: Store) -> Picture:
    """Return the picture of all named graphs of `store` together."""
    return _Reader(store).picture()


class _Reader:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels = self._pairs(_LABELS)
        self._sources: list[Source] = []
        self._source_at: dict[str, int] = {}
        self._quotes: list[tuple[int, str]] = []
        self._quotes_at: dict[str, int] = {}
        self._confidence_at: dict[str, float] = {}
        self._nodes: list[Node] = []
        self._node_at: dict[str, int] = {}
        self._edges: dict[tuple[int, int, str], Edge] = {}

    def picture(self) -> Picture:
        self._read_sources()
        self._read_quotes()
        self._read_nodes()
        self._read_edges()
        figures = self._read_figures()
        self._settle()
        edges = [self._edges[key] for key in sorted(self._edges, key=lambda key: (_RANK[key[2]], key[0], key[1]))]
        return Picture(self._sources, self._quotes, self._nodes, edges, figures)

    # --- SPARQL ---------------------------------------------------------------------------------------------------

    def _rows(self, query: str) -> Iterable[tuple[str, str, str]]:
        solutions = self._store.query(query, use_default_graph_as_union=True)
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            subject, predicate, value = solution[0], solution[1], solution[2]
            yield _text(subject), _text(predicate), _text(value)

    def _pairs(self, predicates: Iterable[str]) -> dict[str, Properties]:
        """Return what every subject has under `predicates`, values sorted."""
        values = " ".join(f"<{predicate}>" for predicate in predicates)
        return _grouped(self._rows(f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?p {{ {values} }} ?s ?p ?o }}"))

    def _instances(self, class_: str) -> dict[str, Properties]:
        """Return everything said about the instances of `class_`, by subject in order, values sorted."""
        found = _grouped(self._rows(f"SELECT DISTINCT ?s ?p ?o WHERE {{ ?s a <{class_}> ; ?p ?o }}"))
        return {subject: found[subject] for subject in sorted(found)}

    # --- documents and sentences ----------------------------------------------------------------------------------

    def _read_sources(self) -> None:
        documents = self._instances(KG.Document)
        order = sorted(documents, key=lambda iri: (_one(documents[iri], DCTERMS.identifier), iri))
        for iri in order:
            about = documents[iri]
            publisher = _one(about, DCTERMS.publisher)
            identifier = _one(about, DCTERMS.identifier) or _last(iri)
            self._source_at[iri] = len(self._sources)
            self._sources.append(
                Source(
                    identifier,
                    _one(about, DCTERMS.title) or identifier,
                    _one(about, DCTERMS.issued),
                    self._name(publisher) if publisher.startswith(("http:", "https:", "urn:")) else publisher,
                )
            )

    def _read_quotes(self) -> None:
        """Number the sentences, one number for each pair of document and sentence."""
        found: dict[str, tuple[int, str]] = {}
        for iri, about in self._instances(KG.Evidence).items():
            document = self._source_at.get(_one(about, DCTERMS.source), -1)
            found[iri] = (document, _one(about, KG.sentence))
            self._confidence_at[iri] = float(_one(about, KG.confidence) or 1)
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
        wanted = (SKOS.altLabel, KG.adcode, KG.date, KG.mentionedIn, DCTERMS.issued, *_REGIONS)
        classes = " ".join(f"(<{RDF.type}> <{KG[name]}>)" for name in CLASSES)
        types: dict[str, set[str]] = defaultdict(set)
        query = f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES (?p ?o) {{ {classes} }} ?s ?p ?o }}"
        for iri, _, class_ in self._rows(query):
            types[iri].add(class_.removeprefix(KG.iri))
        properties = self._pairs(wanted)
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
                    adcode=_one(about, KG.adcode),
                    date=_one(about, KG.date) or _one(about, DCTERMS.issued),
                    region=self._region(iri, narrow[iri], about),
                    within=self._node_at.get(_one(about, KG.within), -1),
                )
            )

    def _region(self, iri: str, type_: str, about: Properties) -> int:
        if type_ == "Region":
            return self._node_at[iri]
        stated = [
            self._node_at[iri] for predicate in _REGIONS for iri in about.get(predicate, []) if iri in self._node_at
        ]
        # An initiative that documents place in several regions belongs to none of them.
        return stated[0] if len(stated) == 1 or (stated and CLASSES[type_].key == "agent") else -1

    def _settle(self) -> None:
        """Give a node that states no region the one of what it is related to; bodies and people the most common one.

        Done twice, so that a person settles with the body where the post is held, and then their honour with them.
        """
        neighbours: dict[int, set[int]] = defaultdict(set)
        for edge in self._edges.values():
            neighbours[edge.source].add(edge.target)
            neighbours[edge.target].add(edge.source)
        for _ in range(2):
            settled: dict[int, int] = {}
            for position, node in enumerate(self._nodes):
                if node.region < 0:
                    regions = Counter(self._nodes[other].region for other in neighbours[position])
                    regions.pop(-1, None)
                    # What several regions do together belongs to none of them.
                    if len(regions) == 1 or (regions and CLASSES[node.type].key in ("agent", "person")):
                        settled[position] = min(regions, key=lambda region: (-regions[region], region))
            for position, region in settled.items():
                self._nodes[position].region = region

    def _name(self, iri: str) -> str:
        about = self._labels.get(iri, {})
        return next((about[predicate][0] for predicate in _LABELS if about.get(predicate)), "") or _last(iri)

    # --- facts ----------------------------------------------------------------------------------------------------

    def _read_edges(self) -> None:
        for about in self._instances(RDF.Statement).values():
            relation = _STATED.get(_one(about, RDF.predicate), "")
            if relation:
                self._link(_one(about, RDF.subject), _one(about, RDF.object), relation, about)
        for about in self._instances(ORG.Membership).values():
            titles = [self._name(role) for role in about.get(ORG.role, [])]
            self._link(_one(about, ORG.member), _one(about, ORG.organization), "post", about, titles)
        for about in self._instances(KG.Conferral).values():
            honour = _one(about, KG.honour)
            self._link(_one(about, KG.recipient), honour, "received", about)
            for giver in about.get(KG.conferredBy, []):
                self._link(giver, honour, "confers", about)
        for source, predicates in self._pairs(_STRUCTURE).items():
            for predicate, targets in predicates.items():
                for target in targets:
                    self._link(source, target, _STRUCTURE[predicate], {})

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
        for about in self._instances(KG.Observation).values():
            described = _one(about, KG.about)
            if described in self._node_at:
                figures.append(
                    Figure(
                        about=self._node_at[described],
                        indicator=self._name(_one(about, KG.indicator)),
                        value=_one(about, KG.value),
                        unit=_one(about, KG.unit),
                        bound=_one(about, KG.bound).removeprefix(KG.iri) or "Exact",
                        kind=_one(about, KG.kind).removeprefix(KG.iri) or "Level",
                        period=_one(about, KG.period),
                        quotes=self._quoted(about),
                        confidence=self._confidence(about),
                    )
                )
        return sorted(figures, key=lambda figure: (figure.about, figure.quotes, figure.indicator, figure.value))


_RANK = {link.key: rank for rank, link in enumerate(LINKS)}


def _grouped(rows: Iterable[tuple[str, str, str]]) -> dict[str, Properties]:
    grouped: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in rows:
        grouped[subject][predicate].append(value)
    return {
        subject: {predicate: sorted(values) for predicate, values in predicates.items()}
        for subject, predicates in grouped.items()
    }


def _one(about: Properties, predicate: str) -> str:
    """Return the first value in order, or "" where there is none."""
    return next(iter(about.get(predicate, ())), "")


def _text(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)


def _last(iri: str) -> str:
    """Return the last segment of an IRI.

    >>> _last("https://kg.example/id/org/甲市总工会")
    '甲市总工会'
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
