"""Meetings, press conferences, ceremonies and competitions that are held."""

from __future__ import annotations

import functools
import re

from kg.extract.data import table
from kg.extract.names.draft import Draft, left_reach
from kg.extract.segment import Token
from kg.model import Mention

_TAIL = re.compile(r"第[一二三四五六七八九十\d]+[场次期]")
_HEAD = re.compile(r"(?:(?:首|第[\d一二三四五六七八九十百]+)届|\d{4}年(?:度)?)$")


@functools.cache
def _breaks() -> frozenset[str]:
    return frozenset(table("names")["event"]["breaks"])


def find(draft: Draft) -> None:
    """Add the events of the article."""
    lists = table("names")
    meeting = tuple(lists["event"]["suffixes"])
    contest = tuple(lists["competition"]["suffixes"])
    generic = frozenset(lists["event"]["generic"]) | frozenset(lists["competition"]["generic"])
    for tokens in draft.each_sentence():
        i = 0
        while i < len(tokens):
            i = _event_at(draft, tokens, i, meeting, contest, generic) + 1


def _event_at(
    draft: Draft,
    tokens: list[Token],
    i: int,
    meeting: tuple[str, ...],
    contest: tuple[str, ...],
    generic: frozenset[str],
) -> int:
    """Add the event whose name's first ending is the token at `i`, if any; return the index to go on behind."""
    token = tokens[i]
    ends = meeting + contest
    if token.mention is not None and not (token.mention.type in {"CoordinationBody"} and _continues(tokens, i, ends)):
        return i
    if not token.text.endswith(ends) and not (token.text in {"会", "赛"} and i and tokens[i - 1].nominal):
        return i
    last = i
    while last + 1 < len(tokens) and (tokens[last + 1].text.endswith(ends) or tokens[last + 1].text in {"暨", "会"}):
        last += 1
    if last + 1 < len(tokens) and tokens[last].text == "暨":
        last = next((k for k in range(last, min(last + 6, len(tokens))) if tokens[k].text.endswith(ends)), last)
    if last + 1 < len(tokens) and tokens[last + 1].text in table("names")["event"]["not_before"]:
        return last
    first = _first(draft, tokens, i)
    start, end = tokens[first].start, tokens[last].end
    head = _HEAD.search(draft.text, max(0, start - 9), start)
    if head and head.end() == start:
        start = head.start()
    tail = _TAIL.match(draft.text, end)
    end = tail.end() if tail else end
    text = draft.text[start:end]
    if text in generic or len(text) < 5:
        return last
    type_ = "Competition" if tokens[last].text.endswith((*contest, "赛")) else "Event"
    if type_ == "Competition" and not re.search(r"[“\"第届年]", text) and len(text) < 7:
        return last
    draft.add(Mention(start, end, type_, text, name=text))
    return last


def _continues(tokens: list[Token], i: int, ends: tuple[str, ...]) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text.endswith(ends)


def _first(draft: Draft, tokens: list[Token], i: int) -> int:
    depth = 0

    def fits(t: Token) -> bool:
        nonlocal depth
        if t.text in '”"」':
            depth += 1
            return True
        if t.text in "“「":
            depth -= 1
            return depth >= 0
        if depth > 0:
            return True
        if t.tag == "w" or t.text in _breaks() or t.tag in {"NUM"}:
            return False
        if t.tag == "TIME":
            return bool(re.fullmatch(r"\d{4}年(度)?", t.text))
        if t.mention is not None:
            return t.mention.type in {"Region", "Reform", "Programme", "Competition", "Honour"} or (
                t.mention.type == "CoordinationBody"
            )
        if t.text in {"和", "与", "暨", "及"}:
            return True
        return t.nominal or t.tag in {"vn", "m", "q"} or (t.tag == "v" and len(t.text) == 2 and t.text not in _breaks())

    first = left_reach(tokens, i, fits, 16)
    while first < i and (tokens[first].text in {"和", "与", "及", "暨", "、"} or tokens[first].tag == "d"):
        first += 1
    return first
