"""Names in a row, those too that the recogniser of names does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import Group
from kg.extract.conferrals.parts import ends_as_unit, unit_of
from kg.extract.conferrals.scene import RECIPIENTS, Scene
from kg.model import Mention
from kg.naming import ORGANISATIONS

_NO_NAME = re.compile(
    "[为是以被将向对出获也还个名家]|经验|单位|项目|选手|职工|代表|领导|作品|成果|产品|主席|书记|副|成功"
)


_ROW_OF_PERSONS = "(?:、|和|与|及|以及)[^，。；、：]{0,30}"


def coordinated(scene: Scene, groups: Sequence[Group]) -> list[Group]:
    """Join persons that stand in a row, each behind posts: 某班长甲、某技师乙."""
    joined: list[Group] = []
    for group in groups:
        begin = scene.begins.get(group.start, group.start)
        colleague = _before_service(joined)
        if colleague and _in_row(scene, colleague[-1], group, group.start):
            joined = colleague
        unit = _unit_between(scene, joined[-1], begin) if joined else None
        if joined and (unit is not None or _in_row(scene, joined[-1], group, begin)):
            before = joined.pop()
            if unit is not None:
                before = Group((*before.members[:-1], unit), before.first, before.last)
            group = Group(before.members + group.members, before.first, group.last)
        joined.append(group)
    return joined


def _before_service(joined: Sequence[Group]) -> list[Group]:
    """Return the groups up to the last person, without the body behind: 所长甲、(某总队某船政委乙)."""
    kept = list(joined)
    if kept and len(kept[-1].members) == 1 and kept[-1].members[-1].type != "Person":
        kept.pop()
    last = max((i for i, m in enumerate(kept[-1].members) if m.type == "Person"), default=-1) if kept else -1
    if last < 0:
        return []
    kept[-1] = Group(kept[-1].members[: last + 1], kept[-1].first, kept[-1].last)
    return kept


def _unit_between(scene: Scene, left: Group, begin: int) -> Mention | None:
    """Return the part of a body that ends a row where another name follows: 某公司电解车间、某公司机修班."""
    owner = left.members[-1]
    match = re.fullmatch("(.{2,20})(?:、|和|与|及|以及)", scene.text(left.end, begin))
    if match is None or owner.type not in ORGANISATIONS | {"Region"} or not ends_as_unit(match[1]):
        return None
    return unit_of(scene.draft, owner, match[1])


def _in_row(scene: Scene, left: Group, right: Group, begin: int) -> bool:
    """Whether 、 or 和 joins two groups; between persons an employer that is no known name may stand."""
    if left.end >= begin:
        return False
    persons = left.members[-1].type == "Person" == right.members[0].type
    return re.fullmatch(_ROW_OF_PERSONS if persons else "、|和|与|及|以及", scene.plain(left.end, begin)) is not None


def row_of(scene: Scene, limit: int, kinds: frozenset[str]) -> list[Mention] | None:
    """Return the names in a row that the text itself calls firms or places, those not recognised too."""
    span = scene.plain(scene.clause.start, limit)
    if re.search("[的了在]", span):
        return None
    match = re.fullmatch(
        r"(?:其中|包括|目前|今年|去年)?((?:[\u4e00-\u9fff]{2,14}(?:、|和|与))+[\u4e00-\u9fff]{2,14}?)(?:等|共)*(\d+(?:家|个)(?:企业|单位|公司|园区|社区|街道|班组|车间|集体|站点|团队)?)?(?:双双|均|都|分别|先后|成功)?",
        span,
    )
    if match is None or not kinds & {"Enterprise", "Region"}:
        return None
    at = scene.clause.start + match.start(1)
    found: list[Mention] = []
    known = 0
    for part in re.split("([、和与])", match[1]):
        if part not in "、和与":
            mention = next((m for m in scene.draft.within(at, at + len(part)) if m.end - m.start == len(part)), None)
            if mention is not None and mention.type not in RECIPIENTS:
                return None
            if mention is None:
                mention = _unit(scene, at, part)
                known -= mention is not None  # known by its body alone
            if mention is None and (len(part) > 8 or _NO_NAME.search(part) or scene.draft.within(at, at + len(part))):
                return None
            known += mention is not None
            found.append(mention or _unknown(part, at))
        at += len(part)
    return found if known < len(found) and (known or match[2]) else None


def _unknown(name: str, at: int) -> Mention:
    place = name.endswith(("街道", "镇", "乡", "县", "区", "市"))
    type_ = "Region" if place else "Organization" if name.endswith(("社区", "村", "协会")) else "Enterprise"
    return Mention(at, at + len(name), type_, name, name=name)


def _unit(scene: Scene, at: int, name: str) -> Mention | None:
    """Return the part of a body or a place that a member of a row names: 某公司转向架班."""
    inside = scene.draft.within(at, at + len(name))
    if len(inside) != 1 or inside[0].start != at or inside[0].type not in ORGANISATIONS | {"Region"}:
        return None
    behind = name[inside[0].end - at :]
    return unit_of(scene.draft, inside[0], behind) if ends_as_unit(behind) else None
