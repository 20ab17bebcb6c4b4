"""Parts of bodies that are honoured themselves: shops, teams and workshops."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.clauses import Group
from kg.extract.conferrals.scene import Scene, fits
from kg.extract.names.draft import Draft
from kg.model import Mention

_LED = re.compile("(?:(?:领衔|领办|牵头|带领|负责|创办|创建)的?)?(.{0,8}工作室)")


_UNITS = (
    "车间|工区|作业区|班组|小组|组|班|工段|服务部|经营部|工程部|分厂|中心|项目部|党支部|工会|团队|科室|研究所|分公司|大队|队|站|工作室|党委|实验室|"
    "局|医院|学校|公司|厂|社区|街道|项目组"
)


_UNIT = re.compile(
    rf"([\u4e00-\u9fff]{{1,16}}?(?:{_UNITS}))(?:双双|均|都|也|还|分别|先后|成功|再次|连续[^，。]{{1,4}})*$"
)


PART_AS = re.compile(rf"([\u4e00-\u9fff]{{1,12}}?(?:{_UNITS}))(?:等\s*\d+个\w{{0,4}}?)?(?:评|命名|认定|确定|列)?为")


OWN_UNIT = re.compile(
    r"^(?:其|公司|集团|该厂|该公司)?([\u4e00-\u9fff]{2,12}?(?:车间|班组|班|工段|分厂|项目部|党支部))(?:均|都|也|还)?$"
)


def part_of(scene: Scene, group: Group, limit: int, kinds: frozenset[str]) -> Mention | None:
    """Return the part of a body that is honoured: 某公司总装车间, 某市供电局检修班."""
    owner = group.members[-1]
    unit = _UNIT.match(scene.text(group.end, limit))
    if unit is None or not fits(replace(owner, type="Organization"), kinds):
        return None
    if owner.type == "Person":
        led = _LED.fullmatch(unit[1])
        return workshop(scene, owner, unit.end(1) - len(led[1]) + group.end, led[1]) if led else None
    return unit_of(scene.draft, owner, unit[1])


def unit_of(draft: Draft, owner: Mention, unit: str) -> Mention:
    """Return the part of a body that stands directly behind it."""
    end = owner.end + len(unit)
    text = draft.text[owner.start : end]
    name = text if owner.type == "Region" else (owner.name or owner.text) + unit
    return Mention(owner.start, end, "Organization", text, name=name)


def workshop(scene: Scene, person: Mention, at: int, kind: str) -> Mention:
    """Return the workshop that is named after a person."""
    return Mention(at, at + len(kind), "Organization", scene.text(at, at + len(kind)), name=person.name + kind)


def ends_as_unit(words: str) -> bool:
    """Whether these characters name a part of a body.

    >>> ends_as_unit("检修一班"), ends_as_unit("焊工")
    (True, False)
    """
    return re.fullmatch(rf"[\u4e00-\u9fff]{{1,20}}(?:{_UNITS})", words) is not None
