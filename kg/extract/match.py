"""Applies the slot rules: a trigger hits, then each slot looks for its filler in the positions that the rule names."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from ahocorasick_rs import AhoCorasick

from kg.extract.clauses import Clause, Group, Sentence, conjunct_before, groups_of, marker_before, words_for
from kg.extract.rulebook.ruleset import Rule, RuleSet, Slot
from kg.extract.times import Time
from kg.model import Fact, Mention
from kg.naming import INITIATIVES, slug

_JOINT_MARKERS = frozenset({"会同", "联合", "携手", "联手", "协同"})
# These positions assume a filler; one that is stated elsewhere in the article comes before it.
_ASSUMED = frozenset({"locality", "place", "named", "protagonist"})
_DEPARTMENTS = re.compile(r"等\s*(?:\d+|[一二两三四五六七八九十]+)余?个(?:部门|科室|处室|车间)")
_BACKS = frozenset({"指导", "支持", "监制", "赞助"})  # of the hosts beside: 由甲指导、乙主办
_DENIED = re.compile("没有?|尚未|并未|未能|从未|未|不再|无法|缺乏|难以|推迟|延期|延后|取消|暂缓|暂停")
_NOT_ADJACENT = frozenset("在 向 对 为 由 依托 通过 与 给 借助 根据 按照 围绕 以 用 把 将 从 据 交".split())
_NAMED_AFTER = frozenset({"Event", "PolicyDocument"})
_BARE_WORDS = frozenset("行动 工程 计划 活动 项目 试点 品牌 竞赛 大赛 机制 制度 平台 专项 改革 培训 比赛".split())
_HELD = frozenset({"Event", "Competition"})
_NAMED_EVENT = re.compile("[“第届年]")
_ALIGNED = re.compile("分别|各自|依次")
_SESSION = re.compile("全委|全会|执委|常委会|全体会议|委员会")
_MOST_TRIGGERS = 50  # of one word in a clause
_RECENT = 300  # characters within which a name was spoken of just now
_SPAN_LIMIT = 200  # characters of evidence beyond which only the trigger's clause is shown


class _Span(Protocol):
    @property
    def start(self) -> int: ...


S = TypeVar("S", bound=_Span)


def starting_in(spans: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Return the spans that begin in `[start, end)`; all of them must be in order."""
    begin = attrgetter("start")
    first = bisect.bisect_left(spans, start, key=begin)
    return spans[first : bisect.bisect_left(spans, end, first, key=begin)]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask of the article beyond the sentence.

    Attributes:
        text: The article's text.
        place: The region in whose scope an offset stands, as a mention, or None.
        mentions: The outermost names of the article, in order.
        protagonist: The body that the article is by or about, or None.
        times: Every time in the article, in order.
        reform: The reform that the article speaks of first, also inside another name, or None.
        nested: The names that lie inside others.
        signer: The body that signs the document, on a line of its own above a date, or None.
    """

    text: str
    place: Callable[[int], Mention | None]
    mentions: Sequence[Mention]
    times: Sequence[Time]
    protagonist: Mention | None = None
    reform: Mention | None = None
    nested: Sequence[Mention] = ()
    signer: Mention | None = None

    def last(self, types: frozenset[str], before: int, within: int) -> Mention | None:
        """Return the last name of these types before an offset, at most `within` characters back."""
        index = bisect.bisect_left(self.mentions, before, key=lambda m: m.start)
        for mention in reversed(self.mentions[:index]):
            if mention.start < before - within:
                return None
            if mention.type in types:
                return mention
        return None


class Attempt(NamedTuple):
    """One trigger of one rule at one place, and what came of it: for explanations and for the reader alike.

    Attributes:
        rule: The rule tried.
        start, end: Span of the trigger.
        fillers: What each slot found so far.
        assumed: Whether a filler was assumed from the context, not said in the sentence.
        failed: The step that failed in words, or "" where the rule held.
    """

    rule: Rule
    start: int
    end: int
    fillers: dict[str, tuple[Mention, ...]]
    assumed: bool = False
    failed: str = ""


class Found(NamedTuple):
    """A fact of a slot rule, and whether its agent was assumed for want of a stated one."""

    fact: Fact
    assumed: bool


def attempts(sentence: Sentence, rules: RuleSet, context: Context) -> Iterator[Attempt]:
    """Try every slot rule on a sentence; yield each trigger found, held or failed."""
    for index, clause in enumerate(sentence.clauses):
        worth_trying = _worth_trying(rules, context.text, clause)
        surface = _surface(clause, context.text) if worth_trying else ""
        for rule, words in worth_trying:
            for start, end in _triggers(rule, words, surface, clause.start):
                yield _try(rule, sentence, index, start, end, context)


def facts(sentence: Sentence, rules: RuleSet, context: Context) -> list[Found]:
    """Return the facts that the slot rules read from a sentence."""
    found: list[Found] = []
    for attempt in attempts(sentence, rules, context):
        if attempt.failed:
            continue
        left, right = (slot.name for slot in attempt.rule.slots)
        date = _date_before(attempt.start, sentence, context)
        for a, b in _pairs(attempt.fillers[left], attempt.fillers[right], attempt, context.text, sentence):
            if (a.start, a.end) == (b.start, b.end):
                continue
            start, end = _evidence(sentence, attempt, a, b)
            slots = {left: a, right: b, "date": date}
            fact = Fact(attempt.rule.fact, slots, start, end, attempt.rule.id, attempt.rule.confidence)
            found.append(Found(fact, attempt.assumed))
    return found


def stated_first(found: Sequence[Found]) -> list[Fact]:
    """Drop facts with an assumed agent where the article states an agent of the same fact elsewhere."""

    def object_of(fact: Fact) -> tuple[str, str]:
        right = list(fact.slots.values())[1]
        assert isinstance(right, Mention)
        return fact.type, slug(right.name or right.text)

    stated = {object_of(f.fact) for f in found if not f.assumed}
    return [f.fact for f in found if not f.assumed or object_of(f.fact) not in stated]


def _pairs(
    left: Sequence[Mention], right: Sequence[Mention], attempt: Attempt, text: str, sentence: Sentence
) -> list[tuple[Mention, Mention]]:
    """Return every pair; with 分别 before the trigger, the pairs that stand in the same place of both lists."""
    clause = next((c for c in sentence.clauses if c.start <= attempt.start < c.end), None)
    before = text[clause.start : attempt.start] if clause else ""
    if len(left) == len(right) > 1 and _ALIGNED.search(before):
        return list(zip(left, right, strict=True))
    return [(a, b) for a in left for b in right]


def _surface(clause: Clause, text: str) -> str:
    """Return the clause as written, names blanked, so that no trigger is found inside a name."""
    parts: list[str] = []
    at = clause.start
    for token in clause.tokens:
        if token.tag == "NAME":
            parts += text[at : token.start], "\0" * (token.end - token.start)
            at = token.end
    parts.append(text[at : clause.end + 1])  # with the mark that ends it
    return "".join(parts)


@functools.lru_cache(maxsize=8)
def _index(rules: RuleSet) -> tuple[AhoCorasick, list[list[tuple[int, int]]]]:
    """Return an automaton of the longest words of triggers, and the triggers of which each is a part.

    A trigger goes by the number of its rule and its own number in the rule.
    """
    by_word: dict[str, list[tuple[int, int]]] = {}
    for number, rule in enumerate(rules.rules):
        for place, trigger in enumerate(rule.triggers):
            by_word.setdefault(max(trigger.split("…"), key=len), []).append((number, place))
    return AhoCorasick(list(by_word)), list(by_word.values())


@functools.lru_cache(maxsize=1)
def _hits(rules: RuleSet, text: str) -> tuple[list[int], list[list[tuple[int, int]]]]:
    """Return where the longest words of triggers stand in an article, in order, and the triggers of each."""
    automaton, triggers = _index(rules)
    hits = sorted((start, word) for word, start, _ in automaton.find_matches_as_indexes(text, overlapping=True))
    return [start for start, _ in hits], [triggers[word] for _, word in hits]


def _worth_trying(rules: RuleSet, text: str, clause: Clause) -> list[tuple[Rule, list[str]]]:
    """Return the rules of which a trigger may stand in a clause, in their order, each with these triggers in theirs."""
    starts, triggers = _hits(rules, text)
    first = bisect.bisect_left(starts, clause.start)
    last = bisect.bisect_right(starts, clause.end, first)
    if first == last:
        return []
    hits = {trigger for of_word in triggers[first:last] for trigger in of_word}
    found: dict[int, list[str]] = {}
    for number, place in sorted(hits):
        found.setdefault(number, []).append(rules.rules[number].triggers[place])
    return [(rules.rules[number], words) for number, words in found.items()]


def _triggers(rule: Rule, words: Sequence[str], surface: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield where triggers of a rule, in their order, stand in a clause as it asks for."""
    taken: list[tuple[int, int]] = []
    for word in words:
        for match in itertools.islice(_pattern(word).finditer(surface), _MOST_TRIGGERS):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
    for at, end in sorted(taken):
        before, after = surface[:at], surface[end:]
        if rule.unless_before and before.endswith(rule.unless_before):
            continue
        if rule.unless_after and after.startswith(rule.unless_after):
            continue
        if any(word in before for word in rule.unless_within):
            continue
        if rule.needs_within and not any(word in before for word in rule.needs_within):
            continue
        if rule.needs_after and not after.startswith(rule.needs_after):
            continue
        yield offset + at, offset + end


@functools.cache
def _pattern(trigger: str) -> re.Pattern[str]:
    """A trigger as a pattern; … stands for up to 20 characters, none of them 副 (任副组长 is not 任…组长)."""
    return re.compile("[^副]{0,20}?".join(re.escape(part) for part in trigger.split("…")), re.DOTALL)


def _try(rule: Rule, sentence: Sentence, index: int, start: int, end: int, context: Context) -> Attempt:
    clause = sentence.clauses[index]
    fillers: dict[str, tuple[Mention, ...]] = {}
    # 去年印发的《甲》 tells of what is done; 某局牵头的行动 may still lie ahead.
    done = rule.fact in {"issues", "organises"} and context.text.startswith("的", end)
    if clause.is_plan(start) and not rule.planned and not done:
        return Attempt(rule, start, end, fillers, failed="a plan, demand or advice, not a fact")
    if _DENIED.search(context.text, max(clause.start, start - 4), start):
        return Attempt(rule, start, end, fillers, failed="denied, not stated")
    if rule.needs_type and not any(
        m.type in rule.needs_type and m.start < end + 20 for m in _names(sentence.clauses[: index + 1], context, start)
    ):
        return Attempt(rule, start, end, fillers, failed=f"no {' or '.join(sorted(rule.needs_type))} before")
    assumed = False
    for slot in rule.slots:
        position, found = _fill(_Site(slot, sentence, index, start, end, context))
        if not found:
            return Attempt(rule, start, end, fillers, failed=f"nothing fills {slot.name} ({', '.join(slot.positions)})")
        assumed = assumed or position in _ASSUMED
        fillers[slot.name] = found
    return Attempt(rule, start, end, fillers, assumed)


def _names(clauses: Sequence[Clause], context: Context, at: int) -> list[Mention]:
    first = clauses[0].start
    return list(starting_in(context.mentions, first, at + 30))


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a trigger stands, from which a slot looks around."""

    slot: Slot
    sentence: Sentence
    index: int
    start: int
    end: int
    context: Context

    @property
    def clause(self) -> Clause:
        return self.sentence.clauses[self.index]

    def groups(self, clause: Clause) -> list[Group]:
        """Return the coordinations of names of the slot's types in a clause."""
        return groups_of(clause.tokens, lambda m: m.type in self.slot.types and m.start not in clause.embedded)

    def agents(self) -> list[Group]:
        """Return the clause's agent groups before the trigger, members of other types dropped."""
        kept = []
        for group in self.clause.groups:
            members = self.fitting(group)
            if members and group.end <= self.start:
                kept.append(Group(members, group.first, group.last))
        return kept

    def fitting(self, group: Group) -> tuple[Mention, ...]:
        """Return the members of a group that the slot takes.

        Departments of a firm that stand for several (技术中心、财务部等11个部门) are none by name.
        """
        among = _DEPARTMENTS.match(self.context.text, group.end) is not None
        return tuple(m for m in group.members if m.type in self.slot.types and not (among and m.owner is not None))

    def marked(self, markers: frozenset[str], *, own_verb: bool = False) -> tuple[Mention, ...]:
        """Return the nearest agents before the trigger that stand behind one of these words.

        Args:
            markers: The words.
            own_verb: Leave out agents whose verb is another: of 由甲主办、乙承办的 乙 stands before 承办, unmarked.
        """
        later: Group | None = None
        for group in reversed(self.agents()):
            if marker_before(self.clause.tokens, group.first) in markers:
                between = self.clause.tokens[group.last + 1 : later.first] if later and own_verb else ()
                acts = any((t.verbal and t.text not in _JOINT_MARKERS) or t.text in _BACKS for t in between)
                if own_verb and later and later.first and self.clause.tokens[later.first - 1].text == "的":
                    return later.members  # 由甲任组长的领导小组统筹
                acts = acts or (own_verb and self.relative(group))
                return () if acts else group.members
            later = later or group
        return ()

    def relative(self, group: Group) -> bool:
        """Whether a group acts in a relative clause that ends before the trigger: 由甲主办的大赛启动."""
        said = [t for t in self.clause.tokens[group.last + 1 :] if t.start < self.start]
        return any(t.text == "的" and before.verbal for before, t in itertools.pairwise(said))

    def with_joint(self, group: Group) -> tuple[Mention, ...]:
        """Return the slot's members of a subject and those that 会同 or 联合 joins to them."""
        own = self.fitting(group)
        joint = self.marked(_JOINT_MARKERS)
        return own + tuple(m for m in joint if m not in own) if own else ()

    def someone_else_acts(self) -> bool:
        """Whether the subject does not act: what stands behind 由 does, or the trigger has a subject of its own."""
        said = self.clause.tokens[self.conjunct() :]
        return self.other_conjunct() or any(t.text == "由" and t.start < self.start for t in said)

    def modifies(self) -> bool:
        """Whether the trigger and its object only describe what stands behind them: 牵头“乙”行动的是甲."""
        behind = [t for t in self.clause.tokens if t.start >= self.end]
        named = next((i for i, t in enumerate(behind) if t.mention is not None), None)
        if named is None or any(t.verbal or t.tag == "w" for t in behind[:named]):
            return False
        return named + 1 < len(behind) and behind[named + 1].text == "的"

    def conjunct(self) -> int:
        """Return the index of the token with which the predicate around the trigger begins."""
        return conjunct_before(self.clause.tokens, self.start)

    def other_conjunct(self) -> bool:
        """Whether the trigger is said of someone who acts beside the subject: 甲牵头、各方参与, 甲主办、乙承办."""
        begin = self.conjunct()
        said = [t for t in self.clause.tokens[begin:] if t.start < self.start]
        causing = next((i for i, t in enumerate(said) if i and t.text in words_for("causatives")), None)
        if causing is not None:  # 支持企业开展: the firms do
            said = said[causing + 1 :]
        elif begin == 0:
            return False
        return any(t.nominal and not t.verbal and t.text not in words_for("adverbs") for t in said)


def _fill(site: _Site) -> tuple[str, tuple[Mention, ...]]:
    for position in site.slot.positions:
        found = _POSITIONS[position](site)
        if found:
            return position, found
    return "", ()


def _by(site: _Site) -> tuple[Mention, ...]:
    marked = site.marked(site.slot.markers, own_verb=True)
    if marked and site.other_conjunct() and marked[0].start < site.clause.tokens[site.conjunct()].start:
        return ()  # 由甲牵头、各方落实: 由甲 goes with 牵头 alone
    joint = site.marked(_JOINT_MARKERS) if marked else ()
    return marked + tuple(m for m in joint if m not in marked)


def _adjacent(site: _Site) -> tuple[Mention, ...]:
    tokens = site.clause.tokens
    for group in reversed(site.agents()):
        between = [t for t in tokens[group.last + 1 :] if t.start < site.start]
        links = words_for("links") | words_for("adverbs")
        if all(t.tag in {"d", "ad", "vd", "TIME", "t", "m", "q"} or t.text in links for t in between):
            if (
                "的" in site.context.text[site.end - 1 : site.end + 1]
            ):  # 按照某局出台的《甲》: what stands before governs 甲
                return group.members
            marker = marker_before(tokens, group.first)
            return () if marker in _NOT_ADJACENT or marker in _JOINT_MARKERS else group.members
    return ()


def _subject(site: _Site) -> tuple[Mention, ...]:
    clause = site.clause
    if not clause.own_subject or clause.subject is None or clause.subject.start >= site.start:
        return ()
    return () if site.someone_else_acts() else site.with_joint(clause.subject)


def _carried(site: _Site) -> tuple[Mention, ...]:
    clause = site.clause
    if clause.own_subject or clause.other_subject or clause.carried is None or site.someone_else_acts():
        return ()
    if site.modifies():
        return ()
    found = site.with_joint(clause.carried)
    if clause.tokens[0].text in {"共同", "联合"}:  # 甲牵头，乙、丙参与，共同制定
        before = (c.subject for c in site.sentence.clauses[: site.index] if c.own_subject and c.subject is not None)
        found = tuple(dict.fromkeys([m for group in before for m in site.fitting(group)] + list(found)))
    return found


def _coming(site: _Site) -> tuple[Mention, ...]:
    clause, clauses = site.clause, site.sentence.clauses
    first, second = (*clause.tokens, clause.tokens[-1])[:2]
    means = words_for("means")
    begins = first.text in means or (first.tag in {"d", "TIME"} and second.text in means)
    begins = begins or clause.tokens[-1].text == "以来"
    if not begins or clause.own_subject or site.index + 1 == len(clauses):
        return ()
    following = clauses[site.index + 1]
    return site.fitting(following.subject) if following.own_subject and following.subject is not None else ()


def _owner(site: _Site) -> tuple[Mention, ...]:
    tokens = [t for t in site.clause.tokens if t.start < site.start]
    for i in range(len(tokens) - 1, 0, -1):
        mention = tokens[i].mention
        if mention is None or mention.type not in INITIATIVES:
            continue
        owner = tokens[i - 2 if tokens[i - 1].text == "的" and i > 1 else i - 1].mention
        return (owner,) if owner is not None and owner.type in site.slot.types else ()
    return ()


def _before(site: _Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if g.end <= site.start]
    return groups[-1].members if groups else ()


def _earlier(site: _Site) -> tuple[Mention, ...]:
    if _has_other_object(site):
        return ()
    for clause in reversed(site.sentence.clauses[: site.index]):
        groups = site.groups(clause)
        if groups:
            return groups[-1].members
    return ()


def _object(site: _Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if g.start >= site.end]
    if not groups:
        return ()
    last = groups[0].members[-1]
    behind = next((t.text for t in site.clause.tokens if t.start >= last.end), "")
    qualified = words_for("of_reforms") if last.type == "Reform" else words_for("of_initiatives")
    if last.type in INITIATIVES and behind in qualified:
        return ()  # 构建产改工作格局: what is built is not the reform
    if last.type in _HELD and _counted(site, last):
        return ()  # 召开座谈会5场, 举办市级以上竞赛17场: counted, not one by name
    return groups[0].members


def _next(site: _Site) -> tuple[Mention, ...]:
    """The names directly behind the trigger, or the person whose posts begin there."""
    following = next((i for i, t in enumerate(site.clause.tokens) if t.start >= site.end), -1)
    group = next((g for g in site.clause.groups if g.first == following), None)
    return site.fitting(group) if group is not None else ()


def _counted(site: _Site, event: Mention) -> bool:
    """Whether an event that has no name of its own is only counted."""
    following = next((t for t in site.clause.tokens if t.start >= event.end), None)
    number = following is not None and following.start == event.end and following.tag == "NUM"
    return number and following is not None and following.text[-1] in "场次期" and not _NAMED_EVENT.search(event.text)


def _session(site: _Site) -> tuple[Mention, ...]:
    """The body whose session is held: 甲市总工会十一届四次全委会议."""
    for event in (t.mention for t in site.clause.tokens if t.mention is not None and t.mention.type == "Event"):
        inner = [m for m in site.context.nested if m.start == event.start and m.end < event.end]
        bodies = [m for m in inner if m.type in site.slot.types and m.type != "Region"]
        if bodies and _SESSION.search(event.text):
            return (max(bodies, key=lambda m: m.end),)
    return ()


def _named(site: _Site) -> tuple[Mention, ...]:
    """The place with which the name of the event or document begins: 甲市第十次职工代表大会, 《甲市工匠条例》."""
    for called in (t.mention for t in site.clause.tokens if t.mention is not None and t.mention.type in _NAMED_AFTER):
        begins = called.start + called.text.startswith(("《", "〈"))
        found = [m for m in site.context.nested if m.start == begins and m.end < called.end and m.type == "Region"]
        if found:
            return (found[0],)
    return ()


def _signer(site: _Site) -> tuple[Mention, ...]:
    signer = site.context.signer
    return (signer,) if signer is not None and signer.type in site.slot.types else ()


def _inside(site: _Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if site.start <= g.start and g.end <= site.end]
    return groups[0].members if groups else ()


def _later(site: _Site) -> tuple[Mention, ...]:
    if any(t.nominal for t in site.clause.tokens if t.start >= site.end):
        return ()  # the trigger has an object of its own
    for clause in site.sentence.clauses[site.index + 1 :]:
        groups = site.groups(clause)
        if groups:
            return groups[0].members
    return ()


def _place(site: _Site) -> tuple[Mention, ...]:
    place = site.context.place(site.start)
    return (place,) if place is not None and place.type in site.slot.types else ()


def _locality(site: _Site) -> tuple[Mention, ...]:
    # something else acts, only it has no name
    return () if site.clause.other_subject or site.other_conjunct() else _place(site)


def _protagonist(site: _Site) -> tuple[Mention, ...]:
    body, clause = site.context.protagonist, site.clause
    if body is None or body.type not in site.slot.types or clause.own_subject or clause.other_subject:
        return ()
    if site.other_conjunct():
        return ()
    joint = site.marked(_JOINT_MARKERS)
    return (body, *(m for m in joint if m.name != body.name))


def _previous(site: _Site) -> tuple[Mention, ...]:
    opening = site.index == 0 and site.context.text.startswith("由", site.clause.start)
    if not (opening or site.clause.remark):
        return ()
    found = site.context.last(site.slot.types, site.start, site.start - site.sentence.block_start)
    return (found,) if found is not None else ()


def _bare(site: _Site) -> tuple[Mention, ...]:
    """The initiative named last that ends in the bare 行动 or 工程 with which the clause begins, also inside a name."""
    words = [t.text for t in site.clause.tokens[:3] if t.start < site.start]
    if words and words[0] in {"该", "此", "这", "此项", "这项", "该项", "本次", "此次", "这个"}:
        words = words[1:]
    if not words or words[0] not in _BARE_WORDS:
        return ()
    begin = site.clause.start - _RECENT * 2
    known = [m for m in (*site.context.mentions, *site.context.nested) if begin <= m.start < site.clause.start]
    fitting = [m for m in known if m.type in site.slot.types and (m.name or m.text).rstrip("”").endswith(words[0])]
    return (max(fitting, key=lambda m: m.start),) if fitting else ()


def _recent(site: _Site) -> tuple[Mention, ...]:
    found = site.context.last(site.slot.types, site.start, _RECENT)
    return (found,) if found is not None else ()


def _topic(site: _Site) -> tuple[Mention, ...]:
    if _has_other_object(site):
        return ()
    reform = site.context.reform
    if reform is not None and reform.type in site.slot.types:
        return (reform,)
    found = site.context.last(site.slot.types, site.start, len(site.context.text))
    return (found,) if found is not None else ()


def _has_other_object(site: _Site) -> bool:
    """Whether the trigger has an object that does not mean the topic: 牵头外卖行业的建会, not 牵头日常工作.

    Behind 、 somebody else acts: 甲牵头、多部门协同. What is done 由甲 stands at the head of the clause: 经费由甲统筹.
    """
    if _other_theme(site):
        return True
    behind = itertools.takewhile(lambda t: t.text != "、", (t for t in site.clause.tokens if t.start >= site.end))
    return any(t.nominal and t.mention is None and t.text not in words_for("topic_words") for t in behind)


def _other_theme(site: _Site) -> bool:
    """Whether a clause with 由 begins with a noun that does not mean the topic: 经费由甲统筹, 一组由甲牵头."""
    tokens = site.clause.tokens
    by = next((i for i, t in enumerate(tokens) if t.text == "由" and t.start < site.start), None)
    head = tokens[:by] if by else []
    if not head or any(t.mention is not None or t.verbal for t in head):
        return False
    last = head[-1]
    return (last.nominal or last.tag in {"m", "q"}) and last.text not in words_for("topic_words") and last.tag != "t"


_POSITIONS = {
    "by": _by,
    "adjacent": _adjacent,
    "subject": _subject,
    "carried": _carried,
    "coming": _coming,
    "owner": _owner,
    "before": _before,
    "earlier": _earlier,
    "object": _object,
    "next": _next,
    "inside": _inside,
    "previous": _previous,
    "later": _later,
    "protagonist": _protagonist,
    "locality": _locality,
    "place": _place,
    "session": _session,
    "named": _named,
    "signer": _signer,
    "bare": _bare,
    "recent": _recent,
    "topic": _topic,
}


def _date_before(at: int, sentence: Sentence, context: Context) -> str | None:
    """Return the date last stated in the sentence before an offset, as EDTF."""
    stated = [t for t in starting_in(context.times, sentence.start, at) if t.role in {"point", "span"}]
    return stated[-1].period.edtf if stated else None


def _evidence(sentence: Sentence, attempt: Attempt, *mentions: Mention) -> tuple[int, int]:
    inside = [m for m in mentions if sentence.start <= m.start < sentence.end and m.end > m.start]
    start = min([attempt.start, *(m.start for m in inside)])
    end = max([attempt.end, *(m.end for m in inside)])
    return (start, end) if end - start <= _SPAN_LIMIT else (attempt.start, attempt.end)
