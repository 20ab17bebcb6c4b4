"""The embedded store: one named graph per document, their union as the default graph, the ontology beside them.

A store's folder holds `store/`, the database, and `kg-store.json`, which tells what it is. The manifest is written
last: a folder without one is no store, whatever else it holds.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolution, QuerySolutions, Store, Triple

from kg.errors import StoreError
from kg.graph.identity import DEFAULT_BASE, check_base
from kg.graph.loader import Loader, Source
from kg.graph.ontology import ontology_triples
from kg.graph.quadstore import QuadStore
from kg.graph.settling import Edit, settle
from kg.vocabulary import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from rdflib import Dataset

FORMAT = 2
"""Version of the layout of a store's folder and of its graphs; raised when older stores cannot be read any more."""

MANIFEST = "kg-store.json"
DATABASE = "store"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store says of itself.

    Attributes:
        format: `FORMAT` of the package that wrote it.
        base: What the IRIs of instances begin with.
        package: Version of the package that wrote it.
        documents: Number of documents, each with a named graph.
        triples: Number of distinct triples in the documents' graphs.
    """

    format: int
    base: str
    package: str
    documents: int
    triples: int


class Written(NamedTuple):
    """A store that was written: what it says of itself, and what `settle` did in it."""

    manifest: Manifest
    settled: list[Edit]


class GraphStore:
    """A graph that was built, open for reading.

    Attributes:
        store: The store underneath. Its default graph is the union of all documents' graphs and of the ontology,
            each triple once, so that queries without `GRAPH` see everything and count right.
        base: What the IRIs of instances begin with.
        folder: Where it lies on disk, or None for a graph in memory.
    """

    def __init__(self, store: QuadStore, base: str = DEFAULT_BASE, folder: Path | None = None) -> None:
        self.store = store
        self.base = base
        self.folder = folder

    @classmethod
    def in_memory(cls, source: Iterable[Source], base: str = DEFAULT_BASE) -> GraphStore:
        """Return a graph of `source` that is kept in memory only."""
        store = Store()
        with Loader(store, check_base(base)) as loader:
            loader.add_all(source)
        settle(store)
        return cls(store, base)

    @classmethod
    def of_quads(cls, quads: Iterable[Quad], base: str = DEFAULT_BASE) -> GraphStore:
        """Return a graph in memory of the quads of documents' graphs."""
        store = Store()
        with Loader(store, check_base(base)) as loader:
            loader.add_all(())
            store.bulk_extend(
                each
                for quad in quads
                for each in (quad, Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
            )
        settle(store)
        return cls(store, base)

    def __len__(self) -> int:
        """Return the number of distinct triples that the documents contribute."""
        return _count(self.store)

    def document_graphs(self) -> list[NamedNode]:
        """Return the named graphs of the documents, sorted by IRI."""
        graphs = (graph for graph in self.store.named_graphs() if isinstance(graph, NamedNode))
        return sorted((graph for graph in graphs if graph.value != ONTOLOGY_GRAPH), key=lambda graph: graph.value)

    def quads(self) -> Iterator[Quad]:
        """Yield all quads of the documents' graphs, graph by graph, the ontology left out."""
        for graph in self.document_graphs():
            yield from self.store.quads_for_pattern(None, None, None, graph)

    def triples(self) -> Iterator[Triple]:
        """Yield the distinct triples of all documents, the ontology left out, those of one subject together."""
        ontology = set(self.store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH)))
        left_out = {quad.triple for quad in ontology}
        for quad in self.store.quads_for_pattern(None, None, None, DefaultGraph()):
            if quad.triple not in left_out:
                yield quad.triple

    def select(self, query: str) -> Iterable[QuerySolution]:
        """Return the rows of a SELECT query of our own; `kg.query` runs those of users."""
        return _select(self.store, query)

    def rdflib(self) -> Dataset:
        """Return the same graph through the interface of rdflib, without copying it."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        assert isinstance(self.store, Store)
        return Dataset(store=OxigraphStore(store=self.store))


def write_store(
    source: Iterable[Source],
    folder: Path,
    *,
    base: str = DEFAULT_BASE,
    unsettled: Callable[[], Collection[NamedNode]] | None = None,
) -> Written:
    """Write a store of its own into `folder`, which must be new or empty.

    Nothing here replaces an older store: write beside it and swap the folders once this has returned.

    Args:
        source: What the documents say, each once; consumed as it comes.
        folder: Where `store/` and `kg-store.json` go.
        base: What the IRIs of instances begin with.
        unsettled: Returns the things that may have to be settled, once `source` is consumed; by default they are
            looked for.

    Raises:
        StoreError: The folder holds something already, or cannot be written.
        KgError: `base` is not an absolute IRI that ends in `/`.
    """
    check_base(base)
    database = folder / DATABASE
    if database.exists() or (folder / MANIFEST).exists():
        raise StoreError("there is a store already", where=str(folder), remedy="write into a new folder")
    with store_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        store = Store(str(database))
        with Loader(store, base) as loader:
            loader.add_all(source)
            looked_at = unsettled() if unsettled else None
        settled = settle(store, looked_at)
        store.flush()
        ontology = sum(1 for _ in ontology_triples())
        in_graphs = ontology + loader.triples
        for quad, added in settled:
            if quad.graph_name != DefaultGraph():
                in_graphs += 1 if added else -1
        distinct = len(store) - in_graphs - ontology
        manifest = Manifest(FORMAT, base, package_version(), loader.documents, distinct)
        del store  # releases the lock
        write_manifest(folder, manifest)
    return Written(manifest, settled)


@contextlib.contextmanager
def store_errors(folder: Path) -> Iterator[None]:
    """Raise what the system refuses as a `StoreError` about `folder`."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"the store cannot be written: {_reason(error)}", where=str(folder), remedy="choose a folder with space"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what the store in `folder` says of itself; from then on it is one."""
    _write_synced(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n")


def open_store(folder: Path | str) -> GraphStore:
    """Open the store in `folder` for reading; nothing in the folder is changed.

    Raises:
        StoreError: There is no folder, it holds no store, or one that this version cannot read, or a damaged one.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    try:
        store = Store.read_only(str(folder / DATABASE))
    except (OSError, RuntimeError, ValueError) as error:
        if "Permission denied" in str(error):
            raise StoreError(
                "the store cannot be read: permission denied", where=str(folder), remedy="grant read access to it"
            ) from error
        raise StoreError(f"the store is damaged ({_reason(error)})", where=str(folder), remedy=_BUILD) from error
    return GraphStore(store, manifest.base, folder)


def read_manifest(folder: Path) -> Manifest:
    """Return what the store in `folder` says of itself.

    Raises:
        StoreError: There is no folder, it holds no store, or one that this version cannot read.
    """
    where = str(folder)
    if not folder.exists():
        raise StoreError("there is no such folder", where=where, remedy=_BUILD)
    if not folder.is_dir():
        raise StoreError("this is a file, not the folder of a graph", where=where, remedy=_BUILD)
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise StoreError("the folder holds no graph", where=where, remedy=_BUILD) from None
    except (OSError, ValueError) as error:
        raise StoreError(f"the manifest cannot be read ({_reason(error)})", where=str(path), remedy=_BUILD) from error
    if not isinstance(found, dict) or not isinstance(found.get("format"), int):
        raise StoreError("the manifest is not one of a graph", where=str(path), remedy=_BUILD)
    if found["format"] < FORMAT:
        raise StoreError("the graph was built by an older version", where=where, remedy=_BUILD)
    if found["format"] > FORMAT:
        raise StoreError("the graph was built by a newer version", where=where, remedy="upgrade this package")
    try:
        return Manifest(**found)
    except TypeError as error:
        raise StoreError(f"the manifest is damaged ({error})", where=str(path), remedy=_BUILD) from error


def package_version() -> str:
    """Return the version of this package, or `0` where it runs without being installed."""
    try:
        return version("policy-kg")
    except PackageNotFoundError:
        return "0"


_BUILD = "build the graph with `kg build`"


def _count(store: QuadStore) -> int:
    everything, ontology = (
        int(next(iter(_select(store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")))["n"].value)
        for pattern in ("?s ?p ?o", f"GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }}")
    )
    return everything - ontology


def _select(store: QuadStore, query: str) -> QuerySolutions:
    found = store.query(query)
    if not isinstance(found, QuerySolutions):
        raise TypeError("not a SELECT query")
    return found


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _reason(error: Exception) -> str:
    first = str(error).partition("\n")[0]
    # Of "IO error: While appending to file: /long/path/000012.sst: No space left on device" a person needs the end.
    return first.rpartition(": ")[2].lower() if first.startswith("IO error: ") else first or type(error).__name__
