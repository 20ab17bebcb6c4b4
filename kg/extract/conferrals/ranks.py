"""Honours of several ranks or trades, one for each of those who receive them: 甲、乙、丙获得前三名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Mention

APART = re.compile("分别|分获|包揽|分列|各自|依次")

_NUMBERS = "一二三四五六七八九十"
# Of a first and a second place each goes to one: 甲、乙获得亚军和季军.
_RANK = re.compile(f"冠军|亚军|季军|[{_NUMBERS}特]等奖|第[{_NUMBERS}]名|[金银铜][奖牌]")
_UPTO = re.compile("(.*?)前([二两三四五六])名")
_ROW = re.compile(f"(.*?)(?:第?([特{_NUMBERS}](?:[、和]第?[{_NUMBERS}])+))(等奖|名)")
_METALS = re.compile("(.*?)([金银铜](?:、?[和]?[金银铜])+)([奖牌])")
_CHAMPIONS = re.compile("(.*?)冠(?:军)?[、和]?亚(?:军)?([、和]?季)?军")
_TRADES = re.compile(
    r"(.*?[、和].*?)(?:[两二三四五六七八九十]个|[两一二三四五]项|[一二三四五]大)?"
    r"((?:工种|赛项|项目|组别|组)?(?:个人)?(?:第[一二三]名?|[特一二三]?等奖|冠军|[金银铜]奖|名))"
)


def split_honour(honour: Mention) -> list[Mention]:
    """Return the single honours of one that names several, or nothing.

    >>> h = Mention(0, 6, "Honour", "一、二、三等奖", name="一、二、三等奖")
    >>> [p.name for p in split_honour(h)]
    ['一等奖', '二等奖', '三等奖']
    >>> [p.name for p in split_honour(replace(h, name="焊工、钳工两个工种第一名"))]
    ['焊工工种第一名', '钳工工种第一名']
    >>> [p.name for p in split_honour(replace(h, name="金、银、铜奖"))]
    ['金奖', '银奖', '铜奖']
    """
    return [replace(honour, name=name) for name in _parts(honour.name)]


def _parts(name: str) -> list[str]:
    if match := _UPTO.fullmatch(name):
        return [f"{match[1]}第{rank}名" for rank in _NUMBERS[: _NUMBERS.index(match[2].replace("两", "二")) + 1]]
    if match := _ROW.fullmatch(name):
        sign = "第" if match[3] == "名" else ""
        return [
            f"{match[1].removesuffix('第')}{sign}{rank}{match[3]}" for rank in re.findall(f"[特{_NUMBERS}]", match[2])
        ]
    if match := _METALS.fullmatch(name):
        return [f"{match[1]}{metal}{match[3]}" for metal in re.findall("[金银铜]", match[2])]
    if match := _CHAMPIONS.fullmatch(name):
        return [match[1] + rank for rank in ("冠军", "亚军", "季军")[: 3 if match[2] else 2]]
    if match := _TRADES.fullmatch(name):
        heads, tail = re.split("[、和]", match[1]), match[2]
        return [head + tail.removeprefix("组" if head.endswith("组") else "") for head in heads if head]
    return []


def one_each(
    recipients: Sequence[Mention], honours: Sequence[Mention], *, apart: bool
) -> list[tuple[Mention, Mention]]:
    """Return each recipient with its own honour, or nothing where all receive all.

    Args:
        recipients: Those who receive, in order.
        honours: What they receive, in order.
        apart: Whether the text says that each has its own (分别, 分获).
    """
    if len(recipients) < 2:
        return []
    parts = list(honours)
    if len(honours) == 1:
        parts = split_honour(honours[0])
        several = _UPTO.fullmatch(honours[0].name) or _CHAMPIONS.fullmatch(honours[0].name)
        apart = apart or several is not None
        if several is not None and len(parts) > len(recipients):
            parts = parts[: len(recipients)]
    ranked = all(_RANK.search(h.name) for h in honours) and len(honours) > 1
    if len(parts) != len(recipients) or not (apart or ranked):
        return []
    return list(zip(recipients, parts, strict=True))
