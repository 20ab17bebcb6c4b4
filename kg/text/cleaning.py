"""Characters that carry no text: controls, zero-width marks, and the spaces of typesetting."""

from __future__ import annotations

import re

from kg.text.mapped import Edit, Mapped

# Controls, soft hyphens, zero-width and direction marks, variation selectors, lone halves of surrogate pairs.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1e\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff]+"
)
_SPACE = "[ \\t\x0b\x0c\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_SPACES = re.compile(f"{_SPACE}+")
_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_SPACED_OUT = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:{_SPACE}+[{_HAN}]){{2,11}}(?![{_HAN}])")
_NO_SPACE_BEHIND = frozenset("，。、；：？！“‘《（【「『〔…—,;:")
_NO_SPACE_BEFORE = frozenset("，。、；：？！”’》）】」』〕…—")


def without_invisible(text: Mapped) -> Mapped:
    """Return the text without the characters that show nothing; the page's private use characters stay."""
    return text.substituted(_INVISIBLE, "")


def spaced_plainly(text: Mapped) -> Mapped:
    """Return the text with its spaces as a reader sees them.

    Spaces at the ends of lines go, as do those between Chinese and a figure, beside Chinese punctuation, and within a
    word that is spaced out over the line (通　知); any other run becomes one space.
    """
    text = text.edited(_inner_spaces(text.text))
    return text.edited(_spaces(text.text))


def _inner_spaces(text: str) -> list[Edit]:
    return [
        (match.start() + inner.start(), match.start() + inner.end(), "")
        for match in _SPACED_OUT.finditer(text)
        for inner in _SPACES.finditer(match.group())
    ]


def _spaces(text: str) -> list[Edit]:
    edits: list[Edit] = []
    size = len(text)
    for match in _SPACES.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        after = text[end] if end < size else "\n"
        run = match.group()
        new = "" if _needless(before, run, after) else " "
        if new != run:
            edits.append((start, end, new))
    return edits


def _needless(before: str, run: str, after: str) -> bool:
    if before == "\n" or after == "\n":
        return True
    if after in _NO_SPACE_BEFORE or (before in _NO_SPACE_BEHIND and (before > "\x7f" or _wide(after))):
        return True
    if "\x1f" in run and _wide(before) and _wide(after):
        return True
    return len(run) == 1 and _wide(before) != _wide(after) and before.isalnum() and after.isalnum()


def _wide(character: str) -> bool:
    return _HAN_CHARACTER.match(character) is not None
