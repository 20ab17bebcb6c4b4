"""A fact or entity as it is scored, whichever side it comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.names import alike, plain, same, same_agent

FACTS = ("leads", "implements", "issues", "organises", "post", "honour", "observation")
"""The types of facts that the headline counts."""

RESPONSIBLE = ("leads", "implements")
ENTITIES = "entities"

# Fields that decide whether two facts are the same, and how each is compared.
_KEYS: Mapping[str, Mapping[str, Callable[[Sequence[str], Sequence[str]], bool]]] = {
    "leads": {"agent": same_agent, "initiative": alike},
    "implements": {"agent": same_agent, "initiative": alike},
    "issues": {"agent": same_agent, "document": alike},
    "organises": {"agent": same_agent, "event": alike},
    "post": {"person": same, "organization": same_agent},
    "honour": {"recipient": same, "honour": alike},
    "observation": {"indicator": alike},
    ENTITIES: {"name": alike},
}
_SAME_UNIT = {"名": "人", "位": "人", "人民币": "元"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a built fact was read.

    Attributes:
        start, end: Span in the decoded page.
        sentence: The clean sentence.
        rule: Id of the rule.
        confidence: Between 0 and 1.
    """

    start: int
    end: int
    sentence: str
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """A fact of one document, or an entity that it names.

    Attributes:
        kind: Type of fact, or `entities`.
        names: By field, the forms of the thing that stands there; of built things the label comes first.
        value: The number of an observation.
        unit, bound, period: Of an observation; the period without the dots of an open end. "" where not stated.
        type: Class of an entity.
        place: Where it was read; None for a reference.
    """

    kind: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    value: float | None = None
    unit: str = ""
    bound: str = ""
    period: str = ""
    type: str = ""
    place: Place | None = None

    def matches(self, built: Item) -> bool:
        """Whether this reference is met by a built item of the same kind."""
        if self.kind == "observation" and not (_same_number(self.value, built.value) and self.unit == built.unit):
            return False
        if self.kind == ENTITIES and self.type != built.type:
            return False
        keys = _KEYS[self.kind]
        return all(how(self.names.get(name, ()), built.names.get(name, ())) for name, how in keys.items())

    def attributes(self, built: Item) -> dict[str, bool]:
        """Return, for each attribute that this reference states, whether a built item that matches agrees."""
        if self.kind == "post":
            return {"title": _plain(self.names.get("title", ())) == _plain(built.names.get("title", ()))}
        if self.kind != "observation":
            return {}
        found = {"bound": (self.bound or "exact") == (built.bound or "exact")}
        if self.names.get("about"):
            found["about"] = alike(self.names["about"], built.names.get("about", ()))
        if self.period:
            found["period"] = self.period == built.period
        return found

    def __str__(self) -> str:
        parts = [f"{self.type} " if self.type else ""]
        parts.append(", ".join(f"{name} {forms[0]}" for name, forms in self.names.items() if forms))
        if self.value is not None:
            parts.append(f": {self.value:.12g} {self.unit}")
        parts += [f", {extra}" for extra in (self.bound if self.bound != "exact" else "", self.period) if extra]
        return "".join(parts)


def unit_of(written: str) -> str:
    """Return a unit as it is compared.

    >>> unit_of("名"), unit_of("％")
    ('人', '%')
    """
    unit = unicodedata.normalize("NFKC", written)
    return _SAME_UNIT.get(unit, unit)


def period_of(written: str) -> str:
    """Return a period as it is compared, the dots of an open end dropped.

    >>> period_of("../2024"), period_of("2020/")
    ('/2024', '2020/')
    """
    return written.replace("..", "").strip()


def _same_number(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return False
    return abs(left - right) <= 1e-6 * max(abs(left), abs(right), 1.0)


def _plain(names: tuple[str, ...]) -> set[str]:
    return {plain(name) for name in names}
