"""The graph written by a Spark cluster, as partitions of N-Quads: for more pages than one store on one machine holds.

Its statements are those that `kg export --format nquads` writes of a local build. What takes more than a page, one
name and one class for each thing, is decided as `kg.graph.settling` does, by joins over all documents.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, RdfFormat, parse

from kg.errors import StoreError
from kg.extract.rulebook.loading import load
from kg.graph.settling import kept_class, kept_label
from kg.model import Problem
from kg.pipeline.cluster import Cluster, spark_errors
from kg.pipeline.collecting import nothing, taken
from kg.pipeline.reading import Outcome
from kg.pipeline.settings import Settings
from kg.pipeline.sources import Watch
from kg.pipeline.spark import Key, SparkSources, is_page
from kg.source import find
from kg.vocabulary import DCTERMS, KG, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

_NAMING = frozenset(f"<{term}>" for term in (RDFS.label, SKOS.prefLabel, DCTERMS.title))
_LABEL, _ALIAS, _TYPE = (f"<{term}>" for term in (RDFS.label, SKOS.altLabel, RDF.type))
_OF_THINGS = frozenset(f"<{term}>" for term in (KG.mentionedIn, SKOS.prefLabel, KG.adcode))
_THING = "thing"  # in place of a predicate: what stands before it is a thing that has names
_ROW = "s string, p string, o string, g string"
_CHOICE = "s string, p string, o string, kept string"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many documents, and what could not be read, sorted by identifier."""

    documents: int
    problems: Sequence[Problem]


def build_partitions(
    sources: Sequence[Path | str], place: str, settings: Settings, watch: Watch | None = None
) -> Written:
    """Read everything in `sources` and write the graph as text files of N-Quads into a new folder.

    Args:
        sources: Files and folders, as text on any path that Hadoop reads.
        place: URI of the folder, which Spark's committer finishes with a file `_SUCCESS`.
        settings: How to read.
        watch: Is told each problem.

    Raises:
        SourceError: No document could be read.
        StoreError: There is something at `place` already.
        KgError: Spark is not there or fails.
    """
    settings.check()
    rules = load(settings.rules, settings.names)
    with Cluster() as cluster, spark_errors():
        files = find(sources, settings.include, cluster.files)
        reading = SparkSources(sources, files, settings, rules, watch, cluster=cluster)
        found = reading.outcomes().filter(lambda one: is_page(one[0]))
        documents = _documents(found)
        problems = [((key[0], key[1]), problem) for key, problem in found.flatMap(_problem).collect()]
        again = _again(documents)
        refused = {key for key, _ in again}
        problems += again
        if watch:
            for _, problem in problems:
                reading.tell("", problem)
        count = documents.filter(lambda one: one[1] not in refused).count()
        if not count:
            raise nothing(sources, [problem for _, problem in sorted(problems, key=lambda one: one[0])])
        kept = found.filter(lambda one: one[0] not in refused)
        base = settings.base
        plain = cluster.session.createDataFrame(kept.map(lambda one: (_plain(one[1], base),)), "value string")
        named = cluster.session.createDataFrame(kept.flatMap(lambda one: _named(one[1], base)), _ROW)
        lines = plain.where("value != ''").union(_lines(_settled(cluster.session, named)))
        _write(lines, place)
    return Written(count, [problem for _, problem in sorted(problems, key=lambda one: one[1].identifier)])


def _documents(found: RDD[tuple[Key, bytes]]) -> RDD[tuple[str, Key]]:
    def of_page(one: tuple[Key, bytes]) -> Iterator[tuple[str, Key]]:
        outcome: Outcome = pickle.loads(one[1])
        for document in outcome.page.documents if outcome.page else ():
            yield document.identifier, one[0]

    return found.flatMap(of_page)


def _problem(one: tuple[Key, bytes]) -> Iterator[tuple[Key, Problem]]:
    outcome: Outcome = pickle.loads(one[1])
    if outcome.problem:
        yield one[0], outcome.problem


def _again(documents: RDD[tuple[str, Key]]) -> list[tuple[Key, Problem]]:
    """Return the pages with a document whose name one before it has, in order."""
    several = documents.groupByKey().mapValues(list).filter(lambda one: len(one[1]) > 1)
    pages: dict[Key, list[str]] = {}
    for identifier, keys in several.collect():
        for key in keys:
            pages.setdefault((key[0], key[1]), []).append(identifier)
    names: set[str] = set()
    refused = []
    for key in sorted(pages):
        if double := [identifier for identifier in pages[key] if identifier in names]:
            refused.append((key, taken(double[0])))
        else:
            names.update(pages[key])
    return refused


def _terms(data: bytes, base: str) -> Iterator[tuple[str, str, str, str]]:
    outcome: Outcome = pickle.loads(data)
    for contribution in outcome.contributions:
        for quad in contribution.quads(base):
            yield str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name)


def _concerned(predicate: str, value: str) -> bool:
    """Tell whether what other documents say may change a statement."""
    return predicate in _NAMING or predicate == _ALIAS or (predicate == _TYPE and value.startswith(f"<{KG.iri}"))


def _plain(data: bytes, base: str) -> str:
    """Return as lines what a page states once and for all."""
    return "\n".join(" ".join((*quad, ".")) for quad in _terms(data, base) if not _concerned(quad[1], quad[2]))


def _named(data: bytes, base: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a page states that others may change, and what are things."""
    things = set()
    for s, p, o, g in _terms(data, base):
        if _concerned(p, o):
            yield s, p, o, g
        if p in _OF_THINGS:
            things.add(s)
    for s in things:
        yield s, _THING, "", ""


def _settled(spark: SparkSession, rows: DataFrame) -> DataFrame:
    """Return the rows with one label and one class for each thing; see `kg.graph.settling`."""
    from pyspark.sql.functions import coalesce, col, lit, when

    rows = rows.persist()
    counted = rows.where(col("p").isin(_LABEL, _TYPE)).groupBy("s", "p", "o").count()
    several = counted.groupBy("s", "p").count().where("count > 1").select("s", "p")
    things = rows.where(col("p") == _THING).select("s").distinct()
    open_ = counted.join(several, ["s", "p"]).join(things, "s", "left_semi")
    grouped = open_.rdd.map(lambda row: ((row["s"], row["p"]), (row["o"], row["count"]))).groupByKey()
    choices = spark.createDataFrame(grouped.flatMap(_choices), _CHOICE)
    stated = rows.where(col("p") != _THING).withColumn(
        "of", when(col("p").isin(*_NAMING), lit(_LABEL)).otherwise(col("p"))
    )
    known = choices.select(col("s"), col("p").alias("of"), "o", "kept")
    changed = stated.join(known, ["s", "of", "o"], "left").persist()
    new = changed.select("s", "p", coalesce("kept", "o").alias("o"), "g")
    aliases = changed.where((col("p") == _LABEL) & col("kept").isNotNull()).select(
        "s", lit(_ALIAS).alias("p"), "o", "g"
    )
    label = choices.where(col("p") == _LABEL).select("s", lit(_ALIAS).alias("p"), col("kept").alias("o")).distinct()
    return new.union(aliases).join(label, ["s", "p", "o"], "left_anti").select("s", "p", "o", "g").distinct()


def _choices(group: tuple[tuple[str, str], Iterable[tuple[str, int]]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what gives way to what: of one thing, each label or class that is not kept."""
    (s, p), values = group
    counts = {_value(term): (term, count) for term, count in values}
    keep = kept_label if p == _LABEL else kept_class
    kept = counts[keep({value: count for value, (_, count) in counts.items()})][0]
    for term, _ in counts.values():
        if term != kept:
            yield s, p, term, kept


def _value(term: str) -> str:
    if term.startswith("<"):
        return term[1:-1]
    value = next(iter(parse(f"<x:x> <x:x> {term} .", RdfFormat.N_TRIPLES))).object
    assert isinstance(value, Literal)
    return value.value


def _lines(rows: DataFrame) -> DataFrame:
    from pyspark.sql.functions import concat_ws, lit

    return rows.select(concat_ws(" ", "s", "p", "o", "g", lit(".")).alias("value"))


def _write(lines: DataFrame, place: str) -> None:
    from pyspark.errors import AnalysisException

    try:
        lines.write.text(place)
    except AnalysisException as error:
        reason: Any = error.getCondition()
        if reason != "PATH_ALREADY_EXISTS":
            raise
        raise StoreError("there is something already", where=place, remedy="give a folder that is not there") from error
