"""Reads reference files: one JSON file per document, named for it, with its facts and entities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.evaluate.items import ENTITIES, FACTS, Item, period_of, unit_of
from kg.extract.rulebook.ruleset import nearest

_FIELDS = {
    "leads": ("agent", "initiative"),
    "implements": ("agent", "initiative"),
    "issues": ("agent", "document"),
    "organises": ("agent", "event"),
    "post": ("person", "organization", "title"),
    "honour": ("recipient", "honour"),
    "observation": ("about", "indicator"),
}
_MAY_LACK = frozenset({"about", "title"})


def read_references(source: Path) -> dict[str, list[Item]]:
    """Return the facts and entities of each document, by the stem of its file.

    Args:
        source: A reference file or a folder of them. In a folder, `*.teasers.json`, on the teasers of a page, are left
            out, so that a folder measures the articles.

    Raises:
        GoldError: There are none, or one is not as it should be; listing everything wrong, one line each.
    """
    files = [source]
    if not source.is_file():
        files = [file for file in sorted(source.glob("*.json")) if not file.stem.endswith(".teasers")]
    if not files:
        what = "no reference files here" if source.is_dir() else "there is no such reference file or folder"
        raise GoldError(what, where=str(source), remedy="give a .json file or a folder of them")
    found: dict[str, list[Item]] = {}
    problems: list[GoldError] = []
    for file in files:
        try:
            found[file.stem] = _read(file)
        except GoldError as error:
            problems.append(error)
    if problems:
        raise problems[0] if len(problems) == 1 else GoldError("\n".join(map(str, problems)))
    return found


def _read(file: Path) -> list[Item]:
    try:
        content = json.loads(file.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        remedy = "check the commas and quotes there"
        raise GoldError(f"not valid JSON ({error.msg})", where=f"{file}:{error.lineno}", remedy=remedy) from error
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError("the file cannot be read as UTF-8", where=str(file), remedy=str(error)) from error
    if not isinstance(content, Mapping) or not isinstance(content.get("facts"), list):
        raise GoldError("there is no list of facts", where=str(file), remedy='write {"facts": […]}')
    items = [_fact(fact, f"{file}: fact {i}") for i, fact in enumerate(content["facts"], 1)]
    for i, entity in enumerate(content.get("entities") or (), 1):
        where = f"{file}: entity {i}"
        if not isinstance(entity, Mapping) or not entity.get("type"):
            raise GoldError("an entity needs 'type' and 'name'", where=where)
        items.append(Item(ENTITIES, {"name": _names(entity, "name", where)}, type=str(entity["type"])))
    return items


def _fact(fact: Any, where: str) -> Item:
    kind = str(fact.get("type", "")) if isinstance(fact, Mapping) else ""
    if kind not in FACTS:
        raise GoldError(f"unknown fact type {kind!r}", where=where, remedy=nearest(kind, FACTS))
    names = {name: _names(fact, name, where) for name in _FIELDS[kind]}
    if kind != "observation":
        return Item(kind, names)
    value = fact.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise GoldError("the value of an observation must be a number", where=where)
    unit = fact.get("unit") or ""
    unit = unit[0] if isinstance(unit, list) else unit
    bound = str(fact.get("bound") or "exact")
    return Item(kind, names, float(value), unit_of(str(unit)), bound, period_of(str(fact.get("period") or "")))


def _names(fact: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = fact.get(name)
    forms = tuple(map(str, value)) if isinstance(value, list) else () if value is None else (str(value),)
    if not forms and name not in _MAY_LACK:
        raise GoldError(f"the field {name!r} is missing", where=where, remedy="give its name, in full first")
    return forms
