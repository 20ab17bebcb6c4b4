"""Names of public bodies where they stand in a text: a place or a level word, then what kind of body it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon.body_kinds import BodyKind, Form, alias_names, body_kinds, canonical_name, committee
from kg.lexicon.divisions import NATION, Place
from kg.lexicon.places import PlaceMatch

__all__ = [
    "COUNTED",
    "BodyKind",
    "BodyMatch",
    "alias_names",
    "body_kinds",
    "canonical_name",
    "committee",
    "find_bodies",
]


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """A name of a public body in a text.

    Attributes:
        start, end: Half-open offsets of characters, the place or level word included.
        text: The characters of the span.
        kind: Key of the kind.
        type: Local name of the ontology class.
        places: Candidates for the place whose body it is, where the text names it; else empty.
        level: The level word before it (省, 市, 自治区, 高新区, 集团, …) that the context must resolve, with its name
            where it has one (霞浦街道); "" where the place stands there, or where nothing does.
        unit: The unit as the text gives it, in full (厅, 局, 委员会); "" where it gives none.
        inherited: Whether place or level come from the body that it is coordinated with (省人社厅、总工会).
        parent: Key of the kind of which it is part, or "".
        parent_end: Where the parent's own name ends in the text (省委|组织部); 0 where that does not stand there.
    """

    start: int
    end: int
    text: str
    kind: str
    type: str
    places: tuple[Place, ...] = ()
    level: str = ""
    unit: str = ""
    inherited: bool = False
    parent: str = ""
    parent_end: int = 0

    def name_at(self, place: Place | None) -> str:
        """Return its name in full if it belongs to `place`."""
        part = self.level if self.level.endswith(_PARTS) else ""
        return canonical_name(self.kind, place, unit=self.unit, level=part)


# --- level words ---------------------------------------------------------------------------------------------------

_ADMINISTRATIVE = ("自治区", "地区", "自治州", "自治县", "自治旗", "省", "市", "州", "盟", "区", "县", "旗")
_PARTS = (
    *("高新技术产业开发区", "经济技术开发区", "经济开发区", "高新区", "经开区", "开发区", "工业园区", "产业园区"),
    *("工业区", "工业园", "园区", "新区", "街道", "社区", "镇", "乡", "村"),
)
_NAMED_PARTS = ("街道", "社区", "镇", "乡", "村")
_OWNERS = ("集团", "公司")
_LEVEL = re.compile(f"(?:{'|'.join((*_PARTS, *_ADMINISTRATIVE, *_OWNERS))})$")
# Characters with which a level word is an ordinary word: 城市, 社区, 联盟.
_ORDINARY = {
    "省": "反各外多全",
    "市": "城超都夜股上楼门开集菜早鱼花各全外多级两",
    "州": "九神各全",
    "盟": "联同结加",
    "区": "地景山校片小矿辖灾牧赛郊城库战特选疫禁专时误厂湾林护展试各全外多两",
    "县": "各全外多两",
    "旗": "红国锦战各全",
    "镇": "城各全集坐",
    "乡": "城各全家故回返下老水",
    "村": "农各全乡",
}
# 两地总工会, 粤桂两省区人社部门: a head that bodies of several places share.
COUNTED = re.compile(
    "[两二三四五六七八九十](?:省区市|省市区|省区|省市|地市|市县|县市|市区|区县|县区|地|省|市|州|盟|区|县|旗|城)$"
)
# 全省产改领导小组 is the province's.
_ALL = "全"

# --- neighbours ----------------------------------------------------------------------------------------------------

# What a form goes on to be with the character behind it: 市委员, 教育部门, 市总量.
_GOES_ON = {
    "委": "员托派任以屈",
    "部": "门分队署委件位",
    "局": "面部势限域促",
    "办": "公法理事好学案班实成证结税得厂会展校妥",
    "总": "体量部产值共计数额面人之是会经裁监队站行商规投决收支用长成需供库存装机发电里建税负结图书工代指动设编",
    "府": "邸",
}
_UNION_IN_GENERAL = re.compile(r"会员|法(?!律)|经费|章程|组织|干部|系统|小组|小家")
_GOVERNMENT_IN_GENERAL = re.compile(r"采购|购买|补贴|引导|投入|主导|部门|机关|债|工作报告|职能|职责|服务")
_CONGRESS_IN_GENERAL = re.compile(r"代表|附|[一二三四五六七八九十]+次")
# 市财政 that pays is its bureau, 市财政资金 is money.
_FINANCE_IN_GENERAL = re.compile(
    r"资金|收入|支出|收支|预算|决算|补贴|补助|专项|拨款|经费|困难|供养|状况|政策|奖补|体制|管理|体系|金融|贴息|部门|总"
)
# A part of a union whose head is meant: 市总工会经济工作部部长 holds a post at the union.
_HEAD_OF_PART = re.compile(r"(?:副)?(?:部长|主任|处长)|长|负责人")
_BEFORE_SHORT = {"全总": "安健完齐保周", "国办": "全外中各我大美英法", "中办": "其当集", "国新办": "全外中"}

_PARTY, _YOUTH, _CONFERENCE = "党委", "团委", "政协"
_PREFIXES = {
    "中国共产党": _PARTY,
    "中共": _PARTY,
    "中国共产主义青年团": _YOUTH,
    "共青团": _YOUTH,
    "中国人民政治协商会议": _CONFERENCE,
    "政协": _CONFERENCE,
    "国家税务总局": "税务",
}
# 市委常委、组织部部长: a post at the committee before one at a part of it.
_POST_BETWEEN = re.compile(r"(?:常委|副?书记|秘书长)?[、,，]?")
_JOINT = re.compile(r"(?:、|和|与|及|以及|联合|会同|协同|携手|暨|及其)?")


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[Form, ...]], frozenset[str]]:
    forms: dict[str, list[Form]] = {"委员会": []}
    nation: set[str] = set()
    for kind in body_kinds().values():
        for form in kind.forms:
            forms.setdefault(form.text, []).append(form)
        for name in kind.nation:
            forms.setdefault(name, []).append(Form(name, kind.key))
            nation.add(name)
    # The form that asks for most comes first: 市工会 is the city's union, 工会 alone any.
    ranked = [tuple(sorted(found, key=lambda f: -len(f.needs))) for found in forms.values()]
    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), ranked, frozenset(nation)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a form: a place, a level word, or nothing."""

    start: int
    places: tuple[Place, ...] = ()
    level: str = ""
    letter: bool = False
    blocked: bool = False  # 全市, 各县: bodies in general
    every: bool = False  # 全市

    @property
    def administrative(self) -> bool:
        """Whether it is a province, prefecture or county, or the level word of one."""
        if self.level:
            return self.level in _ADMINISTRATIVE
        return any(p.level in ("province", "prefecture", "county") for p in self.places)


def find_bodies(text: str, places: Sequence[PlaceMatch]) -> list[BodyMatch]:
    """Return the names of public bodies in `text`, in order and without overlaps.

    Args:
        text: The text.
        places: The places found in it, by which bodies are told apart, in order; see `kg.lexicon.places.find_places`.

    >>> from kg.lexicon.places import find_places
    >>> text = "芜湖市总工会会同市委组织部、人社局"
    >>> [(m.text, m.kind, m.places[0].name, m.inherited) for m in find_bodies(text, find_places(text))][1:]
    [('市委组织部', '党委组织部', '芜湖市', True), ('人社局', '人社', '芜湖市', True)]
    """
    automaton, forms, nation = _automaton()
    # What may be an ordinary word (会同, 和平) is the place of a body only once it is confirmed.
    places = [m for m in places if m.form not in ("abbr", "nation") and not _is_doubtful(m)]
    by_end = {match.end: index for index, match in enumerate(places)}
    found: list[BodyMatch] = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        whole = text[start:end]
        if whole in nation:
            match = _national(text, start, end, forms[index])
        else:
            head = _head(text, start, places, by_end)
            match = _match(text, start, end, forms[index], head)
        if match is None:
            continue
        # 政协|湖南省委员会: the longer name took in what had been found before it.
        while found and match.start <= found[-1].start:
            found.pop()
        if not found or match.start >= found[-1].end:
            found.append(_with_inheritance(text, match, found[-1] if found else None))
    return found


def _is_doubtful(match: PlaceMatch) -> bool:
    return match.form == "short-county" and any(p.common for p in match.candidates)


def _national(text: str, start: int, end: int, forms: tuple[Form, ...]) -> BodyMatch | None:
    name = text[start:end]
    if start and text[start - 1] in _BEFORE_SHORT.get(name, ""):
        return None
    if end < len(text) and text[end] in _GOES_ON.get(name[-1], ""):
        return None
    kind = body_kinds()[forms[0].kind]
    return BodyMatch(start, end, name, kind.key, kind.type, places=(NATION,), parent=kind.parent)


def _head(text: str, at: int, places: Sequence[PlaceMatch], by_end: dict[int, int]) -> _Head:
    """Return what stands before offset `at`."""
    index = by_end.get(at)
    if index is not None:
        match = places[index]
        letter = text[at - 1] in "省市区县州旗盟镇乡" and not match.text.endswith("自治区")
        return _Head(_chain_start(index, places), match.candidates, letter=letter)
    level = _LEVEL.search(text, max(0, at - 9), at)
    if level is None or COUNTED.search(text, max(0, at - 5), at):
        return _Head(at)
    word, start = level[0], level.start()
    before = text[start - 1] if start else ""
    if before and before in _ORDINARY.get(word, ""):
        return _Head(start, level=word, blocked=True, every=before == _ALL)
    letter = word[-1] in "省市区县州旗盟镇乡" and word != "自治区"
    index = by_end.get(start)
    if index is not None:
        match = places[index]
        if word in _NAMED_PARTS and match.form != "full":
            # 霞浦街道 has its name from itself, not from 霞浦县.
            return _Head(match.start, level=match.text + word, letter=letter)
        # 信丰高新区, 广西区: a part of the place, or the place itself.
        itself = any(p.kind_word.endswith(word) for p in match.candidates)
        return _Head(_chain_start(index, places), match.candidates, "" if itself else word, letter)
    return _Head(start, level=word, letter=letter)


def _chain_start(index: int, places: Sequence[PlaceMatch]) -> int:
    """Return where the chain of places begins that the place with this index ends: 云南省红河州个旧市."""
    while index and places[index - 1].end == places[index].start:
        before = places[index - 1]
        if not any(p != b and p.within(b) for p in places[index].candidates for b in before.candidates):
            break
        index -= 1
    return places[index].start


def _match(text: str, start: int, end: int, forms: tuple[Form, ...], head: _Head) -> BodyMatch | None:
    prefix, prefixed = next(
        ((word, kind) for word, kind in _PREFIXES.items() if text.endswith(word, 0, head.start)), ("", "")
    )
    named = head.places or head.level
    first = head.start
    chosen: Form | None
    if text[start:end] in ("委员会", "委") and prefixed in (_PARTY, _YOUTH, _CONFERENCE) and named:
        chosen, first = Form(text[start:end], prefixed), head.start - len(prefix)
    else:
        chosen = next((form for form in forms if _fits(form, head)), None)
        if chosen is not None and prefixed in (chosen.kind, body_kinds()[chosen.kind].parent) and prefixed:
            first = head.start - len(prefix)
    if chosen is None or not _stands_alone(text, start, end, chosen, bool(named)):
        return None
    kind = body_kinds()[chosen.kind]
    level = head.level
    if kind.key == _YOUTH and not named and len(chosen.text) == 3:
        level = chosen.text[1]  # 团市委
    parent_end = start + chosen.parent_length if chosen.parent_length else 0
    if kind.parent == "总工会" and "审" not in kind.key and _HEAD_OF_PART.match(text, end):
        kind, end, parent_end = body_kinds()["总工会"], parent_end, 0
    return BodyMatch(
        first,
        end,
        text[first:end],
        kind.key,
        kind.type,
        places=head.places,
        level=level,
        unit=chosen.unit,
        parent=kind.parent,
        parent_end=parent_end,
    )


def _fits(form: Form, head: _Head) -> bool:
    """Whether the form may stand behind this head."""
    if head.blocked:
        return head.every and body_kinds()[form.kind].type == "CoordinationBody"
    if form.needs == "letter":
        return head.letter and bool(head.places or head.level)
    return form.needs != "admin" or head.administrative


def _stands_alone(text: str, start: int, end: int, form: Form, named: bool) -> bool:
    """Whether the characters behind let the form be a body, and one in particular."""
    if end < len(text) and text[end] in _GOES_ON.get(text[end - 1], "") and not text.startswith("会同", end):
        return False
    if form.text == "工会" and _UNION_IN_GENERAL.match(text, end):
        return False
    if form.text == "财政" and _FINANCE_IN_GENERAL.match(text, end):
        return False
    if named:
        return True
    if form.kind == "政府" and _GOVERNMENT_IN_GENERAL.match(text, end):
        return False
    return not (form.kind == "人大" and _CONGRESS_IN_GENERAL.match(text, end))


def _with_inheritance(text: str, match: BodyMatch, before: BodyMatch | None) -> BodyMatch:
    """Give a body the place or level of the one that it is coordinated with, if it has none of its own."""
    if before is None or match.places or not (before.places or before.level) or NATION in before.places:
        return match
    joint = _POST_BETWEEN if match.parent and match.parent == before.kind else _JOINT
    if not joint.fullmatch(text, before.end, match.start):
        return match
    if not match.level:
        if match.start == before.end:
            return match
        return replace(match, places=before.places, level=before.level, inherited=True)
    # 芜湖市委、市政府; but not 芜湖市委、区政府.
    if before.places and not before.level and all(p.kind_word.endswith(match.level) for p in before.places):
        return replace(match, places=before.places, level="", inherited=True)
    return match
