"""Posts: the titles that stand before a person's name, each with the body it belongs to.

省委常委、市委书记某某     two posts in two bodies
某局党组成员、副局长某某   one body, two titles
某公司焊接班班长某某       an occupation at an employer
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.extract.clauses import Clause
from kg.extract.segment import Token
from kg.lexicon import persons
from kg.model import Mention
from kg.naming import ORGANISATIONS

_STOP = frozenset(
    [
        "的",
        "了",
        "在",
        "由",
        "被",
        "与",
        "和",
        "对",
        "从",
        "把",
        "将",
        "为",
        "向",
        "以及",
        "是",
        "有",
        "据",
        "让",
        "给",
        "说",
        "据悉",
        "去年",
        "今年",
        "记者",
        "本报",
        "通讯员",
        "其中",
        "以及",
        "授予",
        "获得",
        "就",
        "邀请",
        "选手",
        "及",
        "即",
        "如",
        "像",
        "等",
        "并",
        "也",
        "经",
    ]
)
# Words for a person that are no post by themselves.
_CALLINGS = frozenset(
    [
        "选手",
        "徒弟",
        "师傅",
        "同志",
        "记者",
        "通讯员",
        "编辑",
        "责编",
        "学员",
        "人才",
        "劳模",
        "工匠",
        "先进",
        "职工",
        "工人",
        "党员",
        "劳动模范",
    ]
)


@dataclass(frozen=True, slots=True)
class Post:
    """A person's titles in one body, and the span that says so.

    Attributes:
        person: The person.
        organization: The body, or None where only the context can tell.
        titles: The titles in the body, in order.
        start, end: Span from the first word of the posts to the end of the name.
        covered: The bodies named inside the span, which do not act themselves.
    """

    person: Mention
    organization: Mention | None
    titles: tuple[str, ...]
    start: int
    end: int
    covered: tuple[Mention, ...]


def before_names(tokens: Sequence[Token], text: str) -> list[Post]:
    """Return the posts that stand directly before persons' names in these tokens of a sentence."""
    found: list[Post] = []
    for i, token in enumerate(tokens):
        if token.mention is not None and token.mention.type == "Person":
            found.extend(_posts(tokens, i, text))
    return found


def _posts(tokens: Sequence[Token], index: int, text: str) -> list[Post]:
    person = tokens[index].mention
    assert person is not None
    segments = _segments(tokens, index)
    posts: list[tuple[Mention | None, list[str], int]] = []
    for segment in segments:
        organization, title = _split(segment, text)
        if title and not _ends_as_title(title):
            break_here = organization is None
            if break_here:
                posts.clear()
                continue
        if not title:
            if organization is not None and posts and posts[-1][0] is None:
                continue
            posts.clear()
            continue
        if title in _CALLINGS:
            continue
        if organization is None and posts:
            posts[-1][1].append(title)
        else:
            posts.append((organization, [title], segment[0].start))
    covered = tuple(t.mention for s in segments for t in s if t.mention is not None)
    start = segments[0][0].start if segments else person.start
    merged: dict[tuple[int, int] | None, Post] = {}
    for organization, titles, begin in posts:
        key = (organization.start, organization.end) if organization else None
        merged[key] = Post(person, organization, tuple(titles), min(begin, start), person.end, covered)
    return list(merged.values())


def _segments(tokens: Sequence[Token], index: int) -> list[list[Token]]:
    """Return the words of the posts before the name at `index`, split at 、."""
    segments: list[list[Token]] = [[]]
    i = index - 1
    while i >= 0:
        token = tokens[i]
        if token.text == "、":
            segments.append([])
        elif (
            (token.tag == "w" and token.text not in "“”()（）")
            or token.text in _STOP
            or token.tag in {"TIME", "NUM"}
            or (token.mention is not None and token.mention.type not in ORGANISATIONS | {"Region", "Reform"})
            or (token.verbal and not _title_part(token))
        ):
            break
        else:
            segments[-1].append(token)
        if index - i > 30:
            break
        i -= 1
    ordered = [list(reversed(s)) for s in reversed(segments)]
    while ordered and not ordered[0]:
        ordered.pop(0)
    return [s for s in ordered if s] if all(ordered) else [s for s in ordered[_last_empty(ordered) + 1 :] if s]


def _last_empty(segments: Sequence[Sequence[Token]]) -> int:
    return max(i for i, s in enumerate(segments) if not s)


def _title_part(token: Token) -> bool:
    return (
        token.text
        in {
            "焊接",
            "装配",
            "总装",
            "运行",
            "调度",
            "检修",
            "维修",
            "采掘",
            "综采",
            "掘进",
            "常务",
            "执行",
            "兼",
            "装调",
            "设计",
            "主持",
            "调试",
            "加工",
            "管理",
            "生产",
            "检验",
            "操作",
            "研发",
            "培训",
            "宣传",
            "统战",
            "驾驶",
            "发布",
        }
        or len(token.text) == 1
    )


def _ends_as_title(title: str) -> bool:
    return title.endswith(_title_endings())


def _title_endings() -> tuple[str, ...]:
    return tuple(persons.titles())


def _split(segment: Sequence[Token], text: str) -> tuple[Mention | None, str]:
    """Split a segment into the body (the last one named in it) and the title behind it."""
    organization: Mention | None = None
    behind = 0
    for i, token in enumerate(segment):
        if token.mention is not None:
            region_only = token.mention.type == "Region" and i + 1 < len(segment)
            if token.mention.type == "Reform":
                continue
            organization, behind = token.mention, i + 1
            if region_only and segment[i + 1].text not in {
                "市长",
                "省长",
                "县长",
                "区长",
                "州长",
                "副市长",
                "副省长",
                "副县长",
                "主席",
                "副主席",
            }:
                organization, behind = token.mention, i + 1
    if behind >= len(segment):
        return organization, ""
    title = text[segment[behind].start : segment[-1].end]
    return organization, re.sub(r"^[兼原时任现]+", "", title)


_TAKES = re.compile(r"(?:任|担任|兼任|出任|当选为|当选)(?:为)?")


def after_names(clause: Clause, text: str, resolve: Callable[[Mention], Mention]) -> list[Post]:
    """Return the posts that a clause states by a verb: 某某任某领导小组组长."""
    found: list[Post] = []
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if not _TAKES.fullmatch(token.text):
            continue
        group = next((g for g in reversed(clause.groups) if g.last < i and g.members[-1].type == "Person"), None)
        if group is None:
            continue
        rest = []
        for following in tokens[i + 1 :]:
            if (following.tag == "w" and following.text not in "“”、") or (
                following.verbal and not _title_part(following)
            ):
                break
            rest.append(following)
        while rest and not _ends_as_title(rest[-1].text):
            rest.pop()
        if not rest:
            continue
        organization, title = _split(rest, text)
        if organization is None:
            head = next((k for k, t in enumerate(rest) if _ends_as_title(t.text)), len(rest) - 1)
            title = text[rest[head].start : rest[-1].end]
        if not title or not _ends_as_title(title):
            continue
        for person in group.members:
            covered = (organization,) if organization else ()
            found.append(
                Post(person, organization and resolve(organization), (title,), person.start, rest[-1].end, covered)
            )
    return found
