"""Meetings, press conferences, ceremonies and competitions that are held."""

from __future__ import annotations

import functools
import re

from ahocorasick_rs import AhoCorasick

from kg.extract.data import table
from kg.extract.endings import Endings
from kg.extract.names.draft import Draft, left_reach
from kg.extract.segment import Token
from kg.model import Mention
from kg.naming import ORGANISATIONS

# Behind a noun these end the name of an event by themselves.
_ALONE = frozenset({"会", "赛"})
_HOLDING = frozenset({"举办", "举行", "召开", "主办", "承办", "协办", "联合举办", "联合主办"})
_YEAR = re.compile(r"\d{4}年(度)?")
_TELLING = re.compile('[“"第届年]')
_SESSION = re.compile("(?:第?[一二三四五六七八九十\\d]+|首)[届次]")
# 十一届五次全委（扩大）会议
_ENLARGED = re.compile(
    "(?:第?[一二三四五六七八九十\\d]{1,4}届)?(?:第?[一二三四五六七八九十\\d]{1,4}次)?(?:全委|全体|委员会|执委|常委会|党组)[（(]扩大[)）]会议?"
)
_TAIL = re.compile(r"第[一二三四五六七八九十\d]+[场次期]")
_HEAD = re.compile(r"(?:(?:首|第[\d一二三四五六七八九十百]+)届|\d{4}年(?:度)?)$")


@functools.cache
def _breaks() -> frozenset[str]:
    return frozenset(table("names")["event"]["breaks"])


@functools.cache
def _endings() -> Endings:
    return Endings([*table("names")["event"]["suffixes"], *table("names")["competition"]["suffixes"]])


@functools.cache
def _contests() -> Endings:
    return Endings([*table("names")["competition"]["suffixes"], "赛"])


@functools.cache
def _generic() -> frozenset[str]:
    return frozenset([*table("names")["event"]["generic"], *table("names")["competition"]["generic"]])


@functools.cache
def _automaton() -> AhoCorasick:
    return AhoCorasick(sorted(_endings().words | _ALONE))


def find(draft: Draft) -> None:
    """Add the events of the article."""
    for match in _ENLARGED.finditer(draft.text) if "扩大" in draft.text else ():
        body = next(
            (m for m in draft.within(max(0, match.start() - 30), match.start()) if m.end == match.start()), None
        )
        start = body.start if body is not None and body.type in ORGANISATIONS else match.start()
        text = draft.text[start : match.end()]
        draft.add(Mention(start, match.end(), "Event", text, name=text))
    last_characters = _endings().last | _ALONE
    for tokens in draft.sentences_with(_automaton()):
        behind = 0
        for i, token in enumerate(tokens):
            if i >= behind and token.text[-1] in last_characters:
                behind = _event_at(draft, tokens, i) + 1


def _event_at(draft: Draft, tokens: list[Token], i: int) -> int:
    """Add the event whose name's first ending is the token at `i`, if any; return the index to go on behind."""
    token, ends = tokens[i], _endings()
    if not ends.end(token.text) and not (token.text in _ALONE and i and tokens[i - 1].nominal):
        return i
    if token.mention is not None and not (token.mention.type == "CoordinationBody" and _continues(tokens, i)):
        return i
    last = i
    while last + 1 < len(tokens) and (ends.end(tokens[last + 1].text) or tokens[last + 1].text in {"暨", "会"}):
        last += 1
    if last + 1 < len(tokens) and tokens[last].text == "暨":
        last = next((k for k in range(last, min(last + 6, len(tokens))) if ends.end(tokens[k].text)), last)
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
    if text in _generic() or len(text) < 5:
        return last
    type_ = "Competition" if _contests().end(tokens[last].text) else "Event"
    if type_ == "Competition" and not _TELLING.search(text) and len(text) < 7:
        return last
    draft.add(Mention(start, end, type_, text, name=text))
    return last


def _continues(tokens: list[Token], i: int) -> bool:
    return i + 1 < len(tokens) and _endings().end(tokens[i + 1].text)


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
        if t.tag == "w" or t.text in _breaks():
            return False
        if t.tag == "NUM":
            return t.text[-1] in "届次"
        if t.tag == "TIME":
            return _YEAR.fullmatch(t.text) is not None
        if t.mention is not None:
            return t.mention.type in {"Region", "Reform", "Programme", "Competition", "Honour"} or (
                t.mention.type == "CoordinationBody"
            )
        if t.text in {"和", "与", "暨", "及"}:
            return True
        return t.nominal or t.tag in {"vn", "m", "q"} or (t.tag == "v" and len(t.text) == 2 and t.text not in _breaks())

    first = left_reach(tokens, i, fits, 16)
    if first and _SESSION.match(tokens[first].text):  # 甲市总工会十一届四次全委会 is that body's
        before = tokens[first - 1].mention
        first -= before is not None and before.type in ORGANISATIONS
    owner = tokens[first - 1].mention if first > 1 else None
    if owner is not None and owner.type in {"Enterprise", "School"} and tokens[first - 2].text in _HOLDING:
        first -= 1  # 举办某某钢铁工匠论坛: the name goes on from the firm's
    while first < i and (tokens[first].text in {"和", "与", "及", "暨", "、"} or tokens[first].tag == "d"):
        first += 1
    return first
