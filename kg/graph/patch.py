"""A store that differs from an earlier one in a few documents, made at the cost of those few.

RocksDB never writes into a file of sorted rows again, so that a store is copied by links to those of the earlier one;
what differs goes into new files. The earlier store stays as it is, also for who reads it meanwhile.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.graph.contribution import Contribution
from kg.graph.identity import graph_iri
from kg.graph.quadstore import Graph
from kg.graph.settling import Edit, settle, unsettle
from kg.graph.store import DATABASE, Manifest, package_version, read_manifest, store_errors, write_manifest

_UNION = DefaultGraph()


class Patched(NamedTuple):
    """How a store differs from the earlier one.

    Attributes:
        manifest: Of the new store.
        concerned: The things that were settled anew.
        settled: What `settle` did to them.
        touched: The subjects of which what was taken out or put in speaks, or that are settled in another way, by the
            graph that speaks of them.
        differing: The subjects of which something else is said than before.
    """

    manifest: Manifest
    concerned: frozenset[NamedNode]
    settled: list[Edit]
    touched: Mapping[Graph, Collection[NamedNode]]
    differing: Collection[NamedNode]


def patch_store(
    earlier: Path,
    folder: Path,
    *,
    gone: Collection[str],
    contributions: Iterable[Contribution],
    settled: Callable[[set[NamedNode]], Sequence[Edit]],
) -> Patched:
    """Write into `folder` the store of `earlier` without some documents and with others.

    Args:
        earlier: The folder of the earlier store, which is not changed.
        folder: Where the new one goes.
        gone: Identifiers of the documents to leave out; of one that changed, too.
        contributions: What the documents to put in say.
        settled: Returns what `settle` did to some things in the earlier store, in order.

    Raises:
        StoreError: The earlier store cannot be read, or the folder not be written.
    """
    manifest = read_manifest(earlier)
    with store_errors(folder):
        _link(earlier / DATABASE, folder / DATABASE)
        store = Store(str(folder / DATABASE))
        patch = _Patch(store, manifest.base)
        patch.apply([NamedNode(graph_iri(manifest.base, name)) for name in gone], contributions, settled)
        store.flush()
        made = replace(
            manifest,
            package=package_version(),
            documents=manifest.documents + patch.documents,
            triples=manifest.triples + patch.triples,
        )
        del store, patch.store  # releases the lock
        write_manifest(folder, made)
    return Patched(made, frozenset(patch.concerned), patch.settled, patch.touched, patch.differing)


def _link(source: Path, target: Path) -> None:
    """Copy a database that nobody writes: its sorted rows by links, the rest, which is small, as it is."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix == ".sst":
            try:
                os.link(path, target / path.name)
                continue
            except OSError:  # a file system without links, or another one
                pass
        if path.name != "LOCK" and not path.name.startswith("LOG"):
            shutil.copyfile(path, target / path.name)


class _Patch:
    """Changes a store and notes what is changed."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.base = base
        self.concerned: set[NamedNode] = set()
        self.settled: list[Edit] = []
        self.touched: dict[Graph, set[NamedNode]] = defaultdict(set)
        self.differing: set[NamedNode] = set()
        self._different: set[Quad] = set()
        self.documents = 0
        self.triples = 0

    def apply(
        self,
        gone: Sequence[NamedNode],
        contributions: Iterable[Contribution],
        settled: Callable[[set[NamedNode]], Sequence[Edit]],
    ) -> None:
        new = [list(each.quads(self.base)) for each in contributions]
        old = (quad for graph in gone for quad in self.store.quads_for_pattern(None, None, None, graph))
        self.concerned = {_node(quad) for found in (old, *new) for quad in found}
        undone = settled(self.concerned)
        unsettle(self.store, undone)
        self._count(undone, -1)
        # Only now does each graph hold what its document says, and nothing else.
        for graph in gone:
            self._remove(graph)
        for found in new:
            self._add(found)
        self.settled = settle(self.store, self.concerned)
        self._count(self.settled, 1)
        self.differing.update(map(_node, self._different))
        self._touch(undone, self.settled)

    def _count(self, edits: Sequence[Edit], sign: int) -> None:
        self.triples += sum(sign if added else -sign for quad, added in edits if quad.graph_name == _UNION)

    def _touch(self, undone: Sequence[Edit], done: Sequence[Edit]) -> None:
        """Note what is settled in another way than before; most things are in the same."""
        before, after = _by_node(undone), _by_node(done)
        for node in before.keys() | after.keys():
            if before[node] != after[node]:
                self.differing.add(node)
                for quad, _ in before[node] + after[node]:
                    self.touched[quad.graph_name].add(node)

    def _remove(self, graph: NamedNode) -> None:
        found = list(self.store.quads_for_pattern(None, None, None, graph))
        if not found:
            return
        self._different.update(found)
        self.store.remove_graph(graph)
        self.documents -= 1
        for quad in found:
            self.touched[graph].add(_node(quad))
            others = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(other.graph_name == _UNION for other in others):
                self.store.remove(Quad(quad.subject, quad.predicate, quad.object, _UNION))
                self.triples -= 1

    def _add(self, found: list[Quad]) -> None:
        self.documents += 1
        self._different.symmetric_difference_update(found)  # a page that changed says most things as before
        self.store.extend(found)
        union = [Quad(quad.subject, quad.predicate, quad.object, _UNION) for quad in found]
        new = [quad for quad in union if quad not in self.store]
        self.store.extend(new)
        self.triples += len(new)
        for quad in found:
            self.touched[quad.graph_name].add(_node(quad))


def _by_node(edits: Iterable[Edit]) -> defaultdict[NamedNode, list[Edit]]:
    found = defaultdict(list)
    for edit in edits:
        found[_node(edit.quad)].append(edit)
    return found


def _node(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode)  # the graph has no blank nodes
    return quad.subject
