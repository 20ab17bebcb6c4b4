"""Honours, titles and places on lists: what stands behind a verb of conferring or winning."""

from __future__ import annotations

import re

from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.model import Mention

# Behind these any name is an honour; behind the weaker verbs only what ends as a prize does.
_STRONG = [
    "获评为",
    "获评",
    "荣获",
    "当选为",
    "当选",
    "入选为",
    "入选",
    "授予",
    "命名为",
    "评为",
    "评定为",
    "认定为",
    "确定为",
    "列为",
    "获授",
    "获颁",
    "表彰为",
    "被誉为",
    "荣膺",
    "跻身",
    "荣登",
    "登上",
    "评选为",
    "选树为",
    "获批",
    "获得",
    "摘得",
    "夺得",
    "捧回",
    "捧走",
    "拿下",
    "拿到",
    "斩获",
    "勇夺",
    "问鼎",
    "夺取",
    "获",
    "分获",
    "赢得",
    "摘取",
    "包揽",
    "获取",
    "荣列",
    "列入",
    "命名",
    "评选出",
    "上榜",
    "摘下",
    "喜获",
    "捧得",
    "收获",
    "折桂",
]
_WEAK = frozenset(
    [
        "获得",
        "摘得",
        "夺得",
        "捧回",
        "捧走",
        "拿下",
        "拿到",
        "斩获",
        "勇夺",
        "夺取",
        "获",
        "分获",
        "赢得",
        "摘取",
        "包揽",
        "获取",
        "列入",
        "命名",
        "登上",
        "摘下",
        "收获",
        "列为",
        "确定为",
        "喜获",
        "捧得",
    ]
)
_PRIZE = re.compile(
    r"(奖|奖章|奖状|冠军|亚军|季军|第[一二三四五六七八九十\d]+名?|称号|工匠|能手|劳模|劳动模范|标兵|先锋号|名匠|模范|状元|先进工作者|名单|等次|先进[^，。]{2,4}|"
    r"技师|示范[^，。、]{1,8}|试点[^，。、]{1,6}|人物|工匠学院|头名|桂冠)$"
)
_VERB = re.compile("(" + "|".join(sorted(map(re.escape, _STRONG), key=len, reverse=True)) + r")(?:了|过|为)?")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』\n]{2,30})[”\"」』]")
_STOP = re.compile(r"[，,。；;！!？?：:\n（(]")
_BEFORE_QUOTE = re.compile(
    r"(?:首批|第[一二三四五六七八九十]批|全国|全省|[\u4e00-\u9fff]{1,4}[省市区县州]|20\d\d年度?)*"
)
# 3项专利, 专利3件 are counted, not conferred.
_COUNTED = re.compile(r"^\d+(?:名|人|个|家|项|枚)|[\d一二三四五六七八九十]+(?:余|多)?[项枚个件]$")
_LATER = re.compile(r"(?:并|且|后|，|的(?=[^，。、]{0,4}(?:选手|职工|企业|单位|工人)))")


def find(draft: Draft) -> None:
    """Add the honours of the article."""
    suffixes = "|".join(sorted(map(re.escape, table("names")["honour"]["suffixes"]), key=len, reverse=True))
    ending = re.compile(rf"(?:{suffixes})(?:[(（][^()（）]{{1,6}}[)）])?(?:荣誉称号|称号|名单)?")
    for match in _VERB.finditer(draft.text):
        covering = draft.covering(match.start())
        if covering is not None and covering.end > match.end():
            continue
        stop = _STOP.search(draft.text, match.end())
        limit = min(stop.start() if stop else len(draft.text), match.end() + 50)
        limit = _outside_quotes(draft.text, match.end(), limit)
        _read(draft, match[1], match.end(), limit, ending)


def _outside_quotes(text: str, start: int, limit: int) -> int:
    """Move the limit behind the quotation that it would cut."""
    opened = text.rfind("“", start, limit)
    if opened >= 0 and text.find("”", opened, limit) < 0:
        closed = text.find("”", limit, limit + 40)
        return closed + 1 if closed >= 0 else limit
    return limit


def _read(draft: Draft, verb: str, start: int, limit: int, ending: re.Pattern[str]) -> None:
    text = draft.text
    if verb in {"授予", "命名", "认定"}:
        start = _behind_recipients(draft, start, limit)
    later = _LATER.search(text, start + 2, limit)
    limit = later.start() if later else limit
    quoted = list(_QUOTED.finditer(text, start, limit))
    if quoted and quoted[0].start() - start <= 14:
        for match in quoted:
            _quoted(draft, verb, match, start if match is quoted[0] else match.start(), limit, ending)
    else:
        _unquoted(draft, verb, start, limit, ending)


def _behind_recipients(draft: Draft, start: int, limit: int) -> int:
    """授予甲、乙“丙”称号: return where the recipients named behind the verb end."""
    for mention in draft.within(start, limit):
        if draft.text[start : mention.start].strip("、和了等"):
            break
        if mention.type in {"Person", "Enterprise", "School", "Organization", "TradeUnion"}:
            start = mention.end
    return start


def _quoted(draft: Draft, verb: str, match: re.Match[str], start: int, limit: int, ending: re.Pattern[str]) -> None:
    """荣获“甲”称号; 入选首批“甲”试点单位."""
    text, end = draft.text, match.end()
    unit = ending.search(text, end, min(limit, end + 14))
    if unit and "、" not in text[end : unit.end()] and not text.startswith(("称号", "荣誉"), end):
        end = unit.end()
    prize = _PRIZE.search(text[match.start() : end].rstrip('”"」'))
    if verb in _WEAK and not prize and "称号" not in text[end:limit] and verb != "命名":
        return
    head = start if _BEFORE_QUOTE.fullmatch(text, start, match.start()) else match.start()
    _add(draft, head, end)


def _unquoted(draft: Draft, verb: str, start: int, limit: int, ending: re.Pattern[str]) -> None:
    """荣获全国五一劳动奖章; 获评甲、乙荣誉称号."""
    span = draft.text[start:limit]
    last = None
    for last in ending.finditer(span):
        pass
    if last is None or last.end() < 3 or (verb in _WEAK and not _PRIZE.search(span[: last.end()])):
        return
    parts = re.split(r"([、和])", span[: last.end()])
    if len(parts) > 1 and all(any(m.end() == len(p) for m in ending.finditer(p)) for p in parts[::2]):
        at = start
        for part in parts:
            if part not in "、和":
                _add(draft, at, at + len(part))
            at += len(part)
    else:
        _add(draft, start, start + last.end())


def _add(draft: Draft, start: int, end: int) -> None:
    while start < end and draft.text[start] in "了为的":
        start += 1
    name = re.sub(r"(?:荣誉称号|称号)$", "", draft.text[start:end])
    if len(name.strip('“”"')) < 2 or _COUNTED.search(name):
        return
    draft.add(Mention(start, start + len(name), "Honour", name, name=name.strip('“”"「」')))
