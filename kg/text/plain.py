"""Reading plain text into fields, one for each line or cell of a table, hard-wrapped paragraphs joined."""

from __future__ import annotations

import re

from kg.text.aligned import with_tables
from kg.text.fields import Field, Layout
from kg.text.mapped import Mapped
from kg.text.wrapping import unwrapped

_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read_plain(page: str) -> Layout:
    """Read plain text into fields; carriage returns and form feeds end lines as well."""
    text = Mapped.of_page(page)
    if _BREAK.search(page):
        text = text.substituted(_BREAK, "\n")
    text, tables = with_tables(unwrapped(text))
    return Layout(text, (Field(),) * (text.text.count("\n") + 1), tables)
