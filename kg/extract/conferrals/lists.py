"""Lists line by line below a line that is the name of an honour, and tables of winners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.conferrals.parts import ends_as_body, ends_as_unit, unit_of
from kg.extract.conferrals.scene import MARKS, fits, kinds_of, words_of
from kg.extract.names.draft import Draft
from kg.model import BlockKind, Mention
from kg.naming import ORGANISATIONS

_LIST_HEAD = re.compile(
    r"(?:附件\s*[一二三四五六七八九十\d]*\s*[:：.．、]?\s*)?"
    r"(?:[（(]?[一二三四五六七八九十\d]+[)）、.．][ \u3000]*)?([^，。：:；]{2,28}?)(?:称号)?(?:获得者|名单|拟表彰对象)*"
    r"(?:[（(][^（）()]{0,12}[)）])?[:：]?"
)

# 二、清远工匠（5名）: the list says how many lines it has.
_COUNT = re.compile(r"[(（]\s*(\d+)\s*(?:个|名|人|家|位)[)）]")
_ANY = 10_000
_NUMBERS = tuple("一二三四五六七八九十（(")
_HONOUR_HEAD = re.compile(
    "^(?:奖项|奖次|奖级|获奖等级|获奖等次|等次|等级|名次|荣誉|荣誉称号|称号|获奖情况|奖励等级)(?:名称)?$"
)
_PERSON_HEAD = re.compile("^(?:姓名|选手|选手姓名|获奖者|获奖选手|参赛选手|获奖人|获得者)$")
_BODY_HEAD = re.compile("^(?:获奖单位|参赛单位|代表队|单位|单位名称|企业|企业名称|获奖集体|班组)$")
_WINNING = ORGANISATIONS | {"Region"}
_PRIZE_HEAD = re.compile(r"([金银铜][奖牌]|[特一二三]等奖|优胜奖|优秀奖)\s*(?:数量?|[（(]\s*[个项枚块名]\s*[)）])?")
# A line that is nothing but one name: a body that no ending tells.
_WHOLE = re.compile(r"(?:\d{1,3}[.、．\s]\s?)?([\u4e00-\u9fff“”]{4,30})(?:[(（][^()（）]{1,16}[)）])?")
_DATED = re.compile(r"\d{4}年\d+月\d+日|^(?:抄送|主送|联系人|附件)")


def listed_below(draft: Draft) -> Iterator[tuple[Mention, Mention]]:
    """Yield the recipients listed line by line below a line that is the name of an honour."""
    current: Mention | None = None
    left = 0
    for block in draft.blocks:
        line = draft.text[block.start : block.end]
        if block.kind in {BlockKind.TITLE, BlockKind.META, BlockKind.TABLE}:
            continue
        head = _LIST_HEAD.fullmatch(line.strip())
        name = head[1].strip(MARKS) if head else ""
        counting = 0 < left < _ANY and not line.strip().startswith(_NUMBERS)
        heads = name.endswith(tuple(words_of("suffixes"))) and not _named_bodies(draft, block.start, block.end)
        if head and heads and not counting:
            start = block.start + line.index(head[1])
            current = Mention(start, start + len(head[1]), "Honour", head[1], name=name)
            counted = _COUNT.search(line)
            left = int(counted[1]) if counted else _ANY
        elif len(line) > 200 or re.search("[。；！？]", line):
            current = None
        elif current is not None and left > 0 and not _DATED.search(line):
            left -= 1 if line.strip() and left < _ANY else 0
            for recipient in _line_recipients(draft, block.start, block.end, counted=left < _ANY):
                if fits(recipient, kinds_of(current.name)):
                    yield recipient, current


def tabled(draft: Draft) -> Iterator[tuple[Mention, Mention]]:
    """Yield the winners in tables that have a column of honours: its persons, or else its bodies."""
    for block in draft.blocks:
        if block.table is None:
            continue
        grid, first = block.table.grid, block.table.header_rows
        heads = ["".join(row[c].text for row in grid[:first]) for c in range(len(grid[0]))] if first else []
        honours = next((c for c, head in enumerate(heads) if _HONOUR_HEAD.match(head)), None)
        people = next((c for c, head in enumerate(heads) if _PERSON_HEAD.match(head)), None)
        bodies = next((c for c, head in enumerate(heads) if _BODY_HEAD.match(head)), None)
        column = people if people is not None else bodies
        if honours is None or column is None:
            continue
        for row in grid[first:]:
            honour, winner = row[honours], row[column]
            if not honour.text.strip().endswith(tuple(words_of("suffixes"))):
                continue
            award = Mention(honour.start, honour.end, "Honour", honour.text, name=honour.text.strip(MARKS))
            type_ = "Person" if people is not None else "Organization"
            known = draft.within(winner.start, winner.end)
            at = winner.start
            for part in re.split("([、，,\\s]+)", winner.text):
                mention = next((m for m in known if m.start == at and m.end == at + len(part)), None)
                recipient = mention or Mention(at, at + len(part), type_, part, name=part)
                at += len(part)
                if len(part) > 1 and fits(recipient, kinds_of(award.name)):
                    yield recipient, award


def counted_in_tables(draft: Draft) -> Iterator[tuple[Mention, Mention]]:
    """Yield the teams of tables that count the prizes of each, with every prize of which it has one or more."""
    for block in draft.blocks:
        if block.table is None:
            continue
        grid, first = block.table.grid, block.table.header_rows
        heads = ["".join(row[c].text for row in grid[:first]).strip() for c in range(len(grid[0]))] if first else []
        prizes = {c: match[1] for c, head in enumerate(heads) if (match := _PRIZE_HEAD.fullmatch(head))}
        bodies = next((c for c, head in enumerate(heads) if _BODY_HEAD.match(head)), None)
        if not prizes or bodies is None:
            continue
        for row in grid[first:]:
            winner = row[bodies]
            name = winner.text.strip()
            known = [m for m in draft.within(winner.start, winner.end) if m.text == name and m.type in _WINNING]
            if not name or name.endswith(("计", "总数")):
                continue
            own = Mention(winner.start, winner.end, "Organization", winner.text, name=name)
            recipient = known[0] if len(known) == 1 else own
            for column, prize in prizes.items():
                cell = row[column]
                if cell.text.strip().isdigit() and int(cell.text) > 0:
                    yield recipient, Mention(cell.start, cell.end, "Honour", prize, name=prize)


def _named_bodies(draft: Draft, start: int, end: int) -> bool:
    return any(m.type in ORGANISATIONS | {"Person"} for m in draft.within(start, end))


def _line_recipients(draft: Draft, start: int, end: int, *, counted: bool) -> list[Mention]:
    """Return those whom a line of a list names: its persons, or else its bodies, or else its places.

    A line that is one name unknown is a body where the list says how many lines it has, or where it ends as one.
    """
    named = draft.within(start, end)
    part = _part_of_body(draft, start, end)
    if part is not None:
        return [part]
    for types in (frozenset({"Person"}), ORGANISATIONS):
        fitting = [m for m in named if m.type in types]
        if fitting:
            return fitting
    line = draft.text[start:end].strip()
    whole = _WHOLE.fullmatch(line)
    places = [m for m in named if m.type == "Region"]
    if (
        whole is None
        or not (counted or ends_as_body(whole[1]))
        or (places and places[-1].end - places[0].start == len(line))
    ):
        return places
    at = draft.text.index(whole[1], start)
    return [Mention(at, at + len(whole[1]), "Organization", whole[1], name=whole[1])]


def _part_of_body(draft: Draft, start: int, end: int) -> Mention | None:
    """Return the part of a body that a whole line names: 某公司炼铁部一号高炉."""
    line = draft.text[start:end].strip()
    start += draft.text[start:end].index(line) if line else 0
    named = draft.within(start, start + len(line))
    owners = [m for m in named if m.start == start and m.type in ORGANISATIONS | {"Region"}]
    if len(named) != 1 or not owners or not ends_as_unit(line[owners[0].end - start :]):
        return None
    return unit_of(draft, owners[0], line[owners[0].end - start :])
