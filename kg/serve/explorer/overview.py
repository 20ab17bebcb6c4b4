"""What is in a graph, and who does what in which reform, by place: gathered once for each build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.naming import INITIATIVES, ORGANISATIONS
from kg.serve.explorer.lookup import Lookup, once_per_build
from kg.serve.explorer.places import NATION, Place, Places
from kg.serve.snapshot import Snapshot
from kg.vocabulary import KG, ORG, RDF

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


@dataclass(frozen=True, slots=True)
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
        facts: Number of facts by province, as the first two digits of its code, "" for those of no known place.
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
    homes = _Homes(lookup, places)
    classes = _classes(lookup)
    counts = {key: sum(classes.get(name, 0) for name in names) for key, names in GROUPS.items()}
    provinces = {place.province: place for place in places if place.code[2:] == "0000"}
    efforts = tuple(sorted(_efforts(lookup, places, homes), key=_order))
    return Overview(counts, efforts, _facts(lookup, homes), provinces)


class _Homes:
    """The place of each thing, looked up once: that of a body, an initiative or a fact, a place itself."""

    def __init__(self, lookup: Lookup, places: Places) -> None:
        self._lookup = lookup
        self._places = places
        self._homes: dict[str, str] = {}

    def __getitem__(self, iri: str) -> str:
        """Return the IRI of a thing's place, or ""."""
        if iri not in self._homes:
            found = (place for term in (KG.jurisdiction, KG.inRegion) for place in self._lookup.values(iri, term))
            known = [place for place in found if place in self._places]
            self._homes[iri] = iri if iri in self._places else min(known, default="")
        return self._homes[iri]

    def province(self, iri: str) -> str:
        """Return the first two digits of the code of the province that a thing belongs to, or ""."""
        home = self[iri]
        return self._places[home].province if home else ""


def _efforts(lookup: Lookup, places: Places, homes: _Homes) -> Iterator[Effort]:
    found: dict[tuple[str, str], dict[str, list[Part]]] = {}
    for role in ROLES:
        query = f"{{ ?fact <{RDF.predicate}> <{KG[role]}> ; <{RDF.subject}> ?who ; <{RDF.object}> ?what }}"
        for row in lookup.graph.select(f"SELECT ?fact ?who ?what {query}"):
            agent, initiative = row["who"].value, row["what"].value
            home, there = homes[agent], homes[initiative]
            if said := homes[row["fact"].value]:
                place = said
            else:  # An initiative of one place must not carry the agents of another into it.
                place = there if there and (not home or home in places.lineage(there)) else home
            part = Part(agent, row["fact"].value)
            found.setdefault((place, initiative), {}).setdefault(role, []).append(part)
    for (place, initiative), parts in found.items():
        known = {role: tuple(sorted(parts[role], key=lambda part: (part.agent, part.fact))) for role in parts}
        yield Effort(places[place] if place else None, initiative, lookup.label(initiative), known)


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


def _facts(lookup: Lookup, homes: _Homes) -> dict[str, int]:
    """Count facts by the province of what they are about first."""
    counted: Counter[str] = Counter()
    for term in (RDF.subject, ORG.organization, KG.recipient, KG.about):
        for row in lookup.graph.select(f"SELECT ?thing (COUNT(*) AS ?n) {{ ?fact <{term}> ?thing }} GROUP BY ?thing"):
            counted[homes.province(row["thing"].value)] += int(row["n"].value)
    return dict(counted)


def _classes(lookup: Lookup) -> dict[str, int]:
    """Count the instances of each class by its local name."""
    rows = lookup.graph.select("SELECT ?class (COUNT(*) AS ?n) { ?thing a ?class } GROUP BY ?class")
    return {row["class"].value.rpartition("#")[2]: int(row["n"].value) for row in rows}
