"""The page of a graph that differs in few subjects from an earlier one, made from the page of that one.

What the page holds is numbered: documents, sentences and things refer to each other by their places in sorted lists.
What was not touched keeps what it says and gets new numbers; what was touched is read from the graph again.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cached_property
from operator import itemgetter
from typing import Any

import orjson
from pyoxigraph import NamedNode

from kg.graph.identity import graph_iri
from kg.graph.quadstore import Graph, Quads
from kg.view.excerpt import Excerpt, differing
from kg.view.page import embedded_bytes
from kg.view.reader import (
    FIGURE_ORDER,
    RANK,
    REGIONS,
    STRUCTURE,
    links_of,
    one,
    settle_regions,
    source_of,
    stated_region,
)
from kg.view.side import Key, Side
from kg.view.terms import CLASSES, GROUPS
from kg.vocabulary import DCTERMS, KG, ORG, SKOS

Item = dict[str, Any]
_BEGIN, _END = b'<script type="application/json" id="data">', b"</script>"
_GONE = -2  # the new number of what has none


def renew(
    page: bytes, earlier: Quads, now: Excerpt, touched: Mapping[Graph, Collection[NamedNode]], documents: int
) -> bytes:
    """Return the page that `kg.view.page_of` makes of the picture of `now`, as UTF-8.

    Args:
        page: The page of the earlier graph, with the same title and base.
        earlier: That graph, of which the page tells which documents it shows.
        now: What is to be shown.
        touched: The subjects in which the two graphs differ, by the named graph in which they do.
        documents: How many documents the graph has now.
    """
    begin = page.index(_BEGIN) + len(_BEGIN)
    end = page.index(_END, begin)
    collecting = gc.isenabled()
    gc.disable()  # half a million objects come into being here, and none of them in a cycle
    try:
        data: Item = orjson.loads(memoryview(page)[begin:end]) | {"documents": documents}
        shown = (graph_iri(data["base"], source["identifier"]) for source in data["sources"])
        old = Excerpt(earlier, frozenset(map(NamedNode, shown)))
        if subjects := differing(old, now, touched):
            data |= _Renewal(data, Side(old), Side(now), {node.value for node in subjects}).lists()
        return page[:begin] + embedded_bytes(data) + page[end:]
    finally:
        if collecting:
            gc.enable()


class _Renewal:
    def __init__(self, data: Item, old: Side, new: Side, touched: set[str]) -> None:
        self.data = data
        self.old = old
        self.new = new
        self.touched = touched | set(self._renamed(touched))

    def lists(self) -> dict[str, list[Any]]:
        """Return the numbered lists of the new page."""
        sources = self._sources()
        quotes = self._quotes()
        nodes = self._nodes()
        edges = self._edges()
        self._place(nodes, edges)
        return {"sources": sources, "quotes": quotes, "nodes": nodes, "edges": edges, "figures": self._figures()}

    def _renamed(self, touched: Iterable[str]) -> Iterator[str]:
        """Yield the facts that show the name of a role or indicator that is called otherwise now."""
        for iri in touched:
            for class_, term in ((ORG.Role, ORG.role), (KG.Indicator, KG.indicator)):
                if class_ in (*self.old.types(iri), *self.new.types(iri)) and self.old.name(iri) != self.new.name(iri):
                    yield from self.old.subjects(term, iri)
                    yield from self.new.subjects(term, iri)

    # --- documents and sentences

    @cached_property
    def _documents(self) -> list[str]:
        """The documents of the new page that were touched."""
        return [iri for iri in self.touched if KG.Document in self.new.types(iri)]

    def _sources(self) -> list[Item]:
        old = self.data["sources"]
        self.old.source_at = {source["identifier"]: number for number, source in enumerate(old)}
        found = {source["identifier"]: source for source in old}
        for iri in self.touched:
            if KG.Document in self.old.types(iri):
                del found[self.old.value(iri, DCTERMS.identifier)]
        for iri in self._documents:
            source = source_of(iri, self.new.about(iri), self.new.name)
            found[source.identifier] = asdict(source)
        self.new.source_at = {identifier: number for number, identifier in enumerate(sorted(found))}
        self._source_map = [self.new.source_at.get(source["identifier"], _GONE) for source in old]
        return [found[identifier] for identifier in self.new.source_at]

    def _quotes(self) -> list[tuple[int, str]]:
        old = self.data["quotes"]
        self.old.quote_at = {(document, sentence): number for number, (document, sentence) in enumerate(old)}
        again = {self.new.document(iri) for iri in self._documents}
        moved = [*self._source_map, -1]  # behind the last, and so at -1, stands no document
        placed = [(moved[document], sentence) for document, sentence in old]
        left_out = {_GONE, *again}
        quotes = [quote for quote in placed if quote[0] not in left_out]
        for iri in self._documents:
            number = self.new.document(iri)
            quotes += {(number, one(self.new.about(evidence), KG.sentence)) for evidence in self._evidence(iri)}
        quotes.sort()  # which they are but for the last few
        self.new.quote_at = {quote: number for number, quote in enumerate(quotes)}
        self._quote_map = [self.new.quote_at.get(quote, _GONE) for quote in placed]
        return quotes

    def _evidence(self, document: str) -> Iterator[str]:
        found = self.new.subjects(DCTERMS.source, document)
        return (iri for iri in found if KG.Evidence in self.new.types(iri))

    # --- things

    def _nodes(self) -> list[Item]:
        old = self.data["nodes"]
        self.old.node_at = {node["iri"]: number for number, node in enumerate(old)}
        nodes = [node for node in old if node["iri"] not in self.touched]
        for node in nodes:
            if "documents" in node:
                node["documents"] = _moved(node["documents"], self._source_map)
            if node.pop("settled", -1) > 0:
                del node["region"]  # it will be settled again
        again = [self._node(iri) for iri in self.touched if self.new.class_of(iri)]
        within = {node["iri"]: old[node["within"]]["iri"] for node in nodes if "within" in node}
        within |= {node["iri"]: self.new.value(node["iri"], KG.within) for node in again}
        region = {node["iri"]: old[node["region"]]["iri"] for node in nodes if "region" in node}
        nodes = sorted([*nodes, *again], key=lambda node: (_GROUP_RANK[node["group"]], node["label"], node["iri"]))
        at = self.new.node_at = {node["iri"]: number for number, node in enumerate(nodes)}
        self._node_map = [at.get(node["iri"], _GONE) for node in old]
        for number, node in enumerate(nodes):
            node["id"] = number
            if node["iri"] in within and within[node["iri"]] in at:
                node["within"] = at[within[node["iri"]]]
            if node["iri"] in region:
                node["region"] = at[region[node["iri"]]]
        for node in again:
            places: dict[str, list[str]] = {term: self.new.values(node["iri"], term) for term in REGIONS}
            stated = stated_region(node["type"], places, at)
            if (own := node["id"] if node["type"] == "Region" else stated) >= 0:
                node["region"] = own
        return nodes

    def _node(self, iri: str) -> Item:
        type_, label = self.new.class_of(iri), self.new.name(iri)
        before = self.old.node_at.get(iri, -1)
        # Thousands of documents may mention it, and of those only the touched ones can have changed that.
        known = self.data["nodes"][before].get("documents", []) if before >= 0 else []
        documents = set(_moved(known, self._source_map))
        for document in self._documents:
            documents.discard(self.new.document(document))
            if self.new.says(iri, KG.mentionedIn, document):
                documents.add(self.new.document(document))
        shown = {
            "iri": iri,
            "type": type_,
            "aliases": [name for name in self.new.values(iri, SKOS.altLabel) if name != label],
            "documents": sorted(documents),
            "adcode": self.new.value(iri, KG.adcode),
            "date": self.new.value(iri, KG.date) or self.new.value(iri, DCTERMS.issued),
        }
        return {"label": label, "group": CLASSES[type_].key} | {name: value for name, value in shown.items() if value}

    def _place(self, nodes: list[Item], edges: list[Item]) -> None:
        """Give each node its region anew: it depends on what the node is related to, and that on others."""
        types = [node["type"] for node in nodes]
        stated = [node.get("region", -1) for node in nodes]
        regions = list(stated)
        settle_regions(types, regions, ((edge["from"], edge["to"]) for edge in edges))
        for node, before, region in zip(nodes, stated, regions, strict=True):
            if before != region:
                node["region"], node["settled"] = region, 1

    # --- facts

    def _edges(self) -> list[Item]:
        keys = {key for iri in self.touched for side in (self.old, self.new) for key in side.keys(iri)}
        at = self.old.node_at
        gone = {
            (at[source], at[target], relation) for source, target, relation in keys if source in at and target in at
        }
        edges = []
        for edge in self.data["edges"]:
            if (edge["from"], edge["to"], edge["rel"]) in gone:
                continue
            source, target = self._node_map[edge["from"]], self._node_map[edge["to"]]
            if source >= 0 and target >= 0:
                edge["from"], edge["to"] = source, target
                edge["quotes"] = _moved(edge["quotes"], self._quote_map)
                edges.append(edge)
        at = self.new.node_at
        for key in keys:
            if key[0] in at and key[1] in at and key[0] != key[1] and (edge := self._edge(key)):
                edges.append(edge)
        return sorted(edges, key=lambda edge: (RANK[edge["rel"]], edge["from"], edge["to"]))

    @cached_property
    def _stating(self) -> dict[Key, list[str]]:
        """The touched facts that state each relation: all that do, since there is one for any two things."""
        found: dict[Key, list[str]] = defaultdict(list)
        for iri in self.touched:
            for key in self.new.keys(iri):
                found[key].append(iri)
        return found

    def _edge(self, key: Key) -> Item | None:
        """Return a relation as the new graph states it, None where it does not."""
        source, target, relation = key
        facts = self._stating.get(key, [])
        if relation == "confers":  # of which there is one for each who received the honour
            given = self.new.subjects(KG.honour, target)
            facts = [iri for iri in given if self.new.says(iri, KG.conferredBy, source)]
        elif relation in STRUCTURE.values():
            facts = [iri for iri in facts if iri == source]
        if not facts:
            return None
        notes: set[str] = set()
        quotes: set[int] = set()
        confidence = 0.0
        for iri in facts:
            about = {} if relation in STRUCTURE.values() else self.new.about(iri)
            for *_, link, titles in links_of(about, self.new.name):
                if link == relation:
                    notes.update(titles)
            notes.update(about.get(KG.date, []))
            quotes.update(self.new.quotes(about))
            confidence = max(confidence, self.new.confidence(about))
        at = self.new.node_at
        return {
            "from": at[source],
            "to": at[target],
            "rel": relation,
            "notes": sorted(notes),
            "quotes": sorted(quotes),
            "confidence": confidence,
        }

    def _figures(self) -> list[Item]:
        old = [asdict(figure) for iri in self.touched if (figure := self.old.figure(iri))]
        gone = Counter(map(_value, old))
        abouts = {figure["about"] for figure in old}
        figures = []
        for figure in self.data["figures"]:
            if figure["about"] in abouts and gone[_value(figure)]:
                gone[_value(figure)] -= 1
                continue
            figure["about"] = self._node_map[figure["about"]]
            figure["quotes"] = _moved(figure["quotes"], self._quote_map)
            if figure["about"] >= 0:
                figures.append(figure)
        figures += (asdict(figure) for iri in self.touched if (figure := self.new.figure(iri)))
        return sorted(figures, key=_IN_ORDER)


_GROUP_RANK = {group.key: rank for rank, group in enumerate(GROUPS)}


def _moved(numbers: list[int], by: list[int]) -> list[int]:
    """Return new numbers, which are in the order of the old ones, without those that are gone."""
    return [number for old in numbers if (number := by[old]) >= 0]


_IN_ORDER = itemgetter(*FIGURE_ORDER)


def _value(figure: Item) -> tuple[object, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in _IN_ORDER(figure))
