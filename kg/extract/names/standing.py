"""Honours that no verb governs: they head a row of winners, are the name of a list, or are a place taken.

一等奖由甲获得; 前三名分别是甲、乙、丙; 冠军，甲        who won stands behind
“某某工匠”名单公布; 某某工匠获得者                  whose list is spoken of
甲位列第三; 甲夺魁                                 a place taken
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.names.draft import Draft
from kg.extract.opening import opening
from kg.extract.segment import Token
from kg.model import BlockKind, Mention

_NUMBER = "[一二三四五六七八九十]"
RANK = opening(
    "特一二三四优提鼓组金银铜冠亚季桂第前团头",
    rf"[特一二三四](?:、[一二三四])*等奖|优[秀胜]奖|提名奖|鼓励奖|组织奖|[金银铜](?:、?[银铜])*[奖牌]|冠亚季?军|冠军|亚军|季军|桂冠|"
    rf"第{_NUMBER}(?:[、和]第?{_NUMBER})*名|前[二两三四五六]名|团体第{_NUMBER}|头名|[特一二三]等功",
)
_TITLE = opening(
    "五劳工先技岗大名标红模楷奖单位个人集体企业对象班组",
    "五一劳动奖[章状]|劳动奖[章状]|工人先锋号|劳动模范|先进工作者|技术能手|岗位能手|大工匠|工匠|名匠|标兵|红旗手|模范|楷模|大奖|奖(?=[”」』])|"
    "单位|个人|集体|企业|对象|班组",
)
# What tells that the winners stand behind.
_WINNERS = re.compile(
    r"(?:[“”\"」』])?(?:[（(][^（）()]{1,12}[)）])?(?:荣誉)?(?:称号)?(?:"
    r"的?(?:获得者|得主|优胜者|获奖者|获奖选手)|[：:]"
    r"|(?:的|则|均|也|都|还|分别|依次|最终|获奖|单位|选手|企业|职工|集体|个人|荣誉|证书){0,4}"
    r"(?:[由被归](?=[^，。；]{2})|[是为](?!了)|属于|花落|授予|颁给|颁发给|颁予|包括|有[：:]))"
)
_ONLY = re.compile("[，,]")
_LIST = re.compile(r"[”\"」』]?(?:称号)?(?:获奖|获得者|获评|评选|评审|表彰|入选)*(?:名单|结果|榜单?)(?!制)")
_TAKEN = opening(
    "位屈名排分并列居",
    rf"(?:位列|位居|屈居|名列|并列|排名|排在|分列|分居|[列居])(?:全国|全省|全市|全县|全疆|全区|团体|总分|总成绩|小组|个人){{0,2}}"
    rf"((?:[\u4e00-\u9fff]{{2,8}}(?:组|工种|赛项|项目))?第?{_NUMBER}(?:[、和]第?{_NUMBER})*(?:[名位])?)(?=[，,。；;、！!]|$)",
    re.MULTILINE,
)
_OF_WHAT = re.compile("[\u4e00-\u9fff]{2,8}(?:组|工种|赛项|项目)")
_OUTRIGHT = opening(
    "夺折拔摘登称独",
    "(?:夺(魁|冠)|(折桂)|拔得(头筹)|(摘冠)|(登顶)|(称雄)|独占(鳌头))(?=[，,。；;、！!”」]|$)",
    re.MULTILINE,
)
# Merits and commendations, behind what confers them: 记三等功, 给予甲记大功奖励, 对甲予以通报表扬, 受到嘉奖.
MERIT = "(?:个人|集体)?[特一二三]等功|记大功|大功|记功|(?:个人|集体)?嘉奖|通报(?:表扬|表彰|嘉奖)"
_MERITED = re.compile(
    "(?:予以|给予[^，。；\n]{0,30}?|进行(?:了)?|被[^，。；\n]{0,20}?|受到?(?:了)?[^，。；\n]{0,20}?|[获立](?:得)?(?:了)?|追?记)"
    rf"({MERIT})(?!名单|决定|制度|文件|活动|大会|办法|单位|对象)"
)
_COMMENDED = re.compile("(通报(?:表扬|表彰|嘉奖))了?(?=[\u4e00-\u9fff“])")
# 获得金奖5项、银奖3项: won by those who are named, and counted.
_COUNTED_PRIZE = re.compile(
    r"([金银铜][奖牌]|[特一二三]等奖|优胜奖|优秀奖|冠军|第[一二三]名)\s*(?:\d+|[一二两三四五六七八九十]+)[项个枚块名]"
    "(?=[、，,。；;和及与 ]|$)",
    re.MULTILINE,
)
_SCORED = re.compile("(?:团体|个人)(?:总分|总成绩|综合)第[一二三四五六](?=[，,。；;、]|$)", re.MULTILINE)
_WON = re.compile("[获夺摘斩捧揽]|拿[到下]|收获|取得|包揽")
# 牵头单位：甲 names who has a task, not who won.
_ROLE = re.compile(
    "(?:牵头|责任|主办|承办|协办|配合|成员|参与|实施|指导|支持|主责|联系|发布|主管|申报|推荐|完成|参赛|供稿|协作|组织|发文|主送|抄送|建设|出品|监制|用人|所在|"
    "项目|工作|本|该|各|有关|相关|事业|试点|合作)"
    "(?:单位|企业|部门|集体|个人|班组|对象)$"
)
_LONGEST_ROLE = 4
# “某某工匠”称号: whatever is called so.
_CALLED = re.compile(
    "[“「『]([^“”「」『』\n]{2,20})(?=[”」』](?:(?:荣誉)?称号|(?:企业|单位|班组)?(?:授牌|颁奖|颁证|颁发)|(?:培育|培养|入选)*(?:名单|榜单)|(?:评选结果|名单)?(?:揭晓|出炉)|[中里][，,]|(?:分别|依次)[是为]))"
)
# Places are taken in contests, also by what is no honour: 总量位列全省第二.
_CONTEST = re.compile("赛|比武|夺|冠|桂|魁|头筹|选手|代表队|名次|奖")
_NAMES_IN_HONOURS = frozenset({"Region", "Competition", "Programme", "Event"})
_NO_PART = frozenset(
    {
        "其中",
        "获奖",
        "选手",
        "最终",
        "名次",
        "的",
        "了",
        "获",
        "是",
        "为",
        "由",
        "被",
        "和",
        "将",
        "把",
        "位",
        "记",
        "访",
    }
)
_CONTESTED = re.compile("^(?:组|类|[^的]*(?:工种|赛项|项目|赛|员|工|师))$")
_OPENING, _CLOSING = "“「『", "”」』"
_LIMIT = 12  # tokens of an honour's name before its last word


def find(draft: Draft) -> None:
    """Add the honours of the article that no verb governs."""
    merits = any(word in draft.text for word in ("等功", "大功", "记功", "嘉奖", "通报"))
    prizes = _COUNTED_PRIZE.search(draft.text) is not None or _SCORED.search(draft.text) is not None
    for start, end, index in draft.sentences:
        if draft.blocks[index].kind in {BlockKind.TITLE, BlockKind.META}:
            continue
        text = draft.text
        taken = list(_TAKEN.finditer(text, start, end))
        for match in taken if taken and _CONTEST.search(text, max(0, start - 60), end) else ():
            draft.add(Mention(match.start(1), match.end(1), "Honour", match[1], name=_place(match[1])))
        for match in _OUTRIGHT.finditer(text, start, end):
            group = match.lastindex or 0
            draft.add(Mention(match.start(group), match.end(group), "Honour", match[group], name="冠军"))
        if merits:
            _add_merits(draft, start, end)
        for match in _COUNTED_PRIZE.finditer(text, start, end) if prizes else ():
            clause = max(start, *(text.rfind(mark, start, match.start()) for mark in "，,：:"))
            if _WON.search(text, clause, match.start()):
                draft.add(Mention(match.start(1), match.end(1), "Honour", match[1], name=match[1]))
        for match in _SCORED.finditer(text, start, end) if prizes else ():
            draft.add(Mention(*match.span(), "Honour", match[0], name=match[0]))
        heads = list(_heads(text, start, end))
        if heads:
            tokens = draft.tokens(start, end)
            for at, last in heads:
                _add(draft, tokens, at, last)


def _add_merits(draft: Draft, start: int, end: int) -> None:
    text = draft.text
    for match in _MERITED.finditer(text, start, end):
        draft.add(Mention(match.start(1), match.end(1), "Honour", match[1], name=match[1]))
    for match in _COMMENDED.finditer(text, start, end):
        if draft.covering(match.end()) is not None:  # 通报表扬了甲等5家单位
            draft.add(Mention(match.start(1), match.end(1), "Honour", match[1], name=match[1]))


def _heads(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of words that end the name of an honour, where winners or a list follow."""
    for match in _CALLED.finditer(text, start, end):
        yield match.span(1)
    for pattern in (RANK, _TITLE):
        following = None
        for match in reversed(list(pattern.finditer(text, start, end))):
            if _ROLE.search(text, max(start, match.end() - _LONGEST_ROLE), match.end()):
                continue
            joined = following is not None and text[match.end() : following] in {"、", "和", "与", "及"}
            following = None
            alone = pattern is RANK and _ONLY.match(text, match.end(), end)
            listed = pattern is _TITLE or match[0].endswith(("奖", "名", "军"))
            if (
                joined
                or alone
                or _WINNERS.match(text, match.end(), end)
                or (listed and _LIST.match(text, match.end(), end))
            ):
                following = match.start()
                yield match.span()


def _add(draft: Draft, tokens: Sequence[Token], at: int, last: int) -> None:
    """Add the honour that ends in these words, with what belongs to it before them."""
    if any(m is not None and not at <= m.start < m.end <= last for m in (draft.covering(at), draft.covering(last - 1))):
        return
    index = next(i for i, t in enumerate(tokens) if t.end > at)
    closes = draft.text[last : last + 1] in _CLOSING and last < len(draft.text)
    inside = closes and re.search(f"[{_OPENING}]", draft.text[max(0, at - 30) : at]) is not None
    first = _reach(tokens, index, inside=inside)
    quoted = tokens[first].text in _OPENING  # 为甲等10名“某某工匠”颁奖
    if first and not quoted and tokens[first - 1].tag == "NUM" and not tokens[first - 1].text.startswith("第"):
        return  # 12家示范单位 are counted
    start = min(at, tokens[first].start)
    last += inside
    if draft.text[start - 1 : start].isdigit():
        return  # 18名单项冠军
    name = draft.text[start:last]
    if (RANK.search(name) or len(name.strip(_OPENING + _CLOSING)) > 3) and not _ROLE.search(name):
        draft.add(Mention(start, last, "Honour", name, name=unquoted(name)))


def _reach(tokens: Sequence[Token], index: int, *, inside: bool) -> int:
    """Return the index of the first of the words that belong to a name before `index`; what is quoted is one word."""
    first = index
    for i in range(index - 1, max(-1, index - _LIMIT), -1):
        if inside:
            inside = tokens[i].text not in _OPENING
        elif tokens[i].text in _CLOSING:
            inside = True
        elif not _belongs(tokens[i], tokens[i + 1].text):
            break
        if not inside:
            first = i
    return first


def _belongs(token: Token, following: str) -> bool:
    """Whether a word can stand in the name of an honour before another."""
    if token.mention is not None:
        return token.mention.type in _NAMES_IN_HONOURS
    if token.tag == "TIME":
        return re.fullmatch(r"20\d\d年度?", token.text) is not None
    if token.tag in {"m", "NUM"} or token.text in {"第", "届", "首批", "年度"}:
        return token.text.startswith(("第", "首")) or token.text in {"届", "年度"}
    if token.text in _NO_PART:
        return False
    # Trades and what is contested may be verbs too: 焊工组, 养老护理员.
    return token.nominal or (token.tag != "w" and _CONTESTED.search(following) is not None)


def _place(written: str) -> str:
    """Write a place taken as such.

    >>> _place("三"), _place("二、三位"), _place("焊工组第三名")
    ('第三名', '第二、第三名', '焊工组第三名')
    """
    of = _OF_WHAT.match(written)
    numbers = re.findall(_NUMBER, written[of.end() if of else 0 :])
    return (of[0] if of else "") + "、".join(f"第{n}" for n in numbers) + "名"


def unquoted(name: str) -> str:
    """Return a name without the marks around it, where it is quoted as a whole.

    >>> unquoted("“石岭工匠”"), unquoted("第三届“石岭工匠”")
    ('石岭工匠', '第三届“石岭工匠”')
    """
    marks = _OPENING + _CLOSING
    return name.strip(marks) if len(re.findall(f"[{_OPENING}]", name.strip(marks))) == 0 and name[:1] in marks else name
