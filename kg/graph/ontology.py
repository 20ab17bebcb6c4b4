"""The ontology as it is shipped: its triples, and where its files stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from kg.resources import folder


def ontology_file() -> Path:
    """Return the Turtle file of the vocabulary."""
    return folder("ontology") / "kg.ttl"


def shapes_file() -> Path:
    """Return the Turtle file of the SHACL shapes."""
    return folder("ontology") / "shapes.ttl"


def context_file() -> Path:
    """Return the JSON-LD context."""
    return folder("ontology") / "context.jsonld"


def ontology_triples() -> Iterator[Triple]:
    """Yield the triples of the vocabulary."""
    for quad in parse(path=ontology_file(), format=RdfFormat.TURTLE):
        yield Triple(quad.subject, quad.predicate, quad.object)
