"""Whose the numbers of a clause are by its head: 在某市，; 集团…; 全市…; 以某某名字命名的工作室…."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.clauses import Clause
from kg.extract.match import Context
from kg.extract.observations.words import Words
from kg.extract.segment import Token
from kg.model import Mention

OWN_FIGURES = frozenset({"Enterprise", "School", "Organization"})
_BEFORE_SUBJECT = frozenset({"TIME", "d", "ad", "w", "c"})
_EACH_PART = re.compile(r"各(?:级|地|县|区|市|州|盟|旗|镇|乡|街道)")
_NAMED_AFTER = re.compile(r"以[^，,。；;]{0,30}?名字命名的((?:劳模|技能大师|职工|技师)*(?:创新)?工作室)")
_NAMED_AS = re.compile(r"[为成]$|获评$|入选$")  # behind these stands a title: 被命名为省级示范性创新工作室
_WORKSHOP = re.compile(r"(?:该|这个|他的|她的)?工作室(?!等)")


class Topics:
    """Tells the place, firm or workshop that a clause is about from its head on.

    Args:
        words: The words of the rules.
        context: The article around its sentences.
        mentions: Its names in order, those inside others too.
    """

    def __init__(self, words: Words, context: Context, mentions: Sequence[Mention]) -> None:
        self._words, self._context, self._text = words, context, context.text
        self._people = [m for m in mentions if m.type == "Person"]
        self._firms = [m for m in mentions if m.type == "Enterprise"]
        workshops = (m for m in mentions if m.type == "Organization" and m.name.endswith("工作室"))
        self._workshops = [m for m in workshops if not _NAMED_AS.search(self._text, max(0, m.start - 3), m.start)]

    def of(self, clause: Clause) -> Mention | None:
        """Return what the head of a clause names as that of which its numbers are, or None."""
        head = next((t for t in clause.tokens if t.tag not in _BEFORE_SUBJECT and t.text != "在"), None)
        named = self._named_after(clause)
        if named is not None:
            return named
        if (located := _located(clause)) is not None:
            return located
        if head is None:
            return None
        if self._words.pattern("firms").match(self._text, head.start, clause.end):
            return self._last(self._firms, clause.start)
        if _WORKSHOP.match(self._text, head.start, clause.end):
            return self._last(self._workshops, clause.start)
        return _introduced(clause) or self._whole(head, clause) or _possessor(head, clause)

    def _whole(self, head: Token, clause: Clause) -> Mention | None:
        """Return the place as a whole of which a clause speaks: 全市…, 该县…, 各级…."""
        mention = head.mention
        if mention is not None and mention.type == "Region" and mention.text[0] in "全我该本":
            return mention
        if _EACH_PART.match(self._text, head.start, clause.end):
            return self._context.place(head.start)
        return None

    def _named_after(self, clause: Clause) -> Mention | None:
        """Return the workshop named after a person: 以某某名字命名的创新工作室, 以她名字命名的工作室."""
        found = _NAMED_AFTER.search(self._text, clause.start, clause.end)
        if found is None:
            return None
        person = self._last(self._people, found.start(1))
        if person is None:
            return None
        name = person.name + found[1]
        known = next((m for m in self._workshops if m.name == name), None)
        start, end = found.span(1)
        if known is not None:
            return replace(known, start=start, end=end, text=found[1])
        return Mention(start, end, "Organization", found[1], name=name)

    @staticmethod
    def _last(mentions: Sequence[Mention], before: int) -> Mention | None:
        last = bisect.bisect_right(mentions, before, key=lambda m: m.start) - 1
        return mentions[last] if last >= 0 else None


def _located(clause: Clause) -> Mention | None:
    """Return the place or firm in which what follows holds: 在某市，…."""
    tokens = clause.tokens
    if len(tokens) < 2 or tokens[0].text != "在" or tokens[1].mention is None:
        return None
    if len(tokens) > 2 and tokens[2].text not in {"，", "市", "县"} and not tokens[2].tag.startswith(("f", "s")):
        return None
    return tokens[1].mention if tokens[1].mention.type in {"Region", *OWN_FIGURES} else None


def _possessor(head: Token, clause: Clause) -> Mention | None:
    """Return the place whose own things a clause counts: 甲区的职工夜校增至29所."""
    if head.mention is None or head.mention.type != "Region":
        return None
    following = next((t.text for t in clause.tokens if t.start >= head.end), "")
    return head.mention if following == "的" else None


def _introduced(clause: Clause) -> Mention | None:
    """Return the workshop or alike that a clause brings in: 他领衔的某某工作室被命名为…."""
    for i, token in enumerate(clause.tokens):
        if token.tag != "NAME" or not i or clause.tokens[i - 1].text != "的":
            continue
        mention = token.mention
        if mention is None or mention.type != "Organization":
            continue
        following = clause.tokens[i + 1] if i + 1 < len(clause.tokens) else None
        if following is None or following.verbal or following.text in {"被", "已", "于", "由", "去年", "今年"}:
            return mention
    return None
