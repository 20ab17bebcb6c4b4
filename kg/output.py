"""The output folder: built beside its place and put there in one step, so that a reader never sees half a build.

A build of `out` is written to `.out.building-<pid>` in the same parent folder, synced to disk, and then *exchanged*
with `out` by one system call (Linux `renameat2`, macOS `renamex_np`); what `out` held before is removed afterwards.
Whoever is killed at whatever moment leaves `out` as it was before or as it is after. Where the system cannot
exchange, `out` is renamed to `.out.previous-<pid>` and the new folder to `out`: a reader that looks between the two
steps is led to the earlier build by `whole`, and the next builder puts it back.

`.out.lock` is held for as long as a build into `out` is under way; leftovers of builders that died are
therefore known by their name and removed by the next one.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from kg.errors import KgError, StoreError

T = TypeVar("T")

STORE = "store"
TURTLE = "graph.ttl"
PICTURE = "graph.html"
REPORT = "report.json"
MANIFEST = "kg-store.json"
ARCHIVE = "archive.db"
CHECKS = "checks.json"
CSV = "csv"

# What a build holds, and what exports of it that were put beside are called; a later build replaces those too.
_EXPORTS = ("trig", "nq", "nt", "jsonld", "rdf", "graphml")
_OURS = frozenset(
    [STORE, TURTLE, PICTURE, REPORT, MANIFEST, ARCHIVE, CHECKS, CSV, *(f"graph.{suffix}" for suffix in _EXPORTS)]
)
_SYNCED = 16
"""Files that are waited for at once: a disk that is told of all of them writes them together."""

_LITTER = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])
_ELSEWHERE = "choose another folder with -o"


@contextlib.contextmanager
def building(out: Path) -> Iterator[Path]:
    """Yield an empty folder to build in; when the block ends without error it becomes `out` in one step.

    The block writes the manifest of the store, by which a build is known. When the block raises, or the process dies,
    `out` stays as it was.

    Raises:
        StoreError: `out` holds something else, cannot be written, or another build into it is under way.
    """
    out = _absolute(out)
    check(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(out, error) from error
    with _locked(out):
        _tidy(out)
        check(out)
        folder = _sibling(out, "building")
        try:
            folder.mkdir()
        except OSError as error:
            raise _unwritable(out, error) from error
        try:
            yield folder
            _sync(folder)
            _put(folder, out)
        except OSError as error:
            raise _unwritable(out, error) from error
        except StoreError as error:
            if error.where != str(folder):
                raise
            # Nobody who builds knows that folder, and it is about to be removed.
            raise StoreError(error.what, where=_shown(out), remedy=f"free or mend that, or {_ELSEWHERE}") from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def check(out: Path) -> None:
    """Make sure that a build may be put at `out`: nothing is there, an empty folder, or an earlier build.

    Raises:
        StoreError: Something else is there, and stays untouched.
    """
    out = _absolute(out)
    if out.is_symlink():
        raise StoreError("is a symbolic link", where=_shown(out), remedy=f"give the folder itself, or {_ELSEWHERE}")
    if not out.exists():
        return
    if not out.is_dir():
        raise StoreError("is a file, not a folder", where=_shown(out), remedy=_ELSEWHERE)
    here = Path.cwd()
    if out == here or out in here.parents:
        raise StoreError("is the current folder or one above it", where=_shown(out), remedy=_ELSEWHERE)
    if not os.access(out, os.W_OK | os.X_OK):
        fixed = sys.platform != "win32" and os.statvfs(out).f_flag & os.ST_RDONLY
        reason = os.strerror(errno.EROFS).lower() if fixed else "permission denied"
        raise StoreError(f"cannot be written: {reason}", where=_shown(out), remedy=_ELSEWHERE)
    names = {entry.name for entry in out.iterdir()} - _LITTER
    strangers = sorted(names - _OURS) if is_build(out) else sorted(names)
    if strangers:
        held = f"{strangers[0]!r}" + (f" and {len(strangers) - 1} more" if len(strangers) > 1 else "")
        raise StoreError(
            f"holds {held}, which no build wrote", where=_shown(out), remedy=f"move that away, or {_ELSEWHERE}"
        )


def empty(folder: Path) -> None:
    """Leave nothing in a folder in which is built."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def is_build(folder: Path) -> bool:
    """Tell whether `folder` is the output of a build."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and "format" in manifest


def whole(out: Path) -> Path:
    """Return the folder from which the build at `out` is to be read, at any moment.

    Raises:
        StoreError: There is no build at `out`.
    """
    out = _absolute(out)
    for folder in (out, *_siblings(out, "previous"), out):
        if is_build(folder):
            return folder
    if out.exists():
        raise StoreError("is no build of kg", where=_shown(out), remedy="give the folder that 'kg build' wrote")
    raise StoreError("there is no build", where=_shown(out), remedy=f"run 'kg build SOURCE -o {out.name}' first")


def read_whole(out: Path, read: Callable[[Path], T]) -> T:
    """Return `read(folder)` for the build at `out`, from one and the same build even when another replaces it.

    Raises:
        StoreError: There is no build at `out`.
    """
    for pause in (0.0, 0.01, 0.05, 0.2):  # seconds; without exchange, `out` is away for an instant
        time.sleep(pause)
        try:
            before = _identity(out)
            result = read(whole(out))
            if _identity(out) == before:
                return result
        except (KgError, OSError) as error:
            failure = error
        else:
            failure = StoreError("is replaced again and again", where=_shown(out), remedy="wait for the builds to end")
    raise failure


def _identity(out: Path) -> tuple[int, int]:
    """Return what tells the build at `out` from the one before and the one after."""
    status = whole(out).stat()
    return status.st_ino, status.st_ctime_ns


def _absolute(out: Path) -> Path:
    # Not resolve(): a symbolic link is to be seen, not followed.
    out = Path(os.path.abspath(out))  # noqa: PTH100
    if not out.name:
        raise StoreError("is the root of the file system", where=_shown(out), remedy=_ELSEWHERE)
    return out


def _shown(path: Path) -> str:
    """Return a path as short as a person would write it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) and path != here else path)


def _sibling(out: Path, purpose: str) -> Path:
    return out.with_name(f".{out.name}.{purpose}-{os.getpid()}")


def _siblings(out: Path, purpose: str) -> list[Path]:
    """Return the folders of builders, alive or dead, beside `out`."""
    prefix = f".{out.name}.{purpose}-"
    try:
        entries = list(out.parent.iterdir())
    except OSError:
        return []
    return sorted(
        entry
        for entry in entries
        if entry.name.startswith(prefix) and entry.name.removeprefix(prefix).isdigit() and entry.is_dir()
    )


def _tidy(out: Path) -> None:
    """Put back an earlier build and remove the leftovers of dead builders; the lock is held."""
    for previous in _siblings(out, "previous"):
        if not out.exists() and is_build(previous):
            previous.rename(out)
    for leftover in _siblings(out, "previous") + _siblings(out, "building"):
        shutil.rmtree(leftover, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Wait until everything in `folder` is on disk."""
    with ThreadPoolExecutor(_SYNCED) as threads:
        list(threads.map(_sync_one, folder.rglob("*")))
    _sync_one(folder)


def _sync_one(path: Path) -> None:
    if path.is_dir() and sys.platform == "win32":
        return  # Windows has no sync of folders
    descriptor = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(folder: Path, out: Path) -> None:
    """Make `folder` be `out`; what `out` was ends up at `folder` or is gone."""
    if not out.exists():
        folder.rename(out)
    elif not _exchange(folder, out):
        previous = _sibling(out, "previous")
        out.rename(previous)
        folder.rename(out)
        shutil.rmtree(previous, ignore_errors=True)
    _sync_one(out.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False, with nothing done, where the system cannot."""
    if sys.platform == "win32":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        at_cwd, rename_exchange = -100, 2
        failed = libc.renameat2(at_cwd, first, at_cwd, second, rename_exchange)
    elif hasattr(libc, "renamex_np"):
        rename_swap = 2
        failed = libc.renamex_np(first, second, rename_swap)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}:
        return False
    raise OSError(code, os.strerror(code), str(other))


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the lock of `out`, which its holder removes at the end.

    Raises:
        StoreError: Another process holds it, or the parent folder cannot be written.
    """
    path = out.with_name(f".{out.name}.lock")
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _unwritable(out, error) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
                raise _unwritable(out, error) from error
            raise StoreError(
                "another build into this folder is under way", where=_shown(out), remedy=f"wait for it, or {_ELSEWHERE}"
            ) from error
        # The last holder may have removed the file between opening and locking: then it locks nothing.
        if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
            break
        os.close(descriptor)
    try:
        yield
    finally:
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(descriptor)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                path.unlink()


def _lock(descriptor: int) -> None:
    """Lock an open file without waiting; the system lets go when the process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unwritable(out: Path, error: OSError) -> StoreError:
    reason = (error.strerror or str(error)).lower()
    return StoreError(f"cannot be written: {reason}", where=_shown(out), remedy=f"free or mend that, or {_ELSEWHERE}")
