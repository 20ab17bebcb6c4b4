"""The data folders that stand at the top level of the repository and inside the package once it is installed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kg.errors import KgError


def folder(name: str) -> Path:
    """Return the data folder `name` (`ontology`, `queries` or `seeds`).

    Raises:
        KgError: The folder is neither in the package nor beside it; the installation is damaged.
    """
    package = Path(str(files("kg")))
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise KgError(f"the data folder {name!r} is missing", where=str(package), remedy="install the package again")
