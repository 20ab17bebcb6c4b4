"""Finding the files below the folders given, and opening one without ever hanging or reading too much."""

from __future__ import annotations

import fnmatch
import hashlib
import io
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.errors import SourceError
from kg.source.blob import Unreadable
from kg.source.formats import is_document

STDIN = Path("-")
"""Stands for standard input among the paths given."""

STDIN_NAME = "stdin"

_PIECE = 1 << 20  # bytes

_AUTHORITY = re.compile(r"[A-Za-z][\w+.-]*:(?://[^/]*)?")
_README = re.compile(r"readme(?:\.[^.]*)?\Z", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read.

    Attributes:
        identifier: What it will be called everywhere.
        file: Its path; that of `STDIN` for standard input.
        given: Whether it was given itself, not found below a folder.
        uri: Where it is, if not on this machine; `file` is its name then.
    """

    identifier: str
    file: str
    given: bool = False
    uri: str = ""

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.rpartition(os.sep)[2]

    @property
    def standard_input(self) -> bool:
        """Whether it is no file but standard input."""
        return self.file == str(STDIN)


Listing = Callable[[str], Iterable[str]]
"""Returns the URI of each file at and below one that is not on this machine."""


def find(paths: Sequence[Path | str], include: str | None = None, listing: Listing | None = None) -> list[Found]:
    """Return the files given and those below the folders given, each once, sorted by identifier.

    An identifier is the path below the folder given, with `/`, or the name of a file given. Where two files would
    get the same one, both get as many of their parent folders in front as it takes to tell them apart. Hidden files
    and folders and files called README are passed over, links to folders are not followed. `include` is a glob such
    as `*.html` or `2024/*.txt` on the path below the folder; it replaces the choice by suffix. The path `-` is
    standard input, text is the URI of a file or folder elsewhere, which `listing` lists.

    Raises:
        SourceError: A path does not exist or is a folder that cannot be listed, or nothing lists URIs.
    """
    named: dict[str, list[str]] = {}
    seen: set[str] = set()
    elsewhere: set[str] = set()
    given = {_absolute(str(path)) for path in paths if isinstance(path, Path) and not path.is_dir()}
    for path in paths:
        if path == STDIN:
            named[STDIN_NAME] = [str(STDIN)]
            continue
        if isinstance(path, str):
            if listing is None:
                raise SourceError("this is no path of this machine", where=path, remedy="read it with --engine spark")
            below = _below_uri(path, listing(path), include)
        else:
            below = _below(path, include)
        for name, absolute in below:
            if isinstance(path, str):
                elsewhere.add(absolute)
                given |= {absolute} if _path_of(absolute) == _path_of(path) else set()
            if absolute not in seen:
                seen.add(absolute)
                named.setdefault(_printable(name), []).append(absolute)
    found: list[Found] = []
    for name, files in named.items():
        pairs = [(name, files[0])] if len(files) == 1 else _told_apart(name, files, named)
        for unique, file in pairs:
            away = file in elsewhere
            found.append(Found(unique, file.rpartition("/")[2] if away else file, file in given, file if away else ""))
    return sorted(found, key=lambda item: item.identifier)


def _absolute(file: str) -> str:
    """Return the path of a file without links to folders; a link to a file stays one."""
    folder, _, name = file.rpartition(os.sep)
    return _within(folder or (os.sep if file.startswith(os.sep) else os.curdir)) + name


def _within(folder: str) -> str:
    """Return what the paths of the files in a folder begin with."""
    return os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 - of text, like all here: files are many


def _below(path: Path, include: str | None) -> Iterator[tuple[str, str]]:
    """Yield each file below a folder, or the file itself, by its path below the folder and in full."""
    if not os.path.lexists(path):
        raise SourceError("there is no such file or folder", where=str(path), remedy="check the path")
    if not path.is_dir():
        yield path.name, _absolute(str(path))
        return
    unlistable: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=unlistable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = "".join(f"{part}/" for part in Path(folder).relative_to(path).parts)
        within = _within(folder)
        for name in files:
            if not name.startswith(".") and not _README.match(name) and _wanted(below + name, include):
                yield below + name, within + name
    for error in unlistable:
        refused = Path(error.filename)
        if refused == path:
            what = f"the folder cannot be listed: {error.strerror}"
            raise SourceError(what, where=str(path), remedy="grant read access to it") from error
        # To open it will fail, which is its problem alone.
        yield refused.relative_to(path).as_posix(), _absolute(str(refused))


def _below_uri(root: str, uris: Iterable[str], include: str | None) -> Iterator[tuple[str, str]]:
    """Yield what `_below` yields, of files elsewhere."""
    top = _path_of(root)
    for uri in sorted(uris):
        path = _path_of(uri)
        relative = path[len(top) :].lstrip("/")
        parts = relative.split("/")
        if not relative:
            yield path.rpartition("/")[2], uri
        elif not any(map(_passed_over, parts)) and not _README.match(parts[-1]) and _wanted(relative, include):
            yield relative, uri


def _passed_over(name: str) -> bool:
    return name.startswith(".")


def _path_of(uri: str) -> str:
    """Return the path of a URI, whose other parts may be written out or not.

    >>> _path_of("hdfs://node:8020/pages/"), _path_of("file:/pages")
    ('/pages', '/pages')
    """
    return _AUTHORITY.sub("", uri).rstrip("/")


def _wanted(relative: str, include: str | None) -> bool:
    name = relative.rpartition("/")[2]
    if include is not None:
        return fnmatch.fnmatchcase(relative, include) or fnmatch.fnmatchcase(name, include)
    return is_document(name)


def _printable(name: str) -> str:
    """Return a name that can be written as UTF-8, also where the file's name is not."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _told_apart(name: str, files: list[str], taken: dict[str, list[str]]) -> list[tuple[str, str]]:
    depth = len(PurePosixPath(name).parts)
    parts = [Path(file).parts for file in files]
    for more in range(1, max(map(len, parts)) + 1):
        names = [_printable("/".join(part.strip("/") for part in one[-depth - more :])) for one in parts]
        if len(set(names)) == len(names) and not any(other in taken for other in names):
            return list(zip(names, files, strict=True))
    # Only where another file's own path below its folder equals one of these in full.
    return [(_printable(Path(file).as_posix()), file) for file in files]


def open_file(file: str) -> tuple[io.BufferedReader, int]:
    """Open a regular file, without waiting for pipes or devices, and return it with its size in bytes.

    Raises:
        Unreadable: It is no regular file or the system refuses it.
    """
    descriptor, size = _opened(file)
    return os.fdopen(descriptor, "rb"), size


def _opened(file: str) -> tuple[int, int]:
    try:
        # Opening a named pipe would wait for a writer.
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise Unreadable("the file is gone or a link to nothing", "remove the link or restore the file") from error
    except OSError as error:
        raise Unreadable(f"the file cannot be opened: {error.strerror}", "grant read access to it") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable("not a regular file but a folder, pipe, socket or device", "give a file")
    return descriptor, status.st_size


def content_hash(found: Found) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal; "" where it cannot be read, or but once as standard input.

    A file that is changed while it is read has no hash worth keeping: take it before and after.
    """
    if found.standard_input:
        return ""
    try:
        descriptor, _ = _opened(found.file)
        hashed = hashlib.sha256()
        try:
            # Nothing more than this for each of a hundred thousand files.
            while data := os.read(descriptor, _PIECE):
                hashed.update(data)
        finally:
            os.close(descriptor)
        return hashed.hexdigest()
    except (Unreadable, OSError):
        return ""


def holder(identifier: str, files: Collection[str]) -> str:
    """Return which of the files a document lies in, by its identifier, or "" where it lies in none.

    >>> holder("a.zip/b/c.jsonl#3", ["a.zip", "b"])
    'a.zip'
    """
    while identifier and identifier not in files:
        identifier = identifier[: max(identifier.rfind("/"), identifier.rfind("#"), 0)]
    return identifier
