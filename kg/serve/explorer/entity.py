"""Everything that a graph says of one thing, gathered from it outwards so that the size of the graph does not matter.

What is said falls into sections, each counted in full and read one page at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.graph.reading import FactNode, Reader, Source, Thing
from kg.graph.store import GraphStore
from kg.naming import INITIATIVES, ORGANISATIONS
from kg.serve.explorer.chart import Chart, chart
from kg.serve.explorer.lookup import Lookup
from kg.vocabulary import DCTERMS, KG, OA, ORG, RDF, SKOS

RELATIONS: Final = ("leads", "implements", "participatesIn", "issues", "organises")
SHORT, LONG = 12, 50
"""Entries of a section beside others, and alone on its page."""
OF_INDICATOR = 24
"""Figures of one indicator that are shown of one thing."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What belongs into a section: a graph pattern for `?item`, and where `?by` is found, by which items are ordered.

    `THIS` stands for the IRI of the thing. Names are part of IRIs, so that the order of these is that of names.
    """

    where: str
    by: str = ""
    numeric: bool = False
    descending: bool = False


def _facts(this: str, by: str) -> Pattern:
    return Pattern(f"?item <{this}> THIS .", f"?item <{by}> ?by")


# Facts that are nodes only; those that are triples as well are found by these.
_FACTS: Final = {
    "posts": _facts(ORG.member, ORG.organization),
    "staff": _facts(ORG.organization, ORG.member),
    "role-holders": _facts(ORG.role, ORG.member),
    "honours-received": _facts(KG.recipient, KG.honour),
    "recipients": _facts(KG.honour, KG.recipient),
    "honours-conferred": _facts(KG.conferredBy, KG.recipient),
    "figures-of-indicator": _facts(KG.indicator, KG.about),
    "figures-of-which": _facts(KG.ofWhich, KG.about),
    "efforts-here": Pattern(
        f"?item <{KG.inRegion}> THIS . ?item <{RDF.predicate}> ?involved . "
        f"FILTER(?involved IN (<{KG.leads}>, <{KG.implements}>, <{KG.participatesIn}>))",
        f"BIND(IF(?involved = <{KG.leads}>, 1, IF(?involved = <{KG.implements}>, 2, 3)) AS ?by)",
        numeric=True,
    ),
    "facts-of-document": Pattern(
        f"?evidence <{DCTERMS.source}> THIS . ?item <{KG.evidence}> ?evidence .",
        f"?evidence <{OA.start}> ?by",
        numeric=True,
    ),
}


def _things(term: str, classes: Iterable[str] = ()) -> Pattern:
    some = ", ".join(f"<{KG[name]}>" for name in sorted(classes))
    return Pattern(f"?item <{term}> THIS . " + (f"?item a ?class FILTER(?class IN ({some}))" if some else ""))


# Things that point here, without evidence of their own.
_THINGS: Final = {
    "initiatives-here": _things(KG.inRegion, INITIATIVES),
    "bodies-here": _things(KG.jurisdiction),
    "places-within": _things(KG.within),
    "policies-here": _things(KG.inRegion, ["PolicyDocument"]),
    "events-here": _things(KG.inRegion, ["Event"]),
    "suborganizations": _things(ORG.subOrganizationOf),
    "parts": _things(KG.partOf),
    "concerned-by": _things(KG.concerns),
    "narrower": _things(SKOS.broader),
    "related-indicators": _things(SKOS.related),
    # What a document mentions.
    "mentioned-initiatives": _things(KG.mentionedIn, INITIATIVES),
    "mentioned-bodies": _things(KG.mentionedIn, ORGANISATIONS),
    "mentioned-people": _things(KG.mentionedIn, ["Person"]),
    "mentioned-places": _things(KG.mentionedIn, ["Region"]),
    "mentioned-policies": _things(KG.mentionedIn, ["PolicyDocument"]),
    "mentioned-events": _things(KG.mentionedIn, ["Event"]),
    "mentioned-honours": _things(KG.mentionedIn, ["Honour"]),
}
_DOCUMENTS: Final = {
    "documents-mentioning": Pattern(
        f"THIS <{KG.mentionedIn}> ?item .", f"OPTIONAL {{ ?item <{DCTERMS.issued}> ?by }}", descending=True
    )
}

FIGURES: Final = "figures"
ORDER: Final = (
    "efforts-here",
    *(key for name in RELATIONS for key in (name, f"{name}-by")),
    "posts",
    "staff",
    "role-holders",
    "honours-received",
    "recipients",
    "honours-conferred",
    FIGURES,
    "figures-of-indicator",
    "figures-of-which",
    "facts-of-document",
    *_THINGS,
    *_DOCUMENTS,
)
"""The sections, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Indicated:
    """The figures of one indicator for one thing: the last `OF_INDICATOR`, how many there are, and a chart of them."""

    indicator: Thing
    facts: tuple[FactNode, ...]
    total: int
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        key: One of `ORDER`.
        total: How many entries there are in all.
        facts, things, documents, figures: Those on the page; one of the four is filled.
    """

    key: str
    total: int
    facts: tuple[FactNode, ...] = ()
    things: tuple[Thing, ...] = ()
    documents: tuple[Source, ...] = ()
    figures: tuple[Indicated, ...] = field(default=())


def sections(graph: GraphStore, reader: Reader, iri: str) -> list[Section]:
    """Return the first entries of every section of a thing that has any."""
    type_ = reader.thing(iri).type
    found = (section(graph, reader, iri, key, 1, SHORT) for key in ORDER if _may_have(type_, key))
    return [one for one in found if one.total]


def section(graph: GraphStore, reader: Reader, iri: str, key: str, page: int, size: int) -> Section:
    """Return one page of a section.

    Args:
        graph: The graph.
        reader: Reads it.
        iri: The thing.
        key: One of `ORDER`.
        page: Number of the page, from 1.
        size: Entries on a page.
    """
    if key == FIGURES:
        return _figures(graph, reader, iri, page, size)
    if key.removesuffix("-by") in RELATIONS:
        return _relations(graph, reader, iri, key, page, size)
    found = _items(graph, iri, (_FACTS | _THINGS | _DOCUMENTS)[key])
    total, items = len(found), found[(page - 1) * size : page * size]
    if key in _FACTS:
        return Section(key, total, facts=tuple(map(reader.fact, items)))
    if key in _DOCUMENTS:
        return Section(key, total, documents=tuple(map(reader.source, items)))
    return Section(key, total, things=tuple(map(reader.thing, items)))


def _may_have(type_: str, key: str) -> bool:
    """Tell whether things of a class can have a section at all, where their class alone tells it."""
    if key == "facts-of-document" or key.startswith("mentioned-"):
        return type_ == "Document"
    if key.endswith("-here") or key == "places-within":
        return type_ == "Region"
    return type_ != "Document"


def _items(graph: GraphStore, iri: str, pattern: Pattern) -> list[str]:
    """Return all that belongs into a section, in its order."""
    query = f"SELECT ?item ?by {{ {pattern.where.replace('THIS', f'<{iri}>')} {pattern.by} }}"
    rows = [(row["by"].value if row["by"] else "", row["item"].value) for row in graph.select(query)]
    # Sorted here: the store takes several times as long.
    rows.sort(key=lambda row: row[1])
    rows.sort(key=lambda row: int(row[0]) if pattern.numeric else row[0], reverse=pattern.descending)
    return list(dict.fromkeys(item for _, item in rows))


def _relations(graph: GraphStore, reader: Reader, iri: str, key: str, page: int, size: int) -> Section:
    name = key.removesuffix("-by")
    lookup = Lookup(graph)
    others = sorted(lookup.values(iri, KG[name]) if key == name else lookup.subjects(KG[name], iri))
    facts: list[FactNode] = []
    for other in others[(page - 1) * size : page * size]:
        agent, object_ = (iri, other) if key == name else (other, iri)
        # By the agent: what is done by many is many facts' object.
        facts.extend(
            reader.fact(fact)
            for fact in lookup.subjects(RDF.subject, agent)
            if object_ in lookup.values(fact, RDF.object) and KG[name] in lookup.values(fact, RDF.predicate)
        )
    return Section(key, len(others), facts=tuple(facts))


def _figures(graph: GraphStore, reader: Reader, iri: str, page: int, size: int) -> Section:
    stated = f"?fact <{KG.about}> <{iri}> . ?fact <{KG.indicator}> ?indicator ."
    total = _count(graph, f"SELECT (COUNT(DISTINCT ?indicator) AS ?n) {{ {stated} }}")
    if not total:
        return Section(FIGURES, 0)
    query = (
        f"SELECT ?indicator (COUNT(?fact) AS ?n) {{ {stated} }} "
        f"GROUP BY ?indicator ORDER BY DESC(?n) ?indicator LIMIT {size} OFFSET {(page - 1) * size}"
    )
    found = []
    for row in graph.select(query):
        indicator = row["indicator"].value
        of_it = (
            f"SELECT ?fact {{ ?fact <{KG.about}> <{iri}> . ?fact <{KG.indicator}> <{indicator}> "
            f"OPTIONAL {{ ?fact <{KG.end}> ?end }} OPTIONAL {{ ?fact <{KG.start}> ?start }} }} "
            f"ORDER BY DESC(COALESCE(?end, ?start)) ?fact LIMIT {OF_INDICATOR}"
        )
        facts = tuple(reader.fact(one["fact"].value) for one in graph.select(of_it))
        found.append(Indicated(reader.thing(indicator), facts, int(row["n"].value), _chart_of(facts)))
    return Section(FIGURES, total, figures=tuple(found))


def _chart_of(facts: tuple[FactNode, ...]) -> Chart | None:
    """Return the chart of the largest group of figures that can be compared, if any makes one."""
    groups: dict[tuple[str, ...], list[FactNode]] = {}
    for fact in facts:
        groups.setdefault(tuple(fact.details.get(name, "") for name in ("kind", "unit", "baseline")), []).append(fact)
    charts = (chart(group) for group in sorted(groups.values(), key=len, reverse=True))
    return next((found for found in charts if found), None)


def _count(graph: GraphStore, query: str) -> int:
    (row,) = graph.select(query)
    return int(row["n"].value)
