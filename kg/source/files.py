"""Finding the files below the folders given, and opening one without ever hanging or reading too much."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.errors import SourceError

READ_SUFFIXES = frozenset([".txt", ".html", ".htm", ".md"])
# Documents that a folder of pages may well hold: naming them beats passing them over in silence.
UNREAD_SUFFIXES = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".wps",
        ".ofd",
        ".rtf",
        ".odt",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".epub",
        ".mht",
        ".mhtml",
        ".zip",
        ".gz",
        ".7z",
        ".rar",
        ".warc",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, under the identifier that it will have everywhere."""

    identifier: str
    path: Path


def find(paths: Sequence[Path], include: str | None = None) -> list[Found]:
    """Return the files given and those below the folders given, each once, sorted by identifier.

    An identifier is the path below the folder given, with `/`, or the name of a file given. Where two files would
    get the same one, both get as many of their parent folders in front as it takes to tell them apart. Hidden files
    and folders and files called README are passed over, links to folders are not followed. `include` is a glob such
    as `*.html` or `2024/*.txt` on the path below the folder; it replaces the choice by suffix.

    Raises:
        SourceError: A path does not exist or its folder cannot be listed.
    """
    named: dict[str, list[Path]] = {}
    seen: set[str] = set()
    for path in paths:
        for name, file in _below(path, include):
            absolute = os.path.realpath(file.parent) + os.sep + file.name
            if absolute not in seen:
                seen.add(absolute)
                named.setdefault(_printable(name), []).append(Path(absolute))
    found: list[Found] = []
    for name, files in named.items():
        found += [Found(name, files[0])] if len(files) == 1 else _told_apart(name, files, named)
    return sorted(found, key=lambda item: item.identifier)


def _below(path: Path, include: str | None) -> Iterator[tuple[str, Path]]:
    if not os.path.lexists(path):
        raise SourceError("there is no such file or folder", where=str(path), remedy="check the path")
    if not path.is_dir():
        yield path.name, path
        return
    for folder, folders, files in os.walk(path, onerror=_unlistable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            file = Path(folder, name)
            relative = file.relative_to(path).as_posix()
            if not name.startswith(".") and file.stem.lower() != "readme" and _wanted(relative, include):
                yield relative, file


def _unlistable(error: OSError) -> None:
    raise SourceError(
        f"the folder cannot be listed: {error.strerror}", where=str(error.filename), remedy="grant read access to it"
    ) from error


def _wanted(relative: str, include: str | None) -> bool:
    path = PurePosixPath(relative)
    if include is not None:
        return fnmatch.fnmatchcase(relative, include) or fnmatch.fnmatchcase(path.name, include)
    return path.suffix.lower() in READ_SUFFIXES | UNREAD_SUFFIXES


def _printable(name: str) -> str:
    """Return a name that can be written as UTF-8, also where the file's name is not."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _told_apart(name: str, files: list[Path], taken: dict[str, list[Path]]) -> list[Found]:
    depth = len(PurePosixPath(name).parts)
    for more in range(1, max(len(file.parts) for file in files) + 1):
        names = [_printable("/".join(part.strip("/") for part in file.parts[-depth - more :])) for file in files]
        if len(set(names)) == len(names) and not any(other in taken for other in names):
            return [Found(*pair) for pair in zip(names, files, strict=True)]
    # Only where another file's own path below its folder equals one of these in full.
    return [Found(_printable(file.as_posix()), file) for file in files]


class Unreadable(Exception):  # noqa: N818 - a reason, caught where the problem is reported
    """Why a file cannot be read, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of a regular file of at most `limit` bytes, without waiting for pipes or devices.

    Raises:
        Unreadable: It is no regular file, too large, or the system refuses it.
    """
    try:
        # Opening a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise Unreadable("the file is gone or a link to nothing", "remove the link or restore the file") from error
    except OSError as error:
        raise Unreadable(f"the file cannot be opened: {error.strerror}", "grant read access to it") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("not a regular file but a folder, pipe, socket or device", "give a file")
        if status.st_size > limit:
            raise Unreadable(*too_large(status.st_size, limit))
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise Unreadable(f"the file cannot be read: {error.strerror}", "copy it anew") from error
    if len(data) > limit:
        raise Unreadable(*too_large(len(data), limit))
    return data


def too_large(size: int, limit: int) -> tuple[str, str]:
    """Return what to say of a file of `size` bytes above the limit."""
    return f"too large: {size / 1e6:.0f} MB, the limit is {limit / 1e6:.0f} MB", "split it into one file per page"
