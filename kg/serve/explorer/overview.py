"""What is in a graph, and who does what in which reform, by place: gathered once for each build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.naming import INITIATIVES, ORGANISATIONS
from kg.serve.explorer.lookup import Lookup, once_per_build
from kg.serve.explorer.places import NATION, Place, Places
from kg.serve.snapshot import Snapshot
from kg.vocabulary import KG, RDF

ROLES = ("leads", "implements", "participatesIn")
"""The ways of being involved in an initiative, the strongest first."""

GROUPS = {
    "documents": ("Document",),
    "places": ("Region",),
    "bodies": tuple(sorted(ORGANISATIONS)),
    "people": ("Person",),
    "initiatives": tuple(sorted(INITIATIVES)),
    "policies": ("PolicyDocument",),
    "events": ("Event",),
    "honours": ("Honour",),
    "figures": ("Observation",),
    "relations": ("Statement", "Membership", "Conferral"),
}
"""What is counted, as local names of classes."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Somebody's part in an initiative: their IRI, and that of the fact that says so."""

    agent: str
    fact: str


@dataclass(frozen=True, slots=True)
class Effort:
    """An initiative in a place, and who does what in it.

    Attributes:
        place: Where, or None where the graph does not say.
        initiative: IRI of the initiative.
        label: Its name.
        parts: Who is involved, by `ROLES`.
    """

    place: Place | None
    initiative: str
    label: str
    parts: dict[str, tuple[Part, ...]]

    @property
    def province(self) -> str:
        """First two digits of the province's code, or ""."""
        return self.place.province if self.place else ""


@dataclass(frozen=True)
class Overview:
    """A graph at a glance.

    Attributes:
        counts: How many things there are, by `GROUPS`.
        efforts: Every initiative in every place, by place, those with somebody in the lead first.
        facts: Number of facts by province, as the first two digits of its code, "" for places of no known province.
        provinces: The places that are provinces, by the first two digits of their code.
    """

    counts: dict[str, int]
    efforts: tuple[Effort, ...]
    facts: dict[str, int]
    provinces: dict[str, Place]

    def chosen(self, province: str = "", *, led: bool = False) -> list[Effort]:
        """Return the efforts of a province, or all; only those that somebody leads if `led`."""
        return [
            effort
            for effort in self.efforts
            if (not province or effort.province == province) and (not led or "leads" in effort.parts)
        ]


@once_per_build
def overview(build: Snapshot) -> Overview:
    """Return a build at a glance."""
    lookup = Lookup(build.graph)
    places = Places(lookup)
    classes = _classes(lookup)
    counts = {key: sum(classes.get(name, 0) for name in names) for key, names in GROUPS.items()}
    provinces = {place.province: place for place in places if place.code[2:] == "0000"}
    efforts = tuple(sorted(_efforts(lookup, places), key=_order))
    return Overview(counts, efforts, _facts(lookup, places), provinces)


def _efforts(lookup: Lookup, places: Places) -> Iterator[Effort]:
    found: dict[tuple[str, str], dict[str, list[Part]]] = {}
    for role in ROLES:
        query = (
            f"SELECT ?fact ?who ?what ?place {{ ?fact <{RDF.predicate}> <{KG[role]}> ; <{RDF.subject}> ?who ; "
            f"<{RDF.object}> ?what OPTIONAL {{ ?fact <{KG.inRegion}> ?place }} }}"
        )
        for row in lookup.graph.select(query):
            place = row["place"].value if row["place"] else ""
            parts = found.setdefault((place, row["what"].value), {}).setdefault(role, [])
            parts.append(Part(row["who"].value, row["fact"].value))
    for (place, initiative), by_role in found.items():
        known = {role: tuple(sorted(parts)) for role, parts in by_role.items()}
        yield Effort(places.get(place), initiative, lookup.label(initiative), known)


def _order(effort: Effort) -> tuple[bool, str, str, bool, int, str, str]:
    """Sort by place: the nation, then provinces by their codes, each before what lies in it; the unknown last."""
    place = effort.place
    involved = sum(map(len, effort.parts.values()))
    province = "" if effort.province == NATION else effort.province
    return (
        not effort.province,
        province,
        (place.code or "~" + place.label) if place else "~",
        "leads" not in effort.parts,
        -involved,
        effort.label,
        effort.initiative,
    )


def _facts(lookup: Lookup, places: Places) -> dict[str, int]:
    """Count facts by the province in which they hold."""
    # Things have places too; by its IRI a fact is told at less cost than by its class.
    facts = f"{lookup.graph.base}id/fact/"
    query = (
        f"SELECT ?place (COUNT(*) AS ?n) {{ ?fact <{KG.inRegion}> ?place FILTER(STRSTARTS(STR(?fact), '{facts}')) }} "
        "GROUP BY ?place"
    )
    counted: Counter[str] = Counter()
    for row in lookup.graph.select(query):
        place = places.get(row["place"].value)
        counted[place.province if place else ""] += int(row["n"].value)
    return dict(counted)


def _classes(lookup: Lookup) -> dict[str, int]:
    """Count the instances of each class by its local name."""
    rows = lookup.graph.select("SELECT ?class (COUNT(*) AS ?n) { ?thing a ?class } GROUP BY ?class")
    return {row["class"].value.rpartition("#")[2]: int(row["n"].value) for row in rows}
