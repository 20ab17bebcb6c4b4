"""Pages read by a Spark cluster: the files are read and the pages extracted there, what comes of them is written here.

Files must be where each worker sees them by the same path: a shared file system, or one machine. Pages are dealt out
anew after the files are read, so that a file of many records keeps more than one worker busy. What came of the pages
is written as sequence files by Spark's committer, so that a task that ran twice counts once, and read back in order.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import pickle
import shutil
import sys
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.model import Page
from kg.pipeline.reading import Outcome
from kg.pipeline.settings import Settings
from kg.pipeline.sources import Read, Sources, Step
from kg.pipeline.workers import Workers
from kg.source import Found, pages_of

if TYPE_CHECKING:
    from pyspark import SparkContext

    from kg.extract.ruleset import RuleSet

PARTITIONS_PER_CORE = 4
"""Enough that one slow partition holds up little; each starts a process of its own, which takes about a second."""

_END = 1 << 62  # the position behind all pages of a file, at which its hash stands

Key = tuple[int, int]
"""Number of the file, position of the page in it."""


@dataclass(slots=True)
class SparkSources(Sources):
    """Files that are read by Spark; the arguments are those of `Sources`.

    Attributes:
        work: A folder that all workers see, which does not exist yet and is removed in the end.
    """

    work: Path = Path("records")

    def read(self, only: Collection[str] | None = None) -> Iterator[Read]:
        """Yield what comes of each page, in order.

        Args:
            only: Identifiers of the sources to read; by default all.

        Raises:
            KgError: Spark is not there or fails.
        """
        numbered = [(n, found) for n, found in enumerate(self.found) if only is None or found.identifier in only]
        if not numbered:
            return
        spark = _context()
        try:
            yield from self._read(spark, numbered)
        except spark_errors() as error:
            lines = [line.strip() for line in str(error).splitlines() if line.strip()]
            first = next((line for line in lines if "Exception:" in line), type(error).__name__)
            remedy = "see its log; a worker must see the sources and the output folder by the same path"
            raise KgError(f"Spark failed: {first[:300]}", where="--engine spark", remedy=remedy) from error
        finally:
            shutil.rmtree(self.work, ignore_errors=True)
            spark.stop()

    def _read(self, spark: SparkContext, numbered: list[tuple[int, Found]]) -> Iterator[Read]:
        partitions = max(2, spark.defaultParallelism * PARTITIONS_PER_CORE)
        setup = spark.broadcast(pickle.dumps((self.rules, self.settings)))
        files = spark.parallelize(numbered, min(partitions, len(numbered)))
        pages = files.flatMap(lambda one: _pages(one, setup.value)).repartition(partitions)
        place = self.work.absolute().as_uri()
        pages.mapPartitions(lambda some: _outcomes(some, setup.value)).saveAsPickleFile(place)
        records: Iterator[tuple[Key, bytes]] = spark.pickleFile(place).sortByKey().toLocalIterator()
        for key, data in records:
            number, position = key[0], key[1]
            source, found = self.found[number].identifier, pickle.loads(data)
            if position == _END:
                self.hashes[source] = found
                continue
            if self.watch:
                self.watch(Step(found.identifier, number, len(self.found)))
            yield Read(source, position, found)


def _pages(numbered: tuple[int, Found], setup: bytes) -> Iterator[tuple[Key, bytes]]:
    """Yield the pages of a file, and behind them its hash, "" where it changed meanwhile."""
    number, found = numbered
    settings: Settings = pickle.loads(setup)[1]
    one = Sources((), (), settings, None)  # type: ignore[arg-type]
    before = one.hash(found)
    for position, item in enumerate(pages_of(found, include=settings.include, columns=settings.columns)):
        yield (number, position), pickle.dumps(item)
    yield (number, _END), pickle.dumps(before if one.hash(found) == before else "")


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
            yield key, pickle.dumps(result.identifier if key[1] == _END else result)


def _context() -> SparkContext:
    """Return Spark as `spark-submit` or its configuration has it, or on this machine.

    Raises:
        KgError: PySpark or Java is not there.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise KgError("Spark is not installed", where="--engine spark", remedy="pip install 'policy-kg[spark]'")
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise KgError("there is no Java", where="--engine spark", remedy="install Java 17 or set JAVA_HOME")
    from pyspark import SparkConf, SparkContext

    logging.getLogger("py4j").setLevel(logging.ERROR)
    conf = SparkConf().setAppName("kg build")
    conf.setIfMissing("spark.master", "local[*,4]")  # a task is tried four times, as on a cluster
    conf.setIfMissing("spark.ui.enabled", "false")
    conf.setIfMissing("spark.ui.showConsoleProgress", "false")
    conf.setIfMissing("spark.log.level", "ERROR")
    if conf.get("spark.master", "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    try:
        return SparkContext(conf=conf)
    except Exception as error:  # of the virtual machine, which has many
        first = str(error).partition("\n")[0]
        remedy = "check the master and the version of Java"
        raise KgError(f"Spark does not start: {first}", where="--engine spark", remedy=remedy) from error


def spark_errors() -> tuple[type[Exception], ...]:
    """Return what Spark raises where a job fails."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    found: tuple[Any, ...] = (Py4JError, PySparkException)
    return found
