"""Posts that a sentence states: behind a name, in a list of roles, or given by a verb."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.data import table
from kg.extract.posts.before import Post, posts_before
from kg.extract.posts.bodies import EMPLOYERS
from kg.extract.segment import Token
from kg.model import Mention
from kg.naming import ORGANISATIONS

_IS = frozenset(
    {
        "是",
        "系",
        "现任",
        "现为",
        "现系",
        "时任",
        "就是",
        "为",
        "任",
        "现",
        "现是",
        "如今是",
        "如今",
        "如今已是",
        "已是",
    }
)
_COPULAS = frozenset({"系", "现任", "现为", "现系", "时任"})
_TAKES = re.compile(
    r"(?:任|担任|兼任|出任|当选为?|就任|升任|接任|调任|转任|续任|连任|任命为|聘为|受聘为|聘任为)(?:为)?"
)
_PROFILE = re.compile(r"(?:男|女|\d+岁|[\u4e00-\u9fff]{1,4}族|中共党员|\d{4}年\d*月?出?生|本科学历|群众|今年\d+岁)+")
_ELECTS = frozenset({"选举", "推选", "任命", "聘任", "聘请", "选出", "替补", "增补", "补选"})
_MADE = frozenset({"聘", "聘任", "受聘", "返聘", "任命", "增补", "推选", "选举", "推举"})
_HONOURED = re.compile("(?:获得者|得主|劳动模范|劳模|工匠|标兵|能手|代表|委员)$")
_BRACKETS = frozenset("（()）")
_NO_LONGER = frozenset({"不", "不再", "未", "没有", "曾", "曾经", "拟", "建议"})
_PUNCTUATION = frozenset("，,。；;：:！!？?（(）)\n")


def behind_names(tokens: Sequence[Token], text: str) -> Iterator[Post]:
    """Yield the posts in brackets or in apposition behind a name, or with 是: 甲（某公司钳工）; 甲，某公司班长."""
    for i, token in enumerate(tokens):
        person = token.mention
        if person is None or person.type != "Person" or i + 1 >= len(tokens):
            continue
        following = tokens[i + 1].text
        if following in "（(":
            close = next((k for k in range(i + 2, len(tokens)) if tokens[k].text in "）)"), None)
            if (
                close is not None
                and close + 1 < len(tokens)
                and i == _first_word(tokens)
                and _is_personal(tokens, i + 2, close)
            ):
                yield from _with_body(posts_before(tokens, len(tokens), text, person), tokens[close + 1].start)
            elif close is not None:
                yield from _with_body(posts_before(tokens, close, text, person), tokens[i + 2].start)
            continue
        start = i + 1
        while start < len(tokens) and (tokens[start].text in "，," or _is_profile(tokens, start)):
            start = start + 1 if tokens[start].text in "，," else _end_of_clause(tokens, start)
        stated = start < len(tokens) and tokens[start].text in _IS and tokens[start].text not in {"任", "为"}
        if stated:
            start += 1
        elif following.isspace() and start < len(tokens) and i == _first_word(tokens):
            start = next((k for k in range(i + 1, len(tokens)) if not tokens[k].text.isspace()), i + 1)
        elif following not in "，," and not _is_profile(tokens, i + 1):
            continue
        end = _end_of_clause(tokens, start)
        if end > start:
            yield from _with_body(posts_before(tokens, end, text, person), tokens[start].start)
    yield from _of_person_before(tokens, text)


def _of_person_before(tokens: Sequence[Token], text: str) -> Iterator[Post]:
    """Yield the posts that a clause says of the only person in the one before: 甲获奖，系某公司班长."""
    for i, token in enumerate(tokens):
        if i == 0 or token.text not in _COPULAS or tokens[i - 1].text not in "，,":
            continue
        people = _people(tokens, _begin_of_clause(tokens, i - 1), i)
        end = _end_of_clause(tokens, i + 1)
        if len(people) == 1 and end > i + 1:
            yield from _with_body(posts_before(tokens, end, text, people[0]), tokens[i + 1].start)


def _first_word(tokens: Sequence[Token]) -> int:
    """Return the index of the first word behind the number of a list's item, or behind 发布人：."""
    first = _behind_label(tokens)
    return next(
        (k for k in range(first, len(tokens)) if tokens[k].tag not in {"w", "m", "x", "NUM"}),
        0,
    )


def _behind_label(tokens: Sequence[Token]) -> int:
    """Return the index behind a word before a colon that says how the persons named take part; 0 without one."""
    colon = next((k for k, t in enumerate(tokens[:6]) if t.text in ":："), None)
    if colon is None:
        return 0
    label = "".join(t.text for t in tokens[:colon]).strip()
    return colon + 1 if label in table("names")["post"]["labels"] else 0


def listed_roles(tokens: Sequence[Token], text: str) -> Iterator[Post]:
    """Yield the posts of a list of roles: 组长：甲（某市市委副书记）; 成员：乙、丙."""
    colon = next((k for k, t in enumerate(tokens[:6]) if t.text in ":："), None)
    if colon is None:
        return
    role = re.sub(r"\s", "", text[tokens[0].start : tokens[colon].start])
    if role not in table("names")["post"]["joint"]:
        return
    for token in tokens[colon + 1 :]:
        if token.mention is not None and token.mention.type == "Person":
            yield Post(token.mention, None, (role,), tokens[0].start, token.end, ())


def _is_personal(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether brackets behind a name in a list say nothing but who the person is: 甲（女，满族）."""
    return _PROFILE.fullmatch("".join(t.text for t in tokens[at:end] if t.text not in "，,、")) is not None


def _is_profile(tokens: Sequence[Token], at: int) -> bool:
    end = _end_of_clause(tokens, at)
    if end <= at or end >= len(tokens) or tokens[end].text not in "，,":
        return False
    said = "".join(t.text for t in tokens[at:end])
    return (
        _PROFILE.fullmatch(said) is not None
        or tokens[at].text in {"男", "女"}
        or (_HONOURED.search(said) is not None and not any(t.verbal for t in tokens[at:end]))
    )


_LONGEST_CLAUSE = 400  # tokens
_NEAR = 4  # characters before which the posts begin that fill a place


def _with_body(posts: Sequence[Post], start: int) -> list[Post]:
    """Keep posts that fill the place where they are looked for, and name their body."""
    if not posts or min(p.start for p in posts) > start + _NEAR:
        return []
    return [replace(p, start=min(p.start, p.person.start)) for p in posts if p.organization is not None]


def _end_of_clause(tokens: Sequence[Token], at: int) -> int:
    last = min(at + _LONGEST_CLAUSE, len(tokens))
    return next((k for k in range(at, last) if tokens[k].text in _PUNCTUATION), last)


@functools.lru_cache(maxsize=1 << 14)
def _takes(word: str) -> bool:
    return _TAKES.fullmatch(word) is not None


def taken(tokens: Sequence[Token], text: str) -> Iterator[Post]:
    """Yield the posts that a verb gives: 甲任某组组长; 主任由甲兼任; 选举甲为某会主席."""
    for i, token in enumerate(tokens):
        made = token.text == "为" and i > 0 and tokens[i - 1].text in _MADE
        # 甲在某公司当班长; who 当了十年 班长 may be so no more
        at_work = token.text == "当" and 0 < i < len(tokens) - 1 and _is_employer(tokens[i - 1])
        at_work = at_work and tokens[i + 1].text not in {"了", "过", "起"}
        if token.text != "为" and not at_work and not _takes(token.text):
            continue
        begin, end = _begin_of_clause(tokens, i), _own_end(tokens, i)
        if any(t.text in _NO_LONGER for t in tokens[begin:i]):
            continue
        chooser = next((k for k in range(i - 1, begin - 1, -1) if tokens[k].text in _ELECTS), None)
        if made or token.text != "为":
            people = _people(tokens, begin, i) or _carried(tokens, begin, i)
            if not people:
                continue
            if end > i + 1:
                apart = "分别" in text[tokens[begin].start : token.start]
                given = _given(tokens, i, end, text, people, distributed=apart)
                elects = any(t.text in _ELECTS for t in tokens[:begin]) and token.text.startswith("当选")
                chooser = i if elects else chooser  # 选举产生某会领导班子，甲当选主席
                yield from given if chooser is None else _by_chooser(given, tokens, chooser)
            else:
                by = next((k for k in range(begin, i) if tokens[k].text == "由"), None)
                if by is not None:
                    yield from _given(tokens, begin - 1, by, text, people, distributed=False)
            yield from _of_body_behind(tokens, i, text, people)
        elif end > i + 1 and tokens[i + 1].text in table("names")["post"]["joint"]:
            yield from _given(tokens, i, end, text, _people(tokens, begin, i), distributed=False)
        elif end > i + 1 and any(t.text in _ELECTS for t in tokens[:i]):
            chosen = _given(tokens, i, end, text, _people(tokens, begin, i), distributed=False)
            yield from _by_chooser(chosen, tokens, i)


def _by_chooser(posts: Iterator[Post], tokens: Sequence[Token], before: int) -> Iterator[Post]:
    """Let posts without a body be in the one that chooses: 某会选举甲为主席."""
    body = next((t.mention for t in reversed(tokens[:before]) if t.mention and t.mention.type in ORGANISATIONS), None)
    yield from (p if p.organization else replace(p, organization=body) for p in posts)


def _begin_of_clause(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the first word of a clause; what stands in brackets is passed over."""
    depth = 0
    for k in range(at - 1, -1, -1):
        depth += (tokens[k].text in "）)") - (tokens[k].text in "（(")
        if depth < 0 or (depth == 0 and tokens[k].text in _PUNCTUATION - _BRACKETS):
            return k + 1
    return 0


def _own_end(tokens: Sequence[Token], verb: int) -> int:
    """Return where the posts that a verb gives end: with the clause, or before the next person who takes one."""
    end = _end_of_clause(tokens, verb + 1)
    if not any(_takes(t.text) for t in tokens[verb + 1 : end]):
        return end
    person = next((k for k in range(verb + 1, end) if _is_person(tokens[k])), end)
    return next((k for k in range(person - 1, verb, -1) if tokens[k].text in {"、", "和"}), end)


def _carried(tokens: Sequence[Token], begin: int, verb: int) -> list[Mention]:
    """Return the person of the clause before where a clause begins with its verb: 甲任某会主席，兼任某院教授."""
    if begin == 0 or any(t.text == "由" or (t.nominal and t.tag != "t") for t in tokens[begin:verb]):
        return []
    before = _people(tokens, _begin_of_clause(tokens, begin - 1), begin)
    return before[:1] if len(before) == 1 else []


def _of_body_behind(tokens: Sequence[Token], verb: int, text: str, people: Sequence[Mention]) -> Iterator[Post]:
    """Yield the posts in the body that a relative clause describes: 甲任组长、乙任副组长的领导小组."""
    end = _end_of_clause(tokens, verb + 1)
    link = next((k for k in range(verb + 2, end - 1) if tokens[k].text == "的"), None)
    body = tokens[link + 1].mention if link is not None else None
    if link is None or body is None or body.type != "CoordinationBody":
        return
    for post in _given(tokens, verb, min(link, _own_end(tokens, verb)), text, people, distributed=False):
        if post.organization is None and post.titles[0] in table("names")["post"]["joint"]:
            yield replace(post, organization=body)


def _is_person(token: Token) -> bool:
    return token.mention is not None and token.mention.type == "Person"


def _is_employer(token: Token) -> bool:
    return token.mention is not None and token.mention.type in EMPLOYERS


def _people(tokens: Sequence[Token], begin: int, end: int) -> list[Mention]:
    return [t.mention for t in tokens[begin:end] if t.mention is not None and t.mention.type == "Person"]


def _given(
    tokens: Sequence[Token], verb: int, end: int, text: str, people: Sequence[Mention], *, distributed: bool
) -> Iterator[Post]:
    if not people:
        return
    while end > verb + 1 and not posts_before(tokens, end, text, people[0]):
        end -= 1
    posts = posts_before(tokens, end, text, people[0]) if end > verb + 1 else []
    floor = tokens[verb].end if verb >= 0 else 0
    posts = [p for p in posts if p.start >= floor]
    titles = [(p, t) for p in posts for t in p.titles]
    if distributed and len(titles) == len(people):
        posts_of = [[replace(p, titles=(t,))] for p, t in titles]
    else:
        posts_of = [list(posts)] * len(people)
    for person, theirs in zip(people, posts_of, strict=True):
        for post in theirs:
            span = sorted((person.start, person.end, post.start, tokens[end - 1].end))
            yield replace(post, person=person, start=span[0], end=span[-1])
