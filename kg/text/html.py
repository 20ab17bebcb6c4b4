"""Reading markup into fields, every character with its place in the markup.

No parser of the usual libraries keeps the place of a character, so this is one of our own: as forgiving as a
browser where it matters for text, and linear in the size of the page.
"""

from __future__ import annotations

import re
from html import unescape

from kg.text.elements import BLOCKS, CLOSED_BY, NEVER_IN_P, UNSEEN, VOID, captions, centres, greys, hides, kind, region
from kg.text.fields import Field, Layout, RawCell, RawTable
from kg.text.mapped import Mapped, Origins
from kg.text.markup import Run, Tag, tokens
from kg.text.wrapping import with_fields_joined

_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_BREAKS = re.compile(r"[\r\n\f]")
_SPACE_ONLY = re.compile(r"[\s\x1f\u200b\ufeff]*")
_LOOK_UP = 256  # open elements looked through for the one that a closing tag means
_WITHIN = 12  # enclosing elements that a field is told of
WRAP = "\x1f"
"""Stands for a line break within the source of a text, which a browser shows as a space."""


class _Element:
    __slots__ = ("caption", "hidden", "kind", "number", "parent", "region", "set_off", "tag")

    def __init__(self, tag: str, parent: _Element | None, number: int, region: int, hidden: bool, kind: str) -> None:
        self.tag = tag
        self.parent = parent
        self.number = number
        self.region = region
        self.hidden = hidden
        self.kind = kind
        self.caption = False
        self.set_off = False  # in the middle or in grey

    def around(self) -> list[_Element]:
        """Return the element and what it lies in, innermost first, as far as matters."""
        found = [self]
        element = self.parent
        while element and len(found) < _WITHIN:
            found.append(element)
            element = element.parent
        return found


def read_html(page: str) -> Layout:
    """Read markup into fields; scripts, styles and what is hidden are left out."""
    reader = _Reader(page)
    for token in tokens(page):
        if isinstance(token, Run):
            reader.text(token)
        elif token.closing:
            reader.close(token)
        else:
            reader.open(token)
    return reader.finish()


class _Reader:
    def __init__(self, page: str) -> None:
        self.page = page
        self.root = _Element("", None, 0, 0, False, "")
        self.top = self.root
        self.count = 0
        self.open_tags: dict[str, int] = {}
        self.link: _Element | None = None
        self.picture: _Element | None = None
        self.below: _Element | None = None  # holds a picture in a block of its own, nothing behind it yet
        self.bold = False
        self.grey = False
        self.collected = Origins()
        self.fields: list[Field] = []
        self.parts: list[Mapped] = []
        self.length = 0
        self.linked = 0
        self.soft = False
        self.tables: list[RawTable] = []
        self.open_tables: list[RawTable] = []
        self.title = ""
        self.declared: list[tuple[str, str]] = []

    # --- tags

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.end_field(soft=True)
        elif name == "meta":
            attributes = tag.attributes()
            key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            if key and attributes.get("content"):
                self.declared.append((key.lower(), attributes["content"]))
        elif name == "img":
            self.picture = self.top
        elif name == "a":
            # Scripts give links their targets; one that only names a place is none.
            source = tag.source.lower()
            self.link = self.top if "href" in source or "name" not in source else None
        elif name in {"b", "strong"}:
            self.bold = True
        elif name in {"span", "font"} and self.below is not None:
            self.grey = self.grey or greys(tag.attributes())
        elif name in UNSEEN or name in BLOCKS:
            self.open_block(tag)

    def open_block(self, tag: Tag) -> None:
        name = tag.name
        self.end_field(soft=False)
        if name in NEVER_IN_P and self.top.tag == "p":
            self.pop()
        closed = CLOSED_BY.get(name)
        while closed and self.top.tag in closed and self.top is not self.root:
            self.pop()
        if name in VOID:
            return
        attributes = tag.attributes() if tag.source.strip() else {}
        hidden = self.top.hidden or hides(name, attributes)
        self.count += 1
        self.top = _Element(
            name, self.top, self.count, region(name, attributes, self.top.region), hidden, kind(name, attributes)
        )
        self.top.caption = captions(name, attributes)
        self.top.set_off = centres(name, attributes) or greys(attributes)
        self.open_tags[name] = self.open_tags.get(name, 0) + 1
        if name == "table":
            for outer in self.open_tables:
                outer.nested = True
            self.open_tables[16:] = []  # deeper tables hold no figures
            self.open_tables.append(RawTable(len(self.fields)))
        elif self.open_tables:
            self._table_part(name, attributes)

    def _table_part(self, name: str, attributes: dict[str, str]) -> None:
        table = self.open_tables[-1]
        if name == "tr":
            table.rows.append([])
            if self.top.parent and self.top.parent.tag == "thead":
                table.head = len(table.rows)
        elif name in {"td", "th"}:
            if not table.rows:
                table.rows.append([])
            spans = [_span(attributes.get(key, "")) for key in ("rowspan", "colspan")]
            first = len(self.fields)
            table.rows[-1].append(RawCell(first, first, spans[0], spans[1], name == "th"))

    def close(self, tag: Tag) -> None:
        name = tag.name
        if name == "a":
            self.link = None
        elif name == "br":
            self.end_field(soft=True)
        elif self.open_tags.get(name):
            element: _Element | None = self.top
            for _ in range(_LOOK_UP):
                if element is None or element is self.root or element.tag == name:
                    break
                # A closing tag in a cell does not close what the table stands in.
                if element.tag in {"td", "th"} and name not in {"tr", "table", "tbody", "thead", "tfoot"}:
                    return
                element = element.parent
            if element is None or element.tag != name:
                return
            self.end_field(soft=False)
            while self.top is not element:
                self.pop()
            self.pop()

    def pop(self) -> None:
        element = self.top
        if element.parent is None:
            return
        self.end_field(soft=False)
        self.open_tags[element.tag] -= 1
        if element in (self.picture, self.below):
            self.below = element.parent
        if self.link is element:
            self.link = None
        if self.open_tables:
            table = self.open_tables[-1]
            if element.tag in {"td", "th"} and table.rows and table.rows[-1]:
                table.rows[-1][-1].last = len(self.fields)
            elif element.tag == "table":
                self._end_table()
        self.top = element.parent

    def _end_table(self) -> None:
        table = self.open_tables.pop()
        table.last = len(self.fields)
        if not table.nested:
            self.tables.append(table)

    # --- text

    def text(self, run: Run) -> None:
        if run.raw:
            if run.raw == "title" and not self.title:
                self.title = " ".join(unescape(self.page[run.start : min(run.end, run.start + 1_000)]).split())
            return
        if self.top.hidden:
            return
        for piece in _pieces(self.page, run.start, run.end):
            if self.top.tag == "pre" and WRAP in piece.text:
                self._preformatted(piece)
            else:
                self._add(piece)

    def _preformatted(self, piece: Mapped) -> None:
        start = 0
        for index, character in enumerate(piece.text):
            if character == WRAP:
                self._add(piece.slice(start, index))
                self.end_field(soft=True)
                start = index + 1
        self._add(piece.slice(start, len(piece.text)))

    def _add(self, piece: Mapped) -> None:
        self.parts.append(piece)
        size = len(piece.text)
        self.length += size
        if self.link is not None:
            self.linked += size

    def end_field(self, *, soft: bool) -> None:
        """End the field that is being read, if there is anything in it."""
        if any(_SPACE_ONLY.fullmatch(part.text) is None for part in self.parts):
            if self.fields:
                self.collected.separate("\n")
            for part in self.parts:
                self.collected.append(part)
            top = self.top
            around = top.around()
            self.fields.append(
                Field(
                    tag="figcaption" if top.caption else top.tag,
                    link=self.linked / self.length,
                    region=top.region,
                    container=top.number,
                    within=tuple(element.number for element in around),
                    kinds=tuple(element.kind for element in around),
                    soft=self.soft,
                    pictured=self.picture is top or self._below_picture(),
                )
            )
            self.soft = soft
            self.picture = self.below = None
        elif not soft:
            self.soft = False
        self.parts = []
        self.length = self.linked = 0
        self.bold = self.grey = False

    def _below_picture(self) -> bool:
        """Tell whether the field stands below a picture, in the middle or in grey, and is not bold as a heading is."""
        parent = self.top.parent
        if self.below is None or parent is None or self.bold:
            return False
        return self.below in (parent, parent.parent) and (self.top.set_off or parent.set_off or self.grey)

    def finish(self) -> Layout:
        self.end_field(soft=False)
        while self.top is not self.root:
            self.pop()
        tables = sorted(self.tables, key=lambda table: table.first)
        return with_fields_joined(
            Layout(self.collected.finish(), tuple(self.fields), tuple(tables), self.title, tuple(self.declared))
        )


def _span(value: str) -> int:
    digits = value.strip()
    return min(max(int(digits), 1), 1_000) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _pieces(page: str, start: int, end: int) -> list[Mapped]:
    """Return the text `[start, end)` of the markup with its entities resolved, in pieces."""
    pieces: list[Mapped] = []
    done = start
    for match in _ENTITY.finditer(page, start, end):
        character = unescape(match.group())
        if character == match.group():
            continue
        if match.start() > done:
            pieces.append(_plain(page, done, match.start()))
        span = match.span()
        pieces.append(Mapped(_BREAKS.sub(WRAP, character), [span[0]] * len(character), [span[1]] * len(character)))
        done = match.end()
    if done < end:
        pieces.append(_plain(page, done, end))
    return pieces


def _plain(page: str, start: int, end: int) -> Mapped:
    return Mapped(_BREAKS.sub(WRAP, page[start:end]), range(start, end), range(start + 1, end + 1))
