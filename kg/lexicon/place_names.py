"""Names of places by themselves: which places a name may mean, and which one it means in a context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from kg.lexicon.divisions import NATION, NATION_NAMES, Place, place, places, townships_of

_RANK = {level: rank for rank, level in enumerate(("nation", "province", "prefecture", "county", "zone", "township"))}


@cache
def known_names() -> tuple[dict[str, tuple[Place, ...]], dict[str, tuple[Place, ...]]]:
    """Return the places by full names and by short names, higher levels first."""
    full: dict[str, list[Place]] = {name: [NATION] for name in NATION_NAMES}
    short: dict[str, list[Place]] = {}
    for found in sorted(places().values(), key=lambda p: (_RANK[p.level], p.code)):
        if found not in full.setdefault(found.name, []):
            full[found.name].append(found)
        for name in found.short_names:
            short.setdefault(name, []).append(found)
    return {n: tuple(ps) for n, ps in full.items()}, {n: tuple(ps) for n, ps in short.items()}


def places_named(name: str, *, safe: bool = False) -> tuple[Place, ...]:
    """Return the places that bear this full or short name, higher levels first; townships are not among them.

    Args:
        name: A full name or short form, nothing before or behind it.
        safe: Leave out counties that are meant only if the context says so: those for which `name` is a short form
            that several places share or that is an ordinary word (和平), and full names like 城区.

    >>> [p.code for p in places_named("芜湖市")], [p.code for p in places_named("和平", safe=True)]
    (['340200'], [])
    """
    full, short = known_names()
    exact, shortened = full.get(name, ()), short.get(name, ())
    if safe:
        exact = tuple(p for p in exact if p.common < 2)
        above = tuple(p for p in shortened if _RANK[p.level] < _RANK["county"] and not p.common)
        lone = len(shortened) == 1 and not shortened[0].common
        shortened = above or (shortened if lone else ())
    merged = dict.fromkeys((*exact, *shortened))
    return tuple(sorted(merged, key=lambda p: (_RANK[p.level], p.code)))


def resolve_place(name: str, near: str | None = None) -> Place | None:
    """Return the one place that `name` means in the context of the place with code `near`, or None if that is open.

    A place of the same prefecture, or one that the context lies in, comes before one of the same province; elsewhere
    the name must be unique, where a full name outweighs short forms and a higher level outweighs a lower one.
    Townships are found below a context of county or prefecture (or of province, if unique there).

    >>> resolve_place("鼓楼区", "320100").code, resolve_place("鼓楼区", None)
    ('320106', None)
    """
    candidates = places_named(name)
    context = place(near) if near else None
    if context is not None and context.level != "nation":
        near_by = _nearest(candidates, context)
        if not near_by and len(name) > 2:
            near_by = _nearest([p for p in townships_of(surroundings(context)) if p.name == name], context)
        if near_by:
            return near_by[0] if len(near_by) == 1 else _sole(near_by, name)
    return _sole(candidates, name)


def _sole(candidates: Sequence[Place], name: str) -> Place | None:
    """Return the candidate that outweighs all others, or None."""

    def weight(candidate: Place) -> tuple[bool, int]:
        short = candidate.name != name and candidate != NATION
        return (short and candidate.level not in ("province", "prefecture"), _RANK[candidate.level])

    ranked = sorted(candidates, key=weight)
    if not ranked or (len(ranked) > 1 and weight(ranked[0]) == weight(ranked[1])):
        return None
    return ranked[0]


def _nearest(candidates: Iterable[Place], context: Place) -> list[Place]:
    """Return the candidates nearest to the context, if any is at least in the same province."""
    scored = [(_nearness(candidate, context), candidate) for candidate in candidates]
    best = max((score for score, _ in scored), default=0)
    return [candidate for score, candidate in scored if score == best > 0]


def _nearness(candidate: Place, context: Place) -> int:
    if candidate == context:
        return 5
    if candidate.within(context) and context.level != "province":
        return 4
    if context.within(candidate) and candidate.level != "nation":
        return 4
    if _prefecture(candidate) is not None and _prefecture(candidate) == _prefecture(context):
        return 3
    return 2 if candidate.level != "nation" and candidate.province == context.province else 0


def _prefecture(of: Place) -> Place | None:
    return next((p for p in (of, *of.ancestors) if p.level == "prefecture"), None)


def surroundings(context: Place) -> str:
    """Return the code of the prefecture of a place, or of its whole province where it is in none."""
    return (_prefecture(context) or context.province).code
