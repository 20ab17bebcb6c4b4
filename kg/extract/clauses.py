"""Sentences and clauses: where they end, and which names in them are coordinated.

What reads them knows the language, not the subject: it is the same for every rule.
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
# A parenthetical remark that names who is responsible is read; any other is not.
_ROLE_LIST = re.compile(
    r"(?:单位|部门)\s*[:：]|(?:印发|出台|发布|制定|下发)$|(?:牵头|负总责|主抓|负责)(?=[、，,；;]|$)"
)
_ALONE = frozenset({"PolicyDocument", "Programme", "Competition", "Honour"})


@functools.cache
def words_for(kind: str) -> frozenset[str]:
    """Return one of the lists of words that tell who acts and what is stated."""
    return frozenset(table("clauses")[kind])


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
            if members and not joined(tokens, last, i):
                found.append(Group(tuple(members), first, last))
                members = []
            if not members:
                first = i
            members.append(mention)
            last = i
    if members:
        found.append(Group(tuple(members), first, last))
    return found


def joined(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Whether the names at two places among the tokens are coordinated by what stands between them."""
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
