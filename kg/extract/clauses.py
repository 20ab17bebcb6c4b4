"""Sentences and clauses: who a clause is about, what is coordinated, and whether it states a fact.

The reader of clauses knows the language, not the subject: it is the same for every rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.segment import Token
from kg.model import Mention
from kg.naming import ORGANISATIONS

AGENTS = ORGANISATIONS | {"Region", "Person"}

_SENTENCE_END = re.compile(r"[。！？!?；;]+[”\"’」』)）]*|\n")
_CLAUSE_END = frozenset("，,:：")
_OPEN, _CLOSE = "(（〔[", ")）〕]"
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "并", "暨", "或", "同", "/"})
_JOINT_PREPOSITIONS = frozenset({"会同", "联合", "携手", "协同"})
# A name behind one of these is not who acts.
_OBLIQUE = frozenset(
    [
        "在",
        "向",
        "对",
        "对于",
        "为",
        "给",
        "给予",
        "从",
        "自",
        "于",
        "据",
        "依托",
        "围绕",
        "按照",
        "根据",
        "针对",
        "把",
        "将",
        "以",
        "到",
        "赴",
        "走进",
        "经",
        "用",
        "通过",
        "比",
        "较",
        "占",
        "作为",
        "设在",
        "位于",
        "落户",
        "来自",
        "代表",
        "面向",
        "聚焦",
        "立足",
        "助力",
        "结合",
        "纳入",
        "每",
    ]
)
_PASSIVE = frozenset({"被", "由", "经", "获", "受", "让"})
_ADVERBIAL = re.compile(r"^(d|ad|t|f|p|c|m|r|TIME|NUM|zg|y|u)")
# Words that make what follows a plan, a demand or advice.
_PLANS = frozenset(
    [
        "要",
        "应",
        "应当",
        "应该",
        "须",
        "必须",
        "拟",
        "建议",
        "力争",
        "争取",
        "打算",
        "计划",
        "希望",
        "期望",
        "呼吁",
        "需要",
        "需",
        "即将",
        "有望",
        "可望",
        "能够",
        "可以",
        "可",
        "请",
        "明年",
        "下一步",
        "今后",
        "接下来",
        "下步",
        "未来",
        "还要",
        "都要",
        "确保",
        "还将",
        "也将",
        "又将",
        "均将",
        "就要",
        "务必",
        "预计",
    ]
)
_PLAN_HEADS = re.compile(r"下一步|下步|今后|明年|打算|工作要求|意见建议|提出.{0,4}建议")


@dataclass(frozen=True, slots=True)
class Group:
    """Names in coordination: `A、B和C`; a single name is a group of one."""

    members: tuple[Mention, ...]
    first: int  # index of its first token in the clause
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
        subject: The names that act, its own or carried over from before; None where there are none.
        own_subject: Whether the subject stands in this clause.
        plan: Whether the clause states a plan, demand or advice, and from where in the text on.
        carried: Subject carried over into this clause, also where it has another of its own.
        embedded: Start offsets of names that stand inside a post or another name and act not themselves.
    """

    tokens: list[Token]
    groups: list[Group] = field(default_factory=list)
    subject: Group | None = None
    own_subject: bool = False
    other_subject: bool = False
    plan: int | None = None
    carried: Group | None = None
    embedded: frozenset[int] = frozenset()

    @property
    def start(self) -> int:
        """Where the clause begins in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end

    def is_plan(self, at: int) -> bool:
        """Whether what stands at this offset is planned, demanded or advised."""
        return self.plan is not None and self.plan <= at


@dataclass(slots=True)
class Sentence:
    """Clauses up to a full stop, with the place in whose scope they stand."""

    start: int
    end: int
    clauses: list[Clause]
    block: int
    heading: str = ""


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of `text[start:end]`, end mark included.

    >>> [("甲。乙！"[a:b]) for a, b in sentence_spans("甲。乙！", 0, 4)]
    ['甲。', '乙！']
    """
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() > at and text[at : match.end()].strip():
            yield at, match.end()
        at = match.end()
    if at < end and text[at:end].strip():
        yield at, end


def split_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Split the tokens of a sentence at commas; parenthetical remarks are dropped from the clauses."""
    clauses: list[Clause] = []
    current: list[Token] = []
    depth = 0
    for token in tokens:
        if token.tag == "w":
            if token.text in _OPEN:
                depth += 1
                continue
            if token.text in _CLOSE:
                depth = max(0, depth - 1)
                continue
            if depth == 0 and (token.text in _CLAUSE_END or set(token.text) <= set("—…")):
                if current:
                    clauses.append(Clause(current))
                current = []
                continue
            if token.text.isspace():
                continue
        if depth == 0:
            current.append(token)
    if current:
        clauses.append(Clause(current))
    return clauses


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
    between = [t.text for t in tokens[left + 1 : right] if t.text not in '“”"‘’']
    return (bool(between) and all(t in _JOINTS for t in between)) or between in [[j] for j in _JOINT_PREPOSITIONS]


def is_agent(mention: Mention) -> bool:
    """Whether a name can act: a body, a place or a person."""
    return mention.type in AGENTS


def analyse(sentences: Sequence[Sentence], embedded: frozenset[int]) -> None:
    """Fill in groups, subjects and modality, clause by clause.

    Args:
        sentences: The sentences of one block in order.
        embedded: Start offsets of names that stand inside a post (市总工会 in 市总工会主席某某) and act not themselves.
    """
    carried: Group | None = None
    for sentence in sentences:
        plan = bool(_PLAN_HEADS.search(sentence.heading))
        for clause in sentence.clauses:
            clause.embedded = embedded
            clause.groups = groups_of(clause.tokens, lambda m: is_agent(m) and m.start not in embedded)
            clause.carried = carried
            own, other = _own_subject(clause)
            clause.own_subject = own is not None
            clause.other_subject = other
            clause.subject = own or carried
            if own is not None:
                carried = own
            clause.plan = clause.start if plan else _plan_from(clause)
            plan = plan or (clause.plan is not None and not _closes_plan(clause))


def marker_before(tokens: Sequence[Token], index: int) -> str:
    """Return the word directly before the token at `index`, quotes skipped; "" at the beginning."""
    index -= 1
    while index >= 0 and tokens[index].text in '“”"‘’':
        index -= 1
    return tokens[index].text if index >= 0 else ""


def _own_subject(clause: Clause) -> tuple[Group | None, bool]:
    """Return the group that acts, and whether something that is no name stands in its place."""
    tokens = clause.tokens
    verb = next(
        (i for i, t in enumerate(tokens) if t.verbal and not (i and tokens[i - 1].text in {"的", "所"})), len(tokens)
    )
    best: Group | None = None
    for group in clause.groups:
        if group.first > verb:
            break
        before = marker_before(tokens, group.first)
        after = tokens[group.last + 1].text if group.last + 1 < len(tokens) else ""
        if before in _OBLIQUE or before in _PASSIVE or before in _JOINT_PREPOSITIONS:
            continue
        if after == "的" and best is None:
            continue
        best = group
        break
    if best is None:
        head = [t for t in tokens[:verb] if not _ADVERBIAL.match(t.tag) and t.tag != "w" and t.mention is None]
        return None, any(t.nominal for t in head)
    # 重庆市总工会 may open with the place that owns what follows: the last name before the verb acts.
    for group in clause.groups:
        if best.last < group.first <= verb and group.first == best.last + 1:
            best = group
    return best, False


def _plan_from(clause: Clause) -> int | None:
    for i, token in enumerate(clause.tokens):
        if token.text in _PLANS and not (
            token.text == "计划" and token.tag == "n" and i and i == len(clause.tokens) - 1
        ):
            return token.start
        if token.text == "将" and _is_future(clause.tokens, i):
            return token.start
        if token.text in {"到", "至"} and i == 0 and len(clause.tokens) > 1 and clause.tokens[1].tag == "TIME":
            return token.start
    return None


def _is_future(tokens: Sequence[Token], index: int) -> bool:
    """Whether 将 says "will": what follows is a verb or adverb, not the object that 将 fronts."""
    for token in tokens[index + 1 :]:
        if token.verbal:
            return True
        if token.tag in {"d", "ad", "p", "TIME"} or token.text in {"会同", "联合"}:
            return True
        return False
    return False


def _closes_plan(clause: Clause) -> bool:
    """A plan reaches to the end of its sentence, unless it is only 可 or 可以 inside a statement."""
    return any(t.text in {"可", "可以", "能够", "计划", "需", "需要", "要", "请"} for t in clause.tokens)
