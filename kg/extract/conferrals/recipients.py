"""Recipients of an award, from where its frame says that they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.clauses import groups_of
from kg.extract.conferrals.parts import PART_AS, ends_as_unit, unit_of, with_part
from kg.extract.conferrals.rows import coordinated
from kg.extract.conferrals.scene import Award, Scene, fits
from kg.extract.conferrals.subjects import subject
from kg.model import Mention
from kg.naming import ORGANISATIONS

_GIVERS = frozenset({"Government", "GovernmentDepartment", "PartyOrgan", "TradeUnion", "CoordinationBody"})
_ENDS_ROW = re.compile("[、和与及，,。；等]|$|给予|予以|进行|通报|[另各]?记")
# 某某奖章获得者甲、“某某工匠”乙: what stands before the second name is another honour.
_ANOTHER = re.compile("[“”]|获得者|得主|劳模|劳动模范|奖章|工匠")
_COUNTED = re.compile(r"(?:称号)?[”\"]?\s*(?:\d+|[一二两三四五六七八九十]+)\s*(?:个|家|项|名|人|枚|块)")
_PRIZE = re.compile("[金银铜][奖牌]|[特一二三]等奖|优胜奖|优秀奖|冠军|第[一二三]名")


def recipients_of(scene: Scene, award: Award, kinds: frozenset[str]) -> list[Mention]:
    """Return who receives an award."""
    if award.where == "row":
        return _first_row(scene, award.at, kinds)
    if award.where == "ahead":
        return _ahead(scene, kinds)
    if award.where == "within":
        return _with_parts(scene, award, _named(scene, award.at, award.upto, kinds))
    here = award.honours[-1].start >= scene.clause.start
    if here and _COUNTED.match(scene.text(award.honours[-1].end, scene.clause.end)):
        if not _PRIZE.fullmatch(award.honours[-1].name):
            return []  # 获评示范基地3个: a number, nobody by name
        kinds = kinds - {"Region"}  # 代表队获得金奖5项
    return subject(scene, award.upto, kinds - _GIVERS if award.by_body else kinds)


def _with_parts(scene: Scene, award: Award, named: list[Mention]) -> list[Mention]:
    """Let the part of a body that stands before the honour receive it: 授予某公司总装车间某号."""
    if not named or named[-1].type not in ORGANISATIONS or award.construction != "conferred":
        return named
    rest = scene.text(named[-1].end, award.upto)
    unit = PART_AS.match(rest)
    if unit is not None:
        return [*named[:-1], unit_of(scene.draft, named[-1], unit[1])]
    if ends_as_unit(rest):
        return [*named[:-1], unit_of(scene.draft, named[-1], rest)]
    return named


def _ahead(scene: Scene, kinds: frozenset[str]) -> list[Mention]:
    """一等奖：甲（某公司）、乙: return the names in the clauses behind, up to the end of the sentence or an honour."""
    found: list[Mention] = []
    for clause, number in zip(scene.clauses[scene.index + 1 :], scene.sentence_of[scene.index + 1 :], strict=True):
        if number != scene.sentence_of[scene.index] or any(
            t.mention and t.mention.type == "Honour" for t in clause.tokens
        ):
            break
        ahead = replace(scene, clauses=[clause], sentence_of=[number], index=0)
        named = _named(ahead, clause.start, clause.end, kinds)
        found += [m for m in named if any(t.start == m.start for t in clause.tokens)]
    return found


def _first_row(scene: Scene, start: int, kinds: frozenset[str]) -> list[Mention]:
    """Return the first names in coordination behind an offset that can receive the honour, persons before bodies."""
    groups = groups_of(scene.clause.tokens, lambda m: fits(m, kinds) and m.start not in scene.embedded)
    groups = coordinated(scene, [g for g in groups if g.start >= start])
    persons = [g for g in groups if g.members[0].type == "Person"]
    row = list((persons or groups)[0].members) if groups else []
    return [m for m in row if not _ANOTHER.search(scene.text(row[0].end, m.start))]


def _named(scene: Scene, start: int, end: int, kinds: frozenset[str]) -> list[Mention]:
    inside = [m for m in scene.draft.within(start, end) if fits(m, kinds) and m.start not in scene.embedded]
    inside = [with_part(scene.draft, m, end) if "Organization" in kinds else m for m in inside]
    inside = [m for m, before in zip(inside, [None, *inside], strict=False) if before is None or m.start >= before.end]
    persons = [m for m in inside if m.type == "Person"]
    in_row = [m for m in inside if m.type != "Region" or _ENDS_ROW.match(scene.text(m.end, m.end + 2))]
    return persons or in_row or inside
