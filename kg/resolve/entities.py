"""Gathers mentions into entities: names in full, aliases, and the places they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from kg.lexicon.places import Place, place, places_named
from kg.model import Entity, Mention
from kg.naming import INITIATIVES, ORGANISATIONS, entity_id, slug

_CORE = re.compile(r"[“\"「『‘]([^”\"」』’]{2,})[”\"」』’]")
_MARKS = re.compile(r"^[《〈“\"「『‘]+|[》〉”\"」』’]+$")
# A form that only its context makes definite (省总工会, 该公司, 这项改革, 她) is no alias across documents, nor one
# that describes a thing (某某名字命名的工作室).
_NO_ALIAS = re.compile(
    r"^(?:[该本我全各]?(?:省|市|县|区|州|盟|旗|自治区)(?!长)|[该本我全这此其他她它]|上述|集团|公司|工会|会议)|命名的"
)


@cache
def region_name(found: Place) -> str:
    """Return the name under which a place is one thing: with its parent's where the name repeats.

    >>> region_name(place("340200")), region_name(place("320106"))
    ('芜湖市', '南京市鼓楼区')
    """
    namesakes = [p for p in places_named(found.full_name) if p.full_name == found.full_name]
    if len(namesakes) > 1 or found.level == "township":
        above = next(iter(found.ancestors), None)
        if above is not None:
            return f"{region_name(above) if found.level == 'township' else above.full_name}{found.full_name}"
    return found.full_name


_PLACED = ORGANISATIONS | INITIATIVES - {"Reform"} | {"Region"}


@dataclass(slots=True)
class _Thing:
    type: str
    name: str
    forms: set[str] = field(default_factory=set)
    scope: str = ""
    date: str = ""
    parent: str = ""


class Gathering:
    """The things of one document."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._things: dict[str, _Thing] = {}
        self._core: dict[tuple[str, str], str] = {}
        mentions = list(mentions)
        self._longest = self._longest_forms(mentions)
        for mention in mentions:
            self.id_of(mention)

    @staticmethod
    def _longest_forms(mentions: Iterable[Mention]) -> dict[tuple[str, str], str]:
        """For each initiative with a name in quotes the longest form in the document, by which all are called."""
        forms: dict[tuple[str, str], str] = {}
        for mention in mentions:
            core = _core_of(mention)
            if core is not None:
                name = mention.name or mention.text
                key = ("initiative", core)
                if len(name) > len(forms.get(key, "")):
                    forms[key] = name
        return forms

    def id_of(self, mention: Mention) -> str:
        """Return the id of the thing that a mention names, which exists from then on."""
        type_, name = self._named(mention)
        identifier = entity_id(type_, name)
        thing = self._things.get(identifier)
        if thing is None:
            thing = self._things[identifier] = _Thing(type_, name, scope=mention.scope)
        if mention.text and mention.text != name and not _NO_ALIAS.search(mention.text):
            thing.forms.add(_MARKS.sub("", mention.text) if type_ == "PolicyDocument" else mention.text)
        if not thing.scope:
            thing.scope = mention.scope
        if mention.owner is not None and not thing.parent:
            thing.parent = self.id_of(mention.owner)
        return identifier

    def _named(self, mention: Mention) -> tuple[str, str]:
        if mention.type == "Region" and mention.scope:
            found = place(mention.scope)
            own = mention.name in {"", found.full_name, *found.short_names}
            return "Region", region_name(found) if own else mention.name
        name = mention.name or mention.text
        core = _core_of(mention)
        if core is not None:
            name = self._longest.get(("initiative", core), name)
        if mention.type == "PolicyDocument":
            name = _MARKS.sub("", name)
        return mention.type, name

    def place_of(self, identifier: str) -> str:
        """Return the code of the place that a thing belongs to, or ""."""
        return self._things[identifier].scope

    def region_of(self, identifier: str) -> str:
        """Return the id of the region that a thing is or belongs to, or ""."""
        thing = self._things[identifier]
        if thing.type == "Region":
            return identifier
        where = _where(thing)
        return entity_id("Region", where) if where else ""

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether the place of one thing is that of another or lies within it."""
        here, around = self.place_of(inner), self.place_of(outer)
        if not here or not around:
            return False
        return around == here or any(above.code == around for above in place(here).ancestors)

    def type_of(self, identifier: str) -> str:
        """Return the class of a thing."""
        return self._things[identifier].type

    def set_place(self, identifier: str, code: str) -> None:
        """Say where an initiative is carried out, if that is not known yet."""
        thing = self._things[identifier]
        if thing.type in {"Programme", "Competition"} and not thing.scope:
            thing.scope = code

    def set_date(self, identifier: str, date: str) -> None:
        """Date an event or document, if it is not dated yet."""
        thing = self._things[identifier]
        thing.date = thing.date or date

    def entities(self, concerns: dict[str, set[str]] | None = None) -> tuple[Entity, ...]:
        """Return all things as entities, sorted, with the places that they lie in, up to the province."""
        concerns = concerns or {}
        found = {_entity(thing, tuple(sorted(concerns.get(i, ())))) for i, thing in self._things.items()}
        codes = {thing.scope for thing in self._things.values() if thing.scope and thing.type in _PLACED}
        around = {above for code in codes for above in (place(code), *place(code).ancestors)}
        unnamed = {_known_from_context(place) for place in around}
        return tuple(sorted(found | {region for region in unnamed if region.id not in self._things}))


def _core_of(mention: Mention) -> str | None:
    if mention.type not in INITIATIVES or mention.type == "Reform":
        return None
    found = _CORE.search(mention.name or mention.text)
    return slug(found[1]) if found else None


def _known_from_context(found: Place) -> Entity:
    """Return a place that things of the document lie in, without being named there itself."""
    thing = _Thing("Region", region_name(found), scope=found.code)
    return replace(_entity(thing, ()), mentioned=False)


def _where(thing: _Thing) -> str:
    """Return the name of the region that a thing belongs to or lies in, or ""."""
    if not thing.scope:
        return ""
    scope = place(thing.scope)
    if thing.type == "Region" and thing.name == region_name(scope):
        above = next(iter(scope.ancestors), None)
        return region_name(above) if above else ""
    # A region of another name is a zone, which has no code of its own.
    return region_name(scope) if thing.type in _PLACED else ""


def _entity(thing: _Thing, concerns: tuple[str, ...]) -> Entity:
    scope = place(thing.scope) if thing.scope else None
    adcode = ""
    if thing.type == "Region" and scope is not None and thing.name == region_name(scope):
        adcode = scope.code
    aliases = {f for f in thing.forms if f != thing.name}
    if adcode and scope is not None:
        aliases |= {scope.full_name, *scope.short_names[:1]} - {thing.name}
    return Entity(
        type=thing.type,
        name=thing.name,
        aliases=tuple(sorted(aliases)),
        place=_where(thing),
        adcode=adcode,
        parent=thing.parent,
        concerns=concerns,
        date=thing.date if thing.type in {"Event", "PolicyDocument", "Competition"} else "",
    )
