"""One module for each format, each with a function `read` that yields the pages and problems of a document in it.

A suffix is known by its line in `READERS`; that is all it takes to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePosixPath

from kg.model import Page, Problem
from kg.source.blob import Blob, Refused, Settings, Unreadable

Reader = Callable[[Blob, Settings], Iterator[Page | Problem]]

READERS = {
    ".txt": "text",
    ".html": "text",
    ".htm": "text",
    ".md": "text",
    ".gz": "gz",
    ".zip": "zipped",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".parquet": "parquet",
    ".warc": "warc",
    ".pdf": "pdf",
    ".docx": "word",
}
"""Suffix, and the module of this package that reads it; each is imported where it is first needed."""

UNREAD = frozenset(
    [
        *(".doc", ".wps", ".ofd", ".rtf", ".odt", ".xls", ".xlsx", ".ppt", ".pptx", ".epub", ".mht", ".mhtml"),
        *(".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst"),
    ]
)
"""Documents that a folder of pages may well hold: naming them beats passing them over in silence."""


def suffix_of(name: str) -> str:
    """Return the suffix of a name, lower case.

    >>> suffix_of("2024/Report.WARC.GZ")
    '.gz'
    """
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return f".{suffix.lower()}" if stem and suffix else ""


def is_document(name: str) -> bool:
    """Tell whether a file of this name is read, or reported where it cannot be."""
    suffix = suffix_of(name)
    if suffix in {".gz", ".bz2", ".xz", ".zst"}:
        # style.css.gz is no more a document than style.css is.
        inner = suffix_of(PurePosixPath(name).stem)
        return not inner or inner in READERS or inner in UNREAD
    return suffix in READERS or suffix in UNREAD


def read_blob(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield the pages and problems of a document or container by the suffix of its name; any other is text.

    Raises:
        Refused: It unpacks to more than archives of pages do.
    """
    suffix = suffix_of(blob.name)
    if suffix in UNREAD:
        yield Problem(blob.identifier, f"{suffix} files are not read", "convert it to text or HTML")
        return
    reader: Reader = import_module(f"{__name__}.{READERS.get(suffix, 'text')}").read
    try:
        yield from reader(blob, settings)
    except Refused:
        raise
    except Unreadable as reason:
        yield Problem(blob.identifier, reason.what, reason.remedy)
    except Exception as error:  # whatever a document provokes in a library, the others are still read
        what = f"reading it as {suffix} failed with {type(error).__name__}: {_one_line(error)}"
        yield Problem(blob.identifier, what, "check the file, or convert it to text or HTML")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
