"""Sentences and clauses: who a clause is about, what is coordinated, and whether it states a fact.

The reader of clauses knows the language, not the subject: it is the same for every rule.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.data import table
from kg.extract.segment import Token
from kg.model import Mention
from kg.naming import ORGANISATIONS

AGENTS = ORGANISATIONS | {"Region", "Person"}

_SENTENCE_END = re.compile(r"[。！？!?；;]+[”\"’」』)）]*|\n")
_DASHES = frozenset("—…")
_CLAUSE_END = frozenset("，,:：")
_OPEN, _CLOSE = "(（〔[", ")）〕]"
_QUOTES = '“”"‘’「」'
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "并", "暨", "或", "同", "/"})
_ADVERBS_BETWEEN = frozenset({"还", "又", "也", "则", "已", "正", "再", "先后", "共同"})
_ADVERBIAL = re.compile(r"^(d|ad|t|f|p|c|m|r|TIME|NUM|zg|y|u)")
# A parenthetical remark that names who is responsible is read; any other is not.
_ROLE_LIST = re.compile(
    r"(?:单位|部门)\s*[:：]|(?:印发|出台|发布|制定|下发)$|(?:牵头|负总责|主抓|负责)(?=[、，,；;]|$)"
)
_ALONE = frozenset({"PolicyDocument", "Programme", "Competition", "Honour"})


@functools.cache
def words_for(kind: str) -> frozenset[str]:
    """Return one of the lists of words that tell who acts and what is stated."""
    return frozenset(table("clauses")[kind])


@functools.cache
def _before_no_subject() -> frozenset[str]:
    return words_for("oblique") | words_for("passive") | words_for("joint")


class Group(NamedTuple):
    """Names in coordination: `A、B和C`; a single name is a group of one."""

    members: tuple[Mention, ...]
    first: int  # index of its first token in the clause; of a person, of the posts before the name
    last: int  # index of its last token

    @property
    def start(self) -> int:
        """Where the group begins in the text."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Where the group ends in the text."""
        return self.members[-1].end


@dataclass(slots=True)
class Clause:
    """A stretch between commas.

    Attributes:
        tokens: Its tokens; parenthetical remarks are left out.
        groups: The names in it that can act, by coordination.
        subject: The names that act, its own or carried over from before; None where there are none.
        own_subject: Whether the subject stands in this clause.
        other_subject: Whether something that is no name stands in the place of the subject.
        plan: Where in the text a plan, demand or advice begins; None where the clause states none.
        carried: Subject carried over into this clause, also where it has another of its own.
        embedded: Start offsets of names that stand inside a post or another name and act not themselves.
        remark: Whether it is a remark in brackets that says who is responsible for what stands before.
        start, end: Half-open offsets in the article's text.
    """

    tokens: list[Token]
    groups: list[Group] = field(default_factory=list)
    subject: Group | None = None
    own_subject: bool = False
    other_subject: bool = False
    plan: int | None = None
    carried: Group | None = None
    embedded: frozenset[int] = frozenset()
    remark: bool = False
    start: int = field(init=False)
    end: int = field(init=False)

    def __post_init__(self) -> None:
        self.start, self.end = self.tokens[0].start, self.tokens[-1].end

    def is_plan(self, at: int) -> bool:
        """Whether what stands at this offset is planned, demanded or advised."""
        return self.plan is not None and self.plan <= at


@dataclass(slots=True)
class Sentence:
    """Clauses up to a full stop.

    Attributes:
        start, end: Span in the article's text.
        clauses: Its clauses in order.
        block: Index of its block among the article's.
        block_start: Where its block begins in the text.
        heading: The text of the heading above it, or "".
    """

    start: int
    end: int
    clauses: list[Clause]
    block: int
    heading: str = ""
    block_start: int = 0


@dataclass(frozen=True, slots=True)
class Posts:
    """What is known of the posts in an article.

    Attributes:
        embedded: Start offsets of names inside a post (市总工会 in 市总工会主席某某), which act not themselves.
        begins: By start of a person's name, where the posts before it begin.
        bodies: By start of a person's name, the body in which the person holds the last of these posts.
    """

    embedded: frozenset[int] = frozenset()
    begins: Mapping[int, int] = field(default_factory=dict)
    bodies: Mapping[int, Mention] = field(default_factory=dict)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of `text[start:end]`, end mark included.

    A semicolon inside brackets ends none: （牵头单位：甲；责任单位：乙） is one remark.

    >>> [("甲。乙！"[a:b]) for a, b in sentence_spans("甲。乙！", 0, 4)]
    ['甲。', '乙！']
    """
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match[0][0] in "；;" and _inside_brackets(text, at, match.start()):
            continue
        if match.end() > at and text[at : match.end()].strip():
            yield at, match.end()
        at = match.end()
    if at < end and text[at:end].strip():
        yield at, end


def _inside_brackets(text: str, start: int, at: int) -> bool:
    opened = max(text.rfind("(", start, at), text.rfind("（", start, at))
    return opened >= 0 and not re.search("[)）]", text[opened:at])


def split_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Split the tokens of a sentence at commas.

    Parenthetical remarks are dropped, unless they say who is responsible (牵头单位：甲) or who issued something
    (某局2022年印发): these become clauses.
    """
    clauses: list[Clause] = []
    current: list[Token] = []
    remark: list[Token] = []
    depth = 0
    for token in tokens:
        if token.tag != "w":
            (remark if depth else current).append(token)
            continue
        mark = token.text
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
            if not depth:
                if _ROLE_LIST.search("".join(t.text for t in remark)):
                    clauses.extend([Clause(current)] if current else [])
                    clauses.extend(Clause(c, remark=True) for c in _role_clauses(remark))
                    current = []
                remark = []
        elif depth:
            remark.append(token)
        elif mark in _CLAUSE_END or _DASHES.issuperset(mark):
            if current:
                clauses.append(Clause(current))
            current = []
        elif not mark.isspace():
            current.append(token)
    if current:
        clauses.append(Clause(current))
    return clauses


def _role_clauses(remark: Sequence[Token]) -> list[list[Token]]:
    """Split a remark at its semicolons and behind its verbs; the colon behind 牵头单位 joins the names to it."""
    parts: list[list[Token]] = [[]]
    for token in remark:
        if token.text in {"；", ";", "。"} or (token.text in "，," and parts[-1] and parts[-1][-1].verbal):
            parts.append([])
        elif token.text not in {"：", ":"} and not (token.text in "，," and parts[-1] and parts[-1][-1].mention):
            parts[-1].append(token)
    return [p for p in parts if p]


def groups_of(tokens: Sequence[Token], wanted: Callable[[Mention], bool]) -> list[Group]:
    """Return the coordinations of names that `wanted` accepts, in order."""
    found: list[Group] = []
    members: list[Mention] = []
    first = last = -1
    for i, token in enumerate(tokens):
        mention = token.mention
        if mention is not None and wanted(mention):
            if members and not _joined(tokens, last, i):
                found.append(Group(tuple(members), first, last))
                members = []
            if not members:
                first = i
            members.append(mention)
            last = i
    if members:
        found.append(Group(tuple(members), first, last))
    return found


def _joined(tokens: Sequence[Token], left: int, right: int) -> bool:
    between = [t.text for t in tokens[left + 1 : right] if t.text not in _QUOTES]
    if not between:
        names = tokens[left].mention, tokens[right].mention
        if names[0] is not None and _shares_head(names[0]) and tokens[left].end == tokens[right].start:
            return True  # 川渝两地总工会
        apart = tokens[left].end < tokens[right].start and all(n is not None and n.type in ORGANISATIONS for n in names)
        # 《甲》《乙》, “甲”“乙”; 某局 某局关于印发…的通知, where only a space stands between
        return apart or all(n is not None and n.type in _ALONE for n in names)
    if len(between) == 2 and between[0] in _ADVERBS_BETWEEN and between[1] in {"与", "和", "同"}:
        return True  # 公司还同某校共建
    return all(t in _JOINTS for t in between) or (len(between) == 1 and between[0] in words_for("joint"))


def _shares_head(mention: Mention) -> bool:
    """Whether a name is not what stands at its place: 川 for 四川省总工会 in 川渝两地总工会."""
    return mention.end - mention.start != len(mention.text)


def is_agent(mention: Mention) -> bool:
    """Whether a name can act: a body, a place or a person."""
    return mention.type in AGENTS


def marker_before(tokens: Sequence[Token], index: int) -> str:
    """Return the word directly before the token at `index`, quotes skipped; "" at the beginning."""
    index -= 1
    while index >= 0 and tokens[index].text in _QUOTES:
        index -= 1
    return tokens[index].text if index >= 0 else ""


def conjunct_before(tokens: Sequence[Token], at: int) -> int:
    """Return the index at which the predicate around an offset begins: behind the last 、 that ends another predicate.

    由甲牵头、乙参与实施的行动: 参与实施 is said of 乙 alone.
    """
    begin = 0
    for i, token in enumerate(tokens):
        if token.start >= at:
            break
        if token.text == "、" and i and tokens[i - 1].verbal:
            begin = i + 1
    return begin


def analyse(
    sentences: Sequence[Sentence], posts: Posts, text: str, carried: Group | None = None, published: str = ""
) -> None:
    """Fill in groups, subjects and modality of the sentences of one block, clause by clause.

    Args:
        sentences: The sentences of one block in order.
        posts: The posts in the article.
        text: The article's text.
        carried: Who acts where the block does not begin by saying so.
        published: Date of the article as `YYYY-MM-DD`, or "".
    """
    before_enumeration: Group | None = None
    enumerating = planning = False
    for number, sentence in enumerate(sentences):
        past = _tells_of_past(sentence, published)
        heads = not past and _heads_plans(sentence.heading)
        if _enumerators().match(text[sentence.start : sentence.end].lstrip()):
            if not enumerating:
                before_enumeration, enumerating = carried, True
            carried = before_enumeration
        speaker = _speaker_of_quote(sentences, number, posts, text)
        carried = speaker or carried
        planned = planning and not past and not _says_who(sentence, posts)
        topic: Group | None = None
        asks = text[sentence.start : sentence.end].rstrip("”』」 \n").endswith(("？", "?"))
        assigned = any(c.remark for s in sentences[number : number + 2] for c in s.clauses)
        for clause in sentence.clauses:
            carried = _analyse_clause(clause, posts, carried)
            if clause.own_subject and topic is None and not _says(clause):
                topic = clause.subject
            clause.plan = clause.start if heads or planned else _plan_from(clause)
            if clause.plan is None and asks:
                clause.plan = next((t.start for t in clause.tokens if t.text in words_for("questions")), None)
            if clause.remark:  # who is responsible is settled also where what is to be done lies ahead
                clause.plan = None
            elif assigned and not clause.own_subject:
                clause.plan = clause.start
            planned = planned or (clause.plan is not None and not asks and not _may_close(clause))
        planning = not asks and any(c.plan is not None and not _may_close(c) for c in sentence.clauses[:3])
        # What the sentence began with, not what its last clause was about, is spoken of on.
        carried = topic or carried or speaker


def _says(clause: Clause) -> bool:
    """Whether a clause only says who speaks: 某某在会上通报，…."""
    return clause.tokens[-1].text in words_for("speech")


@functools.lru_cache(maxsize=256)
def _heads_plans(heading: str) -> bool:
    return any(word in heading for word in words_for("plan_heads"))


@functools.cache
def _enumerators() -> re.Pattern[str]:
    return re.compile(table("clauses")["enumerators"])


def _analyse_clause(clause: Clause, posts: Posts, carried: Group | None) -> Group | None:
    """Fill in a clause; return the subject that carries on."""
    clause.embedded = posts.embedded
    groups = groups_of(clause.tokens, lambda m: is_agent(m) and m.start not in posts.embedded)
    clause.groups = _rejoined([_with_posts(g, clause, posts) for g in groups], clause.tokens)
    clause.carried = carried
    own, other = _own_subject(clause)
    clause.own_subject = own is not None
    clause.other_subject = other
    clause.subject = own or carried
    return own or carried


def _with_posts(group: Group, clause: Clause, posts: Posts) -> Group:
    """Let a person's group begin with the posts before the name: 由市委书记某某 is marked by 由."""
    begin = posts.begins.get(group.start)
    if begin is None:
        return group
    first = next((i for i, t in enumerate(clause.tokens) if t.start >= begin), group.first)
    return group._replace(first=min(first, group.first))


def _rejoined(groups: Sequence[Group], tokens: Sequence[Token]) -> list[Group]:
    """Join persons between whom only the posts of the second and a 、 stand: 市委书记甲、市长乙."""
    found: list[Group] = []
    for group in groups:
        if found and group.start != tokens[group.first].start and _joined(tokens, found[-1].last, group.first):
            found[-1] = Group(found[-1].members + group.members, found[-1].first, group.last)
        else:
            found.append(group)
    return found


def _own_subject(clause: Clause) -> tuple[Group | None, bool]:
    """Return the group that acts, and whether something that is no name stands in its place."""
    tokens = clause.tokens
    in_post = {i for g in clause.groups for i in range(g.first, g.last + 1)}
    verb = next(
        (
            i
            for i, t in enumerate(tokens)
            if t.verbal and i not in in_post and not (i and tokens[i - 1].text in {"的", "所"})
        ),
        len(tokens),
    )
    shunned = _before_no_subject()
    best: Group | None = None
    for group in clause.groups:
        if group.first > verb:
            break
        if marker_before(tokens, group.first) in shunned:
            continue
        after = tokens[group.last + 1].text if group.last + 1 < len(tokens) else ""
        if after == "的" and best is None:
            continue
        if after in words_for("people_of"):  # not 市委, its 主要领导 act
            return None, True
        best = group
        break
    if best is None:
        return None, _other_subject(tokens[:verb], shunned)
    # 重庆市总工会 may stand behind the place that it belongs to: the last name before the verb acts.
    for group in clause.groups:
        if best.last < group.first <= verb and group.first == best.last + 1:
            best = group
    return best, False


def _other_subject(head: Sequence[Token], shunned: frozenset[str]) -> bool:
    """Whether a noun stands before the verb that is not behind a preposition (在全国, 以职工为中心)."""
    oblique, adverbs = False, words_for("adverbs")
    for token in head:
        if token.text in shunned:
            oblique = True
        elif token.text in adverbs:
            continue
        elif token.nominal and token.mention is None and not _ADVERBIAL.match(token.tag):
            if not oblique:
                return True
        elif token.tag in {"d", "ad"}:
            oblique = False
    return False


def _tells_of_past(sentence: Sentence, published: str) -> bool:
    """Whether a sentence begins with a time that was over when the article appeared: 去年10月, 2023年."""
    for token in sentence.clauses[0].tokens[:3]:
        if token.time is not None and token.time.role in {"point", "span"}:
            end = token.time.period.end
            return bool(published) and end is not None and end < published
    return False


def _says_who(sentence: Sentence, posts: Posts) -> bool:
    """Whether a sentence begins with a name that acts."""
    first = sentence.clauses[0]
    return any(t.mention is not None and is_agent(t.mention) for t in first.tokens[:3])


def _speaker_of_quote(sentences: Sequence[Sentence], number: int, posts: Posts, text: str) -> Group | None:
    """Return the body of the speaker of a sentence in quotes: “…。”某会主席某某说, or 某某说：“…”."""
    sentence = sentences[number]
    written = text[sentence.start : sentence.end].strip()
    if not written.startswith("“"):
        return None
    around = [c for s in sentences[number + 1 : number + 2] for c in s.clauses[:1]]
    around += sentence.clauses[-1:]
    around += [c for s in sentences[max(0, number - 1) : number] for c in s.clauses[-1:]]
    for clause in around:
        if not any(t.text in words_for("speech") for t in clause.tokens):
            continue
        for token in clause.tokens:
            if token.mention is not None and token.mention.type == "Person":
                body = posts.bodies.get(token.mention.start)
                if body is not None:
                    return Group((body,), 0, 0)
    return None


def _plan_from(clause: Clause) -> int | None:
    """Return where a plan begins in a clause, or None."""
    tokens, plans = clause.tokens, words_for("plans")
    for i, token in enumerate(tokens):
        if token.text in plans and not (token.text in words_for("plans_or_nouns") and _is_noun(tokens, i)):
            return token.start
        if token.text == "将" and _is_future(tokens, i):
            return token.start
        if i == 0 and token.time is not None and token.text[0] in "到至" and token.time.role == "until":
            return token.start
    return None


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether 计划 ends a noun (培养计划, 合理化建议3条) rather than says what is planned (总工会计划启动)."""
    if index + 1 == len(tokens):
        return True
    before, after = tokens[index - 1] if index else None, tokens[index + 1]
    if before is None:
        return False
    if before.tag == "NUM" or after.tag == "NUM":
        return True
    described = before.nominal and (before.mention is None or not is_agent(before.mention))
    return described and not after.verbal


def _is_future(tokens: Sequence[Token], index: int) -> bool:
    """Whether 将 says "will": a verb or adverb follows, not the object that 将 fronts."""
    if index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    return following.verbal or following.tag in {"d", "ad", "p", "TIME"} or following.text in words_for("joint")


def _may_close(clause: Clause) -> bool:
    """Whether the plan may end with its clause, where it is only a 可 or 需 inside a statement."""
    return any(t.text in {"可", "可以", "能够", "计划", "请"} for t in clause.tokens)
