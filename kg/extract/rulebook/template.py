"""A first rule file to start from."""

from __future__ import annotations

from pathlib import Path

from kg.errors import RuleError
from kg.extract.rulebook.ruleset import FACTS, nearest

_TYPES = {
    "agent": "[Organization, Region]",
    "initiative": "Initiative",
    "document": "PolicyDocument",
    "event": "[Event, Competition]",
    "recipient": "[Person, Organization, Region]",
    "honour": "Honour",
}
_FILLERS = {
    "agent": "清远市总工会",
    "initiative": "“星火”行动",
    "document": "星火办法",
    "event": "第三届“星火”技能大赛",
    "recipient": "清远市总工会",
    "honour": "星火先锋",
}
_WRITTEN = {"document": "《{}》", "honour": "“{}”称号"}
_VERBS = {
    "leads": "挑头",
    "implements": "铺展",
    "participatesIn": "助阵",
    "issues": "推送",
    "organises": "操办",
    "honour": "喜获",
}
_TEMPLATE = """\
# Rules for facts of type {fact}: 'kg rules test --rules {folder}' runs their examples, 'kg build --rules {folder}'
# uses them.
# Keys, types and positions: see CONTRIBUTING.md, "Add a rule".
fact: {fact}
rules:
- id: {fact}.my-construction
  note: how it is said, with 甲, 乙 for the names
  trigger: [{verb}]
  confidence: 0.8
  slots:
    {left}: {{type: {left_type}, from: [subject, carried]}}
    {right}: {{type: {right_type}, from: [object]}}
  examples:
  - text: {left_name}{verb}{right_name}。
    facts: [{{{left}: {left_name}, {right}: {right_plain}}}]
  - text: 各单位都要{verb}。
    facts: []
"""


def write_template(fact: str, folder: Path) -> Path:
    """Write `<fact>.yaml` with a rule to change into a folder, which is made if need be, and return its path.

    Raises:
        RuleError: Facts of this type are not read by trigger and slots, or the file is there or cannot be written.
    """
    if fact not in _VERBS:
        raise RuleError(f"no rules with triggers and slots yield facts of type {fact!r}", remedy=nearest(fact, _VERBS))
    path = folder / f"{fact}.yaml"
    left, right = FACTS[fact]
    text = _TEMPLATE.format(
        fact=fact,
        folder=folder.as_posix(),
        verb=_VERBS[fact],
        left=left,
        right=right,
        left_type=_TYPES[left],
        right_type=_TYPES[right],
        left_name=_FILLERS[left],
        right_name=_WRITTEN.get(right, "{}").format(_FILLERS[right]),
        right_plain=_FILLERS[right],
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        where = str(path if path.exists() else folder)
        raise RuleError("this file exists already", where=where, remedy="choose another folder with --into") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RuleError(
            f"the file cannot be written: {reason}", where=str(path), remedy="choose another folder"
        ) from error
    return path
