"""JSON Lines: an object on each line, one page each; `file.jsonl#12` is the page on line 12."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings
from kg.source.records import ON_ERROR, Patience, encoding_of, lines, page_of_record, peekable


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield a page or a problem for each line that is not blank, one line in memory at a time.

    Raises:
        Unreadable: The file holds nothing, does not decode, or hardly a line of it is JSON.
    """
    stream = peekable(blob)
    encoding = encoding_of(stream)
    patience = Patience()
    found = False
    with io.TextIOWrapper(stream, encoding, errors=ON_ERROR, newline="\n") as text:
        for number, line in enumerate(lines(text, settings.limit), start=1):
            if line is None or line.strip("\ufeff \t\r\n"):
                found = True
                yield patience.see(_page(f"{blob.identifier}#{number}", line, encoding, blob, settings))
    if not found:
        yield Problem(blob.identifier, "the file is empty", "remove it or fetch it again")


def _page(identifier: str, line: str | None, encoding: str, blob: Blob, settings: Settings) -> Page | Problem:
    if line is None:
        what = f"too large: one line, the limit is {settings.limit / 1e6:.0f} MB"
        return Problem(identifier, what, "split it into one record per page")
    try:
        record = json.loads(line.strip("\ufeff"))
    except json.JSONDecodeError as error:
        return Problem(identifier, f"not JSON: {error.msg} at character {error.pos + 1}", "write one object a line")
    except (ValueError, RecursionError):  # figures of thousands of digits, brackets of thousands of levels
        return Problem(identifier, "not JSON that can be read: too large a number or too deep", "write it plainly")
    if not isinstance(record, dict):
        return Problem(identifier, f"not an object but of type {type(record).__name__}", "write one object a line")
    try:
        place = settings.columns.found(list(record))
    except LookupError as error:
        return Problem(identifier, error.args[0], "name it with --text-column, or see its options")
    values = tuple(record.get(name) if name else None for name in (place.title, place.date, place.url))
    return page_of_record(identifier, record[place.text], (values[0], values[1], values[2]), encoding, blob.declared)
