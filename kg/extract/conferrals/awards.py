"""Awards: the honours of a clause with the verb that governs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.clauses import Group, groups_of
from kg.extract.conferrals.scene import MARKS, RECIPIENTS, Award, Scene, verb_pattern, words_of
from kg.model import Mention

_PASSIVE = re.compile("被|受|获|荣")


_WINNERS = ("获得者", "得主", "获奖者", "获奖选手", "优胜者")


_NOT_YET = re.compile(
    r"力争|争取|争夺|角逐|申报|推荐|候选|拟(?!定)|目标|冲刺|参评|鼓励|支持|有望|符合条件|可(?:以)?被|将被|将获|优先|未能?|没有|不得|对(?:新)?(?:获|入选|当选)|凡|曾与|无缘"
)


# 名单里，甲榜上有名: the winner stands in the next clause.
_ON_LIST = re.compile("(?:获奖|表彰)?名单[里中上内]")


def awards_of(scene: Scene) -> Iterator[Award]:
    """Yield the honours of a clause with the verb that governs them."""
    groups = groups_of(scene.clause.tokens, lambda m: m.type == "Honour")
    floor = scene.clause.start
    for group in groups:
        before = _blanked(scene, floor, group.start)
        verbs = list(verb_pattern().finditer(before))
        if not verbs:
            by = _won_by(scene, group)
            if by is not None:
                yield by
            continue
        last = verbs[-1]
        start, end = floor + last.start(), floor + last.end()
        head = before[: last.start()]
        giving = last[1] in words_of("giving")
        marker = max((m.start() for m in _PASSIVE.finditer(head)), default=-1) if giving else -1
        if _NOT_YET.search(head + last[0]) is None and not _is_condition(scene, group):
            yield Award(group.members, last[1], start, end, giving, floor + marker if marker >= 0 else -1)


def _blanked(scene: Scene, start: int, end: int) -> str:
    chars = list(scene.text(start, end))
    for mention in scene.draft.within(start, end):
        for i in range(mention.start - start, mention.end - start):
            chars[i] = "\0"
    return "".join(chars)


def _is_condition(scene: Scene, group: Group) -> bool:
    """获得一等奖的选手(予以奖励): nobody is named."""
    behind = scene.text(group.end, scene.clause.end)
    if re.match("的(?:好|优异|佳绩|骄人)?(?:成绩|佳绩)", behind):
        return False  # 获得第一名的好成绩
    return bool(re.match("(?:称号|荣誉称号)?的", behind)) and not any(
        m.type in RECIPIENTS for m in scene.draft.within(group.end, scene.clause.end)
    )


def _won_by(scene: Scene, group: Group) -> Award | None:
    """一等奖由甲获得: the verb stands behind the honour and its winner."""
    behind = _blanked(scene, group.end, scene.clause.end)
    if behind.lstrip(MARKS).startswith(_WINNERS):
        return Award(group.members, "得主", group.end, group.end, True, -1)
    if _ON_LIST.fullmatch(behind) and scene.index + 1 < len(scene.clauses):
        return Award(group.members, "榜上有名", group.start, group.end, True, -1)
    if not behind and scene.draft.text[scene.clause.end : scene.clause.end + 1] in {":", "："}:
        return Award(group.members, "：", group.start, group.end, True, -1)
    if not re.match("(?:称号|均|则|也|分别)*[由被]", behind):
        return None
    verb = verb_pattern().search(behind)
    if verb is None:
        return None
    return Award(group.members, "由", group.end + verb.start(), group.end + verb.end(), True, -1)


def split_honour(honour: Mention) -> list[Mention]:
    """Split 焊工、钳工两个工种第一名 and 一、二、三等奖 into the single honours.

    >>> h = Mention(0, 6, "Honour", "一、二、三等奖", name="一、二、三等奖")
    >>> [p.name for p in split_honour(h)]
    ['一等奖', '二等奖', '三等奖']
    """
    ranks = re.fullmatch("(.*?)前([二三四五六])名", honour.name)
    if ranks is not None:
        upto = "一二三四五六".index(ranks[2]) + 1
        return [replace(honour, name=f"{ranks[1]}第{rank}名") for rank in "一二三四五六"[:upto]]
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
