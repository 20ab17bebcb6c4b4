"""Parts of bodies that are honoured themselves: shops, teams and workshops."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.clauses import Group
from kg.extract.conferrals.scene import Scene, fits, words_of
from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.model import Mention
from kg.naming import ORGANISATIONS

_LED = re.compile("(?:(?:领衔|领办|牵头|带领|负责|创办|创建)的?)?(.{0,8}工作室)")
_UNITS = "|".join(sorted(map(re.escape, words_of("units")), key=len, reverse=True))
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BODIES = ("enterprise", "school", "organization")
_SITES = tuple(sorted(words_of("sites")))
_UNIT = re.compile(
    rf"([\u4e00-\u9fff\d]{{1,16}}?(?:{_UNITS}))(?:双双|均|都|也|还|分别|先后|成功|再次|连续[^，。]{{1,4}})*$"
)
_AND_OTHERS = re.compile(r"等\s*\d+\s*[个家名位][\u4e00-\u9fff]{0,8}$")
# 一等奖：某公司熔炼甲班（某某法）
_UNIT_NEXT = re.compile(rf"([\u4e00-\u9fff\d]{{1,16}}?(?:{_UNITS}))(?=[、，,。；;（(\s]|等|$)")
PART_AS = re.compile(rf"([\u4e00-\u9fff]{{1,12}}?(?:{_UNITS}))(?:等\s*\d+个\w{{0,4}}?)?(?:评|命名|认定|确定|列)?为")
OWN_UNIT = re.compile(
    r"^(?:其|公司|集团|该厂|该公司)?([\u4e00-\u9fff]{2,12}?(?:车间|班组|班|工段|分厂|项目部|党支部))(?:均|都|也|还)?$"
)
# 她所在的护理二组
TEAM_OF = re.compile(rf"^[他她其]所(?:在|带|带领)的?([\u4e00-\u9fff]{{2,10}}?(?:{_UNITS}))(?:均|都|也|还)?$")
# Before the name of a site: when it was honoured, or where.
_WHEN = re.compile("(?:其中|今年|去年|近日|日前|目前|最终|此前|随后|同年|当年|同时|此外)*")
_THEN = re.compile(
    "(?:双双|均|都|也|还|则|又|曾|已|分别|先后|成功|再次|再度|最终|日前|近日|去年|今年|上月|上个月|同年|当年|连续[^，。]{1,4}|[一二两三四五]次)*$"
)
_NO_SITE = re.compile(
    "[的了在该各本其全某为是以将被把对出获也还]|所(?=[在带属辖领管])|一批|多个|不少|每|有关|相关|基层|\\d|[一二两三四五六七八九十]+[个家]|建设|打造|创建"
)


def part_of(scene: Scene, group: Group, limit: int, kinds: frozenset[str]) -> Mention | None:
    """Return the part of a body that is honoured: 某公司总装车间, 某市供电局检修班."""
    owner = group.members[-1]
    unit = _UNIT.match(_AND_OTHERS.sub("", scene.text(group.end, limit)))
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


def with_part(draft: Draft, owner: Mention, limit: int) -> Mention:
    """Return the part of a body that its name goes on with before an offset, or else the body."""
    unit = _UNIT_NEXT.match(draft.text, owner.end, limit)
    if unit is None or owner.type not in ORGANISATIONS | {"Region"}:
        return owner
    return unit_of(draft, owner, unit[1])


def site(scene: Scene, limit: int) -> Mention | None:
    """Return what stands alone before a verb and ends as places and groups do: 海棠路工会驿站, 南坡村党支部."""
    begin = scene.clause.start
    said = scene.text(begin, limit)
    start = begin + _WHEN.match(said).end()  # type: ignore[union-attr]
    end = begin + _THEN.search(said).start()  # type: ignore[union-attr]
    name = scene.text(start, end)
    if not 4 <= len(name) <= 16 or not name.endswith(_SITES) or _NO_SITE.search(name) or not _HAN.fullmatch(name):
        return None
    named = scene.draft.within(start, end)
    if any(m.type != "Region" for m in named if m.start == start or m.type == "Person"):
        return None
    if any(
        t.tag[0] in "pcdru" or t.tag in {"NUM", "TIME"}
        for t in scene.clause.tokens
        if start <= t.start < end and t.text != "之"
    ):
        return None
    return Mention(start, end, "Organization", name, name=name)


def workshop(scene: Scene, person: Mention, at: int, kind: str) -> Mention:
    """Return the workshop that is named after a person."""
    return Mention(at, at + len(kind), "Organization", scene.text(at, at + len(kind)), name=person.name + kind)


def ends_as_body(name: str) -> bool:
    """Whether a name ends as those of bodies, their parts or sites do.

    >>> ends_as_body("长隆码头作业区"), ends_as_body("排名不分先后")
    (True, False)
    """
    lists = table("names")
    endings = (*_SITES, *words_of("units"), *(s for kind in _BODIES for s in lists[kind]["suffixes"]))
    return name.endswith(endings)


def ends_as_unit(words: str) -> bool:
    """Whether these characters name a part of a body.

    >>> ends_as_unit("检修一班"), ends_as_unit("焊工")
    (True, False)
    """
    return re.fullmatch(rf"[\u4e00-\u9fff\d]{{1,20}}(?:{_UNITS})", words) is not None
