"""Whom the subject of a verb of winning names: in its clause, in one before it, or, where it only counts, behind it."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from operator import attrgetter

from kg.extract.clauses import Group, groups_of
from kg.extract.conferrals.parts import OWN_UNIT, TEAM_OF, part_of, site
from kg.extract.conferrals.rows import coordinated, row_of
from kg.extract.conferrals.scene import MARKS, RECIPIENTS, WORKS, Scene, fits, words_of
from kg.extract.conferrals.spoken import COUNTED_SUBJECT, before_named, spoken_of
from kg.extract.dictionary import known_words
from kg.model import Mention
from kg.naming import ORGANISATIONS

_ALL_OF_THEM = re.compile(
    r"共?\s*[\d一二两三四五六七八九十]+(?:家|个|名|位|支)(?:企业|单位|公司|选手|职工|同志|园区|代表队|县|市|区)?"
)
# Two or three characters that make no word, and none of them one that stands alone before a verb.
_NO_WORDS = re.compile(
    "(?:(?![我你他她它谁本该其各双两均都也还再又曾已将并且仍则就便只才却可队厂司班组县市区镇乡村校院局会首共一二三四五六七八九十])"
    "[一-鿿]){2,3}"
)
_HOW_MANY = re.compile(r"\d[余多]?[家个](?:基层|先进|优秀)?$")
_SINCE = re.compile("自从?|继|作为|身为")
# 3人当选某某，分别是甲、乙、丙; 5人获评，其中甲、乙来自一线
_NAMED_NEXT = re.compile(
    "(?:他们|她们|获奖者|获评者|入选者)?(?:分别|依次)?(?:是|为)(?![了])|包括|即|其中(?:有|包括)?(?!一|\\d)"
)
_STOP = re.compile("[。！？\n]")
_ADVERBS = (
    "(?:双双|均|都|也|还|则|又|再次|再度|分别|先后|成功|同时|一举|最终|日前|近日|已|曾|刚刚|去年|今年|"
    r"连续[^，。]{1,4}|[一二两三四五\d]度|[一二两三四五\d]次)"
)
_WORK = re.compile(
    rf"([“「『][^“”「」『』]{{2,30}}[”」』]|《[^《》]{{2,40}}》)(?:[\u4e00-\u9fff]{{0,4}}(?:项目|案例|成果|装置|作品|做法|品牌|行动|活动|模式|工程|操作法|工作法|课题|班组|团队|小组|节目|视频|论文|课程))?(?:{_ADVERBS})*$"
)
# 个人项目收获金奖3项: in which contests, not who
_IN_WHICH = re.compile("(?:个人|团体|双人|单人|集体)(?:项目|赛项|赛|组)$")
# 她所在的班组 names none.
_COMMON_UNIT = re.compile(
    "班组|团队|小组|车间|工段|公司|企业|单位|学校|集体|工厂|分厂|党支部|工作室|创新工作室|社区|医院|科室|部门"
)
_TEAM = re.compile("班组|团队|小组|车间")
# 甲带队的某某一队
_LED_TEAM = re.compile(
    "(?:带队|带领|率领|领衔|指导)的([\u4e00-\u9fff]{2,10}?(?:队|组|班|团队))(?:双双|均|都|也|还|一举)?$"
)
_TEAM_NEXT = re.compile("班组|团队|小组|机组|班")


def subject(scene: Scene, limit: int, kinds: frozenset[str]) -> list[Mention]:
    """Return who stands before `limit`, in this clause or one before it."""
    first = scene.clause.tokens[0]
    if first.mention is None and _SINCE.match(first.text) and scene.index + 1 < len(scene.clauses):
        ahead = replace(scene, index=scene.index + 1)
        found = _in_clause(ahead, ahead.clause.end, kinds, own=False)
        if found:
            return found
    for back in range(scene.index, -1, -1):
        here = replace(scene, index=back)
        between = scene.text(here.clause.end, scene.clause.start)
        if len(_STOP.findall(between)) > 1:
            break
        own = back == scene.index
        found = _in_clause(here, min(limit, here.clause.end), kinds, own=own)
        if found is not None:
            before = _named_just_before(here, kinds) if found and found[0].type == "Person" else []
            return [*before, *found] if found else _named_next(scene, kinds) if own else []
    return []


def _named_just_before(scene: Scene, kinds: frozenset[str]) -> list[Mention]:
    """Return the persons of a clause before that only names them: 某公司职工甲、乙，某公司职工丙获评."""
    if scene.index == 0 or scene.sentence_of[scene.index - 1] != scene.sentence_of[scene.index]:
        return []
    clause = scene.clauses[scene.index - 1]
    words = [t for t in clause.tokens if t.mention is None and t.text not in {"、", "和"}]
    last = clause.tokens[-1].mention
    if (
        last is None
        or last.type != "Person"
        or not scene.begins.get(clause.tokens[-1].start, clause.end) >= clause.start
    ):
        return []
    if any(not t.nominal or t.text in words_of("acting") for t in words):
        return []
    return [
        t.mention
        for t in clause.tokens
        if t.mention is not None and t.mention.type == "Person" and fits(t.mention, kinds)
    ]


def _named_next(scene: Scene, kinds: frozenset[str]) -> list[Mention]:
    """Return those whom a clause behind names where the subject only counts them: 3人当选，分别是甲、乙、丙."""
    for index in range(scene.index + 1, min(scene.index + 3, len(scene.clauses))):
        clause, before = scene.clauses[index], scene.clauses[index - 1]
        if any(t.mention and t.mention.type == "Honour" for t in clause.tokens):
            return []
        said = scene.text(clause.start, clause.end)
        listed = scene.text(before.end, clause.start).strip() in {":", "：", "——"}
        if listed or _NAMED_NEXT.match(said):
            named = scene.draft.within(clause.start, clause.end)
            named = [m for m in named if fits(m, kinds) and m.start not in scene.embedded]
            return [m for m in named if m.type == "Person"] or [m for m in named if m.type != "Region"] or named
        if not COUNTED_SUBJECT.search(said):
            return []
    return []


def _in_clause(scene: Scene, limit: int, kinds: frozenset[str], *, own: bool) -> list[Mention] | None:
    """Return the recipients named in a clause before `limit`; None where the clause says nothing of them."""
    named_before = before_named(scene, limit, kinds)
    if named_before:
        return named_before
    row = row_of(scene, limit, kinds) if own else None
    if row:
        return row
    work = _work(scene, limit, kinds) if own else None
    if work is not None:
        return [work]
    alone = site(scene, limit) if own and "Organization" in kinds else None
    if alone is not None:
        return [alone]
    groups = _groups(scene, limit, kinds)
    spoken = spoken_of(scene, groups[-1].end if groups else scene.clause.start, limit, kinds)
    if spoken is not None:
        return spoken
    if own and groups and groups[-1].members[-1].type == "Person":
        led = part_of(scene, groups[-1], limit, kinds)
        if led is not None:
            return [led]
    for group in reversed(groups) if own else groups:
        found = _of_group(scene, group, limit, kinds, own=own)
        if found is not None:
            return found
    if not own:
        return None
    if groups:
        return [] if COUNTED_SUBJECT.search(scene.text(groups[-1].end, limit)) else None
    team = TEAM_OF.match(scene.text(scene.clause.start, limit))
    if team is not None and not _COMMON_UNIT.fullmatch(team[1]) and "Organization" in kinds:
        at = scene.clause.start + team.start(1)
        return [Mention(at, at + len(team[1]), "Organization", team[1], name=team[1])]
    unit = OWN_UNIT.match(scene.text(scene.clause.start, limit))
    if unit is not None and "Organization" in kinds:
        firm = next((m for m in scene.draft.before(scene.clause.start) if m.type == "Enterprise"), None)
        at = scene.clause.start + unit.start(1)
        name = (firm.name or firm.text) + unit[1] if firm else unit[1]
        return [Mention(at, at + len(unit[1]), "Organization", unit[1], name=name)]
    unknown = _unknown_person(scene, limit) if "Person" in kinds else None
    if unknown is not None:
        return [unknown]
    if COUNTED_SUBJECT.search(scene.text(scene.clause.start, limit)) or _other(scene, limit):
        return []
    return None


def _groups(scene: Scene, limit: int, kinds: frozenset[str]) -> list[Group]:
    able = RECIPIENTS | (kinds & {"Programme"})
    groups = groups_of(
        scene.clause.tokens, lambda m: m.type in able and m.start not in scene.embedded and not _counted(scene, m)
    )
    groups = coordinated(scene, [g for g in groups if g.end <= limit])
    return [g for g in groups if _marker(scene, g) not in words_of("oblique")]


def _counted(scene: Scene, mention: Mention) -> bool:
    """Whether a name only says what is counted: 35家(基层)工会."""
    return _HOW_MANY.search(scene.text(scene.clause.start, mention.start)) is not None


def _of_group(scene: Scene, group: Group, limit: int, kinds: frozenset[str], *, own: bool) -> list[Mention] | None:
    if not own:
        verb = next((t.start for t in scene.clause.tokens if t.start >= group.end and t.tag[0] in "vl"), limit)
        part = part_of(scene, group, verb, kinds) if group.members[-1].type != "Person" else None
        if part is not None:
            return [*(m for m in group.members[:-1] if fits(m, kinds)), part]
    behind = scene.text(group.end, limit)
    if own and group.members[-1].type == "Person" and behind.startswith(("家庭", "团队", "班组", "所在", "所带")):
        return _team_of(scene, group, limit, kinds)
    if own and group.members[-1].type == "Person" and (led := _LED_TEAM.match(behind)):
        at = group.end + led.start(1)
        named = led[1] and not _COMMON_UNIT.fullmatch(led[1]) and "Organization" in kinds
        return [Mention(at, at + len(led[1]), "Organization", led[1], name=led[1])] if named else []
    members = [m for m in group.members if fits(m, kinds)]
    if not members:
        return None
    if own and members[-1].type != "Person":
        part = part_of(scene, group, limit, kinds)
        if part is not None:
            return [*(m for m in group.members[:-1] if fits(m, kinds)), part]
        if not _free(scene, group, limit):
            return []
    if behind.startswith("式"):
        return None
    if behind.startswith("的") and members[-1].type != "Person":
        return [] if own else None
    return _with_pronoun(scene, group, members)


def _team_of(scene: Scene, group: Group, limit: int, kinds: frozenset[str]) -> list[Mention]:
    """Return the team that has a person's name: (某公司)某某班组."""
    person = group.members[-1]
    team = _TEAM_NEXT.match(scene.text(person.end, limit))
    if team is None or "Organization" not in kinds:
        return []
    owner = next((m for m in scene.draft.before(person.start) if m.end == person.start), None)
    firm = owner if owner is not None and owner.type in ORGANISATIONS else None
    start = firm.start if firm else person.start
    end = person.end + team.end()
    name = (firm.name or firm.text if firm else "") + scene.text(person.start, end)
    return [Mention(start, end, "Organization", scene.text(start, end), name=name)]


def _with_pronoun(scene: Scene, group: Group, members: list[Mention]) -> list[Mention]:
    """Add whom 她 means in 她和徒弟甲."""
    begin = scene.begins.get(group.start, group.start)
    if members[0].type != "Person" or not re.search(
        "[他她][和与同][^，。、]{0,4}$", scene.text(scene.clause.start, begin)
    ):
        return members
    other = next((m for m in scene.draft.before(scene.clause.start) if m.type == "Person"), None)
    return [other, *members] if other is not None else members


def _work(scene: Scene, limit: int, kinds: frozenset[str]) -> Mention | None:
    """Return what is honoured itself where it is quoted before the verb: 某某的“某某装置”获一等奖."""
    begin = scene.clause.start
    match = _WORK.search(scene.text(begin, limit))
    if match is None or not kinds & {"Organization", "Programme"}:
        return None
    at, end = begin + match.start(1), begin + match.end(1)
    named = [m for m in scene.draft.within(at - 1, limit) if m.end > at]
    known = next((m for m in named if m.type in WORKS or fits(m, kinds)), None)
    inside = all(m.type == "Person" and m.start >= at for m in named)  # “某某操作法”: named after a person
    if not inside:
        return known if known is not None and known.end >= end - 1 else None
    name = match[1].strip(MARKS)
    type_ = "Organization" if _TEAM.search(scene.text(at, limit)) else "Programme"
    return Mention(at, end, type_, scene.text(at, end), name=name)


def _unknown_person(scene: Scene, limit: int) -> Mention | None:
    """Return who stands alone before the verb by a name that no list of surnames has: 尼议获得二等奖."""
    begin = scene.clause.start
    name = scene.text(begin, limit)
    if not _NO_WORDS.fullmatch(name) or any(len(word) > 1 for word in known_words(name)):
        return None
    return Mention(begin, limit, "Person", name, name=name)


def _other(scene: Scene, limit: int) -> bool:
    """Whether a noun that is no name stands directly before the verb: 所带团队被命名为某某."""
    tokens = [t for t in scene.clause.tokens if t.end <= limit]
    if _IN_WHICH.search(scene.text(scene.clause.start, limit)):
        return False
    while tokens and (tokens[-1].tag in {"d", "ad", "m", "q", "TIME", "NUM", "f", "t"} or tokens[-1].text in MARKS):
        tokens.pop()
    return bool(tokens) and (
        tokens[-1].text in words_of("kinds_of_winners") or _TEAM.search(tokens[-1].text) is not None
    )


def _marker(scene: Scene, group: Group) -> str:
    """Return the word before a group, before the posts of its first person."""
    begin = scene.begins.get(group.start, group.start)
    tokens = scene.clause.tokens
    behind = bisect.bisect_right(tokens, begin, key=attrgetter("end"))
    return tokens[behind - 1].text if behind else ""


def _free(scene: Scene, group: Group, limit: int) -> bool:
    """Whether nothing but adverbs stands between a body and the verb: 某市(12名职工)获评 names nobody."""
    behind = scene.plain(group.end, limit).removeprefix("委员会")
    if behind.startswith("等") or (len(group.members) > 1 and _ALL_OF_THEM.match(behind)):
        return True
    if COUNTED_SUBJECT.search(behind):
        return False
    between = [t for t in scene.clause.tokens if group.end <= t.start < limit]
    if group.members[-1].type == "Region" and any(t.tag.startswith("n") and t.tag != "nr" for t in between):
        return False
    return not any(t.text in words_of("kinds_of_winners") for t in between)
