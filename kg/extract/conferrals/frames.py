"""Frames: where in a clause, or around it, those stand who receive its honours.

甲获评“乙”, 甲被授予“乙”                 the subject
授予甲“乙”, 将甲评为“乙”, 将“乙”颁给甲      the object, fronted or not
“乙”由甲获得, 获得“乙”的是甲, “乙”得主甲     behind the honour
一等奖：甲、乙; 冠军，甲                   in the clauses behind
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.clauses import Group, groups_of
from kg.extract.conferrals.scene import MARKS, RECIPIENTS, Award, Scene, verb_pattern, words_of
from kg.extract.names.standing import MERIT
from kg.model import Mention

_PASSIVE = re.compile("[被受获荣]|由(?=\0)")
_NOT_YET = re.compile(
    r"力争|争取|争夺|争创|角逐|申报|推荐|候选|拟(?!定)|目标|冲刺|参评|备战|鼓励|支持|有望|符合条件|可(?:以)?被|将(?=被|获|授予|颁发|给予|由|对|评选|表彰|择优|统一)|优先|未能?|没有|不得|"
    r"对(?:新)?(?:获|入选|当选)|凡|曾与|无缘|希望|渴望|梦想|立志|期待|努力(?:成|获|争)|想(?:要|成)"
)
_TO_WHOM = re.compile("(?:^|、|[)）])[对为给向]")
# 对甲、乙3名选手予以通报表扬，授予“丙”: what else is done to them
_DONE_TO = re.compile("(?:等?\\d*名?[\u4e00-\u9fff]{0,4}(?:予以|给予|进行)\0+)?")
_BESTOWING = frozenset({"授予", "追授", "颁发", "授"})
_CONDITION = re.compile("^[^\0]*(?:凡|鼓励|支持|力争|对)")
_HONOUR_END = r"^[”\"」』]?(?:荣誉)?(?:称号|荣誉|奖项)?"
_WINNER = re.compile(_HONOUR_END + "的?(?:获得者|得主|优胜者|获奖者|获奖选手)")
_IS = re.compile(
    _HONOUR_END
    + "(?:的?(?:单位|企业|选手|职工|集体|个人|班组|团队|县区|县|市|地区))?的?(?:则|均|也|都|还|就|分别|依次|最终){0,2}"
    "(?:分别是|分别为|依次是|依次为|是|为|有|还有|包括|归|属于|花落)"
)
_BY = re.compile(_HONOUR_END + "(?:则|均|也|都|分别|最终)*[由被]")
_TO = re.compile(_HONOUR_END + "(?:荣誉|证书|奖杯|奖牌)?(?:授予|颁发给|颁给|颁予|授给|发给|颁授给|给予|给)了?")
# 为甲、乙等10家“某某”授牌
_HANDED = re.compile(
    _HONOUR_END + "(?:企业|单位|班组|个人|获得者|代表)?(?:授牌|颁奖|颁证|颁发(?:了)?(?:证书|奖牌|牌匾|荣誉证书|奖杯))"
)
_AMONG = re.compile(_HONOUR_END + "(?:名单|获得者|行列)?[中里]$")
_CANDIDATE = re.compile(_HONOUR_END + "的?(?:候选|参评|初选|申报|推荐|拟)")
_PLACED = re.compile("(?:位列|位居|屈居|名列|并列|[列居])(?:全国|全省|全市|团体|总分|个人){0,2}$")
_RELATIVE = re.compile(_HONOUR_END + "的(?!(?:好|优异|佳绩|骄人)?(?:成绩|佳绩|消息|桂冠|(?:荣誉)?称号|殊荣|荣誉))")
_COPULA = re.compile("成为|是|作为|系")
# 聘任甲为“乙”: the verb in two parts.
_AS = re.compile(
    "(?:聘任|聘请|返聘|聘|推选|选举|评选|推荐评|选树|树立|追认|表彰|认定|确定|命名|推举|评)(?!为)[^，。；]*为$"
)
# The championship that a verb says without naming it.
_OUTRIGHT = frozenset({"折桂", "头筹", "摘冠", "登顶", "称雄", "鳌头"})
# 名单公布，甲榜上有名: the honour was named in a clause before.
_LISTED = re.compile(
    "(?:榜上有名|[名位]列其中|(?:赫然)?在列|入选其中|入选|上榜|登榜|当选|入围|获此(?:殊荣|荣誉))(?:[两二三四五六七八九十\\d]人)?$"
)
_AS_A_LIST = re.compile(
    r"^[”\"」』]?(?:称号)?(?:获奖|获得者|获评|评选|评审|表彰|培育|培养)*(?:名单|结果|榜|揭晓|公布)|^[中里]|^\s*\d+\s*[名人家个]"
)
# 甲代表队团体总分第一
_SCORED = re.compile("(?:团体|个人)(?:总分|总成绩|综合)?第[一二三四五六]")
_MERIT = re.compile(MERIT)
_MERITED_BY = re.compile(
    "(?:(?:曾|还|均|都|先后|分别|多次|两次|荣)*(?:被|受到?|[获立](?=[得了]{0,2}$)|荣[获立](?=[得了]{0,2}$)))"
)
_MERIT_FOR = re.compile("对|给予?|为|向|予以")
_NOT_MERITED = re.compile("拟|将|可(?!圈)|建议|争取|力争|申报|未|没有|不得|凡|应当?|要|给予(?:以下|相应)")
_MOST = 50  # rows of honours in one clause; what has more is no sentence
_REACH = 80  # characters before a clause in which the list stands that it speaks of


def awards_of(scene: Scene) -> Iterator[Award]:
    """Yield the honours of a clause that are conferred, each with where its recipients stand."""
    groups = groups_of(scene.clause.tokens, lambda m: m.type == "Honour")
    floor = scene.clause.start
    for group in groups[:_MOST]:
        award = (
            _merit(scene, group)
            or _behind(scene, group)
            or _by_verb(scene, group, floor)
            or _alone(scene, group, floor)
        )
        if award is not None:
            yield award
        floor = group.end
    if not groups:
        listed = _spoken_of(scene)
        if listed is not None:
            yield listed


def _able(mention: Mention) -> bool:
    return mention.type in RECIPIENTS


def _names(scene: Scene, start: int, end: int) -> bool:
    return any(_able(m) for m in scene.draft.within(start, end))


def _merit(scene: Scene, group: Group) -> Award | None:
    """Return the award of a merit or commendation: 对甲予以通报表扬, 给甲记三等功, 甲被记功, 通报表扬甲."""
    if not _MERIT.fullmatch(group.members[0].name):
        return None
    begin, upto = scene.clause.start, scene.end
    before = scene.blanked(begin, group.start)
    if _NOT_MERITED.search(before):
        return None
    award = Award(group.members, group.start, group.end, "within", begin, group.start, "conferred")
    passive = _MERITED_BY.search(before)
    if passive is not None:
        return replace(award, where="subject", upto=begin + passive.start(), construction="received")
    for match in reversed(list(_MERIT_FOR.finditer(before))):
        if _names(scene, begin + match.end(), group.start):
            return replace(award, at=begin + match.end())
    if _names(scene, group.end, upto):
        return replace(award, at=group.end, upto=upto)
    return None


def _behind(scene: Scene, group: Group) -> Award | None:
    """Return the award whose winners stand behind the honour."""
    upto = scene.end
    words = scene.blanked(group.end, upto)
    award = Award(group.members, group.start, group.end, "row", group.end, upto, "won-by")
    for pattern in (_WINNER, _IS):
        match = pattern.match(words)
        if match is None:
            continue
        award = replace(award, at=group.end + match.end())
        if _names(scene, award.at, upto):
            return award
        rest = re.sub("(?:分别|依次|则|均|也|都)*[是为有]?$", "", words[match.end() :])
        if not rest and scene.text(upto, upto + 1) in {":", "："}:
            return replace(award, where="ahead", construction="listed")
        if not rest and pattern is _IS:
            return replace(award, where="ahead")
    if _AMONG.match(words) and _there_are(scene):
        return replace(award, where="ahead")
    match = _BY.match(words)
    if match is not None and _names(scene, group.end + match.end(), upto):
        return replace(award, where="within", at=group.end + match.end())
    match = _TO.match(words)
    if match is not None and _names(scene, group.end + match.end(), upto):
        return replace(award, where="within", at=group.end + match.end(), construction="conferred")
    if _HANDED.match(words):
        fronted = [t.end for t in scene.clause.tokens if t.text in words_of("fronting") and t.end <= group.start]
        if fronted and _names(scene, fronted[-1], group.start):
            return replace(award, where="within", at=fronted[-1], upto=group.start, construction="conferred")
    return None


def _there_are(scene: Scene) -> bool:
    """Whether the next clause names some of them: 首批“某某工匠”中，就有甲."""
    if scene.index + 1 == len(scene.clauses):
        return False
    clause = scene.clauses[scene.index + 1]
    return re.match("[就还也便正]?有", scene.text(clause.start, clause.end)) is not None


def _by_verb(scene: Scene, group: Group, floor: int) -> Award | None:
    """Return the award by the verb before the honour."""
    begin = scene.clause.start
    before = scene.blanked(begin, group.start)
    if group.members[0].name == "冠军" and group.members[0].text in _OUTRIGHT and not _NOT_YET.search(before):
        upto = begin + len(before.removesuffix("拔得").removesuffix("独占"))
        return Award(group.members, group.start, group.end, "subject", begin, upto, "received")
    if (
        _SCORED.fullmatch(group.members[0].name)
        and before.rstrip().endswith("\0")
        and _names(scene, begin, group.start)
    ):
        return Award(group.members, group.start, group.end, "subject", begin, group.start, "received")
    as_ = _AS.search(before.rstrip(MARKS + "首批第一二三四五六七八九十届全国省市"))
    placed = _PLACED.search(before)
    if placed is not None and not _NOT_YET.search(before):
        upto = begin + placed.start()
        return Award(group.members, group.start, group.end, "subject", begin, upto, "received")
    verbs = list(verb_pattern().finditer(before))
    # 授予获得第一名的甲“乙”: the verb before 的 and a name has an honour of its own.
    verbs = [v for v in verbs if "的\0" not in before[v.end() :] or v[1] in words_of("giving")] or verbs
    if not verbs and as_ is None:
        return None
    if as_ is not None:
        word, start, end = "为", begin + as_.start(), begin + as_.end()
        giving = True
    else:
        word, start, end = verbs[-1][1], begin + verbs[-1].start(), begin + verbs[-1].end()
        giving = word in words_of("giving")
    head = before[: start - begin]
    asked = head[head.rfind("\0") + 1 :] + before[start - begin : end - begin]
    upto = scene.end
    own = _own_begin(head, begin)
    relative = _RELATIVE.match(scene.text(group.end, upto))
    named_next = relative is not None and (own > begin or _TO_WHOM.search(head)) and _names(scene, group.end, upto)
    if not named_next and (_NOT_YET.search(asked) or (_CONDITION.match(head) and as_ is None)):
        return None
    if _CANDIDATE.match(scene.text(group.end, upto)):
        return None
    if relative is not None:
        if _names(scene, group.end, upto) and not (_subject_stands(scene, own, start)):
            return Award(group.members, start, end, "row", group.end, upto, "won-by")
        if not _names(scene, group.end, upto) and not _COPULA.search(head[own - begin :]):
            return None  # 获得一等奖的选手(予以奖励): nobody is named
    received = Award(group.members, start, end, "subject", begin, start, "received")
    if not giving:
        return received
    passive = max((m.start() for m in _PASSIVE.finditer(head)), default=-1)
    at = max(end if as_ is None else start, floor)
    towards = [t.end for t in scene.clause.tokens if t.text in {"向", "给", "对"} and t.end <= start]
    if passive < 0 and towards and as_ is None and _names(scene, towards[-1], start):
        return replace(received, where="within", at=towards[-1], upto=start, construction="conferred")
    if (passive < 0 or head[passive] == "由") and _names(scene, at, group.start):
        return replace(received, where="within", at=at, upto=group.start, construction="conferred")
    if passive >= 0:
        return replace(received, upto=begin + passive)
    fronted = [t.end for t in scene.clause.tokens if t.text in words_of("fronting") and t.end <= start]
    if fronted and _names(scene, fronted[-1], start):
        return replace(received, where="within", at=fronted[-1], upto=start, construction="conferred")
    before_it = _addressed(scene) if word in _BESTOWING else None
    if before_it is not None:
        return replace(received, where="within", at=before_it[0], upto=before_it[1], construction="conferred")
    if as_ is None and word in words_of("receiving"):
        return received  # 甲列入“某某”名单
    if not word.endswith("为") or as_ is not None:
        return None
    return replace(received, by_body=True)


def _addressed(scene: Scene) -> tuple[int, int] | None:
    """Return the span of a clause before that names those to whom it is done: 对获得第一名的甲，授予“乙”."""
    if scene.index == 0 or scene.sentence_of[scene.index - 1] != scene.sentence_of[scene.index]:
        return None
    clause = scene.clauses[scene.index - 1]
    if not _TO_WHOM.search(scene.blanked(clause.start, clause.end)):
        return None
    named = [m for m in scene.draft.within(clause.start, clause.end) if _able(m)]
    if not named or not _DONE_TO.fullmatch(scene.blanked(named[-1].end, clause.end)):
        return None
    return named[0].start, named[-1].end


def _own_begin(head: str, begin: int) -> int:
    """Return where the clause begins that the verb itself is in: 授予|获得第一名的甲“乙”."""
    giving = [m for m in verb_pattern().finditer(head) if m[1] in words_of("giving")]
    return begin + giving[-1].end() if giving else begin


def _subject_stands(scene: Scene, start: int, upto: int) -> bool:
    """Whether someone who can receive an honour stands between two offsets, not behind a preposition."""
    for mention in scene.draft.within(start, upto):
        begin = scene.begins.get(mention.start, mention.start)
        before = [t for t in scene.clause.tokens if t.end <= begin]
        if _able(mention) and not (before and before[-1].text in words_of("oblique")):
            return True
    return False


def _alone(scene: Scene, group: Group, floor: int) -> Award | None:
    """Return the award of an honour without a verb: 一等奖：甲; 冠军，甲; (甲获一等奖，)乙二等奖."""
    begin, upto = scene.clause.start, scene.end
    award = Award(group.members, group.start, group.end, "ahead", group.end, upto, "listed")
    before = scene.blanked(begin, group.start).strip(MARKS + "、")
    behind = scene.plain(group.end, upto).strip(MARKS)
    if behind in {"", "称号", "荣誉称号"} and floor == begin and not before:
        mark = scene.plain(group.end, upto + 16).strip(MARKS)[:1]
        if mark in {":", "："} or (mark in {"，", ","} and _only_names(scene, scene.index + 1)):
            return award
    named = [m for m in scene.draft.within(floor, group.start) if _able(m)]
    if named and _goes_on(scene, floor) and not scene.text(named[-1].end, group.start).strip(MARKS + "则"):
        return replace(award, where="within", at=floor, upto=group.start, construction="received")
    return None


def _goes_on(scene: Scene, floor: int) -> bool:
    """Whether a verb before, in the sentence, governs this clause too: 甲获一等奖，乙二等奖."""
    first = scene.index
    while first > 0 and scene.sentence_of[first - 1] == scene.sentence_of[scene.index]:
        first -= 1
    earlier = scene.draft.within(scene.clauses[first].start, max(floor, scene.clause.start))
    said = scene.blanked(scene.clauses[first].start, max(floor, scene.clause.start))
    return any(m.type == "Honour" for m in earlier) and verb_pattern().search(said) is not None


def _only_names(scene: Scene, index: int) -> bool:
    """Whether a clause says nothing but who: names with their posts."""
    if index >= len(scene.clauses) or scene.sentence_of[index] != scene.sentence_of[index - 1]:
        return False
    tokens = [t for t in scene.clauses[index].tokens if t.tag != "w"]
    last = tokens[-1].mention if tokens else None
    return last is not None and _able(last) and not any(t.text in words_of("acting") for t in tokens)


def _spoken_of(scene: Scene) -> Award | None:
    """Return the award of an honour that a clause before named: 名单公布，甲榜上有名."""
    upto = scene.end
    match = _LISTED.search(scene.text(scene.clause.start, upto))
    if match is None:
        return None
    start = scene.clause.start + match.start()
    for mention in scene.draft.before(scene.clause.start):
        if scene.clause.start - mention.end > _REACH or mention.start < scene.clauses[0].start:
            return None
        if mention.type == "Honour":
            also = re.search("也|还|其中|此", scene.text(scene.clause.start, upto))
            if also or _AS_A_LIST.match(scene.text(mention.end, mention.end + 12)):
                return Award((mention,), start, upto, "subject", scene.clause.start, start, "won-by")
            return None
    return None
