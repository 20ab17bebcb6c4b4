"""ZIP: its members by their names, never written to disk, each read by its own suffix."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import IO, cast

from kg.model import Page, Problem
from kg.source.blob import MAX_MEMBERS, Blob, Refused, Settings, Unreadable
from kg.source.formats import is_document, read_blob

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield the pages and problems of the members, sorted by name; `archive.zip/inner/page.txt` are their identifiers.

    Raises:
        Unreadable: It is no ZIP archive or is damaged, or holds no document.
        Refused: It holds too many members, or they unpack to too much.
    """
    with closing(_opened(blob, settings.limit)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_MEMBERS:
            raise Refused(f"it holds {len(entries):,} members, the limit is {MAX_MEMBERS:,}", "split it")
        blob.budget.check(sum(entry.file_size for entry in entries))
        members = _members(entries, settings.include)
        if not members:
            raise Unreadable("the archive holds no document that is read", "see 'kg build --help' for the formats")
        for name, entry in sorted(members.items()):
            yield from _member(archive, entry, name, blob, settings)


def _opened(blob: Blob, limit: int) -> zipfile.ZipFile:
    # Within another archive there is no going back and forth.
    file = blob.stream if blob.depth == 0 and blob.stream.seekable() else io.BytesIO(blob.content(limit))
    try:
        return zipfile.ZipFile(cast("IO[bytes]", file))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"not a ZIP archive, or damaged: {error}", "fetch it again") from error


def _members(entries: list[zipfile.ZipInfo], include: str | None) -> dict[str, zipfile.ZipInfo]:
    """Return the members to read by names that are all different."""
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        # A link holds the path that it leads to, which is no page.
        if entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16):
            continue
        name = member_name(entry)
        path = PurePosixPath(name)
        hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
        wanted = is_document(name) if include is None else fnmatchcase(name, include) or fnmatchcase(path.name, include)
        if not wanted or hidden or path.stem.lower() == "readme":
            continue
        unique, number = name, 1
        while unique in members:
            number += 1
            unique = f"{path.with_suffix('')}~{number}{path.suffix}"
        members[unique] = entry
    return members


def member_name(entry: zipfile.ZipInfo) -> str:
    """Return the path of a member below its archive; nothing in it leads out, and it can be printed.

    Names that do not say that they are UTF-8 are UTF-8 all the same, or GB18030, as Chinese Windows writes them.
    """
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")  # as the library decoded it
        except UnicodeEncodeError:
            raw = b""
        for codec in ("utf-8", "gb18030"):
            try:
                name = raw.decode(codec) or name
                break
            except UnicodeDecodeError:
                continue
    name = name.partition("\x00")[0].replace("\\", "/")
    parts = [part for part in name.split("/") if part not in {"", ".", ".."}]
    shown = "/".join("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in part) for part in parts)
    return shown or "unnamed"


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, blob: Blob, settings: Settings
) -> Iterator[Page | Problem]:
    identifier = f"{blob.identifier}/{name}"
    if entry.flag_bits & _ENCRYPTED:
        yield Problem(identifier, "it is locked with a password", "unpack the archive yourself")
        return
    try:
        stream = archive.open(entry)
        inner = blob.inner(name, stream, identifier)
    except Unreadable as reason:
        yield Problem(identifier, reason.what, reason.remedy)
        return
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        yield Problem(identifier, f"it cannot be unpacked: {error}", "fetch the archive again")
        return
    with stream:
        yield from read_blob(inner, settings)
