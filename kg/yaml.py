"""Reads YAML 1.2 as data that knows its lines; its parser is slow, so a text read before comes from the cache."""

from __future__ import annotations

import datetime
from typing import Any

from kg.cache import kept


class Lined:
    """A mapping or list that knows where it stands.

    Attributes:
        line: Line at which it begins, counted from 1.
        lines: Line of each key, or of each index.
    """

    line: int
    lines: dict[Any, int]


class LinedMapping(dict[str, Any], Lined):
    """A mapping that knows its lines."""


class LinedList(list[Any], Lined):
    """A list that knows its lines."""


class YamlError(ValueError):
    """A text is no valid YAML.

    Attributes:
        line: Where that shows, counted from 1; 0 where nothing tells.
    """

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(" ".join(problem.split()))
        self.line = line


def read_yaml(text: str) -> Any:
    r"""Return the content of a YAML text: mappings and lists with their lines, text, numbers, truth values, dates.

    Keys are text.

    >>> data = read_yaml("rules:\n- id: a\n- id: b")
    >>> data["rules"][1]["id"], data["rules"].lines[1]
    ('b', 3)

    Raises:
        YamlError: It is not valid YAML.
    """
    return _decoded(kept(text, lambda: _encoded(_parsed(text))))


def _parsed(text: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(error.problem or "no reason given", mark.line + 1 if mark else 1) from error
    except YAMLError as error:
        raise YamlError(str(error), 0) from error


# What is kept: a mapping as {"line": 1, "map": [[key, line, value], …]}, a list as {"line": 1, "list": [[line, value],
# …]}, a date as {"date": "2024-09-12"}; everything else as JSON has it.


def _encoded(node: Any) -> Any:
    lines = getattr(node, "lc", None)
    if isinstance(node, dict):
        items = [[str(key), _line_of(lines, key), _encoded(value)] for key, value in node.items()]
        return {"line": _line_of(lines), "map": items}
    if isinstance(node, list):
        return {"line": _line_of(lines), "list": [[_line_of(lines, i), _encoded(item)] for i, item in enumerate(node)]}
    if isinstance(node, datetime.date):
        return {"date": str(node)}
    for type_ in (bool, int, float):  # the parser's own numbers know how they were written
        if isinstance(node, type_):
            return type_(node)
    return node if node is None else str(node)


def _line_of(lines: Any, key: Any = None) -> int:
    """Return the line of a node, or of its key or index; of a key that is merged in (<<) that of the node."""
    place = (lines.data or {}).get(key)
    return int(place[0] if place else lines.line or 0) + 1


def _decoded(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if "date" in node:
        written = node["date"]
        return (datetime.datetime if len(written) > len("2024-09-12") else datetime.date).fromisoformat(written)
    found: LinedMapping | LinedList
    if "map" in node:
        found = LinedMapping((key, _decoded(value)) for key, _, value in node["map"])
        found.lines = {key: line for key, line, _ in node["map"]}
    else:
        found = LinedList(_decoded(item) for _, item in node["list"])
        found.lines = dict(enumerate(line for line, _ in node["list"]))
    found.line = node["line"]
    return found
