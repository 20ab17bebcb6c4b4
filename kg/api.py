"""The public interface: build a graph, open one, ask it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg import output, pipeline
from kg.errors import StoreError
from kg.graph.export import serialize
from kg.graph.identity import DEFAULT_BASE
from kg.graph.store import GraphStore, open_store
from kg.remote.connection import is_url

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Dataset

    from kg.archive import Archive
    from kg.graph.doubtful import Doubt
    from kg.graph.explain import Explanation
    from kg.graph.shacl import Violation
    from kg.graph.stats import Stats
    from kg.query import QueryResult
    from kg.report import Report
    from kg.source import Columns

PathLike = str | Path


def build(
    sources: PathLike | Iterable[PathLike],
    out: PathLike | None = None,
    *,
    base: str = DEFAULT_BASE,
    include: str | None = None,
    columns: Columns | None = None,
    rules: PathLike | Iterable[PathLike] = (),
    names: PathLike | None = None,
    min_confidence: float = 0,
    jobs: int = 1,
    fresh: bool = False,
) -> Graph:
    """Read pages and return the graph of what they state.

    Args:
        sources: Files and folders of pages, or one of them; `-` is standard input.
        out: Folder to put the build at, replacing an earlier one in one step, from which it takes what is as it was;
            None keeps the graph in memory.
        base: Absolute IRI, ending in `/`, with which the IRIs of the graph's things begin.
        include: A glob such as `2024/*.html`; of folders and archives, only files that match are read.
        columns: The columns or keys of JSONL, CSV and Parquet files that hold text, url, title and date, as
            `kg.source.Columns`; by default the usual names.
        rules: Files and folders of rules to use beside the package's own, or one of them.
        names: A CSV file of names to know: name, type, full name.
        min_confidence: Facts that are read with less, on a scale from 0 to 1, are left out.
        jobs: Number of processes that read pages.
        fresh: Whether to read all pages, also those that the earlier build at `out` has read.

    Raises:
        SourceError: No document could be read, or a path does not exist.
        RuleError: The rules or the names do not load.
        StoreError: `out` holds something else or cannot be written.
        KgError: `base` is not a base IRI, `min_confidence` not between 0 and 1, or `jobs` less than 1.
    """
    from kg.source import Columns

    paths = _paths(sources)
    settings = pipeline.Settings(
        base=base,
        include=include,
        columns=columns or Columns(),
        rules=tuple(_paths(rules)),
        names=None if names is None else Path(names),
        min_confidence=min_confidence,
        jobs=jobs,
        fresh=fresh,
    )
    if out is None:
        return Graph(*pipeline.build_in_memory(paths, settings))
    report = pipeline.build_folder(paths, Path(out), settings)
    graph = open(out)
    graph.report = report
    return graph


def _paths(given: PathLike | Iterable[PathLike]) -> list[Path]:
    return [Path(given)] if isinstance(given, str | Path) else [Path(one) for one in given]


def open(out: PathLike = "out") -> Graph:
    """Open the graph that a build put at the folder `out`, for reading.

    `out` may also be the address of a SPARQL endpoint, http or https, that holds a build; see `kg.remote`. The
    variables `KG_TOKEN` and `KG_USER` say who asks it. It answers `query`, `explain`, `stats` and `doubtful`.

    Raises:
        StoreError: There is no build at `out`, or one that this version cannot read, or the endpoint fails.
    """
    if is_url(out):
        from kg.remote.graph import open_remote

        return Graph(open_remote(str(out)))
    return Graph(output.read_whole(Path(out), open_store))


class Graph:
    """A graph of facts, each with the sentence it was read from.

    Attributes:
        store: The store underneath, in which `store.store` is the pyoxigraph store.
        report: How the build went, where this graph was just built.
    """

    def __init__(self, store: GraphStore, report: Report | None = None) -> None:
        self.store = store
        self.report = report

    def __len__(self) -> int:
        """Return the number of distinct triples."""
        return len(self.store)

    def query(self, query: str, /, **parameters: object) -> QueryResult:
        """Answer a named question, such as `who-leads`, or SPARQL; iterating the answer yields rows as dictionaries.

        Args:
            query: A name (`kg query --list` shows them) or SPARQL that only reads.
            parameters: Values of the question's parameters, such as `region="黑龙江省"`; `from_` stands for `from`.

        Raises:
            QueryError: The query or a parameter is unknown, or the SPARQL is not valid.
        """
        from kg.query import run

        return run(self.store, query, {name.removesuffix("_"): str(value) for name, value in parameters.items()})

    def at_least(self, confidence: float) -> Graph:
        """Return the graph without what was read with less than `confidence`: `graph.at_least(0.9).query("who-leads")`.

        Raises:
            KgError: `confidence` is not between 0 and 1.
        """
        from kg.graph.filtered import at_least, check_confidence

        if (
            check_confidence(confidence)
            and self.store.folder is None
            and is_url(where := getattr(self.store, "url", ""))
        ):
            what = "facts of little confidence cannot be left out of a graph that is elsewhere"
            raise StoreError(what, where=where, remedy="ask for kg:confidence in the query")
        return Graph(at_least(self.store, confidence), self.report)

    def write(self, out: IO[bytes], format: str = "turtle") -> None:
        """Write the graph to a binary stream: turtle, trig, nquads, ntriples, jsonld, rdfxml or graphml.

        Raises:
            KgError: There is no such format.
        """
        serialize(self.store, format, out)

    def serialize(self, format: str = "turtle") -> str:
        """Return the graph as text in one of the formats of `write`.

        Raises:
            KgError: There is no such format.
        """
        buffer = io.BytesIO()
        self.write(buffer, format)
        return buffer.getvalue().decode("utf-8")

    def write_tables(self, folder: PathLike) -> list[Path]:
        """Write `entities.csv`, `relations.csv` and `observations.csv` into a folder and return their paths.

        Raises:
            StoreError: The folder cannot be written.
        """
        from kg.graph.tables import write_tables

        return write_tables(self.store, Path(folder))

    def to_networkx(self) -> MultiDiGraph[str]:
        """Return the entities as nodes and the relations between them as edges; see `kg.graph.network`."""
        from kg.graph.network import to_networkx

        return to_networkx(self.store)

    def archive(self) -> Archive:
        """Open what was read: every page as decoded, its clean article, what was repaired; see `kg.archive`.

        Raises:
            StoreError: The graph is in memory only, or there is no archive beside it.
        """
        from kg.archive import open_archive

        if self.store.folder is None:
            raise StoreError("the graph is in memory, where no pages are kept", remedy="build it into a folder")
        return open_archive(self.store.folder)

    def explain(self, name: str) -> Explanation:
        """Return everything known of the thing called `name`, each fact with its sentences."""
        from kg.graph.explain import explain

        return explain(self.store, name)

    def validate(self) -> list[Violation]:
        """Return how the graph breaks the SHACL shapes of the ontology; nothing if it conforms."""
        from kg.graph.shacl import validate

        return validate(self.store)

    def stats(self) -> Stats:
        """Return how many documents, triples, entities, facts and evidences there are, by type."""
        from kg.graph.stats import stats

        return stats(self.store)

    def doubtful(self) -> tuple[Doubt, ...]:
        """Return the pairs of things that may be one, and the things that may be two; see `kg.graph.doubtful`."""
        from kg.graph.doubtful import doubtful

        return doubtful(self.store)

    def to_rdflib(self) -> Dataset:
        """Return the graph through the interface of rdflib, without copying it."""
        return self.store.rdflib()
