"""Reading Markdown as plain text: its marks go, what they say about headings stays."""

from __future__ import annotations

import re

from kg.text.fields import Field, Layout
from kg.text.mapped import Edit
from kg.text.plain import read_plain

_MARKS = re.compile(
    r"(?P<heading>^[ ]{0,3}#{1,6}[ \t]+)"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\([^()\s]{0,1000}\))"
    r"|(?P<open>\[)(?P<label>[^\[\]\n]{1,300})(?P<target>\]\([^()\s]{0,1000}\))"
    r"|(?P<emphasis>\*\*|__)",
    re.MULTILINE,
)
_LEVEL = re.compile(r"[ ]{0,3}(#{1,6})[ \t]")


def read_markdown(page: str) -> Layout:
    """Read Markdown into fields; headings are told to the layout as those of HTML are."""
    plain = read_plain(page)
    text = plain.text
    fields = []
    for line in text.text.split("\n"):
        level = _LEVEL.match(line)
        fields.append(Field(tag=f"h{len(level[1])}") if level else Field())
    return Layout(text.edited(_edits(text.text)), tuple(fields), plain.tables)


def _edits(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for match in _MARKS.finditer(text):
        if match["label"] is not None:
            edits.append((match.start("open"), match.end("open"), ""))
            edits.append((match.start("target"), match.end("target"), ""))
        else:
            edits.append((match.start(), match.end(), ""))
    return edits
