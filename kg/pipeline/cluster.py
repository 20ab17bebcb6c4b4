"""Spark, started when it is needed, and the files that it reads where this machine does not see them."""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, SourceError

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

LARGEST = 2_000_000_000
"""Bytes of a file that Spark hands over in one piece."""

_ENGINE = "--engine spark"


class Cluster:
    """Spark as `spark-submit` or its configuration has it, or on this machine; it ends with the block.

    Attributes:
        sizes: Of each file that was listed: its bytes.
    """

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "session" in self.__dict__:
            self.session.stop()

    @cached_property
    def session(self) -> SparkSession:
        """Spark, started.

        Raises:
            KgError: PySpark or Java is not there, or Spark does not start.
        """
        if importlib.util.find_spec("pyspark") is None:
            raise KgError("Spark is not installed", where=_ENGINE, remedy="pip install 'policy-kg[spark]'")
        if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
            raise KgError("there is no Java", where=_ENGINE, remedy="install Java 17 or set JAVA_HOME")
        from pyspark import SparkConf
        from pyspark.sql import SparkSession

        logging.getLogger("py4j").setLevel(logging.CRITICAL)
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        conf = SparkConf().setAppName("kg build")
        conf.setIfMissing("spark.master", "local[*,4]")  # a task is tried four times, as on a cluster
        conf.setIfMissing("spark.ui.enabled", "false")
        conf.setIfMissing("spark.ui.showConsoleProgress", "false")
        conf.setIfMissing("spark.log.level", "ERROR")
        if conf.get("spark.master", "").startswith("local"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        try:
            return SparkSession.builder.config(conf=conf).getOrCreate()
        except Exception as error:  # of the virtual machine, which has many
            first = str(error).partition("\n")[0]
            remedy = "check the master and the version of Java"
            raise KgError(f"Spark does not start: {first}", where=_ENGINE, remedy=remedy) from error

    @property
    def context(self) -> SparkContext:
        """The context of the session."""
        return self.session.sparkContext

    def files(self, uri: str) -> list[str]:
        """Return the URI of each file at and below one on any path that Hadoop reads.

        Raises:
            SourceError: There is none.
            KgError: Spark fails.
        """
        with spark_errors(uri):
            # The contents are read only where they are asked for.
            rows = self._binary([uri]).select("path", "length").collect()
        self.sizes.update({row["path"]: row["length"] for row in rows})
        return [row["path"] for row in rows]

    def contents(self, uris: Sequence[str]) -> DataFrame:
        """Return a row for each file: its `path` and, as `content`, its bytes."""
        return self._binary(uris).select("path", "content")

    def digests(self, uris: Collection[str]) -> dict[str, str]:
        """Return the SHA-256 of each file's bytes, hexadecimal."""
        from pyspark.sql.functions import col, sha2

        if not uris:
            return {}
        with spark_errors():
            rows = self._binary([*uris]).select("path", sha2(col("content"), 256).alias("digest")).collect()
        return {row["path"]: row["digest"] for row in rows}

    def _binary(self, uris: Sequence[str]) -> DataFrame:
        # A name may hold brackets and stars.
        reader = self.session.read.format("binaryFile").option("__globPaths__", "false")
        return reader.option("recursiveFileLookup", "true").load([*uris])


@contextlib.contextmanager
def spark_errors(where: str = "") -> Iterator[None]:
    """Raise what Spark raises where a job fails as an error of our own.

    Raises:
        SourceError: A path does not exist.
        KgError: Whatever else it is.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    found: tuple[Any, ...] = (Py4JError, PySparkException)
    try:
        yield
    except found as error:
        if isinstance(error, PySparkException) and error.getCondition() == "PATH_NOT_FOUND":
            raise SourceError("there is no such file or folder", where=where, remedy="check the path") from error
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        first = next((line for line in lines if "Exception:" in line), lines[0] if lines else type(error).__name__)
        remedy = "see its log; all workers must see the sources by the same path"
        raise KgError(f"Spark failed: {first[:300]}", where=where or _ENGINE, remedy=remedy) from error
