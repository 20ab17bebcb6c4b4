"""Teams that stand for a place: 清远代表队, 我市代表队, 清远市、韶关市代表队; a bare 代表队 is the one named before."""

from __future__ import annotations

import re

from kg.extract.names.draft import Draft
from kg.lexicon.places import place
from kg.model import Mention

_TEAM = re.compile("代表[队团]")
_JOINTS = frozenset("、和与及")
# 对代表队, 代表队获得: what may stand beside a team without its place.
_BARE_BEFORE = re.compile("(?:^|[，,。；;：:（(、]|[对由给为向该本让与和])$")


def find(draft: Draft) -> None:
    """Add the teams of places by their full names; places in a row before one share it."""
    known: Mention | None = None
    for match in _TEAM.finditer(draft.text):
        start, kind = match.start(), match[0]
        covering = draft.covering(start)
        if covering is not None and covering.type == "Organization" and covering.end == match.end():
            inside = [m for m in draft.nested if m.start == covering.start and m.type == "Region" and m.end <= start]
            region = max(inside, key=lambda m: m.end, default=None)
        elif covering is None:
            region = next((m for m in draft.within(max(0, start - 12), start) if m.end == start), None)
        else:
            continue
        if region is not None and region.type == "Region" and region.end == start:
            known = _team(region, match.end(), kind)
            draft.rename(known)
            _share(draft, region, kind)
            continue
        alone = covering is None and _BARE_BEFORE.search(draft.text[max(0, start - 1) : start])
        if alone and known is not None and known.name.endswith(kind):
            draft.add(Mention(start, match.end(), "Organization", kind, known.scope, known.name))


def _team(region: Mention, end: int, kind: str) -> Mention:
    name = (place(region.scope).full_name if region.scope else region.text) + kind
    return Mention(region.start, end, "Organization", region.text + kind, region.scope, name)


def _share(draft: Draft, region: Mention, kind: str) -> None:
    """Let the places of the same level in a row before a place have such a team as well."""
    before = region
    while draft.text[before.start - 1 : before.start] in _JOINTS:
        other = next(
            (m for m in draft.within(max(0, before.start - 10), before.start) if m.end == before.start - 1), None
        )
        if other is None or other.type != "Region" or not other.scope or not before.scope:
            return
        if place(other.scope).level != place(before.scope).level:
            return
        name = place(other.scope).full_name + kind
        # The text is the name: what stands at its place alone names no team.
        draft.rename(Mention(other.start, other.end, "Organization", name, other.scope, name))
        before = other
