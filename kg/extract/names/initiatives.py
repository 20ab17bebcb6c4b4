"""Reforms, programmes, competitions: known reforms, names in quotes with what they are, and unmarked names."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from kg.extract.data import table
from kg.extract.endings import Endings
from kg.extract.names.draft import Draft
from kg.extract.opening import opening
from kg.extract.segment import Token, words
from kg.model import Mention

_QUOTE = r"[“\"「『‘]([^“”\"「」『』‘’\n]{1,26})[”\"」』’]"
_QUOTED_IN_ROW = re.compile(_QUOTE + r"[、和与]?")
_ORDINAL = r"(?:(?:首|第[\d一二三四五六七八九十百]+)届|\d{4}年(?:度)?)"
_HAN = r"[\u4e00-\u9fffA-Za-z0-9+]"
_OPENING, _CLOSING = '“"「『‘', '”"」』’'
# Between a quoted name and the word that says what it is: no particle, no verb that would begin a predicate.
_NO_BRIDGE = re.compile(
    r"[的了着过是在被把将与]|[、，,。；;：:]|获得|荣获|授予|称号|入选|举行|召开|企业|单位|职工|工匠$|个$|名$"
)


@functools.cache
def _reforms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the forms of the names of reforms as a pattern, and the full name of each."""
    named = {form: name for name, forms in table("names")["reform"].items() for form in forms}
    names = sorted(named, key=len, reverse=True)
    first = "".join(sorted({name[0] for name in names}))
    return opening(f'“"「{first}', r"[“\"「]?(" + "|".join(map(re.escape, names)) + r")[”\"」]?(工作)?"), named


def find_reforms(draft: Draft) -> None:
    """Add every mention of the reforms that have fixed names."""
    pattern, named = _reforms()
    for match in pattern.finditer(draft.text):
        text = match[0]
        opened, closed = text[0] in _OPENING, text.rstrip("工作")[-1:] in _CLOSING
        start, end = match.start(), match.end()
        if opened != closed:  # a quotation mark that belongs to a longer name
            start, end = match.start(1), match.end(1)
        draft.add(Mention(start, end, "Reform", draft.text[start:end], name=named[match[1]]))


@functools.cache
def _quoted() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return names in quotes with what they are as a pattern, and the type that each ending tells."""
    lists = table("names")
    kinds = [("Competition", lists["competition"]["suffixes"]), ("Programme", lists["programme"]["suffixes"])]
    suffix_type = {"改革": "Reform"} | {s: t for t, suffixes in kinds for s in suffixes}
    ending = "|".join(sorted(map(re.escape, suffix_type), key=len, reverse=True))
    pattern = opening(r"首第\d“\"「『‘", rf"({_ORDINAL})?{_QUOTE}(系列|等)?({_HAN}{{0,14}}?)({ending})((?:{ending}))?")
    return pattern, suffix_type


def find_quoted(draft: Draft) -> None:
    """Add names in quotes followed by the word that says what they are: “某某”技能提升行动."""
    pattern, suffix_type = _quoted()
    for match in pattern.finditer(draft.text):
        bridge = match[4]
        if _NO_BRIDGE.search(bridge) or (match[3] == "等" and suffix_type[match[5]] != "Competition"):
            continue
        if _too_far(bridge) or match[2] in table("names")["programme"]["ranks"]:
            continue
        end = match.end()
        type_ = suffix_type[match[5]]
        if match[6]:
            type_ = suffix_type[match[6]] if type_ != "Competition" else type_
        if draft.text[end : end + 2] in {"方案", "细则", "意见", "办法"} or draft.text[end : end + 1] == "会":
            continue
        draft.add(Mention(match.start(), end, type_, match[0], name=match[0]))


def find_quoted_whole(draft: Draft) -> None:
    """Add names that say inside the quotes what they are: “某某领军人才计划”."""
    lists = table("names")
    generic = name_endings().generic
    programmes, bare = tuple(lists["programme"]["quoted"]), tuple(lists["programme"]["bare"])
    competitions, events = tuple(lists["competition"]["suffixes"]), tuple(lists["event"]["quoted"])
    for match in _WHOLE.finditer(draft.text):
        name = match[1]
        within = name.endswith((*programmes, *events))
        if len(name) < (4 if within else 5) or name in generic:
            continue
        type_ = "Competition" if name.endswith(competitions) else ""
        if not type_ and name.endswith(events):
            type_ = "Event"
        if type_ or within or name.endswith(bare):
            more = _MORE.match(draft.text, match.end()) if type_ == "Event" else None  # “某某论坛”年会
            end = more.end() if more else match.end()
            text = draft.text[match.start() : end]
            draft.add(Mention(match.start(), end, type_ or "Programme", text, name=text))


_WHOLE = opening(r"首第\d“\"「『‘", rf"(?:{_ORDINAL})?{_QUOTE}")
_MORE = re.compile("(?:年会|大会|峰会|论坛|晚会|开幕式|闭幕式|启动仪式|颁奖典礼|活动)")
_ENUMERATED = re.compile(
    r"((?:[\u4e00-\u9fff]{4,20}、){1,40}[\u4e00-\u9fff]{4,20})等(?:[一二三四五六七八九十]|\d+)(?:大|项|个)?(?:专项)?(行动|工程|计划|活动)"
)


def find_enumerated(draft: Draft) -> None:
    """Add the members of 甲、乙、丙等八大行动, each called by what all of them are."""
    verbs = sorted(table("names")["programme"]["verbs"], key=len, reverse=True)
    for match in _ENUMERATED.finditer(draft.text):
        at = match.start(1)
        for name in match[1].split("、"):
            start = at
            for verb in verbs if at == match.start(1) else ():
                if verb in name:
                    start = at + name.rindex(verb) + len(verb)
                    break
            text = draft.text[start : at + len(name)]
            if len(text) >= 4:
                draft.add(Mention(start, at + len(name), "Programme", text, name=f"{text}{match[2]}"))
            at += len(name) + 1


def _too_far(bridge: str) -> bool:
    """Whether what stands between the quotes and the word that says what they name begins a predicate."""
    predicates = table("names")["programme"]["predicates"]
    tokens = words(bridge)
    return any(t.verbal and t.text in predicates for t in tokens) or len(tokens) > 6


@dataclass(frozen=True, slots=True)
class NameEndings:
    """How unmarked names end, and what is no name although it ends so."""

    suffixes: Endings
    generic: frozenset[str]
    breaks: frozenset[str]
    vague: frozenset[str]
    verbs: frozenset[str]
    verbs_anywhere: AhoCorasick


@functools.cache
def name_endings() -> NameEndings:
    """Return how unmarked names end."""
    lists = table("names")
    programme, competition = lists["programme"], lists["competition"]
    return NameEndings(
        Endings((*programme["bare"], "改革", *competition["suffixes"])),
        frozenset({*programme["generic"], *competition["generic"]}),
        frozenset(programme["breaks"]),
        frozenset(programme["vague"]),
        frozenset(programme["verbs"]),
        AhoCorasick(sorted(programme["verbs"])),
    )


def find_carried_out(draft: Draft) -> None:
    """Add names behind a verb that carries out: quoted alone (打造“某某”), or unmarked with a telling end."""
    verbs = name_endings().verbs
    for tokens in draft.sentences_with(name_endings().verbs_anywhere):
        for i, token in enumerate(tokens):
            if token.text in verbs and i + 1 < len(tokens):
                of = tokens[i + 1].text == "的" and i + 2 < len(tokens)  # 开办的“某某夜校”
                _quoted_alone(draft, tokens[i + 2].start if of else tokens[i + 1].start, of)
                _unmarked(draft, tokens, i + 1)


_TOPICAL = re.compile(
    r"(?:^|[，,。；;：:\n])([\u4e00-\u9fff]{5,20}?)(?:交由|由|交)(?=[\u4e00-\u9fff]{2,20}?(?:牵头|负责|实施|主抓|承担|挂帅|领衔|统筹))",
    re.MULTILINE,
)


_QUOTED_TOPIC = re.compile(rf"(?:^|[，,。；;：:\n])({_QUOTE})则?(?:交由|由)(?=[\u4e00-\u9fff])", re.MULTILINE)


def find_topical(draft: Draft) -> None:
    """Add unmarked names that open a clause and are given to someone: 某某专项由某局负责."""
    for match in _TOPICAL.finditer(draft.text):
        name = match[1].rpartition("的")[2]  # 甲区的某某改革由乙挂帅
        if len(name) < 5:
            continue
        if (
            name_endings().suffixes.end(name)
            and name not in name_endings().generic
            and not draft.within(match.end(1) - len(name), match.end(1))
        ):
            draft.add(Mention(match.end(1) - len(name), match.end(1), type_of(name), name, name=name))
    for match in _QUOTED_TOPIC.finditer(draft.text):
        name = match[1]
        draft.add(Mention(match.start(1), match.end(1), "Programme", name, name=name))


def _quoted_alone(draft: Draft, at: int, modified: bool) -> None:
    """Add each of “甲”“乙” or “甲”、“乙” that stand at an offset, behind the verb or what it modifies."""
    while match := _QUOTED_IN_ROW.match(draft.text, at):
        end = match.end() - (draft.text[match.end() - 1] in "、和与")
        name = draft.text[match.start() : end]
        following = draft.text[end : end + 1]
        over = draft.covering(match.start())
        known = len(match[1]) < 3 or (over is not None and over.type == "PolicyDocument")
        if not known and (not re.match(_HAN, following) or following in "等并，和与" or modified):
            draft.add(Mention(match.start(), end, "Programme", name, name=name))
        at = match.end()


_LIST_TOKENS = 300  # of the longest list behind one verb


def _unmarked(draft: Draft, tokens: list[Token], first: int) -> None:
    """Add the unmarked names, joined by 、 or 和, that follow the verb: 实施甲行动、乙工程."""
    endings = name_endings()
    begin = i = first
    while i < min(len(tokens), first + _LIST_TOKENS) and i - begin < 16:
        token = tokens[i]
        if token.text in endings.breaks or (token.tag == "w" and token.text not in '、“”"'):
            return
        if i == begin and token.tag in {"NUM", "TIME"}:
            return
        if token.text == "、" or (token.text in {"和", "与"} and i > begin and _ends(tokens[i - 1])):
            begin = i + 1
        elif i == begin and token.text in endings.verbs and i + 1 < len(tokens):
            begin = i + 1  # 组织|实施某某战略
        elif token.mention is None and _ends(token):
            last = _furthest(tokens, i)
            following = tokens[last + 1].text if last + 1 < len(tokens) else ""
            text = draft.text[tokens[begin].start : tokens[last].end]
            if _is_name(text, following, tokens[begin : last + 1]):
                draft.add(Mention(tokens[begin].start, tokens[last].end, type_of(text), text, name=text))
            if following not in {"、", "和", "与", "及"}:
                return
            i = last
        i += 1


def _ends(token: Token) -> bool:
    return name_endings().suffixes.end(token.text)


def type_of(name: str) -> str:
    """Return the type of an initiative by the end of its name."""
    if name.endswith(("赛", "比武")):
        return "Competition"
    return "Reform" if name.endswith("改革") else "Programme"


def _furthest(tokens: list[Token], last: int) -> int:
    """Follow a name beyond its first ending: 某某学院体系|建设|三年行动."""
    ahead = last + 1
    while ahead < len(tokens) and ahead - last <= 3 and tokens[ahead].mention is None:
        if _ends(tokens[ahead]):
            last = ahead
        elif tokens[ahead].tag not in {"vn", "n", "m", "b", "TIME"}:
            break
        ahead += 1
    return last


def _is_name(text: str, following: str, tokens: list[Token]) -> bool:
    endings = name_endings()
    if following in {"方案", "意见", "细则", "办法", "等", "的", "会", "会议"}:
        return False
    trimmed = re.sub(r"^(?:专题|特色|常态化|全市|全省|全区|全县|全州)", "", text)
    if len(trimmed) < 5 or {text, trimmed} & endings.generic:
        return False
    return not any(t.text in endings.vague for t in tokens[:2])
