"""The page of a thing: what a browser gets at its IRI."""

from __future__ import annotations

from math import ceil
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from kg.graph.reading import FACT_CLASSES, Reader, Thing
from kg.serve.explorer import entity
from kg.serve.explorer.frame import page, quote_href
from kg.serve.explorer.lookup import Lookup
from kg.serve.snapshot import Snapshot
from kg.serve.state import state
from kg.vocabulary import DCTERMS, KG, ORG, RDF, SCHEMA, SKOS

_ABOVE = (
    ("jurisdiction", KG.jurisdiction),
    ("inRegion", KG.inRegion),
    ("part_of", ORG.subOrganizationOf),
    ("part_of", KG.partOf),
    ("concerns", KG.concerns),
    ("broader", SKOS.broader),
    ("related-indicators", SKOS.related),
)


def thing_page(request: Request, build: Snapshot, iri: str) -> Response:
    """Show a thing that the graph knows.

    The parameters `section` and `page` of the address choose one section alone.
    """
    lookup = Lookup(build.graph)
    classes = set(lookup.values(iri, RDF.type))
    if KG.Evidence in classes:
        found = build.reader.quote(iri)
        return RedirectResponse(quote_href(state(request), build, found), 303, {"Vary": "Accept"})
    if not classes.isdisjoint(FACT_CLASSES):
        return page(request, "fact.html", fact=build.reader.fact(iri))
    chosen = request.query_params.get("section", "")
    if chosen in entity.ORDER:
        return _section_page(request, build, iri, chosen)
    common: dict[str, Any] = {
        "thing": build.reader.thing(iri),
        "lineage": _lineage(build.reader, lookup, iri),
        "above": [one for one in _above(build.reader, lookup, iri) if one[1]],
        "sections": entity.sections(build.graph, build.reader, iri),
    }
    if KG.Document in classes:
        terms = {"identifier": DCTERMS.identifier, "publisher": DCTERMS.publisher, "url": SCHEMA.url}
        common |= {name: lookup.value(iri, term) for name, term in terms.items()}
        return page(request, "document.html", source=build.reader.source(iri), **common)
    return page(request, "thing.html", **common)


def _lineage(reader: Reader, lookup: Lookup, iri: str) -> list[Thing]:
    """Return the places that a place lies in, the widest first."""
    found = [iri]
    while (above := lookup.value(found[-1], KG.within)) and above not in found:
        found.append(above)
    return [reader.thing(one) for one in found[:0:-1]]


def _above(reader: Reader, lookup: Lookup, iri: str) -> list[tuple[str, list[Thing]]]:
    return [(key, [reader.thing(one) for one in sorted(lookup.values(iri, term))]) for key, term in _ABOVE]


def _section_page(request: Request, build: Snapshot, iri: str, key: str) -> HTMLResponse:
    given = request.query_params.get("page", "1")
    number = max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 8 else 1
    found = entity.section(build.graph, build.reader, iri, key, number, entity.LONG)
    last = max(1, ceil(found.total / entity.LONG))
    home = state(request).href_of(build, iri)

    def address(number: int) -> str:
        return f"{home}?{urlencode({'section': key, 'page': number})}"

    return page(
        request,
        "section.html",
        thing=build.reader.thing(iri),
        section=found,
        page=min(number, last),
        last=last,
        address=address,
    )
