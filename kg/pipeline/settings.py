"""The settings of a build, and what tells whether an earlier build would read its pages in the same way."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path

from kg.errors import KgError
from kg.graph.filtered import check_confidence
from kg.graph.identity import DEFAULT_BASE, check_base
from kg.resources import folder
from kg.source import Columns

ENGINES = ("local", "spark")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a build reads and writes.

    Attributes:
        base: Absolute IRI, ending in `/`, with which the IRIs of the graph's things begin.
        include: A glob such as `2024/*.html`; of folders and archives, only files that match are read.
        columns: The columns or keys of records that hold their parts.
        rules: Files and folders of rules to use beside the package's own.
        names: A CSV file of names to know.
        min_confidence: Facts that are read with less, on a scale from 0 to 1, are left out.
        jobs: Number of processes that read pages.
        fresh: Whether to read all pages, also those that an earlier build has read.
        engine: What reads the pages: `local`, this machine, or `spark`, see `kg.pipeline.spark`.
    """

    base: str = DEFAULT_BASE
    include: str | None = None
    columns: Columns = field(default_factory=Columns)
    rules: tuple[Path, ...] = ()
    names: Path | None = None
    min_confidence: float = 0
    jobs: int = 1
    fresh: bool = False
    engine: str = "local"

    def check(self) -> None:
        """Make sure that one can build with these.

        Raises:
            KgError: `base` is no base IRI, `min_confidence` not between 0 and 1, `jobs` less than 1, or there
                is no such engine.
        """
        check_base(self.base)
        check_confidence(self.min_confidence)
        if self.jobs < 1:
            raise KgError(f"{self.jobs} processes read nothing", remedy="give 1 or more")
        if self.engine not in ENGINES:
            raise KgError(f"there is no engine {self.engine!r}", remedy=f"give {' or '.join(ENGINES)}")

    def fingerprint(self) -> str:
        """Return a hash of everything but the pages that decides what is read of them and what is written.

        That is the program with its rules, lexicons and ontology, the libraries below it, the rules and names of one's
        own, the base IRI and the least confidence.
        """
        hashed = hashlib.sha256(_program().encode())
        hashed.update(repr((self.base, float(self.min_confidence))).encode())
        for path in self.rules:
            for file in [path] if path.is_file() else sorted(path.glob("*.yaml")):
                _add(hashed, str(Path(path.name, file.name)), file)
        if self.names is not None:
            _add(hashed, "names", self.names)
        return hashed.hexdigest()

    def of_source(self) -> str:
        """Return a hash of what decides, beside its bytes, which pages a source has."""
        return hashlib.sha256(repr((self.include, astuple(self.columns))).encode()).hexdigest()


@cache
def _program() -> str:
    hashed = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in _libraries():
        hashed.update(f"{name} {_version(name)}\n".encode())
    for root in (Path(str(files("kg"))), folder("ontology")):
        for path in _data(root):
            _add(hashed, path.relative_to(root).as_posix(), path)
    return hashed.hexdigest()


def _libraries() -> list[str]:
    """Return the names of the packages that this one needs or may use."""
    try:
        stated = requires("policy-kg") or []
    except PackageNotFoundError:
        return []
    return sorted({re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in stated})


def _data(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def _add(hashed: hashlib._Hash, name: str, path: Path) -> None:
    data = path.read_bytes()
    hashed.update(f"{name} {len(data)}\n".encode())
    hashed.update(data)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
