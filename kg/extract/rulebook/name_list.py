"""Names that a user gives: a CSV file with the columns name, type, full name."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from kg.errors import RuleError
from kg.extract.rulebook.ruleset import CLASSES, GivenName, nearest
from kg.lexicon.places import find_places, places_named
from kg.naming import ORGANISATIONS

_HEADS = frozenset({"name", "名称", "名字"})


def read_names(path: Path) -> tuple[GivenName, ...]:
    """Read a list of names. A first line of column heads is skipped; the full name may be left out.

    Raises:
        RuleError: Listing everything wrong, one line each, with file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise RuleError("there is no such list of names", where=str(path), remedy="check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError("the list of names cannot be read as UTF-8", where=str(path), remedy=str(error)) from error
    found: dict[str, GivenName] = {}
    problems: list[str] = []
    rows = csv.reader(io.StringIO(text, newline=""))
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or (rows.line_num == 1 and cells[0].lower() in _HEADS):
            continue
        try:
            given = _given(cells, f"{path}:{rows.line_num}")
        except RuleError as error:
            problems.append(str(error))
            continue
        earlier = found.setdefault(given.name, given)
        if earlier != given:
            what = f"{given.name!r} is already declared as {earlier.type} {earlier.full_name}"
            problems.append(str(RuleError(what, where=f"{path}:{rows.line_num}", remedy="keep one of the two")))
    if problems:
        raise RuleError("\n".join(problems))
    if not found:
        raise RuleError("the list holds no names", where=str(path), remedy="give lines of name,type,full name")
    return tuple(found.values())


def _given(cells: list[str], where: str) -> GivenName:
    if not 2 <= len(cells) <= 3 or not cells[0]:
        raise RuleError("a line must be name,type,full name", where=where, remedy="quote a cell that holds a comma")
    name, type_, full = cells[0], cells[1], (cells[2] if len(cells) > 2 else "") or cells[0]
    if type_ not in CLASSES:
        raise RuleError(f"unknown type {type_!r}", where=where, remedy=nearest(type_, CLASSES))
    if len(name) < 2:
        raise RuleError(f"the name {name!r} is too short", where=where, remedy="give at least two characters")
    if type_ == "Region":
        known = places_named(full)
        if not known:
            raise RuleError(f"no division of the country is called {full!r}", where=where, remedy="give its full name")
        return GivenName(name, type_, known[0].full_name, known[0].code)
    scope = ""
    if type_ in ORGANISATIONS:
        at_head = [m for m in find_places(full) if m.start == 0]
        scope = at_head[0].candidates[0].code if at_head and len(at_head[0].candidates) == 1 else ""
    return GivenName(name, type_, full, scope)
