"""Reads the posts of an article: those before names, those stated behind them, and those that the context completes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.extract.posts import Post, posts_before, split_verbs
from kg.extract.ruleset import Rule, RuleSet
from kg.extract.scope import fits
from kg.extract.segment import Token
from kg.lexicon.bodies import canonical_name
from kg.lexicon.places import Place, place
from kg.model import BlockKind, Fact, Mention
from kg.naming import ORGANISATIONS

_IS = frozenset(
    {"是", "系", "现任", "现为", "现系", "时任", "就是", "为", "曾任", "任", "现", "现是", "如今是", "如今"}
)
_TAKES = re.compile(r"(?:任|担任|兼任|出任|当选为?|就任|升任|接任|任命为)(?:为)?")
_PROFILE = re.compile(r"(?:男|女|\d+岁|[\u4e00-\u9fff]{1,4}族|中共党员|\d{4}年\d*月?出?生|本科学历|群众|今年\d+岁)+")
_ELECTS = frozenset({"选举", "推选", "任命", "聘任", "聘请", "选出"})
_TOWN = re.compile("中共(.*[镇乡])委员会")
_EMPLOYERS = frozenset({"Enterprise", "School", "Organization"})
_HOUSED = re.compile("([\u4e00-\u9fff]{0,4}办公室)(?:设|设立|放)在")
_NEXT_IN_ROW = frozenset({"，", ",", "、", "；", "和", "及"})
_PUNCTUATION = frozenset("，,。；;：:！!？?（(）)\n")


def facts(
    draft: Draft, before: Sequence[Post], rules: RuleSet, at_place: Callable[[int], Mention | None]
) -> list[Fact]:
    """Return the posts that an article states.

    Args:
        draft: The article's names and sentences.
        before: The posts that stand directly before names.
        rules: The declared rules, each of which names one construction.
        at_place: Answers which place an offset is about.
    """
    declared = {r.construction: r for r in rules.of("post")}
    readers: dict[str, Callable[[Sequence[Token], str], Iterator[Post]]] = {
        "takes-office": taken,
        "behind-name": behind_names,
        "role-list": listed_roles,
    }
    found: list[tuple[Post, Rule]] = [(p, declared["before-name"]) for p in before if "before-name" in declared]
    for start, end, index in draft.sentences:
        if draft.blocks[index].kind in {BlockKind.TITLE, BlockKind.META}:
            continue
        tokens = split_verbs(draft.tokens(start, end))
        for construction, read in readers.items():
            if construction in declared:
                found.extend((post, declared[construction]) for post in read(tokens, draft.text))
    found.sort(key=lambda pair: (pair[0].end, pair[0].start))
    return list(_completed(found, draft, at_place))


def _completed(
    found: Sequence[tuple[Post, Rule]], draft: Draft, at_place: Callable[[int], Mention | None]
) -> Iterator[Fact]:
    """Yield the posts as facts; those that name no body get the one spoken of."""
    earlier: list[Post] = []
    for post, rule in found:
        body = (
            post.organization
            or _in_brackets(post, draft)
            or _of_office(post, draft)
            or _spoken_of(post, draft, earlier, at_place)
        )
        if body is None:
            continue
        body = _by_its_full_name(_own_union(body, draft), draft)
        whole = replace(post, organization=body)
        earlier.append(whole)
        slots: dict[str, Mention | tuple[str, ...]] = {
            "person": post.person,
            "organization": body,
            "titles": tuple(dict.fromkeys(post.titles)),
        }
        yield Fact("post", {**slots}, post.start, post.end, rule.id, rule.confidence)


def _in_brackets(post: Post, draft: Draft) -> Mention | None:
    """Return the employer that stands alone in brackets behind the name: 焊工甲（某公司）."""
    at = post.person.end
    if draft.text[at : at + 1] not in {"（", "("}:
        return None
    body = draft.covering(at + 1)
    closed = body is not None and draft.text[body.end : body.end + 1] in {"）", ")"}
    return body if closed and body is not None and body.type in ORGANISATIONS else None


def _of_office(post: Post, draft: Draft) -> Mention | None:
    """Return the body of a post without one in a sentence like 办公室设在某总工会，由副主席甲任主任.

    The 主任 is the office's, any other title belongs to the body that houses it.
    """
    start = next((s for s, e, _ in draft.sentences if s <= post.start < e), post.start)
    housed = _HOUSED.search(draft.text, start, post.start)
    host = draft.covering(housed.end()) if housed else None
    if housed is None or host is None or host.type not in ORGANISATIONS:
        return None
    if post.titles[0] not in {"主任", "副主任", "办公室主任", "办公室副主任"}:
        return host
    owner = [m for m in draft.within(0, housed.start() + 1) if m.type in {"CoordinationBody", "Programme"}]
    if not owner or owner[-1].name.endswith("办公室"):
        return owner[-1] if owner else None
    at = housed.start()
    name = owner[-1].name + "办公室"
    return Mention(at, housed.end(1), "CoordinationBody", draft.text[at : housed.end(1)], scope=host.scope, name=name)


def _is_employer(post: Post) -> bool:
    return post.organization is not None and post.organization.type in _EMPLOYERS


def _own_union(body: Mention, draft: Draft) -> Mention:
    """Return 工会 as the union that the sentence before named: 某园区总工会获奖，工会主席某某…."""
    if body.text != "工会":
        return body
    start = next((s for s, e, _ in draft.sentences if s <= body.start < e), body.start)
    named = [m for m in draft.within(start, body.start) if m.type == "TradeUnion"]
    return replace(named[-1], start=body.start, end=body.end) if named else body


def _by_its_full_name(body: Mention, draft: Draft) -> Mention:
    """Return 联席会议 as the one that the article named before, 某市产改工作联席会议."""
    if body.type != "CoordinationBody" or body.text not in {"联席会议", "领导小组", "协调小组", "工作专班"}:
        return body
    for other in draft.before(body.start):
        name = other.name.removesuffix("办公室")
        if other.type == body.type and other.text != body.text and name.endswith(body.text):
            return replace(body, name=name, scope=other.scope)
    return body


def _spoken_of(
    post: Post, draft: Draft, earlier: Sequence[Post], at_place: Callable[[int], Mention | None]
) -> Mention | None:
    """Return the body that a title without one belongs to: the group, the firm, or the body of a like post before."""
    words = table("names")["post"]
    title = post.titles[0]
    block_start = max((b.start for b in draft.blocks if b.start <= post.start), default=0)
    if title.endswith(tuple(words["government"])):
        return _government(title, post, earlier, at_place)
    if title in words["joint"]:
        begin = 0 if post.titles[0] == title and post.start == block_start else block_start
        return _last(draft, frozenset({"CoordinationBody"}), begin, post.start)
    owned = title.startswith(tuple(words["owned"])) and any(t.endswith(tuple(words["firm"])) for t in post.titles)
    floor = title.endswith(tuple(words["floor"])) and (
        len(title) > 2 or title not in {"组长", "主任", "部长", "队长", "站长"}
    )
    if owned or floor or title in words["firm"]:
        return _last(draft, _EMPLOYERS - {"Organization"}, 0, post.start)
    if earlier and draft.text[earlier[-1].end : post.start] in _NEXT_IN_ROW and not _is_employer(earlier[-1]):
        return earlier[-1].organization  # 主席甲，二级调研员乙
    for other in reversed(earlier):
        if other.start < block_start:
            break
        if {t[-2:] for t in other.titles} & {t[-2:] for t in post.titles}:
            return other.organization
    return None


def _government(
    title: str, post: Post, earlier: Sequence[Post], at_place: Callable[[int], Mention | None]
) -> Mention | None:
    """Return the government that a 市长 or 镇长 leads: of the place of the post before, or of the passage."""
    level = title[-2]
    town = _TOWN.match(earlier[-1].organization.name) if earlier and earlier[-1].organization else None
    if town is not None and town[1].endswith(level):
        name = f"{town[1]}人民政府"
        return Mention(post.start, post.start, "Government", "", scope=earlier[-1].organization.scope, name=name)  # type: ignore[union-attr]
    about = at_place(post.start)
    found = next((p for p in _around(about) if fits(p, level)), None)
    if found is None:
        return None
    name = canonical_name("政府", found)
    return Mention(post.start, post.start, "Government", "", scope=found.code, name=name)


def _around(about: Mention | None) -> list[Place]:
    if about is None:
        return []
    own = place(about.scope)
    return [own, *own.ancestors]


def _last(draft: Draft, types: frozenset[str], begin: int, end: int) -> Mention | None:
    return next((m for m in reversed(draft.within(begin, end)) if m.type in types), None)


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


def _first_word(tokens: Sequence[Token]) -> int:
    """Return the index of the first word behind the number of a list's item."""
    return next((k for k, t in enumerate(tokens) if t.tag not in {"w", "m", "x", "NUM"} and not t.text.isdigit()), 0)


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
    return _PROFILE.fullmatch("".join(t.text for t in tokens[at:end])) is not None or tokens[at].text in {"男", "女"}


def _with_body(posts: Sequence[Post], start: int) -> list[Post]:
    """Keep posts that fill the place where they are looked for, and name their body."""
    if not posts or min(p.start for p in posts) > start + 4:
        return []
    return [replace(p, start=min(p.start, p.person.start)) for p in posts if p.organization is not None]


def _end_of_clause(tokens: Sequence[Token], at: int) -> int:
    return next((k for k in range(at, len(tokens)) if tokens[k].text in _PUNCTUATION), len(tokens))


def taken(tokens: Sequence[Token], text: str) -> Iterator[Post]:
    """Yield the posts that a verb gives: 甲任某组组长; 主任由甲兼任; 选举甲为某会主席."""
    for i, token in enumerate(tokens):
        if token.text != "为" and not _TAKES.fullmatch(token.text):
            continue
        begin = next((k + 1 for k in range(i - 1, -1, -1) if tokens[k].text in _PUNCTUATION), 0)
        end = _end_of_clause(tokens, i + 1)
        if _TAKES.fullmatch(token.text):
            people = _people(tokens, begin, i)
            if not people:
                continue
            if end > i + 1:
                yield from _given(
                    tokens, i, end, text, people, distributed="分别" in text[tokens[begin].start : token.start]
                )
            else:
                by = next((k for k in range(begin, i) if tokens[k].text == "由"), None)
                if by is not None:
                    yield from _given(tokens, begin - 1, by, text, people, distributed=False)
            yield from _of_body_behind(tokens, i, text, people)
        elif token.text == "为" and any(t.text in _ELECTS for t in tokens[:i]) and end > i + 1:
            chosen = _given(tokens, i, end, text, _people(tokens, begin, i), distributed=False)
            body = next(
                (t.mention for t in reversed(tokens[:i]) if t.mention and t.mention.type in ORGANISATIONS), None
            )
            yield from (p if p.organization else replace(p, organization=body) for p in chosen)


def _of_body_behind(tokens: Sequence[Token], verb: int, text: str, people: Sequence[Mention]) -> Iterator[Post]:
    """Yield the posts in the body that a relative clause describes: 甲任组长的领导小组."""
    link = next((k for k in range(verb + 2, min(verb + 6, len(tokens) - 1)) if tokens[k].text == "的"), None)
    body = tokens[link + 1].mention if link is not None else None
    if link is None or body is None or body.type != "CoordinationBody":
        return
    for post in _given(tokens, verb, link, text, people, distributed=False):
        if post.organization is None and post.titles[0] in table("names")["post"]["joint"]:
            yield replace(post, organization=body)


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
