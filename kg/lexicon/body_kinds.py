"""Kinds of Chinese public bodies: how each is called in full, in short, and at each level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

from kg.errors import KgError, RuleError
from kg.lexicon.divisions import NATION, Place
from kg.lexicon.tables import rows

_REFORM = "(产改/产业工人队伍建设改革/新时期产业工人队伍建设改革/新时代产业工人队伍建设改革)"
_CHOICE = re.compile(r"\(([^()]*)\)")
# A unit as written -> the unit in full.
UNITS = {"委": "委员会", "办": "办公室"}
# What a party committee's name ends in: 市委, but 自治区党委.
_COMMITTEE_LETTERS = "省市区县州旗盟"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a body, behind its place.

    Attributes:
        text: The characters, without the place.
        kind: Key of the kind.
        unit: Unit in full (厅, 局, 委员会, 办公室) where the form says it, else "".
        needs: "" may stand alone; "admin": behind a province, prefecture or county or its level word; "letter": behind
            a name that ends in 省, 市, 县 and alike.
        parent_length: How many characters belong to the body that this one is part of (省委|组织部: 委), else 0.
    """

    text: str
    kind: str
    unit: str = ""
    needs: str = ""
    parent_length: int = 0


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of public body.

    Attributes:
        key: What it is called here and in mentions, e.g. 人社.
        type: Local name of its ontology class.
        parent: Key of the kind that it is part of, or "".
        template: Name in full, see `bodies.tsv`.
        forms: How it is written.
        units: Units for provinces, for other places and for municipalities; empty where it has none.
        nation: Names of the body of the whole nation, the full one first; empty where there is none.
    """

    key: str
    type: str
    parent: str
    template: str
    forms: tuple[Form, ...]
    units: tuple[str, ...]
    nation: tuple[str, ...]


@cache
def body_kinds() -> dict[str, BodyKind]:
    """Return all kinds by key, in the order of the table.

    Raises:
        RuleError: A row's parent is not a kind, or a key stands twice.
    """
    kinds: dict[str, BodyKind] = {}
    for key, type_, parent, template, forms, units, nation in rows("bodies.tsv", 7):
        where = f"kg/lexicon/data/bodies.tsv: {key}"
        if key in kinds:
            raise RuleError("the key stands twice", where=where, remedy="give each kind a key of its own")
        if parent != "-" and parent not in kinds:
            raise RuleError(f"its parent {parent} is no kind", where=where, remedy="let the parent stand further up")
        usual, _, _other = units.partition(";")
        kinds[key] = BodyKind(
            key,
            type_,
            parent.replace("-", ""),
            template,
            tuple(_forms(key, parent, forms, units)),
            () if units == "-" else _three(usual.split("/")),
            () if nation == "-" else tuple(nation.split("|")),
        )
    return kinds


def _three(units: list[str]) -> tuple[str, ...]:
    """Return the units for provinces, other places and municipalities."""
    province = units[0]
    other = units[1] if len(units) > 1 else province
    return province, other, units[2] if len(units) > 2 else other


def _forms(key: str, parent: str, forms: str, units: str) -> list[Form]:
    known = dict.fromkeys(re.split("[/;]", units)) if units != "-" else {}
    written = [*known, *(short for short, full in UNITS.items() if full in known)]
    found: dict[str, Form] = {}
    for pattern in forms.split("|"):
        needs = {"~": "admin", "!": "letter"}.get(pattern[0], "")
        for text in _alternatives(pattern.lstrip("~!").replace("@", _REFORM)):
            for unit in written if "*" in text else [""]:
                plain = text.replace("*", unit)
                for whole, need, length in _under(parent, plain, needs):
                    found.setdefault(whole, Form(whole, key, UNITS.get(unit, unit), need, length))
    return list(found.values())


def _alternatives(pattern: str) -> list[str]:
    """Return the texts for which a pattern with (a/b) stands.

    >>> _alternatives("(中级/)人民法院")
    ['中级人民法院', '人民法院']
    """
    parts = [part.split("/") if i % 2 else [part] for i, part in enumerate(_CHOICE.split(pattern))]
    return ["".join(choice) for choice in product(*parts)]


def _under(parent: str, text: str, needs: str) -> list[tuple[str, str, int]]:
    """Return the forms of a part of a body, each with what it needs and the length of the parent's form in it."""
    if parent == "党委" and text.startswith(("委", "党委")):
        return [(text, needs, len("党委") if text[0] == "党" else 1)]
    if parent == "党委":
        return [("委" + text, "letter", 1), ("党委" + text, "", 2), (text, "", 0)]
    if parent == "总工会":
        return [("总工会" + text, "", 3), ("工会" + text, "admin", 2), ("总" + text, "letter", 1)]
    return [(text, needs, 0)]


def canonical_name(kind: str, place: Place | None, *, unit: str = "", level: str = "") -> str:
    """Return the name in full of the body of this kind that belongs to `place`, or its own name where place is None.

    Args:
        kind: Key of the kind.
        place: The province, prefecture, county, … or the nation.
        unit: The unit that the text gives (厅, 局, 委员会), which outweighs what is usual at the place's level.
        level: A word for a part of the place (高新区, 街道) whose body it is.

    Raises:
        KgError: The kind is unknown, or the nation has no such body.

    >>> from kg.lexicon.divisions import place
    >>> [canonical_name(k, place("340200")) for k in ("总工会", "党委", "人社")]
    ['芜湖市总工会', '中共芜湖市委员会', '芜湖市人力资源和社会保障局']
    """
    known = _kind(kind)
    if place is None:
        return (
            known.forms[0].text if not known.units else known.template.format("").replace("*", unit or known.units[1])
        )
    if place == NATION:
        if not known.nation:
            raise KgError(f"the nation has no body of the kind {kind}", remedy="name a province, prefecture or county")
        return known.nation[0]
    name = (place.short_names or (place.name,))[0] + level if level else place.name
    whole = known.template.replace("{委}", committee(name)).replace("{}", name)
    return whole.replace("*", unit or _unit(known, place))


def committee(name: str) -> str:
    """Return the short name of the party committee of a place: 芜湖市委, 内蒙古自治区党委."""
    return name + ("委" if name[-1] in _COMMITTEE_LETTERS and not name.endswith("自治区") else "党委")


def alias_names(kind: str, place: Place) -> tuple[str, ...]:
    """Return other names of that body, behind the place in full, in short, and behind its level word (市人社局).

    Raises:
        KgError: The kind is unknown.
    """
    known = _kind(kind)
    if place == NATION:
        return known.nation[1:]
    usual = _unit(known, place)
    heads = [place.name, *place.short_names]
    if place.level in ("province", "prefecture", "county"):
        heads.append(place.kind_word)
    found: list[str] = []
    for form in known.forms:
        if form.unit and form.unit != usual:
            continue
        if known.parent in ("党委", "总工会") and not form.parent_length:
            continue
        if form.text[0] == "团" and len(form.text) == 3:
            # 团市委 has its level in itself.
            if form.text[1] == place.kind_word:
                found += [form.text, *(short + form.text for short in place.short_names)]
            continue
        if form.text.startswith("党委") and place.kind_word in tuple(_COMMITTEE_LETTERS):
            continue
        for head in heads:
            if form.needs != "letter" or (head[-1] in _COMMITTEE_LETTERS and not head.endswith("自治区")):
                found.append(head + form.text)
    own = canonical_name(kind, place)
    return tuple(name for name in dict.fromkeys(found) if name != own)


def _kind(key: str) -> BodyKind:
    known = body_kinds().get(key)
    if known is None:
        raise KgError(f"no kind of body is called {key!r}", remedy="use a key of kg/lexicon/data/bodies.tsv")
    return known


def _unit(kind: BodyKind, place: Place) -> str:
    if not kind.units:
        return ""
    if place.level != "province":
        return kind.units[1]
    return kind.units[2] if place.kind_word == "市" else kind.units[0]
