"""Loads rules: the package's own, and beside them a user's rule files and list of names."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from kg.errors import RuleError
from kg.extract.rulebook.name_list import read_names
from kg.extract.rulebook.rule_file import read_file
from kg.extract.rulebook.ruleset import GivenName, Rule, RuleSet


def load(extra: Sequence[Path] = (), names: Path | None = None) -> RuleSet:
    """Read the package's own rules and, beside them, a user's.

    Args:
        extra: Rule files, and folders of which every `*.yaml` is read.
        names: A list of names as CSV; see `kg.extract.rulebook.name_list`.

    Raises:
        RuleError: Listing everything wrong, one line each, with file and line.
    """
    rules = list(_own())
    problems: list[RuleError] = []
    given: tuple[GivenName, ...] = ()
    for source in extra:
        found, wrong = _read(source, str(source))
        rules += found
        problems += wrong
    if names is not None:
        try:
            given = read_names(names)
        except RuleError as error:
            problems.append(error)
    _raise(problems + _repeated(rules))
    return RuleSet(tuple(sorted(rules, key=lambda r: r.id)), given)


@functools.cache
def _own() -> tuple[Rule, ...]:
    folder = Path(str(files("kg.extract") / "rules"))
    rules, problems = _read(folder, "")
    _raise(problems)
    return tuple(rules)


def _read(source: Path, shown: str) -> tuple[list[Rule], list[RuleError]]:
    """Read a rule file or every rule file of a folder; in messages it goes by the name given."""
    if source.is_file():
        return read_file(source, shown or source.name)
    if not source.is_dir():
        return [], [RuleError("there is no such rule file or folder", where=shown, remedy="check the path")]
    paths = sorted(source.glob("*.yaml"))
    if not paths:
        remedy = "give a folder with .yaml files; 'kg rules new' writes a first one"
        return [], [RuleError("no rule files here", where=shown, remedy=remedy)]
    rules: list[Rule] = []
    problems: list[RuleError] = []
    for path in paths:
        found, wrong = read_file(path, str(Path(shown, path.name)))
        rules += found
        problems += wrong
    return rules, problems


def _repeated(rules: Sequence[Rule]) -> list[RuleError]:
    seen: dict[str, str] = {}
    problems = []
    for rule in rules:
        if rule.id in seen:
            what = f"rule {rule.id!r} stands also at {seen[rule.id]}"
            problems.append(RuleError(what, where=rule.source, remedy="give it an id of its own"))
        seen[rule.id] = rule.source
    return problems


def _raise(problems: Sequence[RuleError]) -> None:
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise RuleError("\n".join(str(p) for p in problems))
