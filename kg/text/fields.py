"""What both readers, for plain text and for markup, hand to the layout: the page's fields in order.

A field is a line of a text, or what a browser would show as a line, or a part of a table cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.text.mapped import Mapped


@dataclass(frozen=True, slots=True)
class Field:
    """A run of text without line break, and what the markup says about it.

    Attributes:
        tag: The innermost block element, "" in plain text.
        link: Share of its characters that are links, between 0 and 1.
        region: Positive within elements that call themselves the article, negative within navigation and the like.
        container: Number of the innermost block element; fields of one container stand in one element.
        within: Numbers of the container and of what it lies in, innermost first, as far as matters.
        kinds: Tags and classes of those, without figures.
        soft: Whether it is parted from the field before by a line break alone, not by an element.
        pictured: Whether it stands right behind a picture in its element.
    """

    tag: str = ""
    link: float = 0.0
    region: int = 0
    container: int = 0
    within: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    soft: bool = True
    pictured: bool = False


@dataclass(slots=True)
class RawCell:
    """A table cell as written: it holds the fields `[first, last)`."""

    first: int
    last: int
    rowspan: int
    colspan: int
    header: bool


@dataclass(slots=True)
class RawTable:
    """A table as written: it holds the fields `[first, last)`; `head` counts the rows within its head."""

    first: int
    last: int = 0
    rows: list[list[RawCell]] = field(default_factory=list)
    head: int = 0
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A page as fields: line `i` of `text` is field `i`.

    Attributes:
        text: All fields, joined by line breaks.
        fields: One for each line of `text`.
        tables: Tables without tables in them, in page order.
        title: What the page's head calls it, "" where it says nothing.
        declared: Names and contents of the head's meta elements, names in lower case.
    """

    text: Mapped
    fields: tuple[Field, ...]
    tables: tuple[RawTable, ...] = ()
    title: str = ""
    declared: tuple[tuple[str, str], ...] = ()
