"""What the reader recognises in a text, as a table."""

from __future__ import annotations

from kg.extract.analysis import analyse_article
from kg.extract.rulebook.check import article_of, code_of_place


def names_in(text: str, *types: str, place: str = "清远市") -> list[tuple[str, str]]:
    """Return the outermost names of these types in order, each as its characters and its name in full."""
    names = analyse_article(article_of(text), code_of_place(place)).names
    return [(m.text, m.name) for m in names.draft.names() if m.type in types]


def written(text: str, *types: str, place: str = "清远市") -> list[str]:
    """Return the characters of the outermost names of these types in order."""
    return [characters for characters, _ in names_in(text, *types, place=place)]
