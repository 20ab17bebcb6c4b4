"""Where a quantity stands, and what a sentence has said before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.clauses import Clause, Sentence
from kg.extract.observations.words import RELATIVE
from kg.extract.segment import Token
from kg.extract.times import Time
from kg.model import Kind, Mention, Period, Quantity


@dataclass(frozen=True, slots=True)
class Site:
    """A quantity in its clause, with the stretch of words on either side that may belong to it.

    Attributes:
        clause: The clause.
        index: Of the quantity among the clause's tokens.
        left: The tokens between the quantity before and this one.
        right: The tokens between this quantity and the next.
        quantity: The quantity.
        before: The clause up to the quantity, as written.
        between: What is written between the quantity before and this one.
        after: The clause behind the quantity, as written.
        place: Which quantity of its clause this is, from 0.
        total: How many the clause has.
    """

    clause: Clause
    index: int
    left: tuple[Token, ...]
    right: tuple[Token, ...]
    quantity: Quantity
    before: str
    between: str
    after: str
    place: int
    total: int


def sites(clause: Clause, text: str) -> list[Site]:
    """Return the quantities of a clause, each with what stands around it."""
    tokens = clause.tokens
    at = [i for i, token in enumerate(tokens) if token.quantity is not None]
    found = []
    for n, index in enumerate(at):
        quantity = tokens[index].quantity
        if quantity is None:
            continue
        left = tokens[at[n - 1] + 1 if n else 0 : index]
        right = tokens[index + 1 : at[n + 1] if n + 1 < len(at) else len(tokens)]
        found.append(
            Site(
                clause,
                index,
                tuple(left),
                tuple(right),
                quantity,
                text[clause.start : quantity.start].rstrip(),
                text[left[0].start : quantity.start].rstrip() if left else "",
                text[quantity.end : clause.end],
                n,
                len(at),
            )
        )
    return found


class Read(NamedTuple):
    """An observation of this sentence, to which later ones refer back.

    Attributes:
        indicator, unit, kind, period: Its own.
        between: What is written before it, from the number before on.
    """

    indicator: str
    unit: str
    kind: Kind
    period: Period | None
    between: str = ""


class Found(NamedTuple):
    """What a construction makes of a quantity.

    Attributes:
        construction: The construction that holds.
        indicator: The noun phrase counted.
        kind: What the number is.
    """

    construction: str
    indicator: str
    kind: Kind = "Level"


@dataclass(slots=True)
class State:
    """What carries over from clause to clause.

    Attributes:
        read: The observations read so far in this sentence.
        period: The time that now holds.
        happened: Whether the time is that of something issued or awarded, not of what follows from it.
        baseline: What numbers were last compared with.
        baseline_named: Whether that was named by its year, not as the year before.
        times: The time that holds, with those coordinated with it: 2023年、2024年.
        pair: The times of the last two numbers of which one became the other: 由2020年的3万人增至2023年的5万人.
        standing: Whether numbers are said of now: 现有网点37个.
        clause: The clause before.
        about: The initiative or event set going.
        several: What the last number was said of, where that was each of several.
        owner: The firm, school, workshop or place whose own figures these are.
    """

    read: list[Read] = field(default_factory=list)
    period: Period | None = None
    happened: bool = False
    baseline: Period | None = None
    baseline_named: bool = False
    times: list[Time] = field(default_factory=list)
    pair: tuple[Period | None, Period | None] | None = None
    standing: bool = False
    clause: Clause | None = None
    about: Mention | None = None
    several: list[Mention] = field(default_factory=list)
    owner: Mention | None = None

    @property
    def last(self) -> str:
        """The indicator read last, or ""."""
        return self.read[-1].indicator if self.read else ""

    @property
    def last_level(self) -> str:
        """The indicator of the last number that counts something, or of the last of any kind."""
        for read in reversed(self.read):
            if read.kind in {"Level", "Target"} and read.unit not in RELATIVE:
                return read.indicator
        return self.last


def levels(reads: Sequence[Read]) -> list[Read]:
    """Return the observations that state no change."""
    return [read for read in reads if read.kind != "Growth"]


def without_subject(sentence: Sentence) -> bool:
    """Whether a sentence leaves its subject out, and so goes on with the topic of the one before."""
    told = [c for c in sentence.clauses if any(t.tag not in {"TIME", "d", "c", "w"} for t in c.tokens)]
    return bool(told) and not told[0].own_subject and not told[0].other_subject
