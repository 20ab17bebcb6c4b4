"""The graph as a network of entities, for networkx and for programs that read GraphML."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any

from kg.graph.rdfxml import xml_text
from kg.graph.reading import FactNode, Reader, Thing
from kg.graph.store import GraphStore

if TYPE_CHECKING:
    import networkx


def to_networkx(graph: GraphStore) -> networkx.MultiDiGraph[str]:
    """Return the entities as nodes and the relations between them as edges.

    A node is the IRI of its entity, with `label`, `type` and `region`. An edge is a fact other than an observation,
    keyed by the IRI of the node that carries its evidence, with `relation`, `label` (Chinese), `date`, `confidence`,
    and `sentence` and `document` of its most confident evidence; `documents` counts those that state it.
    """
    import networkx

    reader = Reader(graph)
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for thing in reader.things():
        if thing.type != "Indicator":
            network.add_node(thing.iri, **_node(thing))
    for fact in reader.facts(LABELS):
        for thing in (fact.subject, fact.object):
            if thing.iri not in network:
                network.add_node(thing.iri, **_node(thing))
        network.add_edge(fact.subject.iri, fact.object.iri, key=fact.iri, **_edge(fact))
    return network


LABELS = {
    "leads": "牵头",
    "implements": "实施",
    "participatesIn": "参与",
    "issues": "印发",
    "organises": "主办",
    "post": "任职",
    "honour": "获得",
}
"""The relations that become edges, with what stands on them."""


def _node(thing: Thing) -> dict[str, str]:
    return {"label": thing.label, "type": thing.type, "region": thing.region}


def _edge(fact: FactNode) -> dict[str, Any]:
    best = max(fact.quotes, key=lambda quote: quote.confidence, default=None)
    roles = fact.details.get("roles", "")
    return {
        "relation": fact.type,
        "label": roles or LABELS[fact.type],
        "sentence": best.sentence if best else "",
        "document": best.document.identifier if best else "",
        "date": "、".join(fact.dates),
        "confidence": fact.confidence,
        "documents": len({quote.document.iri for quote in fact.quotes}),
    }


def write_graphml(graph: GraphStore, out: IO[bytes]) -> None:
    """Write the network as GraphML; characters that XML cannot hold become U+FFFD."""
    import networkx

    network = to_networkx(graph)
    clean: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        clean.add_node(node, **_clean(data))
    for subject, object_, key, data in network.edges(keys=True, data=True):
        clean.add_edge(subject, object_, key=key, **_clean(data))
    buffer = io.BytesIO()
    networkx.write_graphml_xml(clean, buffer, prettyprint=True)
    out.write(buffer.getvalue())


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()}
