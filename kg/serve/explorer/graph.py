"""The neighbourhood graph: what things are related to, and how two of them are connected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.identity import entity_iri
from kg.graph.store import GraphStore
from kg.serve.explorer.frame import Build, page, words_of
from kg.serve.explorer.graph_neighbours import MOST_AT_ONCE, MOST_OPENED, Choice, Edge, Picture, neighbourhood
from kg.serve.explorer.graph_paths import LONGEST, Paths, leading_paths
from kg.serve.explorer.graph_ties import GROUPS, RELATIONS, group_of_iri
from kg.serve.explorer.lookup import once_per_build
from kg.serve.problems import RequestError
from kg.serve.state import Snapshot, state
from kg.view.page import embedded
from kg.vocabulary import KG

router = APIRouter()
api = APIRouter(prefix="/api", tags=["Neighbourhood"])

_LONGEST_NAME = 2000
_KEYS = tuple(link.key for link in RELATIONS)
_SAID, _GROUPS = ", ".join(_KEYS), ", ".join(GROUPS)

Of = Annotated[
    tuple[str, ...], Query(description="IRIs of things, or their names.", min_length=1, max_length=MOST_OPENED)
]
Relations = Annotated[tuple[str, ...], Query(description=f"Only these relations: {_SAID}.")]
Groups = Annotated[tuple[str, ...], Query(alias="class", description=f"Only things of these groups: {_GROUPS}.")]
Least = Annotated[float, Query(alias="min", ge=0, le=1, description="Confidence below which a relation is left out.")]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description="Neighbours of one thing to give at most.")]


@api.get("/neighbourhood", summary="See what things are related to")
def neighbourhood_of(
    build: Build, of: Of, relation: Relations = (), group: Groups = (), least: Least = 0, limit: Limit = 24
) -> Picture:
    """Give the relations of one or several things, the most telling first, and how their neighbours hang together."""
    _check(relation, _KEYS, "relation")
    _check(group, GROUPS, "class")
    things = [_known(build, name) for name in of]
    return neighbourhood(build.reader, things, Choice(relation, group, least, limit))


@api.get("/paths", summary="See how two things are connected")
def paths_between(
    build: Build,
    start: Annotated[str, Query(alias="from", description="IRI of a thing, or its name.")],
    end: Annotated[str, Query(alias="to", description="IRI of another, or its name.")],
) -> Paths:
    """Give the leading ones of the shortest paths between two things, of up to four relations."""
    return leading_paths(build.reader, _known(build, start), _known(build, end))


@router.get("/graph", response_class=HTMLResponse)
def graph(
    request: Request,
    build: Build,
    of: Annotated[tuple[str, ...], Query()] = (),
    to: str = "",
    relation: Annotated[tuple[str, ...], Query()] = (),
    group: Annotated[tuple[str, ...], Query(alias="class")] = (),
    least: Annotated[str, Query(alias="min")] = "",
    limit: str = "",
) -> HTMLResponse:
    """Show what stands around things, or between two of them; what an address asks beyond reason is left out."""
    href = state(request).href
    names = [name for name in (*of, to) if name.strip()][: MOST_OPENED + 1]
    found = {name: resolve(build, name) for name in names}
    unknown = [name for name, iri in found.items() if not iri]
    things = list(dict.fromkeys(found[name] for name in of if found.get(name)))
    goal = found.get(to, "")
    choice = Choice(
        [key for key in _KEYS if key in relation],
        [key for key in GROUPS if key in group],
        _number(least, 0.0, 1.0, 0.0),
        int(_number(limit, 1, MOST_AT_ONCE, 24)),
    )
    paths = leading_paths(build.reader, things[0], goal) if things and goal else None
    if paths:
        picture = paths.picture
    elif things:
        picture = neighbourhood(build.reader, things, choice)
    else:
        picture = Picture((), ())
    context: dict[str, Any] = {
        "things": [build.reader.thing(iri) for iri in things],
        "goal": build.reader.thing(goal) if goal else None,
        "unknown": unknown,
        "choice": choice,
        "picture": picture,
        "named": {node.iri: node for node in picture.nodes},
        "listed": _listed(picture),
        "paths": paths,
        "longest": LONGEST,
        "relations": [link.key for link in RELATIONS],
        "groups": list(GROUPS),
        "most": MOST_AT_ONCE,
        "relation_word": lambda key: _relation_word(request, key),
        "unfold": lambda iri: href(_address(request, [*things, iri])),
        "more": href(_address(request, things, limit=str(MOST_AT_ONCE))),
        "beginnings": [] if things else _most_led(build),
        "data": Markup(embedded(_data(request, build, picture, things, goal))),
    }
    return page(request, "graph.html", **context)


def resolve(build: Snapshot, name: str) -> str:
    """Return the IRI of what a person means by an IRI, its path or a name; "" for what is not found."""
    name = name.strip()[:_LONGEST_NAME]
    base = build.graph.base
    if "/" in name:
        iri = name if name.startswith(base) else entity_iri(base, name.lstrip("/").removeprefix("id/"))
        if _stands(build.graph, iri):
            return iri
    hits = [hit.iri for hit in build.index.search(name, 8) if group_of_iri(hit.iri, base)]
    return hits[0] if hits else ""


def _address(request: Request, things: Sequence[str], **changed: str) -> str:
    """Return the path at which `things` are opened, with the filters as they are."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("of", "lang", *changed)]
    return f"/graph?{urlencode([*(('of', iri) for iri in things), *kept, *changed.items()])}"


def _known(build: Snapshot, name: str) -> str:
    iri = resolve(build, name)
    if not iri:
        raise RequestError(
            404, f"the graph knows nothing called {name[:80]!r}", remedy="look for it at /api/search?q=…"
        )
    return iri


def _check(given: tuple[str, ...], known: tuple[str, ...], where: str) -> None:
    for one in given:
        if one not in known:
            raise RequestError(422, f"there is no {one[:40]!r}", where=where, remedy=f"give some of {', '.join(known)}")


def _stands(graph: GraphStore, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return bool(group_of_iri(iri, graph.base)) and any(
        True for _ in graph.store.quads_for_pattern(node, None, None, DefaultGraph())
    )


def _number(text: str, least: float, most: float, default: float) -> float:
    try:
        return min(most, max(least, float(text)))
    except ValueError:
        return default


def _relation_word(request: Request, key: str) -> str:
    """Return how a relation is called, by the ontology where it is a property there."""
    words = words_of(request)
    own = {"post", "confers", "place", "partOf"}
    return words.of(f"relation_{key}") if key in own else words.term(key)


def _listed(picture: Picture) -> list[tuple[str, list[Edge]]]:
    """Return the relations of a picture under the opened thing that each belongs to; "" for those among others."""
    order = [one.iri for one in picture.opened]
    under: dict[str, list[Edge]] = {iri: [] for iri in (*order, "")}
    for edge in picture.edges:
        under[next((iri for iri in order if iri in (edge.source, edge.target)), "")].append(edge)
    return [(iri, found) for iri, found in under.items() if found or iri]


@once_per_build
def _most_led(build: Snapshot) -> list[tuple[Any, int]]:
    rows = build.graph.select(
        f"SELECT ?it (COUNT(*) AS ?n) {{ ?who <{KG.leads}> ?it }} GROUP BY ?it ORDER BY DESC(?n) ?it LIMIT 8"
    )
    return [(build.reader.thing(row["it"].value), int(row["n"].value)) for row in rows]


def _data(request: Request, build: Snapshot, picture: Picture, things: list[str], goal: str) -> Mapping[str, object]:
    """Return what the script draws."""
    words = words_of(request)
    number = {node.iri: position for position, node in enumerate(picture.nodes)}
    return {
        "nodes": [asdict(node) | {"word": words.term(node.type)} for node in picture.nodes],
        "edges": [
            {
                "from": number[edge.source],
                "to": number[edge.target],
                "relation": edge.relation,
                "word": _relation_word(request, edge.relation),
                "confidence": edge.confidence,
            }
            for edge in picture.edges
        ],
        "things": things,
        "goal": goal,
        "words": {key: words.of(f"graph_{key}") for key in ("expand", "collapse", "open", "path_from")},
    }
