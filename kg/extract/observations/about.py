"""Whose number it is: an initiative or event set going, a firm or school that tells its own figures, or the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.clauses import Clause, Group, Sentence
from kg.extract.match import Context, starting_in
from kg.extract.observations.alignment import aligned
from kg.extract.observations.events import Events
from kg.extract.observations.site import Found, Site, State, without_subject
from kg.extract.observations.topics import OWN_FIGURES, Topics
from kg.extract.observations.words import Words
from kg.lexicon.divisions import NATION
from kg.lexicon.places import place
from kg.model import Fact, Mention
from kg.naming import INITIATIVES, ORGANISATIONS

_LISTED = re.compile(
    r"[”\"]?(?:、[^，,、。；]{2,10}){0,3}(?:等(?:地|单位)?)?\s?(?:近|约|超)?[\d一二三四五六七八九十两百]+[家所个名地]"
)
_AMONG = re.compile(r"[”\"]?(?:、[^，,。]{1,24})?等|、[^，,。“”]{0,3}(?:支持|建设|建立|开展|实施|推进|奖励)")
_MEANS = re.compile(r"为(?:主线|载体|抓手|平台|龙头|契机|牵引)")
_TITLE = re.compile(r"(?:大)?工匠|劳模|名匠|技术能手|首席|五一劳动")  # of a place: 广东工匠41名
_BESIDE = frozenset({"比", "较", "与", "同", "和", "占", "在", "的", "、", "由", "从", "把"})
_COUNT = r"?(?:近|约|超过?|逾)?(?!(?:19|20)\d\d年|\d{1,2}月)[0-9]"  # 286个, not 2018年挂牌
_POSTS = 40  # characters within which posts stand before a name
_AND = re.compile(r"[”\"]?(?:和|与|、|及|以及)[“\"]?")


class Going(NamedTuple):
    """An initiative or event that a sentence sets going, and where it says so."""

    mention: Mention
    start: int
    end: int


class Abouts:
    """Tells what the numbers of an article are about.

    Args:
        words: The words of the rules.
        context: The article around its sentences.
        mentions: Its names in order, those inside others too.
    """

    def __init__(self, words: Words, context: Context, mentions: Sequence[Mention]) -> None:
        self._words, self._context, self._text = words, context, context.text
        self._topics, self._events = Topics(words, context, mentions), Events(words, context)
        self._block = -1
        self._coming: list[Mention] = []

    def begin(self, sentence: Sentence, goes_on: bool, state: State, before: State | None) -> None:
        """Start a sentence; behind a semicolon, or without a subject of its own, it keeps a firm for its owner."""
        owner = before.owner if before is not None and sentence.block == self._block else None
        tells_on = owner is not None and owner.type in OWN_FIGURES and without_subject(sentence)
        if goes_on or tells_on:
            state.owner = owner
        self._block = sentence.block
        self._events.begin(sentence)

    def clause(self, sentence: Sentence, number: int, going: Sequence[Going], state: State) -> None:
        """Take in what a clause says of who or what it is about."""
        clause = sentence.clauses[number]
        involved = [g for g in going if g.start < clause.end and clause.start < g.end]
        if clause.own_subject and self._acts(clause) and all(g.mention != state.about for g in involved):
            state.about = None
        coming = {g.mention for g in going if self._sets(g.mention, clause)} if going else set()
        coming |= self._carried_by(clause) | _told_of(clause)
        self._coming = sorted(coming, key=lambda m: m.start)
        self._events.set_going(self._coming, sentence)
        owner = self._topics.of(clause)
        if owner is not None:
            state.owner = owner
        elif clause.own_subject and clause.subject is not None and self._acts(clause):
            state.owner = _owner(clause.subject.members[-1])

    def _carried_by(self, clause: Clause) -> set[Mention]:
        """Return the initiative by which what follows is done: 以“暖工”竞赛为主线，带动1.3万家企业."""
        tokens = clause.tokens
        return {
            t.mention
            for i, t in enumerate(tokens)
            if i
            and tokens[i - 1].text in {"以", "依托"}
            and t.mention is not None
            and t.mention.type in INITIATIVES
            and _MEANS.match(self._text, t.end, clause.end)
        }

    def upto(self, site: Site, state: State) -> None:
        """Take in the initiatives and events that the clause names before a number."""
        for mention in self._coming:
            if mention.end <= site.quantity.start:
                state.about = mention

    def close(self, state: State) -> None:
        """End a clause: what it sets going holds from here on."""
        if len(self._coming) > 1 and self._in_one_breath():
            state.about = None
        elif self._coming:
            state.about = self._coming[-1]

    def _in_one_breath(self) -> bool:
        """Whether several initiatives are set going together, so that the numbers are of none of them alone."""
        first, last = self._coming[-2:]
        return _AND.fullmatch(self._text, first.end, last.start) is not None

    def _sets(self, mention: Mention, clause: Clause) -> bool:
        """Whether a clause names an initiative or event, not as an example of several or in a list of deeds."""
        if not clause.start <= mention.start < clause.end:
            return False
        behind = [t for t in clause.tokens if t.start >= mention.end][:2]
        if any(t.tag == "NUM" for t in behind) and behind[0].tag != "TIME" and not behind[0].verbal:
            return False  # it is what is counted: 举办技能大赛12场
        return _AMONG.match(self._text, mention.end, clause.end) is None

    def _acts(self, clause: Clause) -> bool:
        """Whether the subject of a clause acts, and is not itself what is counted or listed before a number."""
        group = clause.subject
        if group is None:
            return False
        if clause.own_subject and group.first:
            if clause.tokens[group.first - 1].tag == "NUM":
                return False
            if any(t.text in {"与", "同", "跟"} for t in clause.tokens[max(0, group.first - 4) : group.first]):
                return False
        if not clause.own_subject and self._text.startswith("其中", group.start - 2):
            return False  # a part, of which no more is told
        after = self._text[group.end : group.end + 24]
        if _TITLE.match(after):
            return False
        if _LISTED.match(after):
            return False
        return group.members[-1].type not in OWN_FIGURES or not self._is_counted(after)

    def _is_counted(self, after: str) -> bool:
        """Whether a name is what the number behind it counts: 劳模创新工作室286个, 工作室发展到194个."""
        return self._words.pattern("reached", "links", before="^", after=_COUNT).match(after) is not None

    # --- one number ---

    def of(self, site: Site, found: Found, sentence: Sentence, state: State, context: Context) -> list[Mention]:
        """Return what a number is about; several where the sentence says it of each."""
        clause = site.clause
        if found.construction == "continued" and (placed := _place_before(site)) is not None:
            return [placed]
        distributed = aligned(site, sentence)
        if not distributed and found.indicator == state.last and not clause.own_subject:
            distributed = state.several
        state.several = distributed
        if distributed:
            return distributed
        if state.about is None and (whole := _whole_before(site)) is not None:
            return [whole]
        group = self._acting(clause)
        own = group if clause.own_subject and group is not None and group.start < site.quantity.start else None
        if own is not None and own.members[0].type == "Region" and state.about is None:
            return [own.members[-1]]
        if own is not None and own.members[0].type == "Region" and own.start > (state.about.end if state.about else 0):
            return [own.members[-1]]
        if state.about is not None and not self._of_the_place(found):
            return [state.about]
        if group is not None and self._is_personal(site, group):
            return [group.members[-1]]
        event = self._events.of(site, sentence)
        if event is not None:
            return [event]
        if state.owner is not None:
            return [state.owner]
        about = self._by_subject(group, site, found.indicator, sentence, context) or self._nation(sentence)
        return [about] if about is not None else []

    def _acting(self, clause: Clause) -> Group | None:
        """Return who acts in a clause; where its own subject is a title with a place in it, who acted before."""
        if self._acts(clause):
            return clause.subject
        own = clause.subject if clause.own_subject else None
        return clause.carried if own is not None and _TITLE.match(self._text, own.end) else None

    def _is_personal(self, site: Site, group: Group) -> bool:
        """Whether a number is of the one person who acts: 带出技师46人, 月薪涨到7800元, 11名徒弟."""
        if len(group.members) > 1 or group.members[0].type != "Person":
            return False
        clause = self._text[site.clause.start : site.clause.end]
        return self._words.pattern("personal").search(clause) is not None

    def _nation(self, sentence: Sentence) -> Mention | None:
        """Return the whole country where an article without a place of its own speaks of it."""
        at = self._text.find("全国", sentence.start, sentence.end)
        at = at if at >= 0 else self._text.find("全国")
        if at < 0:
            return None
        return Mention(at, at + 2, "Region", "全国", scope=NATION.code, name=NATION.full_name)

    def _of_the_place(self, found: Found) -> bool:
        """Whether a share or change is one of the people or economy of a place, whatever was set going before."""
        if found.kind not in {"Share", "Growth"} and found.construction != "from-to":
            return False
        return self._words.pattern("populations").search(found.indicator) is not None

    def _by_subject(
        self, group: Group | None, site: Site, indicator: str, sentence: Sentence, context: Context
    ) -> Mention | None:
        """Return the acting body, its place or the place in whose scope the number stands."""
        here = self._firm_told_of() or context.place(site.quantity.start)
        if group is not None and group.members[0].type == "Person" and (spoken := self._place_of(group)) is not None:
            here = spoken
        if group is None or group.start >= site.quantity.start:
            return here
        member = group.members[-1] if len(group.members) == 1 else group.members[0]
        if member.type == "Region":
            return member
        near = group.start >= sentence.start
        if near and (own := _owner(member)) is not None:
            return own
        if member.type == "CoordinationBody" and ("成员" in indicator or here is None):
            return member
        if member.type == "TradeUnion" and near and site.quantity.unit == "元":
            return member
        if near and member.type in ORGANISATIONS and (region := _region(member)) is not None:
            return region
        return here or member

    def _place_of(self, group: Group) -> Mention | None:
        """Return the place of the public body for which a person speaks, in an article about a firm."""
        if self._firm_told_of() is None:
            return None
        posts = self._text[max(0, group.start - _POSTS) : group.start]
        start = group.start - len(re.split("[，,。；;：:“”\n]", posts)[-1])
        bodies = [m for m in starting_in(self._context.mentions, start, group.start) if m.type in ORGANISATIONS]
        return _region(bodies[0]) if bodies and bodies[0].scope and bodies[0].owner is None else None

    def _firm_told_of(self) -> Mention | None:
        """Return the firm or school that the whole article is about."""
        told = self._context.protagonist
        return _owner(told) if told is not None else None


def _told_of(clause: Clause) -> set[Mention]:
    """Return the initiative that a clause tells of as its subject: “暖工”行动已走访企业64家."""
    tokens = (t for t in clause.tokens if t.tag != "TIME" and t.text not in "“”")
    first = next(tokens, None)
    if (
        first is None
        or first.mention is None
        or first.mention.type not in INITIATIVES
        or first.mention.type == "Reform"
    ):
        return set()
    second = next(tokens, None)
    return {first.mention} if second is not None and (second.verbal or second.tag in {"d", "ad"}) else set()


def _place_before(site: Site) -> Mention | None:
    """Return the place right before a number, of which alone it is: 其中英德市52家."""
    last = next((t for t in reversed(site.left) if t.tag not in {"d", "w", "p"}), None)
    return last.mention if last is not None and last.mention is not None and last.mention.type == "Region" else None


def _whole_before(site: Site) -> Mention | None:
    """Return the place as a whole that stands last before a number: 力争全省高技能人才突破9万人, not 高于全省平均."""
    for before, token in zip(site.left, site.left[1:], strict=False):
        mention = token.mention
        if mention is not None and mention.type == "Region" and mention.text[0] in "全我该本":
            return None if before.text in _BESIDE or before.verbal else mention
    return None


def _region(member: Mention) -> Mention | None:
    """Return the place of a public body."""
    if not member.scope:
        return None
    return Mention(member.start, member.start, "Region", "", scope=member.scope, name=place(member.scope).full_name)


def _owner(member: Mention) -> Mention | None:
    """Return the firm, school or association whose own figures a body tells: its own or that of which it is part."""
    if member.owner is not None and member.owner.type == "Enterprise":
        return member.owner
    public = member.type == "Organization" and member.scope and not member.name.endswith("工作室")
    return member if member.type in OWN_FIGURES and not public else None


def set_going(facts: Sequence[Fact]) -> list[Going]:
    """Return the initiatives and events that the facts of a sentence set going or hold."""
    found: list[Going] = []
    for fact in facts:
        for slot in ("initiative", "event"):
            mention = fact.slots.get(slot)
            if fact.type not in {"implements", "organises", "leads"} or not isinstance(mention, Mention):
                continue
            if mention.type != "Reform" and mention.type in INITIATIVES | {"Event"}:
                found.append(Going(mention, fact.start, fact.end))
    return sorted(found, key=lambda g: (g.mention.start, g.start))
