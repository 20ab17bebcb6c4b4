"""What the elements of HTML are to a reader of text: which end a line, which hide, which call themselves an article."""

from __future__ import annotations

import re

from kg.text.vocabulary import sections

_ELEMENTS = sections("elements")

BLOCKS = frozenset(_ELEMENTS["blocks"])
"""Elements that end a line."""
VOID = frozenset(_ELEMENTS["void"])
"""Elements that hold nothing."""
UNSEEN = frozenset(_ELEMENTS["unseen"])
"""Elements that show nothing to read."""
CLOSED_BY = {
    heading.removeprefix("closed by "): frozenset(names)
    for heading, names in _ELEMENTS.items()
    if heading.startswith("closed by ")
}
"""What an element that opens closes, where it stands open at the top."""
NEVER_IN_P = BLOCKS - {"table", "button", "option"}
"""Elements that close an open `p`."""

# What is only invisible is shown once a script has run, as the text of articles of public accounts is.
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def _named(section: str) -> re.Pattern[str]:
    """Return a pattern of the names of a section as words of a class or an identifier."""
    names = "|".join(name.replace("*", r"\w*").replace("-", "[-_]?") for name in _ELEMENTS[section])
    return re.compile(rf"(?:^|[\W_])(?:{names})(?:$|[\W_])", re.IGNORECASE)


_CAPTION = _named("captions")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_BY_NAME = re.compile(r"(?:^|[\W_])cent(?:er|re)(?:ed)?(?:$|[\W_])", re.IGNORECASE)
_GREY = re.compile(
    r"(?:^|[;\s])color\s*[:=]?\s*(?:#([6-9ab][0-9a-f]?)\1\1(?![0-9a-f])|(?:dark)?gr[ae]y\b|rgb\(\s*(1[0-7]\d)\s*,\s*\2\s*,\s*\2\s*\))",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")
_AWAY = _named("away")
_TOWARDS = _named("towards")


def hides(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element shows nothing."""
    return name in UNSEEN or "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def region(name: str, attributes: dict[str, str], outer: int) -> int:
    """Return 1 in what calls itself the article, -1 in navigation and the like, else what the outer element has."""
    if name in {"nav", "footer", "aside", "menu", "button"} or (name == "header" and outer <= 0):
        return -1
    if name in {"article", "main"}:
        return 1
    # One word of a class counts, not what it happens to contain.
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:200]
    if name not in {"body", "html"} and names.strip():
        if _AWAY.search(names):
            return -1
        if _TOWARDS.search(names) and outer >= 0:
            return 1
    return outer


def captions(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element calls itself what is said of a picture.

    >>> captions("p", {"class": "img-desc"}), captions("p", {"class": "picture"})
    (True, False)
    """
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return name == "figcaption" or _CAPTION.search(names) is not None


def centres(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element shows its text in the middle."""
    return (
        name == "center"
        or attributes.get("align", "").lower() == "center"
        or _CENTRED.search(attributes.get("style", "")) is not None
        or _CENTRED_BY_NAME.search(attributes.get("class", "")) is not None
    )


def greys(attributes: dict[str, str]) -> bool:
    """Tell whether an element shows its text in grey.

    >>> greys({"style": "font-size:12px;color:#999"}), greys({"style": "color:#d32"}), greys({"color": "gray"})
    (True, False, True)
    """
    return _GREY.search(f"{attributes.get('style', '')} color={attributes.get('color', '')}") is not None


def kind(name: str, attributes: dict[str, str]) -> str:
    """Return the tag and the classes of an element without figures: elements of one kind look alike.

    >>> kind("div", {"class": "item item-3"}), kind("p", {})
    ('div.item item-', 'p.')
    """
    return f"{name}.{_FIGURES.sub('', attributes.get('class', '')[:60])}"
