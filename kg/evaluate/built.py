"""Reads from a graph what was found in each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.evaluate.items import ENTITIES, Item, Place, period_of, unit_of
from kg.graph.quadstore import QuadStore
from kg.vocabulary import DCTERMS, KG, OA, ORG, RDF, RDFS, SKOS, Term

if TYPE_CHECKING:
    from pyoxigraph import Store

_RELATIONS = {
    str(KG.leads): ("agent", "initiative"),
    str(KG.implements): ("agent", "initiative"),
    str(KG.issues): ("agent", "document"),
    str(KG.organises): ("agent", "event"),
}
# Labels in the order in which one of them is the thing's name; the others are further forms.
_LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.title, SKOS.altLabel)


def read_graph(source: Path) -> dict[str, list[Item]]:
    """Return what a graph holds of each document, by the stem of its identifier.

    Of all teasers on a page it is the page's with `.teasers` behind it.

    Args:
        source: The folder of a build, or an RDF file (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD).

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    if source.is_dir():
        from kg import output
        from kg.graph.store import open_store

        return items(output.read_whole(source, open_store).store)
    return items(_parsed(source))


def _parsed(path: Path) -> Store:
    from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

    format_ = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if format_ is None:
        what = f"{path.suffix or 'no extension'} is no RDF format"
        raise StoreError(what, where=str(path), remedy="give the folder of a build or a file like graph.ttl")
    store = Store()
    try:
        with path.open("rb") as file:
            union = DefaultGraph()
            store.bulk_extend(Quad(q.subject, q.predicate, q.object, union) for q in parse(file, format=format_))
    except FileNotFoundError as error:
        raise StoreError("there is no such graph", where=str(path), remedy="build it with `kg build`") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"the graph cannot be read ({' '.join(str(error).split())})", where=str(path)) from error
    return store


def items(store: QuadStore) -> dict[str, list[Item]]:
    """Return the facts and entities in the default graph of a store, by document."""
    graph = _Graph(store)
    found: dict[str, list[Item]] = defaultdict(list)
    for fact in graph.subjects(RDF.type, RDF.Statement.node):
        kind = graph.one(fact, RDF.predicate)
        fields = _RELATIONS.get(kind.value if kind is not None else "")
        if fields:
            parts = zip(fields, (RDF.subject, RDF.object), strict=True)
            names = {name: graph.names(graph.one(fact, term)) for name, term in parts}
            graph.add(found, fact, kind.value.removeprefix(KG.iri), names)
    for fact in graph.subjects(RDF.type, ORG.Membership.node):
        titles = tuple(n for role in graph.objects(fact, ORG.role) for n in graph.names(role))
        names = {
            "person": graph.names(graph.one(fact, ORG.member)),
            "organization": graph.names(graph.one(fact, ORG.organization)),
            "title": titles,
        }
        graph.add(found, fact, "post", names)
    for fact in graph.subjects(RDF.type, KG.Conferral.node):
        honour = graph.names(graph.one(fact, KG.honour))
        for recipient in graph.objects(fact, KG.recipient):
            graph.add(found, fact, "honour", {"recipient": graph.names(recipient), "honour": honour})
    for fact in graph.subjects(RDF.type, KG.Observation.node):
        about = tuple(n for thing in graph.objects(fact, KG.about) for n in graph.names(thing))
        names = {"about": about, "indicator": graph.names(graph.one(fact, KG.indicator))}
        stated = {
            "value": float(graph.text(fact, KG.value)),
            "unit": unit_of(graph.text(fact, KG.unit)),
            "bound": graph.text(fact, KG.bound).rpartition("#")[2].lower() or "exact",
            "period": period_of(graph.text(fact, KG.period)),
        }
        graph.add(found, fact, "observation", names, stated)
    for entity, document in graph.pairs(KG.mentionedIn):
        for class_ in graph.objects(entity, RDF.type):
            if class_.value.startswith(KG.iri):
                item = Item(ENTITIES, {"name": graph.names(entity)}, type=class_.value.removeprefix(KG.iri))
                found[graph.stem(document)].append(item)
    return {stem: sorted(group, key=_order) for stem, group in sorted(found.items())}


def _order(item: Item) -> tuple[str, int, str]:
    return item.kind, item.place.start if item.place else 0, str(item)


class _Graph:
    """The default graph of a store, by subject and predicate."""

    def __init__(self, store: QuadStore) -> None:
        from pyoxigraph import DefaultGraph

        self._store = store
        self._graph = DefaultGraph()
        self._names: dict[str, tuple[str, ...]] = {}

    def subjects(self, term: Term, node: Any) -> list[Any]:
        found = (q.subject for q in self._store.quads_for_pattern(None, term.node, node, self._graph))
        return sorted(found, key=str)

    def pairs(self, term: Term) -> list[tuple[Any, Any]]:
        found = self._store.quads_for_pattern(None, term.node, None, self._graph)
        return sorted(((q.subject, q.object) for q in found), key=str)

    def objects(self, node: Any, term: Term) -> list[Any]:
        found = (q.object for q in self._store.quads_for_pattern(node, term.node, None, self._graph))
        return sorted(found, key=str)

    def one(self, node: Any, term: Term) -> Any:
        return next(iter(self.objects(node, term)), None)

    def text(self, node: Any, term: Term) -> str:
        found = self.one(node, term)
        return "" if found is None else str(found.value)

    def names(self, node: Any) -> tuple[str, ...]:
        """Return the names of a thing, its label first; of a literal, what it says."""
        if node is None:
            return ()
        key = str(node)
        if key not in self._names:
            labels = tuple(str(label.value) for term in _LABELS for label in self._labels(node, term))
            self._names[key] = labels or (str(node.value).rsplit("/", 1)[-1],)
        return self._names[key]

    def _labels(self, node: Any, term: Term) -> list[Any]:
        from pyoxigraph import Literal

        return [] if isinstance(node, Literal) else self.objects(node, term)

    def stem(self, document: Any) -> str:
        page = self.one(document, KG.teaserOf)
        if page is not None:
            return f"{self.stem(page)}.teasers"
        return PurePosixPath(self.text(document, DCTERMS.identifier)).stem

    def places(self, fact: Any) -> Iterator[tuple[str, Place]]:
        """Yield the document and place of each evidence, of several in one document only the surest."""
        best: dict[str, Place] = {}
        for evidence in self.objects(fact, KG.evidence):
            place = Place(
                int(self.text(evidence, OA.start) or 0),
                int(self.text(evidence, OA.end) or 0),
                self.text(evidence, KG.sentence),
                self.text(evidence, KG.rule),
                float(self.text(evidence, KG.confidence) or 1),
            )
            for source in self.objects(evidence, DCTERMS.source):
                stem = self.stem(source)
                if stem and (stem not in best or best[stem].confidence < place.confidence):
                    best[stem] = place
        yield from best.items()

    def add(
        self,
        found: dict[str, list[Item]],
        fact: Any,
        kind: str,
        names: Mapping[str, tuple[str, ...]],
        stated: Mapping[str, Any] | None = None,
    ) -> None:
        for stem, place in self.places(fact):
            found[stem].append(Item(kind, names, place=place, **(stated or {})))
