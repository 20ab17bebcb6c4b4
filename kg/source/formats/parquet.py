"""Parquet: one page a row; `file.parquet#12` is the page in row 12."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings, Unreadable, needs, too_large
from kg.source.decoding import decode
from kg.source.records import Patience, page_of_record

_ROWS = 64  # in memory at a time


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield a page or a problem for each row, some rows in memory at a time.

    Raises:
        Unreadable: Its library is not installed, it is no Parquet file or damaged, or no column holds the text.
        Refused: It unpacks to too much.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise needs("parquet", "Parquet") from error
    # Within an archive there is no going back and forth.
    source: Any = (
        blob.stream if blob.depth == 0 and blob.stream.seekable() else io.BytesIO(blob.content(settings.limit))
    )
    try:
        file = parquet.ParquetFile(source)
        names = list(file.schema_arrow.names)
        place = settings.columns.found(names)
        _check(file.metadata, blob)
        patience = Patience()
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=place.names(), use_threads=False):
            for row in _plain(batch, pyarrow).to_pylist():
                number += 1
                identifier = f"{blob.identifier}#{number}"
                text = row[place.text]
                if isinstance(text, str | bytes) and len(text) > settings.limit:
                    yield patience.see(Problem(identifier, *too_large(len(text), settings.limit)))
                    continue
                encoding = "utf-8"
                if isinstance(text, bytes):
                    decoded = decode(text)
                    text, encoding = (decoded.text, decoded.encoding) if decoded else (text, "")
                title, when, url = (row.get(name) if name else None for name in (place.title, place.date, place.url))
                yield patience.see(page_of_record(identifier, text, (title, when, url), encoding, blob.declared))
    except LookupError as error:
        raise Unreadable(str(error.args[0]), "name it with --text-column, or see its options") from error
    except (pyarrow.ArrowException, OSError, UnicodeError) as error:
        what = " ".join(str(error).split())[:120]
        raise Unreadable(f"not a Parquet file, or damaged: {what}", "fetch it again") from error
    if not number:
        raise Unreadable("the file is empty", "remove it or fetch it again")


def _check(metadata: Any, blob: Blob) -> None:
    groups = range(metadata.num_row_groups)
    blob.budget.check(sum(max(0, metadata.row_group(group).total_byte_size) for group in groups))


def _plain(batch: Any, pyarrow: Any) -> Any:
    """Return rows whose times are those of Python, which knows no nanoseconds."""
    for index, field in enumerate(batch.schema):
        if pyarrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            kind = pyarrow.timestamp("us", field.type.tz)
            batch = batch.set_column(index, field.name, batch.column(index).cast(kind, safe=False))
    return batch
