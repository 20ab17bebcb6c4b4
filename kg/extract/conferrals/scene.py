"""What a recipient is looked for in: a clause with those before it, and an award with its verb."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.extract.clauses import Clause
from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.model import Mention
from kg.naming import ORGANISATIONS

WORKS = frozenset({"Programme", "PolicyDocument", "Competition"})
RECIPIENTS = ORGANISATIONS | {"Person", "Region"}


_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


MARKS = '“”"「」『』《》'


@functools.cache
def words_of(key: str) -> frozenset[str]:
    """Return a list of words about honours."""
    return frozenset(table("names")["honour"][key])


@functools.cache
def verb_pattern() -> re.Pattern[str]:
    """Return the verbs of winning and of conferring as a pattern."""
    verbs = {*words_of("receiving"), *words_of("giving")}
    return re.compile("(" + "|".join(sorted(map(re.escape, verbs), key=len, reverse=True)) + ")(?:了|过|为)?")


@functools.lru_cache(maxsize=1024)
def kinds_of(honour: str) -> frozenset[str]:
    """Return the types of things that can receive an honour, by how its name ends.

    >>> sorted(kinds_of("清远工匠")), "Region" in kinds_of("产改试点城市"), "Person" in kinds_of("一等奖")
    (['Person'], True, True)
    """
    name = re.sub(r"[(（][^()（）]*[)）]$", "", honour.strip(MARKS)).rstrip(MARKS)
    name = re.sub(r"(?:荣誉称号|称号|名单|榜单|行列)$", "", name).rstrip(MARKS)
    if name.endswith(tuple(words_of("of_workshops"))):
        return frozenset({"Workshop"})
    if name.endswith(tuple(words_of("of_programmes"))):
        return RECIPIENTS - {"Person"} | {"Programme"}
    if name.endswith(tuple(words_of("of_bodies"))):
        return RECIPIENTS - {"Person"}
    if name.endswith(tuple(words_of("of_places"))):
        return frozenset({"Region", "Government", "PartyOrgan", "Organization"})
    if name.endswith(tuple(words_of("of_persons"))):
        return frozenset({"Person"})
    return RECIPIENTS


def fits(mention: Mention, kinds: frozenset[str]) -> bool:
    """Whether something of these types can receive the honour."""
    if mention.type in kinds:
        return True
    return "Workshop" in kinds and mention.type in {"Organization", "School"} and "工作室" in mention.text


@dataclass(frozen=True, slots=True)
class Award:
    """Honours in coordination, and where those who receive them stand.

    Attributes:
        honours: The honours.
        start, end: Span of the words that confer them.
        where: `subject`: before `upto`, in this clause or one before it; `within`: between `at` and `upto`;
            `row`: the first names in coordination behind `at`; `ahead`: in the clauses behind this one.
        at, upto: Offsets.
        construction: How it is said, as the rules name it.
        by_body: Whether a body confers it, which does not receive it itself.
    """

    honours: tuple[Mention, ...]
    start: int
    end: int
    where: Literal["subject", "within", "row", "ahead"]
    at: int
    upto: int
    construction: str
    by_body: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A clause and those of its block before it."""

    draft: Draft
    clauses: Sequence[Clause]
    sentence_of: Sequence[int]
    index: int
    begins: dict[int, int]
    embedded: frozenset[int]
    at_place: Callable[[int], Mention | None]

    @property
    def clause(self) -> Clause:
        """The clause that is read."""
        return self.clauses[self.index]

    @property
    def end(self) -> int:
        """Where the words of the clause end, before the full stop."""
        clause = self.clause
        return clause.start + len(self.text(clause.start, clause.end).rstrip("。！？!?；; \u3000\n"))

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the article."""
        return self.draft.text[start:end]

    def blanked(self, start: int, end: int) -> str:
        """Return a stretch of the article with every character of a name as NUL, so that only other words are found."""
        chars = list(self.text(start, end))
        for mention in self.draft.within(start, end):
            for i in range(mention.start - start, mention.end - start):
                chars[i] = "\0"
        return "".join(chars)

    def plain(self, start: int, end: int) -> str:
        """Return a stretch of the article without what stands in brackets."""
        return _BRACKETS.sub("", self.draft.text[start:end])
