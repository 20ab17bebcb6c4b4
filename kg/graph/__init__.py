"""Keeps facts and evidence as RDF: an embedded store, its exports, its checks."""

from kg.graph.contribution import quads
from kg.graph.export import serialize
from kg.graph.identity import DEFAULT_BASE
from kg.graph.store import GraphStore, open_store, write_store

__all__ = ["DEFAULT_BASE", "GraphStore", "open_store", "quads", "serialize", "write_store"]
