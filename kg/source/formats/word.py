"""Word (.docx): the text as simple markup, so that headings and tables are kept; evidence counts in that markup."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

from kg.model import Page, Problem
from kg.source.blob import Blob, Settings, Unreadable, needs
from kg.source.document import empty, page_of_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was deleted, what is shown twice, and what is no text.
_SKIPPED = frozenset([*(_W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")), _FALLBACK])
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])$", re.IGNORECASE)
_TITLES = frozenset(["title", "标题"])
_DEPTH = 16  # tables within tables


def read(blob: Blob, settings: Settings) -> Iterator[Page | Problem]:
    """Yield the page.

    Raises:
        Unreadable: Its library is not installed, or it is no Word document, or damaged.
        Refused: It unpacks to too much.
    """
    data = blob.content(settings.limit)
    if not data.strip():
        yield empty(blob.identifier)
        return
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise needs("docx", "Word documents") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            blob.budget.spend(sum(entry.file_size for entry in archive.infolist()))
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("not a Word document, or damaged or locked", "save it again as .docx") from error
    styles = {style.style_id: style.name or "" for style in document.styles}
    body = "\n".join(_blocks(document.element.body, styles, 0))
    if not re.sub(r"<[^>]*>", "", body).strip():
        raise Unreadable("the Word document holds no text", "if it holds pictures, recognise their text first (OCR)")
    yield page_of_text(
        blob.identifier,
        f"<html><body>\n{body}\n</body></html>",
        declared=blob.declared,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _blocks(parent: Any, styles: dict[str, str], depth: int) -> Iterator[str]:
    """Yield the paragraphs and tables of a body, a cell or a content control as markup."""
    for element in parent:
        if element.tag == f"{_W}p":
            text = _text(element)
            if text.strip():
                tag = _tag(element, styles)
                yield f"<{tag}>{text}</{tag}>"
        elif element.tag == f"{_W}tbl" and depth < _DEPTH:
            yield _table(element, styles, depth + 1)
        elif element.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(element, styles, depth)


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    waiting = list(reversed(list(paragraph)))
    while waiting:
        element = waiting.pop()
        if element.tag in _SKIPPED:
            continue
        if element.tag == f"{_W}t":
            parts.append(escape(element.text or "", quote=False))
        elif element.tag == f"{_W}tab":
            parts.append(" ")
        elif element.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("<br>")
        else:
            waiting.extend(reversed(list(element)))
    return "".join(parts)


def _tag(paragraph: Any, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val") or "", "") if style is not None else ""
    if name.lower() in _TITLES:
        return "h1"
    level = _HEADING.match(name.strip())
    return f"h{min(6, int(level[1]) + 1)}" if level else "p"


def _table(table: Any, styles: dict[str, str], depth: int) -> str:
    """Return a table as markup; cells that go on a merged one above only make that one taller."""
    rows: list[list[list[Any]]] = []  # of cells: element, columns, rows
    above: dict[int, list[Any]] = {}
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells: list[list[Any]] = []
        column = 0
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            width = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart" and column in above:
                above[column][2] += 1
            else:
                entry = [cell, width, 1]
                cells.append(entry)
                above[column] = entry
            column += width
        rows.append(cells)
    lines = ["".join(_cell(entry, styles, depth) for entry in cells) for cells in rows]
    return "<table>\n" + "\n".join(f"<tr>{line}</tr>" for line in lines) + "\n</table>"


def _cell(entry: list[Any], styles: dict[str, str], depth: int) -> str:
    cell, columns, rows = entry
    spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
    return f"<td{spans}>{''.join(_blocks(cell, styles, depth))}</td>"


def _number(element: Any) -> int:
    value = element.get(f"{_W}val") or "1" if element is not None else "1"
    return min(int(value), 1000) if value.isdecimal() else 1
