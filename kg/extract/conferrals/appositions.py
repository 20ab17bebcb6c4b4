"""Honours that stand beside a name: 全国劳动模范、某公司技师甲; “某某工匠”甲、乙; 甲，全国五一劳动奖章获得者."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.conferrals.scene import MARKS, fits, kinds_of, words_of
from kg.extract.names.draft import Draft
from kg.extract.names.standing import RANK, unquoted
from kg.extract.segment import Token
from kg.model import BlockKind, Mention
from kg.naming import ORGANISATIONS

_HOLDER = re.compile("(?:称号|荣誉称号)?的?(?:获得者|得主|拥有者)$")
_TITLE = re.compile(
    "(?:五一劳动奖[章状]|劳动模范|劳模|先进工作者|技术能手|岗位能手|工匠|名匠|标兵|红旗手|道德模范|楷模|大奖|年度人物|状元|冠军|亚军|季军|"
    '[特一二三]等奖|[金银铜][奖牌]|第[一二三]名|好人|大师工作室|教学名师)[”"」』]?$'
)
# 劳模, 工匠 alone say no more than what somebody is.
_NAMED = re.compile(
    r"^[“\"「『]|^(?:中国|中华|全国|国家|大国|省|市|州|县|区|自治区|自治州|兵团|首[届批]|第[一二三四五六七八九十百\d]+[届批]|20\d\d|双料)"
    r"|^(?:全[省市州县区])|[“”「」『』]"
)
_PLACE = re.compile("第[一二三]名|[特一二三]等奖")
_CLOSING = "”」』"
_ENDS = frozenset("，,。；;：:！!？?（()）\n")
_JOINTS = frozenset({"、", "和", "与", "及", "暨"})
_TRADES = ("工", "员", "师", "手", "长")
_REACH = 40  # tokens before a name
_LONGEST_ROW = 400  # tokens of those who share a rank
_BEFORE = re.compile("^(?:(?:——|—|记|访|新晋|新科|荣获|曾获|年轻的|名副其实的)+)")


def honours_beside_names(draft: Draft) -> Iterator[tuple[Mention, Mention]]:
    """Yield persons with the honours in apposition to their names."""
    named_after = {m.start: m for m in draft.nested if m.type == "Person"}  # “某某工匠”甲创新工作室
    for start, end, index in draft.sentences:
        named = draft.names_any("Person", start, end) or any(start <= at < end for at in named_after)
        if draft.blocks[index].kind in {BlockKind.TITLE, BlockKind.META} or not named:
            continue
        tokens = draft.tokens(start, end)
        last: list[Mention] = []
        for i, token in enumerate(tokens):
            person = token.mention
            if person is None or not (_is_person(token) or token.start in named_after):
                continue
            if person.type != "Person":
                person = named_after[token.start]
            before = _before(tokens, i, draft.text)
            in_row = i > 1 and tokens[i - 1].text in {"、", "和"} and _is_person(tokens[i - 2])
            last = before or (last if in_row else [])
            yield from ((person, honour) for honour in [*last, *_behind(tokens, i, draft.text)])


def _is_person(token: Token) -> bool:
    return token.mention is not None and token.mention.type == "Person"


def _before(tokens: Sequence[Token], index: int, text: str) -> list[Mention]:
    """Return the honours in the row of titles before a name."""
    found: list[Mention] = []
    end = index
    quoted = False
    alone = _rank_alone(tokens, index, text)
    if alone is not None:
        return [alone]
    for i in range(index - 1, max(-1, index - _REACH), -1):
        token = tokens[i]
        if token.text in MARKS:
            quoted = token.text in _CLOSING
        if quoted:
            continue
        if token.text in _JOINTS and token.text in {"、", "暨"}:
            found += _segment(tokens, i + 1, end, text)
            end = i
        elif token.text in _ENDS or _is_person(token) or _parts_with(token, tokens[i + 1]):
            return [*found, *_segment(tokens, i + 1, end, text)]
    return [*found, *_segment(tokens, 0 if index < _REACH else end, end, text)]


def _rank_alone(tokens: Sequence[Token], index: int, text: str) -> Mention | None:
    """Return the rank before a name in a clause that says nothing more: 一等奖甲，二等奖乙、丙."""
    first, last = max(0, index - _REACH), min(index + _LONGEST_ROW, len(tokens))
    begin = next((k + 1 for k in range(index - 1, first - 1, -1) if tokens[k].text in _ENDS), first)
    end = next((k for k in range(index, last) if tokens[k].text in _ENDS), last)
    rank = RANK.fullmatch(text, tokens[begin].start, tokens[index].start) if begin < index else None
    if rank is None or any(not _is_person(t) and t.text not in _JOINTS for t in tokens[index:end]):
        return None
    return Mention(rank.start(), rank.end(), "Honour", rank[0], name=rank[0])


def _parts_with(token: Token, following: Token) -> bool:
    """Whether a word is no part of a row of titles: a verb, a preposition."""
    if token.mention is not None or token.text in MARKS:
        return False
    if token.text in words_of("oblique") or (token.tag in {"TIME", "NUM"} or token.tag[0] in "pcurd"):
        return True
    nominal = following.nominal or following.tag == "NAME"
    if token.text.endswith(_TRADES):
        return False  # 焊工, that the dictionary takes for a verb too
    return token.verbal and not (nominal and len(token.text) == 2 and following.text in {"工作者", "能手", "标兵"})


def _behind(tokens: Sequence[Token], index: int, text: str) -> list[Mention]:
    """Return the honours that fill the clauses or the brackets directly behind a name."""
    found: list[Mention] = []
    at = index + 1
    begins = index == 0 or tokens[index - 1].text in {"：", ":"}
    while at < len(tokens) and (
        tokens[at].text in {"，", ",", "（", "("} or (begins and tokens[at].text in {"：", ":"})
    ):
        end = next((k for k in range(at + 1, len(tokens)) if tokens[k].text in _ENDS), len(tokens))
        if any(
            _is_person(t) or _parts_with(t, n)
            for t, n in zip(tokens[at + 1 : end], tokens[at + 2 : end + 1], strict=False)
        ):
            break
        begin = at + 1
        for k in range(at + 1, end + 1):
            if k == end or tokens[k].text == "、":
                found += _segment(tokens, begin, k, text)
                begin = k + 1
        at = end
    return found


def _segment(tokens: Sequence[Token], begin: int, end: int, text: str) -> list[Mention]:
    """Return the honour that a segment of a row of titles names, if it names one."""
    if begin >= end:
        return []
    start, stop = tokens[begin].start, tokens[end - 1].end
    written = text[start:stop]
    lead = _BEFORE.match(written)
    start += lead.end() if lead else 0
    name = _HOLDER.sub("", text[start:stop])
    at_place = next((t.mention for t in tokens[begin:end] if t.mention and t.start == start), None)
    if any(t.mention is not None and t.mention.type in ORGANISATIONS for t in tokens[begin:end]):
        return []
    named = _NAMED.search(name) or (at_place is not None and at_place.type in {"Region", "Honour", "Competition"})
    if (
        not _TITLE.search(name)
        or not (named or (RANK.search(name) and (len(name) > 3 or _PLACE.fullmatch(name))))
        or len(name) > 30
    ):
        return []
    honour = Mention(start, start + len(name), "Honour", name, name=unquoted(name))
    person = Mention(stop, stop, "Person", "")
    return [honour] if fits(person, kinds_of(honour.name)) else []
