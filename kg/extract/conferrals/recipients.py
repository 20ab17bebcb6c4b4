"""Recipients of an award: before the verb, behind it, behind the honour."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.clauses import Group, groups_of
from kg.extract.conferrals.parts import OWN_UNIT, PART_AS, ends_as_unit, part_of, unit_of
from kg.extract.conferrals.rows import coordinated, row_of
from kg.extract.conferrals.scene import RECIPIENTS, Award, Scene, fits, words_of
from kg.extract.conferrals.spoken import COUNTED_SUBJECT, before_named, spoken_of
from kg.model import Mention
from kg.naming import ORGANISATIONS

_ALL_OF_THEM = re.compile(
    r"共?\s*[\d一二两三四五六七八九十]+(?:家|个|名|位|支)(?:企业|单位|公司|选手|职工|同志|园区|代表队|县|市|区)?"
)


_SINCE = re.compile("(?:自从?|继)")


def recipients_of(scene: Scene, award: Award, kinds: frozenset[str]) -> tuple[list[Mention], str]:
    """Return who receives an award, and the construction that says so."""
    if award.verb == "：":
        return _listed(scene, kinds), "listed"
    if award.verb == "榜上有名":
        ahead = replace(scene, index=scene.index + 1)
        return _named(ahead, ahead.clause.start, ahead.clause.end, kinds), "won-by"
    if award.verb == "得主":
        return _first_row(scene, award.end, kinds), "won-by"
    if award.verb == "由":
        return _named(scene, award.honours[-1].end, award.start, kinds), "won-by"
    relative = scene.text(award.honours[-1].end, scene.clause.end)
    if re.match("(?:称号|荣誉称号)?的", relative) or relative.startswith(("获得者", "得主")):
        behind = _first_row(scene, award.honours[-1].end, kinds)
        if behind and not _before(scene, award, kinds):
            return behind, "relative"
    if award.giving and award.passive < 0:
        between = _named(scene, award.end, award.honours[0].start, kinds)
        if between:
            unit = PART_AS.match(scene.text(between[-1].end, award.honours[0].start))
            if unit and between[-1].type != "Person":
                between = [*between[:-1], unit_of(scene.draft, between[-1], unit[1])]
            rest = scene.text(between[-1].end, award.honours[0].start)
            if between[-1].type in ORGANISATIONS and ends_as_unit(rest):
                between = [*between[:-1], unit_of(scene.draft, between[-1], rest)]
            return between, "conferred"
        fronted = next(
            (t.end for t in reversed(scene.clause.tokens) if t.text in words_of("fronting") and t.end <= award.start),
            -1,
        )
        if fronted >= 0:
            given = _named(scene, fronted, award.start, kinds)
            if given:
                return given, "conferred"
        if not award.verb.endswith("为"):
            return [], ""
        kinds -= {"Government", "GovernmentDepartment", "PartyOrgan", "TradeUnion", "CoordinationBody"}
    if _is_count(scene, award):
        return [], ""
    return _before(scene, award, kinds), "received"


def _listed(scene: Scene, kinds: frozenset[str]) -> list[Mention]:
    """一等奖：甲（某公司）、乙: return the names in the clauses behind, up to the end of the sentence."""
    found: list[Mention] = []
    for clause, number in zip(scene.clauses[scene.index + 1 :], scene.sentence_of[scene.index + 1 :], strict=True):
        if number != scene.sentence_of[scene.index]:
            break
        ahead = replace(scene, clauses=[clause], sentence_of=[number], index=0)
        named = _named(ahead, clause.start, clause.end, kinds)
        found += [m for m in named if any(t.start == m.start for t in clause.tokens)]
    return found


def _is_count(scene: Scene, award: Award) -> bool:
    """命名某某工作室105个, 获评示范基地3个: a number, nobody by name."""
    return (
        re.match(r"(?:称号)?[”\"]?\s*\d+\s*(?:个|家|项|名|人)", scene.text(award.honours[-1].end, scene.clause.end))
        is not None
    )


def _first_row(scene: Scene, start: int, kinds: frozenset[str]) -> list[Mention]:
    """Return the first names in coordination behind an offset that can receive the honour."""
    groups = groups_of(scene.clause.tokens, lambda m: fits(m, kinds) and m.start not in scene.embedded)
    groups = coordinated(scene, [g for g in groups if g.start >= start])
    return list(groups[0].members) if groups else []


def _named(scene: Scene, start: int, end: int, kinds: frozenset[str]) -> list[Mention]:
    inside = [m for m in scene.draft.within(start, end) if fits(m, kinds) and m.start not in scene.embedded]
    persons = [m for m in inside if m.type == "Person"]
    return persons or [m for m in inside if m.type != "Region"] or inside


def _before(scene: Scene, award: Award, kinds: frozenset[str]) -> list[Mention]:
    """Return who stands before the verb, in this clause or one before it."""
    limit = award.passive if award.passive >= 0 else award.start
    if _SINCE.match(scene.text(scene.clause.start, award.start)) and scene.index + 1 < len(scene.clauses):
        ahead = replace(scene, index=scene.index + 1)
        found = _subject(ahead, ahead.clause.end, kinds, own=False)
        if found:
            return found
    for back in range(scene.index, -1, -1):
        here = replace(scene, index=back)
        same = scene.sentence_of[back] == scene.sentence_of[scene.index]
        if not same and scene.sentence_of[scene.index] - scene.sentence_of[back] > 1:
            break
        found = _subject(here, min(limit, here.clause.end), kinds, own=back == scene.index)
        if found is not None:
            return found
    return []


def _subject(scene: Scene, limit: int, kinds: frozenset[str], *, own: bool) -> list[Mention] | None:
    """Return the recipients named in a clause before `limit`; None where the clause says nothing of them."""
    named_before = before_named(scene, limit, kinds)
    if named_before:
        return named_before
    row = row_of(scene, limit, kinds) if own else None
    if row:
        return row
    able = RECIPIENTS | (kinds & {"Programme"})
    groups = groups_of(scene.clause.tokens, lambda m: m.type in able and m.start not in scene.embedded)
    groups = coordinated(scene, [g for g in groups if g.end <= limit])
    groups = [g for g in groups if _marker(scene, g) not in words_of("oblique")]
    spoken = spoken_of(scene, groups[-1].end if groups else scene.clause.start, limit, kinds)
    if spoken is not None:
        return spoken
    led = (
        part_of(scene, groups[-1], limit, kinds) if own and groups and groups[-1].members[-1].type == "Person" else None
    )
    if led is not None:
        return [led]
    for group in reversed(groups) if own else groups:
        members = [m for m in group.members if fits(m, kinds)]
        if not members:
            continue
        behind = scene.text(group.end, limit)
        if own and members[-1].type != "Person":
            part = part_of(scene, group, limit, kinds)
            if part is not None:
                return [part]
            if not _free(scene, group, limit):
                return []
        if behind.startswith("的") and members[-1].type != "Person":
            return [] if own else None
        return members
    unit = OWN_UNIT.match(scene.text(scene.clause.start, limit)) if own and not groups else None
    if unit is not None and "Organization" in kinds:
        firm = next((m for m in scene.draft.before(scene.clause.start) if m.type == "Enterprise"), None)
        at = scene.clause.start + unit.start(1)
        name = (firm.name or firm.text) + unit[1] if firm else unit[1]
        return [Mention(at, at + len(unit[1]), "Organization", unit[1], name=name)]
    if own and COUNTED_SUBJECT.search(scene.text(scene.clause.start, limit)):
        return []
    return None


def _marker(scene: Scene, group: Group) -> str:
    """Return the word before a group, before the posts of its first person."""
    begin = scene.begins.get(group.start, group.start)
    before = [t for t in scene.clause.tokens if t.end <= begin]
    return before[-1].text if before else ""


def _free(scene: Scene, group: Group, limit: int) -> bool:
    """Whether nothing but adverbs stands between a body and the verb: 某市(12名职工)获评 names nobody."""
    behind = scene.plain(group.end, limit)
    if behind.startswith("等") or (len(group.members) > 1 and _ALL_OF_THEM.match(behind)):
        return True
    if COUNTED_SUBJECT.search(behind):
        return False
    between = [t for t in scene.clause.tokens if group.end <= t.start < limit]
    if group.members[-1].type == "Region" and any(t.tag.startswith("n") and t.tag != "nr" for t in between):
        return False
    return not any(t.text in words_of("kinds_of_winners") for t in between)
