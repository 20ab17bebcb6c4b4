"""Reads the posts of an article: those before names, those stated behind them, and those that the context completes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.extract.names.organizations import meant_firm
from kg.extract.posts.before import UNIT_TRADE, Post, split_verbs
from kg.extract.posts.stated import behind_names, listed_roles, taken
from kg.extract.rulebook.ruleset import Rule, RuleSet
from kg.extract.scope import fits
from kg.extract.segment import Token
from kg.lexicon.bodies import canonical_name
from kg.lexicon.persons import posts
from kg.lexicon.places import Place, place
from kg.model import BlockKind, Fact, Mention
from kg.naming import ORGANISATIONS

_TOWN = re.compile("中共(.*[镇乡])委员会")
_OWNED = frozenset({"工会", "党委", "团委", "纪委"})
# Of the office of a joint body.
_PART = re.compile("^[^公司集]{2,8}(?:分厂|车间)$")
_OFFICE = "办公室"
_OF_OFFICE = frozenset({"办公室主任", "办公室副主任", "办公室常务副主任"})
_EMPLOYERS = frozenset({"Enterprise", "School", "Organization"})
_AT_WORK = re.compile("(?:现|则|就|一直|目前)?[在于]([^，。；]{2,30}?)(?:任|担任|当|做)")
_HOUSED = re.compile("([\u4e00-\u9fff]{0,4}办公室)(?:设|设立|放)在")
_DEPARTMENTS = frozenset({"组织部", "宣传部", "统战部", "办公室", "机关党委", "研究室"})
_AUDIT = re.compile("经(?:费)?审(?:查)?(?:委员)?会")
_AUDIT_BODY = "经费审查委员会"
_SAME_BODY = frozenset({"、", "和"})
_NEXT_IN_ROW = frozenset({"，", ",", "、", "；", "和", "及"})


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
        if draft.blocks[index].kind in {BlockKind.TITLE, BlockKind.META} or not draft.names_any("Person", start, end):
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
    chosen: Mention | None = None
    for post, rule in found:
        if rule.construction == "takes-office" and post.organization is None and _is_seat(post):
            post = replace(post, organization=chosen)
        employer = _works_at(post, draft) if post.organization and post.organization.text in _OWNED else None
        if employer is not None and post.organization is not None and employer.type in _EMPLOYERS:
            titles = tuple(post.organization.text + t for t in post.titles)  # 甲在某公司任工会主席
            post = replace(post, organization=employer, titles=titles)
        body = (
            post.organization
            or _in_brackets(post, draft)
            or _comes_from(post, draft)
            or _works_at(post, draft)
            or _of_office(post, draft)
            or _spoken_of(post, draft, earlier, at_place)
        )
        if body is None:
            continue
        if body.type == "CoordinationBody" and post.titles[0] in _OF_OFFICE:
            name = body.name.removesuffix(_OFFICE) + _OFFICE
            body, post = replace(body, name=name), replace(post, titles=(post.titles[0].removeprefix(_OFFICE),))
        if body.type == "TradeUnion" and _AUDIT.match(post.titles[0]) and not body.name.endswith(_AUDIT_BODY):
            body = replace(body, name=body.name + _AUDIT_BODY)
        if body.name.endswith(_AUDIT_BODY):
            post = replace(post, titles=tuple(_AUDIT.sub("", t) or t for t in post.titles))
        if _is_department_of(post, draft, earlier):
            before = earlier[-1].organization
            post = replace(post, titles=tuple(body.text + t for t in post.titles))
            body = before or body
        body = _with_place(body, post, at_place)
        body = _by_its_full_name(_own_union(body, draft, earlier), draft)
        whole = replace(post, organization=body)
        earlier.append(whole)
        if rule.construction == "takes-office" and body.type == "TradeUnion":
            chosen = body
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


def _comes_from(post: Post, draft: Draft) -> Mention | None:
    """Return the employer that the words behind the name say: 焊工甲来自某公司."""
    if not draft.text.startswith("来自", post.person.end):
        return None
    body = draft.covering(post.person.end + 2)
    return body if body is not None and body.type in _EMPLOYERS else None


def _works_at(post: Post, draft: Draft) -> Mention | None:
    """Return the employer at which the post is held: 甲在某校任教研室主任."""
    said = _AT_WORK.match(draft.text, post.person.end, max(post.person.end, post.end))
    bodies = [m for m in draft.within(*said.span(1)) if m.type in ORGANISATIONS] if said else []
    return bodies[-1] if bodies and said is not None and bodies[-1].end == said.end(1) else None


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
    owner = [m for m in draft.within(0, housed.end(1)) if m.type in {"CoordinationBody", "Programme"}]
    if not owner or owner[-1].name.endswith("办公室"):
        return owner[-1] if owner else None
    at = housed.start()
    name = owner[-1].name + "办公室"
    return Mention(at, housed.end(1), "CoordinationBody", draft.text[at : housed.end(1)], scope=host.scope, name=name)


def _is_employer(post: Post) -> bool:
    return post.organization is not None and post.organization.type in _EMPLOYERS


def _with_place(body: Mention, post: Post, at_place: Callable[[int], Mention | None]) -> Mention:
    """Return 市第一医院 with the name of the city that is spoken of."""
    if body.scope or body.type not in _EMPLOYERS or body.name[0] not in "省市县区州":
        return body
    found = next((p for p in _around(at_place(post.start)) if fits(p, body.name[0])), None)
    return replace(body, name=found.full_name + body.name[1:], scope=found.code) if found else body


def _is_seat(post: Post) -> bool:
    """Whether a post is one that the body elects whose chair was elected just before: 甲当选主席，乙当选副主席."""
    return all(t.removeprefix("常务").removeprefix("兼职") in {"副主席", "常委", "委员"} for t in post.titles)


def _is_department_of(post: Post, draft: Draft, earlier: Sequence[Post]) -> bool:
    """Whether a bare 组织部 belongs to the body before: 某市总工会副主席甲，组织部部长乙."""
    if not earlier or post.organization is None or post.organization.text not in _DEPARTMENTS:
        return False
    before = earlier[-1].organization
    in_row = draft.text[earlier[-1].end : post.start] in _NEXT_IN_ROW
    return in_row and before is not None and before.type not in {"PartyOrgan", "Government"}


def _own_union(body: Mention, draft: Draft, earlier: Sequence[Post]) -> Mention:
    """Return 工会 as the union that the sentence named before, or as that of the firm whose head it named.

    某园区总工会获奖，工会主席某某…; 公司董事长甲挂帅，工会主席乙主抓.
    """
    if body.text != "工会":
        return body
    start = next((s for s, e, _ in draft.sentences if s <= body.start < e), body.start)
    firm = earlier[-1].organization if earlier and earlier[-1].person.start >= start else None
    if firm is not None and firm.type == "Enterprise":
        name = f"{firm.name or firm.text}工会"
        return replace(body, name=name, scope="", owner=firm)
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
    union = _last(draft, frozenset({"TradeUnion"}), 0, post.start) if _AUDIT.match(title) else None
    if union is not None:
        return union
    block_start = max((b.start for b in draft.blocks if b.start <= post.start), default=0)
    if title.endswith(tuple(words["government"])):
        return _government(title, post, draft, earlier, at_place)
    if title in words["joint"]:
        begin = 0 if post.titles[0] == title and post.start == block_start else block_start
        return _last(draft, frozenset({"CoordinationBody"}), begin, post.start)
    owned = title.startswith(tuple(words["owned"])) and any(t.endswith(tuple(words["firm"])) for t in post.titles)
    floor = title.endswith(tuple(words["floor"])) and (
        len(title) > 2 or title not in {"组长", "主任", "部长", "队长", "站长"}
    )
    if owned or floor or title in words["firm"] or UNIT_TRADE.fullmatch(title):
        firms = [m for m in draft.within(0, post.start) if m.type in _EMPLOYERS - {"Organization"}]
        if draft.text.startswith("集团", post.start):
            return meant_firm(firms, "集团", post.start)
        return next((m for m in reversed(firms) if not _PART.search(m.name)), firms[-1] if firms else None)
    joint = draft.text[earlier[-1].end : post.start] if earlier else ""
    if joint in _NEXT_IN_ROW and ((joint in _SAME_BODY and title in posts()) or not _is_employer(earlier[-1])):
        return earlier[-1].organization  # 主席甲，二级调研员乙; 院长甲、书记乙
    for other in reversed(earlier):
        if other.start < block_start:
            break
        if {t[-2:] for t in other.titles} & {t[-2:] for t in post.titles}:
            return other.organization
    return None


def _government(
    title: str, post: Post, draft: Draft, earlier: Sequence[Post], at_place: Callable[[int], Mention | None]
) -> Mention | None:
    """Return the government that a 市长 or 镇长 leads: of the place of the post before, or of the passage."""
    level = title[-2]
    town = _TOWN.match(earlier[-1].organization.name) if earlier and earlier[-1].organization else None
    if town is not None and town[1].endswith(level):
        name = f"{town[1]}人民政府"
        return Mention(post.start, post.start, "Government", "", scope=earlier[-1].organization.scope, name=name)  # type: ignore[union-attr]
    places = _around(at_place(post.start))
    sentence = next((s for s, e, _ in draft.sentences if s <= post.start < e), post.start)
    governing = [m for m in draft.within(sentence, post.start) if m.type == "Government"]
    places = [*_around(governing[-1] if governing else None), *places]  # 某市政府出台办法，副市长甲
    if earlier and earlier[-1].organization and draft.text[earlier[-1].end : post.start] in _NEXT_IN_ROW:
        places = [*_around(earlier[-1].organization), *places]  # 某县县委书记甲、县长乙
    found = next((p for p in places if fits(p, level)), None)
    if found is None:
        return None
    name = canonical_name("政府", found)
    return Mention(post.start, post.start, "Government", "", scope=found.code, name=name)


def _around(about: Mention | None) -> list[Place]:
    if about is None or not about.scope:
        return []
    own = place(about.scope)
    return [own, *own.ancestors]


def _last(draft: Draft, types: frozenset[str], begin: int, end: int) -> Mention | None:
    return next((m for m in reversed(draft.within(begin, end)) if m.type in types), None)
