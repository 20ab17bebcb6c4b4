"""Pages read by a Spark cluster: the files are read and the pages extracted there, what comes of them is written here.

Files are read by the workers: by path where each sees them by the same one, as on a shared file system or one machine,
or by URI, through Spark, from wherever Hadoop reads. Pages are dealt out anew after the files are read, so that a file
of many records keeps more than one worker busy. What came of the pages is sorted and handed over in order.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.model import Page, Problem
from kg.pipeline.cluster import LARGEST, Cluster, spark_errors
from kg.pipeline.reading import Outcome
from kg.pipeline.settings import Settings
from kg.pipeline.sources import Read, Sources, Step
from kg.pipeline.workers import Workers
from kg.source import Found, content_hash, pages_of

if TYPE_CHECKING:
    from pyspark import RDD

    from kg.extract.rulebook.ruleset import RuleSet

PARTITIONS_PER_CORE = 4
"""Enough that one slow partition holds up little; each starts a process of its own, which takes about a second."""

_END = 1 << 62  # the position behind all pages of a file, at which its hash stands

Key = tuple[int, int]
"""Number of the file, position of the page in it."""


@dataclass(slots=True)
class SparkSources(Sources):
    """Files that are read by Spark; the arguments are those of `Sources`.

    Attributes:
        cluster: Reads them.
    """

    cluster: Cluster = field(default_factory=Cluster)
    _digests: dict[str, str] | None = None

    def hash(self, found: Found) -> str:
        """Return the hash of a source as it is now, "" where it has none."""
        if not found.uri:
            return Sources.hash(self, found)
        if self._digests is None:
            self._digests = self.cluster.digests({one.uri for one in self.found if one.uri and self._fits(one)})
        return self.hash_of(self._digests.get(found.uri, ""))

    def read(self, only: Collection[str] | None = None) -> Iterator[Read]:
        """Yield what comes of each page, in order.

        Args:
            only: Identifiers of the sources to read; by default all.

        Raises:
            KgError: Spark is not there or fails.
        """
        if only is not None and not any(found.identifier in only for found in self.found):
            return
        outcomes = self.outcomes(only)
        with spark_errors():
            ordered: Iterator[tuple[Key, bytes]] = outcomes.sortByKey().toLocalIterator(prefetchPartitions=True)
            for (number, position), data in ordered:
                source, found = self.found[number].identifier, pickle.loads(data)
                if position == _END:
                    self.hashes[source] = found
                    continue
                if self.watch:
                    self.watch(Step(found.identifier, number, len(self.found)))
                yield Read(source, position, found)

    def outcomes(self, only: Collection[str] | None = None) -> RDD[tuple[Key, bytes]]:
        """Return what comes of each page as it is extracted by the cluster, once, in no order.

        Behind the pages of a file stands its hash, as told by `is_page`.
        """
        numbered = [(n, found) for n, found in enumerate(self.found) if only is None or found.identifier in only]
        spark = self.cluster.context
        from pyspark import StorageLevel

        partitions = max(2, spark.defaultParallelism * PARTITIONS_PER_CORE)
        setup = spark.broadcast(pickle.dumps((self.rules, self.settings)))
        seen = [one for one in numbered if not one[1].uri or not self._fits(one[1])]
        files = spark.parallelize(seen, max(1, min(partitions, len(seen))))
        pages = files.flatMap(lambda one: _pages(one, setup.value))
        away = {found.uri: (number, found) for number, found in numbered if found.uri and self._fits(found)}
        if away:
            places = spark.broadcast(away)
            with spark_errors():
                rows: Any = self.cluster.contents([*away]).rdd
            pages = pages.union(
                rows.flatMap(lambda row: _pages(places.value[row["path"]], setup.value, bytes(row["content"])))
            )
        read = pages.repartition(partitions).mapPartitions(lambda some: _outcomes(some, setup.value))
        return read.persist(StorageLevel.DISK_ONLY)  # sorting looks at it twice

    def _fits(self, found: Found) -> bool:
        return self.cluster.sizes.get(found.uri, 0) <= LARGEST


def is_page(key: Key) -> bool:
    """Tell what came of a page from the hash of a file."""
    return key[1] != _END


def _pages(numbered: tuple[int, Found], setup: bytes, data: bytes | None = None) -> Iterator[tuple[Key, bytes]]:
    """Yield the pages of a file, and behind them its hash, "" where it changed meanwhile.

    Args:
        numbered: The file with its number.
        setup: Rules and settings.
        data: The bytes of a file that is read by its URI.
    """
    number, found = numbered
    if found.uri and data is None:
        what, remedy = f"the file has more than {LARGEST / 1e9:.0f} GB, which Spark does not hand over", "split it"
        yield (number, 0), pickle.dumps(Problem(found.identifier, what, remedy))
        yield (number, _END), pickle.dumps("")
        return
    settings: Settings = pickle.loads(setup)[1]
    one = Sources((), (), settings, None)  # type: ignore[arg-type]

    def hash_() -> str:
        return one.hash_of(content_hash(found) if data is None else hashlib.sha256(data).hexdigest())

    before = hash_()
    for position, item in enumerate(pages_of(found, include=settings.include, columns=settings.columns, data=data)):
        yield (number, position), pickle.dumps(item)
    yield (number, _END), pickle.dumps(before if hash_() == before else "")


def _outcomes(items: Iterable[tuple[Key, bytes]], setup: bytes) -> Iterator[tuple[Key, bytes]]:
    """Yield what comes of pages, each read by a process of its own, so that a page that ends it costs no other."""
    rules: RuleSet
    settings: Settings
    rules, settings = pickle.loads(setup)
    keys: deque[Key] = deque()

    def pages() -> Iterator[Page | Outcome]:
        for key, data in items:
            keys.append(key)
            item = pickle.loads(data)
            if isinstance(item, Page):
                yield item
            elif isinstance(item, str):  # a hash, which passes through
                yield Outcome(item)
            else:
                yield Outcome(item.identifier, problem=item)

    with Workers(1, rules, settings.min_confidence, settings.base) as workers:
        for result in workers.outcomes(pages()):
            key = keys.popleft()
            yield key, pickle.dumps(result if is_page(key) else result.identifier)
