"""What the page shows: nodes, edges, figures, and the sentences behind them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """A document that statements were read from."""

    identifier: str
    title: str
    issued: str
    publisher: str


@dataclass(slots=True)
class Node:
    """A thing of the graph; `region` and `within` are positions in `Picture.nodes`, -1 where unknown.

    `settled` is 1 where no region is stated and `region` follows from what it is related to, else -1.
    """

    iri: str
    type: str
    label: str
    aliases: list[str]
    documents: list[int]
    adcode: str = ""
    date: str = ""
    region: int = -1
    within: int = -1
    settled: int = -1


@dataclass(slots=True)
class Edge:
    """A relation between two nodes (positions in `Picture.nodes`) with its quotes (positions in `Picture.quotes`).

    `confidence` is the highest with which it was read; 1 where it follows from the structure.
    """

    source: int
    target: int
    relation: str
    notes: list[str] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that describes a node; `value` as written in the graph, in base units."""

    about: int
    indicator: str
    value: str
    unit: str
    bound: str
    kind: str
    period: str
    quotes: list[int]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the page shows, in an order that depends on the content alone.

    `documents` is how many documents the graph has; only the latest of them may be shown.
    """

    sources: list[Source]
    quotes: list[tuple[int, str]]
    nodes: list[Node]
    edges: list[Edge]
    figures: list[Figure]
    documents: int = 0
