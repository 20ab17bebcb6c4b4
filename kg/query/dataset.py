"""The graphs that a query reads: those it names by `FROM`, or those that are named for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urljoin

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph.quadstore import QuadStore
from kg.query.guard import tokens


class Scope(TypedDict, total=False):
    """The arguments of `pyoxigraph.Store.query` that limit it to some graphs."""

    default_graph: list[NamedNode | BlankNode | DefaultGraph]
    named_graphs: list[NamedNode | BlankNode]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Graphs by IRI: those that make up the default graph together, and those that `GRAPH` reaches.

    >>> Dataset.of("PREFIX g: <http://x/> SELECT * FROM g:a FROM NAMED <b> {}", {})
    Dataset(default=('http://x/a',), named=('b',))
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)

    @classmethod
    def of(cls, query: str, prefixes: Mapping[str, str]) -> Dataset:
        """Return what the `FROM` clauses of a query name; `prefixes` are known without being declared."""
        known, base = dict(prefixes), ""
        default: list[str] = []
        named: list[str] = []
        found = list(tokens(query))
        for place, token in enumerate(found):
            rest = found[place + 1 : place + 3]
            match token.upper():
                case "BASE" if rest and _is_iri(rest[0]):
                    base = urljoin(base, rest[0][1:-1])
                case "PREFIX" if len(rest) == 2 and rest[0].endswith(":") and _is_iri(rest[1]):
                    known[rest[0][:-1]] = urljoin(base, rest[1][1:-1])
                case "FROM" if rest:
                    to = named if rest[0].upper() == "NAMED" else default
                    token = rest[-1] if to is named else rest[0]
                    prefix, colon, local = token.partition(":")
                    if _is_iri(token):
                        to.append(urljoin(base, token[1:-1]) if base else token[1:-1])
                    elif colon and prefix in known:
                        to.append(known[prefix] + local.replace("\\", ""))
                case _:
                    pass
        return cls(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))

    def select(self, store: QuadStore, where: str = "") -> tuple[QuadStore, Scope]:
        """Return what to query, and how, so that only these graphs are read.

        Several graphs as one hold a triple once that more than one of them states. Oxigraph would yield it as often,
        so these are put together in memory.

        Raises:
            QueryError: A graph is not in the store; none is fetched from elsewhere.
        """
        if not self:
            return store, {}
        default, named = [[_node(iri, where) for iri in iris] for iris in (self.default, self.named)]
        for node in (*default, *named):
            if not store.contains_named_graph(node):
                raise QueryError(
                    f"the graph <{node.value}> is not in this store",
                    where=where,
                    remedy="SELECT ?g { GRAPH ?g {} } lists those that are; no other is fetched",
                )
        if len(default) < 2:
            return store, {"default_graph": [*default], "named_graphs": [*named]}
        together = Store()
        together.bulk_extend(_merged(store, default, named))
        return together, {"default_graph": [DefaultGraph()], "named_graphs": [*named]}


def _merged(store: QuadStore, default: Sequence[NamedNode], named: Iterable[NamedNode]) -> Iterable[Quad]:
    for graph in default:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
    for graph in named:
        yield from store.quads_for_pattern(None, None, None, graph)


def _is_iri(token: str) -> bool:
    return token.startswith("<") and token.endswith(">") and len(token) > 1


def _node(iri: str, where: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise QueryError(f"<{iri}> is not an absolute IRI", where=where, remedy="name the graph in full") from None
