"""What an earlier build has left for the next one: the archive of what it read, and files that are still as written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kg import output
from kg.archive import Archive, PackedPage, open_archive
from kg.errors import StoreError
from kg.graph.contribution import Contribution, contribution
from kg.graph.store import read_manifest

FINGERPRINT = "fingerprint"
"""The name under which the archive notes that of `Settings`."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier build that was made in the same way.

    Attributes:
        folder: Where it is.
        archive: What it read.
        sources: The hash of each of its sources.
        base: What the IRIs of its instances begin with.
        note: Why its store and files cannot be trusted, though its archive can; "" where they can.
    """

    folder: Path
    archive: Archive
    sources: Mapping[str, str]
    base: str
    note: str = ""

    def contributions(self, page: PackedPage) -> Iterable[Contribution]:
        """Return what the documents of a page contribute to the graph.

        Raises:
            StoreError: The archive is damaged.
        """
        return (contribution(record, self.base) for record in self.archive.records_of(page))


def find_earlier(out: Path, fingerprint: str) -> Earlier | str:
    """Return the earlier build at `out`, or why nothing of it can be used; "" where there is none."""
    if not output.is_build(out):
        return ""
    try:
        manifest = read_manifest(out)
        checks = _read_checks(out)
        if not _same(out / output.ARCHIVE, checks.get(output.ARCHIVE)):
            return "the archive of the earlier build is damaged"
        archive = open_archive(out)
        meta = archive.meta()
        sources = archive.sources()
    except StoreError as error:
        return error.what.replace("the graph", "the earlier build")
    except (OSError, ValueError) as error:
        return f"the earlier build is damaged ({error})"
    if meta.get(FINGERPRINT) != fingerprint:
        archive.close()
        return "program, rules, names or settings are others than in the earlier build"
    wrong = [name for name, expected in checks.items() if not _same(out / name, expected)]
    if wrong:
        note = f"{wrong[0]} of the earlier build is missing or was changed"
        return Earlier(out, archive, sources, manifest.base, note)
    return Earlier(out, archive, sources, manifest.base)


def write_checks(folder: Path) -> None:
    """Note what the files of a build are, so that the next one sees whether they still are."""
    names = [output.ARCHIVE, output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST]
    store = sorted(f"{output.STORE}/{path.name}" for path in (folder / output.STORE).iterdir())
    lasting = [*names, *filter(_lasts, store)]
    with ThreadPoolExecutor() as threads:  # hashing lets others go on meanwhile
        described = threads.map(_described, (folder / name for name in lasting))
        checks = {name: [_time(folder / name), *found] for name, found in zip(lasting, described, strict=True)}
    (folder / output.CHECKS).write_text(json.dumps(checks, indent=1) + "\n", "utf-8")


def _read_checks(folder: Path) -> dict[str, list[int | str]]:
    """Return what `write_checks` noted of each file: when it was written, size and hash.

    Raises:
        StoreError: A version that notes something else has written it.
    """
    found = json.loads((folder / output.CHECKS).read_text("utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{output.CHECKS} is not what a build writes")
    if not all(isinstance(noted, list) and [*map(type, noted[:2])] == [int, int] for noted in found.values()):
        raise StoreError("the graph was built by another version", where=str(folder))
    return found


def _lasts(name: str) -> bool:
    """Tell whether opening the store for reading leaves a file as it is."""
    return not name.rpartition("/")[2].startswith(("LOG", "LOCK"))


def _same(path: Path, expected: object) -> bool:
    """Tell whether a file is as it was written: at that time and of that size, or else of that size and hash."""
    if not (path.is_file() and isinstance(expected, list) and len(expected) > 1):
        return False
    return expected[:2] == [_time(path), path.stat().st_size] or _described(path) == expected[1:]


def _time(path: Path) -> int:
    """Return when a file was last written, in nanoseconds."""
    return path.stat().st_mtime_ns


def _described(path: Path) -> list[int | str]:
    """Return size and hash of a file; of the store's, which are large and have sums of their own, the size alone."""
    size = path.stat().st_size
    if path.parent.name == output.STORE:
        return [size]
    with path.open("rb") as file:
        return [size, hashlib.file_digest(file, "sha256").hexdigest()]
