"""Which of several places, firms or workshops a number belongs to: 分别, 依次, 各有; or each of them: 均."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import Clause, Sentence
from kg.extract.observations.site import Site
from kg.extract.observations.topics import OWN_FIGURES
from kg.model import Mention

_DISTRIBUTED = re.compile(r"分别|依次")
_EACH_HAS = re.compile(r"各(?:有|为|达|建|设|获)")
_EACH_OF_THEM = re.compile(r"均|都|各(?!类|级|项|种|地|方)|双双")
_SEVERAL = re.compile(r"[两三四五][地市县区州家校]")


def aligned(site: Site, sentence: Sentence) -> list[Mention]:
    """Return the member of a coordination that a number belongs to (分别), or every member (均), or none."""
    clause = site.clause
    regions = _coordinated(clause, sentence)
    distributed = _DISTRIBUTED.search(site.before) is not None
    if distributed or (_EACH_HAS.search(site.before) and site.total > 1):
        if len(regions) == site.total:
            return [regions[site.place]]
        spoken: Sequence[Mention] = _named_before(clause, sentence) if _SEVERAL.search(site.before) else ()
        spoken = spoken if len(spoken) == site.total else _together(clause, sentence, site.total)
        if distributed or spoken:
            return [spoken[site.place]] if spoken else []
    if len(regions) > 1 and clause.own_subject and _EACH_OF_THEM.search(site.before):
        return list(regions)
    return []


def _coordinated(clause: Clause, sentence: Sentence) -> tuple[Mention, ...]:
    """Return the places in coordination that act in a clause, or acted before it in the sentence."""
    group = clause.subject
    if group is None or group.start < sentence.start or group.start >= clause.end:
        return ()
    return group.members if all(m.type == "Region" for m in group.members) else ()


def _together(clause: Clause, sentence: Sentence, count: int) -> Sequence[Mention]:
    """Return so many firms or workshops that were named together last: 在甲厂、乙公司应用后，分别节约…."""
    for before in reversed([c for c in sentence.clauses if c.start <= clause.start]):
        for group in reversed(before.groups):
            if len(group.members) == count > 1 and all(m.type in OWN_FIGURES for m in group.members):
                return group.members
    return ()


def _named_before(clause: Clause, sentence: Sentence) -> list[Mention]:
    """Return the places that acted one after the other in the clauses before: 甲市推行…，乙市启动…，两地分别…."""
    groups = [c.subject for c in sentence.clauses if c.end <= clause.start and c.own_subject]
    return [m for g in groups if g is not None for m in g.members if m.type == "Region"]
