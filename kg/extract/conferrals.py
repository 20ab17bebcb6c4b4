"""Honours: who received each, read from the verb of winning or conferring before it.

甲获评乙; 甲被丙授予乙             the recipient stands before the verb, or in a clause before
授予甲乙称号; 将甲命名为乙         it stands behind the verb
获得乙的甲                        it stands behind the honour
甲、丙分获乙、丁                   one each
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.clauses import Clause, Group, groups_of, split_clauses
from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.extract.posts import Post
from kg.extract.ruleset import Rule, RuleSet
from kg.extract.times import Time
from kg.model import BlockKind, Fact, Mention
from kg.naming import ORGANISATIONS

_RECIPIENTS = ORGANISATIONS | {"Person", "Region"}
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_NO_NAME = re.compile(
    "[为是以被将向对出获也还个名家]|经验|单位|项目|选手|职工|代表|领导|作品|成果|产品|主席|书记|副|成功"
)
_ALL_OF_THEM = re.compile(
    r"共?\s*[\d一二两三四五六七八九十]+(?:家|个|名|位|支)(?:企业|单位|公司|选手|职工|同志|园区|代表队|县|市|区)?"
)
_ROW_OF_PERSONS = "(?:、|和|与|及|以及)[^，。；、：]{0,30}"
_LIST_HEAD = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[)）、.．][ \u3000]*)?([^，。：:；]{2,28}?)(?:称号)?(?:获得者|名单|拟表彰对象)*"
    r"(?:[（(][^（）()]{0,12}[)）])?[:：]?"
)
_LED = re.compile("(?:(?:领衔|领办|牵头|带领|负责|创办|创建)的?)?(.{0,8}工作室)")
_LED_BY = re.compile("(?:领衔|领办|牵头|带领|负责|创办|创建)的(?=.{0,8}工作室)")
_SINCE = re.compile("(?:自从?|继)")
_MARKS = '“”"「」《》'
_PASSIVE = re.compile("被|受|获|荣")
_FRONTED = frozenset({"将", "把", "为", "给", "向"})
_OBLIQUE = frozenset(
    [
        "在",
        "由",
        "被",
        "向",
        "对",
        "为",
        "以",
        "于",
        "从",
        "经",
        "据",
        "代表",
        "继",
        "跟",
        "同",
        "把",
        "比",
        "与",
        "受",
        "获",
        "赴",
        "到",
        "按照",
        "根据",
        "围绕",
    ]
)
_WINNERS = ("获得者", "得主", "获奖者", "获奖选手", "优胜者")
_APART = re.compile("分别|分获|各自|依次")
_COUNTED_SUBJECT = re.compile(r"\d+(?:余|多)?(?:名|人|家|个|位|支)|(?:一批|多名|多家|一大批|不少|众多)")
_NOT_YET = re.compile(
    r"力争|争取|申报|推荐|候选|拟(?!定)|目标|冲刺|参评|鼓励|支持|有望|符合条件|可(?:以)?被|将被|将获|优先|未能?|没有|不得|对(?:新)?(?:获|入选|当选)|凡|曾与|无缘"
)
_PEOPLE = frozenset(
    [
        "职工",
        "选手",
        "工人",
        "员工",
        "队伍",
        "企业",
        "单位",
        "项目",
        "产品",
        "案例",
        "经验",
        "品牌",
        "成果",
        "人员",
        "教师",
        "学生",
        "做法",
        "同志",
        "劳模",
        "工匠",
        "人才",
        "作品",
    ]
)
_UNITS = (
    "车间|班组|班|工段|分厂|中心|项目部|党支部|工会|团队|科室|研究所|分公司|大队|队|站|工作室|党委|实验室|"
    "局|医院|学校|公司|厂|社区|街道|项目组"
)
_UNIT = re.compile(
    rf"([\u4e00-\u9fff]{{1,16}}?(?:{_UNITS}))(?:双双|均|都|也|还|分别|先后|成功|再次|连续[^，。]{{1,4}})*$"
)
_PART_AS = re.compile(rf"([\u4e00-\u9fff]{{1,12}}?(?:{_UNITS}))(?:评|命名|认定|确定|列)?为")
_OWN_UNIT = re.compile(
    r"^(?:其|公司|集团|该厂|该公司)?([\u4e00-\u9fff]{2,12}?(?:车间|班组|班|工段|分厂|项目部|党支部))(?:均|都|也|还)?$"
)
_HE = re.compile("他|她|其(?!中)|您|我(?!们|市|省|县|区|国)")
_FIRM = re.compile("公司|企业|集团|该厂|厂里|工厂")
_CITY = re.compile("这[座个][^，。]{0,14}(?:城|市|县|区)|该[市县区省]|当地")
_NAMED_AFTER = re.compile(
    r"(?:他|她|其)(?:所)?(?:领衔|领办|牵头|负责|创办|创建|所在|带领)?的?([^，。]{0,8}工作室)|以[他她其][^，。]{0,6}命名的([^，。]{0,10}工作室)"
)


@functools.cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("names")["honour"][key])


@functools.cache
def _verb_pattern() -> re.Pattern[str]:
    verbs = {*_words("receiving"), *_words("giving")}
    return re.compile("(" + "|".join(sorted(map(re.escape, verbs), key=len, reverse=True)) + ")(?:了|过|为)?")


def kinds_of(honour: str) -> frozenset[str]:
    """Return the types of things that can receive an honour, by how its name ends.

    >>> sorted(kinds_of("清远工匠")), "Region" in kinds_of("产改试点城市"), "Person" in kinds_of("一等奖")
    (['Person'], True, True)
    """
    name = re.sub(r"[(（][^()（）]*[)）]$", "", honour.strip(_MARKS)).rstrip(_MARKS)
    name = re.sub(r"(?:荣誉称号|称号|名单|榜单|行列)$", "", name).rstrip(_MARKS)
    if name.endswith(tuple(_words("of_workshops"))):
        return frozenset({"Workshop"})
    if name.endswith(tuple(_words("of_bodies"))):
        return _RECIPIENTS - {"Person"}
    if name.endswith(tuple(_words("of_places"))):
        return frozenset({"Region", "Government", "PartyOrgan", "Organization"})
    if name.endswith(tuple(_words("of_persons"))):
        return frozenset({"Person"})
    return _RECIPIENTS


@dataclass(frozen=True, slots=True)
class _Award:
    """Honours in coordination behind one verb."""

    honours: tuple[Mention, ...]
    verb: str
    start: int  # of the verb
    end: int
    giving: bool
    passive: int  # where the passive marker stands, or -1


@dataclass(frozen=True, slots=True)
class _Scene:
    """A clause and those of its block before it."""

    draft: Draft
    clauses: Sequence[Clause]
    sentence_of: Sequence[int]
    index: int
    begins: dict[int, int]
    embedded: frozenset[int]
    at_place: Callable[[int], Mention | None]

    @property
    def clause(self) -> Clause:
        return self.clauses[self.index]

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the article."""
        return self.draft.text[start:end]

    def plain(self, start: int, end: int) -> str:
        """Return a stretch of the article without what stands in brackets."""
        return _BRACKETS.sub("", self.draft.text[start:end])


def facts(
    draft: Draft,
    posts: Sequence[Post],
    rules: RuleSet,
    at_place: Callable[[int], Mention | None],
    times: Sequence[Time],
) -> list[Fact]:
    """Return the honours that an article states.

    Args:
        draft: The article's names and sentences.
        posts: The posts before names: the bodies in them receive nothing.
        rules: The declared rules, each of which names one construction.
        at_place: Answers which place an offset is about.
        times: Every time in the article.
    """
    declared = {r.construction: r for r in rules.of("honour")}
    begins = {p.person.start: p.start for p in posts}
    embedded = frozenset(m.start for p in posts for m in p.covered)
    found: list[Fact] = []
    for clauses, sentence_of in _blocks(draft):
        owners = _employers(clauses)
        begins |= {person: owner for owner, person in owners if person not in begins}
        embedded |= {owner for owner, _ in owners}
        for index in range(len(clauses)):
            scene = _Scene(draft, clauses, sentence_of, index, begins, embedded, at_place)
            for award in _awards(scene):
                for recipient, honour, construction in _pairs(scene, award):
                    rule = declared.get(construction)
                    if rule is not None:
                        found.append(_fact(recipient, honour, award, rule, times))
    rule = declared.get("list-below")
    if rule is not None:
        found += [_listed_fact(r, h, rule) for r, h in _lists_below(draft)]
    return found


def _listed_fact(recipient: Mention, honour: Mention, rule: Rule) -> Fact:
    slots = {"recipient": recipient, "honour": honour, "date": None}
    return Fact("honour", {**slots}, recipient.start, recipient.end, rule.id, rule.confidence)


def _lists_below(draft: Draft) -> Iterator[tuple[Mention, Mention]]:
    """Yield the recipients listed line by line below a line that is the name of an honour."""
    current: Mention | None = None
    for block in draft.blocks:
        line = draft.text[block.start : block.end]
        if block.kind in {BlockKind.TITLE, BlockKind.META, BlockKind.TABLE}:
            continue
        head = _LIST_HEAD.fullmatch(line.strip())
        name = head[1].strip(_MARKS) if head else ""
        if head and name.endswith(tuple(_words("suffixes"))) and not _named_bodies(draft, block.start, block.end):
            start = block.start + line.index(head[1])
            current = Mention(start, start + len(head[1]), "Honour", head[1], name=name)
        elif len(line) > 200 or re.search("[。；！？]", line):
            current = None
        elif current is not None:
            for recipient in _line_recipients(draft, block.start, block.end):
                if _fits(recipient, kinds_of(current.name)):
                    yield recipient, current


def _named_bodies(draft: Draft, start: int, end: int) -> bool:
    return any(m.type in ORGANISATIONS | {"Person"} for m in draft.within(start, end))


def _line_recipients(draft: Draft, start: int, end: int) -> list[Mention]:
    """Return those whom a line of a list names: its persons, or else its bodies, or else its places."""
    named = draft.within(start, end)
    for types in (frozenset({"Person"}), ORGANISATIONS, frozenset({"Region"})):
        fitting = [m for m in named if m.type in types]
        if fitting:
            return fitting
    return []


def _employers(clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return where bodies and places directly before a person (某公司的某某) begin, with where the person begins."""
    found = []
    for clause in clauses:
        owner: Mention | None = None
        for token in clause.tokens:
            if token.mention is not None and token.mention.type == "Person":
                if owner is not None:
                    found.append((owner.start, token.start))
                owner = None
            elif token.mention is not None:
                owner = token.mention if token.mention.type in _RECIPIENTS else None
            elif token.text != "的" and (owner is None or owner.type == "Region" or not token.nominal):
                owner = None
    return found


def _fact(recipient: Mention, honour: Mention, award: _Award, rule: Rule, times: Sequence[Time]) -> Fact:
    recipient = replace(recipient, name=_LED_BY.sub("", recipient.name))
    ends = [award.start, award.end, honour.start, honour.end, recipient.start, recipient.end]
    start, end = min(ends), max(ends)
    if end - start > 200:
        start, end = min(award.start, honour.start), max(award.end, honour.end)
    stated = [t for t in times if start - 40 <= t.start < award.start and t.period is not None and t.role == "point"]
    date = stated[-1].period.edtf if stated and stated[-1].period else None
    return Fact(
        "honour", {"recipient": recipient, "honour": honour, "date": date}, start, end, rule.id, rule.confidence
    )


def _blocks(draft: Draft) -> Iterator[tuple[list[Clause], list[int]]]:
    """Yield the clauses of each block, with the number of their sentence."""
    clauses: list[Clause] = []
    numbers: list[int] = []
    current = -1
    for number, (start, end, index) in enumerate(draft.sentences):
        if draft.blocks[index].kind in {BlockKind.TITLE, BlockKind.META}:
            continue
        if index != current and clauses:
            yield clauses, numbers
            clauses, numbers = [], []
        current = index
        for clause in split_clauses(draft.tokens(start, end)):
            clauses.append(clause)
            numbers.append(number)
    if clauses:
        yield clauses, numbers


def _awards(scene: _Scene) -> Iterator[_Award]:
    """Yield the honours of a clause with the verb that governs them."""
    groups = groups_of(scene.clause.tokens, lambda m: m.type == "Honour")
    floor = scene.clause.start
    for group in groups:
        before = _blanked(scene, floor, group.start)
        verbs = list(_verb_pattern().finditer(before))
        if not verbs:
            by = _won_by(scene, group)
            if by is not None:
                yield by
            continue
        last = verbs[-1]
        start, end = floor + last.start(), floor + last.end()
        head = before[: last.start()]
        giving = last[1] in _words("giving")
        marker = max((m.start() for m in _PASSIVE.finditer(head)), default=-1) if giving else -1
        if _NOT_YET.search(head + last[0]) is None and not _is_condition(scene, group):
            yield _Award(group.members, last[1], start, end, giving, floor + marker if marker >= 0 else -1)


def _blanked(scene: _Scene, start: int, end: int) -> str:
    chars = list(scene.text(start, end))
    for mention in scene.draft.within(start, end):
        for i in range(mention.start - start, mention.end - start):
            chars[i] = "\0"
    return "".join(chars)


def _is_condition(scene: _Scene, group: Group) -> bool:
    """获得一等奖的选手(予以奖励): nobody is named."""
    behind = scene.text(group.end, scene.clause.end)
    return bool(re.match("(?:称号|荣誉称号)?的", behind)) and not any(
        m.type in _RECIPIENTS for m in scene.draft.within(group.end, scene.clause.end)
    )


def _won_by(scene: _Scene, group: Group) -> _Award | None:
    """一等奖由甲获得: the verb stands behind the honour and its winner."""
    behind = _blanked(scene, group.end, scene.clause.end)
    if behind.lstrip(_MARKS).startswith(_WINNERS):
        return _Award(group.members, "得主", group.end, group.end, True, -1)
    if not behind and scene.draft.text[scene.clause.end : scene.clause.end + 1] in {":", "："}:
        return _Award(group.members, "：", group.start, group.end, True, -1)
    if not re.match("(?:称号|均|则|也|分别)*[由被]", behind):
        return None
    verb = _verb_pattern().search(behind)
    if verb is None:
        return None
    return _Award(group.members, "由", group.end + verb.start(), group.end + verb.end(), True, -1)


def _pairs(scene: _Scene, award: _Award) -> Iterator[tuple[Mention, Mention, str]]:
    """Yield each recipient with each honour; with 分别 or 分获 one each."""
    kinds = [kinds_of(h.name) for h in award.honours]
    recipients, construction = _recipients(scene, award, frozenset().union(*kinds))
    if not recipients:
        return
    honours = list(award.honours)
    apart = _APART.search(scene.text(scene.clause.start, award.end)) is not None
    if len(recipients) > 1 and apart:
        parts = honours if len(honours) == len(recipients) else _parts(honours[-1]) if len(honours) == 1 else []
        if len(parts) == len(recipients):
            yield from ((r, h, "one-each") for r, h in zip(recipients, parts, strict=True))
            return
    for recipient in recipients:
        for honour, fitting in zip(honours, kinds, strict=True):
            if _fits(recipient, fitting):
                yield recipient, honour, construction


def _parts(honour: Mention) -> list[Mention]:
    """Split 焊工、钳工两个工种第一名 and 一、二、三等奖 into the single honours.

    >>> h = Mention(0, 6, "Honour", "一、二、三等奖", name="一、二、三等奖")
    >>> [p.name for p in _parts(h)]
    ['一等奖', '二等奖', '三等奖']
    """
    match = re.fullmatch(
        r"(.*?[、和].*?)(?:[两二三四五六七八九]个|[一二三四五]大)?((?:工种|赛项|项目|组别|组)?(?:个人)?(?:第[一二三]名?|[特一二三]?等奖|冠军|[金银铜]奖|名))",
        honour.name,
    )
    if match is None:
        return []
    heads, tail = re.split("[、和]", match[1]), match[2]
    if tail[0] in "一二三特" and tail.endswith("等奖"):
        heads, tail = [*heads, tail[0]], tail[1:]
    return [
        replace(honour, name=head + tail.removeprefix("组" if head.endswith("组") else "")) for head in heads if head
    ]


def _fits(mention: Mention, kinds: frozenset[str]) -> bool:
    if mention.type in kinds:
        return True
    return "Workshop" in kinds and mention.type in {"Organization", "School"} and "工作室" in mention.text


def _recipients(scene: _Scene, award: _Award, kinds: frozenset[str]) -> tuple[list[Mention], str]:
    if award.verb == "：":
        return _listed(scene, kinds), "listed"
    if award.verb == "得主":
        return _first_row(scene, award.end, kinds), "won-by"
    if award.verb == "由":
        return _named(scene, award.honours[-1].end, award.start, kinds), "won-by"
    relative = scene.text(award.honours[-1].end, scene.clause.end)
    if re.match("(?:称号|荣誉称号)?的", relative) or relative.startswith(("获得者", "得主")):
        behind = _first_row(scene, award.honours[-1].end, kinds)
        if behind and not _before(scene, award, kinds):
            return behind, "relative"
    if award.giving and award.passive < 0:
        between = _named(scene, award.end, award.honours[0].start, kinds)
        if between:
            unit = _PART_AS.match(scene.text(between[-1].end, award.honours[0].start))
            if unit and between[-1].type != "Person":
                between = [*between[:-1], _unit_of(scene, between[-1], unit[1])]
            return between, "conferred"
        fronted = next(
            (t.end for t in reversed(scene.clause.tokens) if t.text in _FRONTED and t.end <= award.start), -1
        )
        if fronted >= 0:
            given = _named(scene, fronted, award.start, kinds)
            if given:
                return given, "conferred"
        if not award.verb.endswith("为"):
            return [], ""
        kinds -= {"Government", "GovernmentDepartment", "PartyOrgan", "TradeUnion", "CoordinationBody"}
    if _is_count(scene, award):
        return [], ""
    return _before(scene, award, kinds), "received"


def _listed(scene: _Scene, kinds: frozenset[str]) -> list[Mention]:
    """一等奖：甲（某公司）、乙: return the names in the clauses behind, up to the end of the sentence."""
    found: list[Mention] = []
    for clause, number in zip(scene.clauses[scene.index + 1 :], scene.sentence_of[scene.index + 1 :], strict=True):
        if number != scene.sentence_of[scene.index]:
            break
        ahead = replace(scene, clauses=[clause], sentence_of=[number], index=0)
        named = _named(ahead, clause.start, clause.end, kinds)
        found += [m for m in named if any(t.start == m.start for t in clause.tokens)]
    return found


def _is_count(scene: _Scene, award: _Award) -> bool:
    """命名某某工作室105个, 获评示范基地3个: a number, nobody by name."""
    return (
        re.match(r"(?:称号)?[”\"]?\s*\d+\s*(?:个|家|项|名|人)", scene.text(award.honours[-1].end, scene.clause.end))
        is not None
    )


def _first_row(scene: _Scene, start: int, kinds: frozenset[str]) -> list[Mention]:
    """Return the first names in coordination behind an offset that can receive the honour."""
    groups = groups_of(scene.clause.tokens, lambda m: _fits(m, kinds) and m.start not in scene.embedded)
    groups = _coordinated(scene, [g for g in groups if g.start >= start])
    return list(groups[0].members) if groups else []


def _named(scene: _Scene, start: int, end: int, kinds: frozenset[str]) -> list[Mention]:
    inside = [m for m in scene.draft.within(start, end) if _fits(m, kinds) and m.start not in scene.embedded]
    persons = [m for m in inside if m.type == "Person"]
    return persons or [m for m in inside if m.type != "Region"] or inside


def _before(scene: _Scene, award: _Award, kinds: frozenset[str]) -> list[Mention]:
    """Return who stands before the verb, in this clause or one before it."""
    limit = award.passive if award.passive >= 0 else award.start
    if _SINCE.match(scene.text(scene.clause.start, award.start)) and scene.index + 1 < len(scene.clauses):
        ahead = replace(scene, index=scene.index + 1)
        found = _subject(ahead, ahead.clause.end, kinds, own=False)
        if found:
            return found
    for back in range(scene.index, -1, -1):
        here = replace(scene, index=back)
        same = scene.sentence_of[back] == scene.sentence_of[scene.index]
        if not same and scene.sentence_of[scene.index] - scene.sentence_of[back] > 1:
            break
        found = _subject(here, min(limit, here.clause.end), kinds, own=back == scene.index)
        if found is not None:
            return found
    return []


def _subject(scene: _Scene, limit: int, kinds: frozenset[str], *, own: bool) -> list[Mention] | None:
    """Return the recipients named in a clause before `limit`; None where the clause says nothing of them."""
    row = _row(scene, limit, kinds) if own else None
    if row:
        return row
    groups = groups_of(scene.clause.tokens, lambda m: m.type in _RECIPIENTS and m.start not in scene.embedded)
    groups = _coordinated(scene, [g for g in groups if g.end <= limit])
    groups = [g for g in groups if _marker(scene, g) not in _OBLIQUE]
    spoken = _spoken_of(scene, groups[-1].end if groups else scene.clause.start, limit, kinds)
    if spoken is not None:
        return spoken
    led = _part(scene, groups[-1], limit, kinds) if own and groups and groups[-1].members[-1].type == "Person" else None
    if led is not None:
        return [led]
    for group in reversed(groups) if own else groups:
        members = [m for m in group.members if _fits(m, kinds)]
        if not members:
            continue
        behind = scene.text(group.end, limit)
        if own and members[-1].type != "Person":
            part = _part(scene, group, limit, kinds)
            if part is not None:
                return [part]
            if not _free(scene, group, limit):
                return []
        if behind.startswith("的") and members[-1].type != "Person":
            return [] if own else None
        return members
    unit = _OWN_UNIT.match(scene.text(scene.clause.start, limit)) if own and not groups else None
    if unit is not None and "Organization" in kinds:
        firm = next((m for m in reversed(scene.draft.within(0, scene.clause.start)) if m.type == "Enterprise"), None)
        at = scene.clause.start + unit.start(1)
        name = (firm.name or firm.text) + unit[1] if firm else unit[1]
        return [Mention(at, at + len(unit[1]), "Organization", unit[1], name=name)]
    if own and _COUNTED_SUBJECT.search(scene.text(scene.clause.start, limit)):
        return []
    return None


def _coordinated(scene: _Scene, groups: Sequence[Group]) -> list[Group]:
    """Join persons that stand in a row, each behind posts: 某班长甲、某技师乙."""
    joined: list[Group] = []
    for group in groups:
        begin = scene.begins.get(group.start, group.start)
        if joined and _in_row(scene, joined[-1], group, begin):
            before = joined.pop()
            group = Group(before.members + group.members, before.first, group.last)
        joined.append(group)
    return joined


def _in_row(scene: _Scene, left: Group, right: Group, begin: int) -> bool:
    """Whether 、 or 和 joins two groups; between persons an employer that is no known name may stand."""
    if left.end >= begin:
        return False
    persons = left.members[-1].type == "Person" == right.members[0].type
    return re.fullmatch(_ROW_OF_PERSONS if persons else "、|和|与|及|以及", scene.plain(left.end, begin)) is not None


def _marker(scene: _Scene, group: Group) -> str:
    """Return the word before a group, before the posts of its first person."""
    begin = scene.begins.get(group.start, group.start)
    before = [t for t in scene.clause.tokens if t.end <= begin]
    return before[-1].text if before else ""


def _free(scene: _Scene, group: Group, limit: int) -> bool:
    """Whether nothing but adverbs stands between a body and the verb: 某市(12名职工)获评 names nobody."""
    behind = scene.plain(group.end, limit)
    if behind.startswith("等") or (len(group.members) > 1 and _ALL_OF_THEM.match(behind)):
        return True
    if _COUNTED_SUBJECT.search(behind):
        return False
    between = [t for t in scene.clause.tokens if group.end <= t.start < limit]
    if group.members[-1].type == "Region" and any(t.tag.startswith("n") and t.tag != "nr" for t in between):
        return False
    return not any(t.text in _PEOPLE for t in between)


def _part(scene: _Scene, group: Group, limit: int, kinds: frozenset[str]) -> Mention | None:
    """Return the part of a body that is honoured: 某公司总装车间, 某市供电局检修班."""
    owner = group.members[-1]
    unit = _UNIT.match(scene.text(group.end, limit))
    if unit is None or not _fits(replace(owner, type="Organization"), kinds):
        return None
    if owner.type == "Person":
        led = _LED.fullmatch(unit[1])
        return _workshop(scene, owner, unit.end(1) - len(led[1]) + group.end, led[1]) if led else None
    return _unit_of(scene, owner, unit[1])


def _unit_of(scene: _Scene, owner: Mention, unit: str) -> Mention:
    end = owner.end + len(unit)
    name = scene.text(owner.start, end) if owner.type == "Region" else (owner.name or owner.text) + unit
    return Mention(owner.start, end, "Organization", scene.text(owner.start, end), name=name)


def _row(scene: _Scene, limit: int, kinds: frozenset[str]) -> list[Mention] | None:
    """Return the names in a row that the text itself calls firms or places, those not recognised too."""
    span = scene.plain(scene.clause.start, limit)
    if re.search("[的了在]", span):
        return None
    match = re.fullmatch(
        r"(?:其中|包括|目前|今年|去年)?((?:[\u4e00-\u9fff]{2,14}(?:、|和|与))+[\u4e00-\u9fff]{2,14}?)(?:等|共)*(\d+(?:家|个)(?:企业|单位|公司|园区|社区|街道)?)?(?:双双|均|都|分别|先后|成功)?",
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
            if mention is not None and mention.type not in _RECIPIENTS:
                return None
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


def _spoken_of(scene: _Scene, start: int, limit: int, kinds: frozenset[str]) -> list[Mention] | None:
    """Return what 他, 公司, 工作室 or 这座城市 means here, or None where no such word stands before the verb."""
    span = scene.plain(start, limit)
    before = list(scene.draft.within(0, start))

    def last(fits: Callable[[Mention], bool]) -> list[Mention] | None:
        found = next((m for m in reversed(before) if fits(m)), None)
        return [found] if found is not None else None

    if "Workshop" in kinds or "工作室" in span:
        after = _NAMED_AFTER.search(span)
        if after is not None:
            person = last(lambda m: m.type == "Person")
            kind = after[1] or after[2]
            at = scene.draft.text.index(kind, start)
            return [_workshop(scene, p, at, kind) for p in person] if person else None
        if "工作室" in span:
            return last(lambda m: m.type == "Organization" and "工作室" in m.text)
    if "Person" in kinds and _HE.search(span):
        return last(lambda m: m.type == "Person")
    if "Enterprise" in kinds and _FIRM.search(span) and not _COUNTED_SUBJECT.search(span):
        return last(lambda m: m.type == "Enterprise")
    if "School" in kinds and re.search("学校|学院", span):
        return last(lambda m: m.type == "School")
    if "Region" in kinds and _CITY.search(scene.text(scene.clause.start, limit)):
        place = scene.at_place(limit)
        return [place] if place is not None else None
    return None


def _workshop(scene: _Scene, person: Mention, at: int, kind: str) -> Mention:
    return Mention(at, at + len(kind), "Organization", scene.text(at, at + len(kind)), name=person.name + kind)
