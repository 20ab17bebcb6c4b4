"""Honours, titles and places on lists: what stands behind a verb of conferring or winning."""

from __future__ import annotations

import functools
import re

from kg.extract.data import table
from kg.extract.names import standing
from kg.extract.names.draft import Draft
from kg.extract.segment import words
from kg.model import Mention

# 获奖单位 is a kind of winner, 荣誉称号 no honour by name.
_GENERIC = re.compile(
    "(?:国家级|省部级|省级|市级|区级|县级|各级|各类)?(?:以上)?(?:奖|奖项|荣誉)|奖(?:单位|选手|者|企业|人|项|集体|个人|职工).*|(?:荣誉)?称号|荣誉|奖项|奖励|名单|先进|好成绩|奖牌|殊荣|(?:牵头|责任|主责|配合|成员|组长|主任|实施|主办|承办|协办|指导|支持)?单位|企业|人才|项目|成果|集体|试点|示范|基地|中心|平台|社区"
)
_AND_OTHERS = re.compile(
    r"等?\s*[\d一二三四五六七八九十百]+\s*(?:余|多)?(?:名|人|家|个|位|支)(?:单位|同志|企业|职工|选手|集体|班组|工人|个人)?"
)
# 获全国技术能手、某市工匠等荣誉
_ALIKE = re.compile(
    "等(?:多项|多个|诸多|一系列|系列|各类|若干|国家级|省级|市级)?(?:荣誉称号|荣誉|称号|奖项|奖励|殊荣).*$"
)
# 聘任甲为“乙”: the verb in two parts.
_AS = re.compile(
    "(?:聘任|聘请|返聘|推选|评选|选树|树立|追认|表彰|认定|确定|命名|推举)[^，,。；;\n为]{2,30}为(?!了|[^，。；]{0,12}(?:主席|主任|书记|委员|局长))"
)
_COPULAS = frozenset({"是", "作为", "成为", "成了"})
_SHORT = frozenset(
    {"金牌", "银牌", "铜牌", "金奖", "银奖", "铜奖", "冠军", "亚军", "季军", "劳模", "头奖", "桂冠", "状元", "第一"}
)
_PRIZE = re.compile(
    r"(奖|金牌|银牌|铜牌|奖章|奖状|冠军|亚军|季军|第[一二三四五六七八九十\d]+名?|前[二三四五六]名|称号|工匠|能手|劳模|劳动模范|标兵|先锋号|名匠|模范|状元|先进工作者|名单|榜|等次|先进[^，。]{2,4}|"
    r"技师|红旗手|好人|楷模|专家|人才|单位|集体|先锋|示范[^，。、]{1,8}|试点[^，。、]{0,6}|人物|人选|大代表|工匠学院|头名|桂冠|特殊津贴)$"
)
_QUOTED_WHOLE = re.compile(r"^[“\"「]([^“”\"「」]*)[”\"」]$")
_OPENED = re.compile("[“「『]")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』\n]{2,30})[”\"」』]")
# 计算机（微机）调试工组一等奖: the name goes on behind the bracket.
_STOP = re.compile(r"[，,。；;！!？?：:\n]|[（(](?![^（()）]{1,8}[)）][一-鿿])")
_BEFORE_QUOTE = re.compile(
    r"(?:首批|第[一二三四五六七八九十]批|全国|全省|[\u4e00-\u9fff]{1,4}[省市区县州]|20\d\d年度?)*"
    r"(?:(?:国家|部|省|自治区|市|州|区|县)级[\u4e00-\u9fff]{0,8})?"
)
# 授予某公司总装车间某省工人先锋号: the part of the body is no part of the honour.
_UNIT_THEN_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:车间|班组|班|工区|工段|分厂|项目部|队|站)(?=全国|全省|全市|全县|省|市|[\u4e00-\u9fff]{2,8}[省市县区州])"
)
# 3项专利, 专利3件 are counted, not conferred.
_COUNTED = re.compile(
    r"\d[^，。]*元|^\d+(?:名|人|个|家|项|枚)|\d(?:名|人|个|家|项|枚)、|[\d一二三四五六七八九十]+(?:余|多)?[项枚个件]$"
)
_LATER = re.compile(r"(?:并|且|后|，|的(?=[^，。、]{0,4}(?:选手|职工|企业|单位|工人)|(?:还|则|分别|依次)?[是为有]))")


# 获得本次大赛一等奖: which contest, the text tells elsewhere.
_THIS = re.compile("(?:本次|此次|这次|本届|该项?|此项)?")
# 获批建设某某试点城市
_FOUNDED = re.compile("(?:建设|创建|设立|筹建|组建|开展)(?=(?:全国|国家|省|市|全省|首批)[\u4e00-\u9fff]{4,})")
# 两块金牌 are gold medals.
_HOW_MANY = re.compile(
    "(?<![第\\d一二三四五六七八九十])[一两二三四五六七八九十\\d]+[块枚项座个](?=[金银铜][牌奖]|[特一二三]等奖|冠军|第一)"
)
_TIMES = re.compile("(?<=[奖牌军])\\s*(?:\\d+|[一二两三四五六七八九十])[项个枚块]$")
# What a strong verb confers although no ending tells: it begins with whose it is.
_OF_LEVEL = re.compile(
    r"(?:首批|第[一二三四五六七八九十]批|20\d\d年度?)?(?:全国|全省|全市|全区|国家级|省级|自治区级|市级|中国|中华)[\u4e00-\u9fff]{4,16}"
)
_WHOLE = frozenset(
    {"获评", "荣获", "入选", "获颁", "获授", "荣膺", "荣登", "跻身", "评为", "获评为", "命名为", "认定为", "授予"}
)

# 位列“某某榜”第三: a place on a list; where one stands among all (位列全省第二) is no honour.
_RANKING = re.compile("(?:榜单?|名单|强|等次|档次)[”」]?")
# With 是 these make adverbs and conjunctions.
_BEFORE_IS = "更还也都不就正只可但于凡总若即却"


@functools.cache
def _verbs() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """Return the verbs as a pattern, the weak ones and the strong ones."""
    lists = table("names")["honour"]
    verbs = sorted({*lists["receiving"], *lists["giving"]}, key=len, reverse=True)
    pattern = re.compile("(" + "|".join(map(re.escape, verbs)) + ")(?:了|过|为)?")
    return pattern, frozenset(lists["weak"]), frozenset(verbs) - frozenset(lists["weak"])


@functools.cache
def _givers() -> frozenset[str]:
    return frozenset(table("names")["honour"]["giving"])


@functools.cache
def _ending() -> re.Pattern[str]:
    endings = sorted(table("names")["honour"]["suffixes"], key=len, reverse=True)
    suffixes = "|".join("奖(?![励金品补项])" if word == "奖" else re.escape(word) for word in endings)
    return re.compile(rf"(?:{suffixes}|第[四五六七八九十]名)(?:[(（][^()（）]{{1,6}}[)）])?(?:荣誉称号|称号|名单)?")


def find(draft: Draft) -> None:
    """Add the honours of the article."""
    ending = _ending()
    for match in _verbs()[0].finditer(draft.text):
        if draft.text.startswith("奖" if match[0] == "获" else "者", match.end()):
            continue  # 获奖单位, 获得者: a kind of winner
        if match[1] == "是" and draft.text[match.start() - 1 : match.start()] in tuple(_BEFORE_IS):
            continue  # 更是率先…: an adverb
        covering = draft.covering(match.start())
        if covering is not None and covering.end > match.end():
            continue
        stop = _STOP.search(draft.text, match.end())
        limit = min(stop.start() if stop else len(draft.text), match.end() + 50)
        limit = _outside_quotes(draft.text, match.end(), limit)
        _read(draft, match[1], match.end(), limit, ending)
    for match in _AS.finditer(draft.text):
        stop = _STOP.search(draft.text, match.end())
        limit = _outside_quotes(draft.text, match.end(), stop.start() if stop else len(draft.text))
        _read(draft, "评为", match.end(), min(limit, match.end() + 50), ending)
    standing.find(draft)


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
    if verb in _COPULAS and re.search("的|技师|代表", text[start:limit]):
        return
    if verb in {"位列", "名列"} and not _RANKING.search(text, start, limit):
        return
    later = _LATER.search(text, start + 2, limit)
    limit = later.start() if later else limit
    if verb not in _givers():  # 获得一等奖的甲“某某工匠”
        limit = next(
            (m.start for m in draft.within(start, limit) if m.type in _WINNERS and text[m.start - 1] == "的"), limit
        )
    if text.startswith("的", start):
        return
    again = _verbs()[0].search(_without_quotes(text, start + 1, limit))
    limit = start + 1 + again.start() if again and again[1] in _verbs()[2] else limit
    quoted = list(_QUOTED.finditer(text, start, limit))
    in_row = quoted and verb in _givers() and text[start : quoted[0].start()].endswith("等")
    if quoted and (in_row or verb in {"授予", "追授", "颁发"} or quoted[0].start() - start <= 14):
        for match in quoted:
            _quoted(draft, verb, match, start if match is quoted[0] else match.start(), limit, ending)
    else:
        _unquoted(draft, verb, start, limit, ending)


def _without_quotes(text: str, start: int, limit: int) -> str:
    return re.sub(r"“[^”]*”", lambda m: "\0" * len(m[0]), text[start:limit])


def _behind_recipients(draft: Draft, start: int, limit: int) -> int:
    """授予甲、乙“丙”称号: return where the recipients named behind the verb end."""
    for mention in draft.within(start, limit):
        if draft.text[start : mention.start].strip("、和了等"):
            break
        if mention.type in _WINNERS:
            start = mention.end
    others = _AND_OTHERS.match(draft.text, start, limit)
    unit = _UNIT_THEN_PLACE.match(draft.text, start, limit)
    return others.end() if others else unit.end() if unit else start


def _quoted(draft: Draft, verb: str, match: re.Match[str], start: int, limit: int, ending: re.Pattern[str]) -> None:
    """荣获“甲”称号; 入选首批“甲”试点单位."""
    text, end = draft.text, match.end()
    opened = _OPENED.search(text, end, limit)  # “甲”“乙”: the next quotation is an honour of its own
    until = opened.start() if opened else limit
    if text.startswith(("等", "的"), end):
        until = end  # “甲”“乙”等荣誉: what they are alike
    unit = ending.search(text, end, min(limit, end + 14, until))
    if unit and "、" not in text[end : unit.end()] and not text.startswith(("称号", "荣誉"), end):
        end = unit.end()
    prize = _PRIZE.search(text[match.start() : end].rstrip('”"」'))
    if verb in _verbs()[1] and not prize and "称号" not in text[end:limit] and verb != "命名":
        return
    head = start if _BEFORE_QUOTE.fullmatch(text, start, match.start()) else match.start()
    _add(draft, head, end, made=verb.endswith("为"))


def _unquoted(draft: Draft, verb: str, start: int, limit: int, ending: re.Pattern[str]) -> None:
    """荣获全国五一劳动奖章; 获评甲、乙荣誉称号."""
    others = next((m for m in _AND_OTHERS.finditer(draft.text, start, limit) if m[0].startswith("等")), None)
    start = others.end() if others else start
    span = _ALIKE.sub("", draft.text[start:limit])
    modified = re.match("[^“”，、]{2,8}的(?=[\u4e00-\u9fff]{4})", span)  # (获得)表彰的全国劳动模范
    if modified:
        start, span = start + modified.end(), span[modified.end() :]
    if verb in _COPULAS:  # 是某公司班长、省劳动模范、市政协委员
        for member in re.finditer("[^、和]+?(?=之一|[、和]|$)", span):
            if any(m.end() == len(member[0]) for m in ending.finditer(member[0])) and _PRIZE.search(member[0]):
                _add(draft, start + member.start(), start + member.end())
        return
    last = max(ending.finditer(span), key=lambda m: m.end(), default=None)
    whole = _OF_LEVEL.fullmatch(span) if last is None and verb in _WHOLE else None
    if whole and not any(t.tag[0] in "pcudr" or t.tag in {"NUM", "TIME"} for t in words(span)):
        _add(draft, start, start + len(span))
        return
    if (
        last is None
        or (last.end() < 3 and last[0] not in _SHORT)
        or (verb in _verbs()[1] and not _PRIZE.search(span[: last.end()]))
    ):
        return
    parts = re.split(r"([、和])(?!工匠人才|谐|技能)", span[: last.end()])
    named = [_TIMES.sub("", part) for part in parts]  # 铜奖1项和优秀组织奖
    if len(parts) > 1 and all(any(m.end() == len(p) for m in ending.finditer(p)) for p in named[::2]):
        at = start
        for part, name in zip(parts, named, strict=True):
            if part not in "、和":
                _add(draft, at, at + len(name))
            at += len(part)
    else:
        _add(draft, start, start + len("".join(parts)))


# 市级以上工匠, 全国劳动模范或先进工作者: kinds of honours.
_KINDS = re.compile("级?以上|或")
_MADE = re.compile("(?:试点|品牌|项目|平台)$")
_WINNERS = frozenset({"Person", "Enterprise", "School", "Organization", "TradeUnion"})
_OTHER_NAMES = frozenset({"Programme", "Competition", "PolicyDocument", "Event", "CoordinationBody"})
_LIST = re.compile(
    r"名单|榜|奖|牌$|优胜|院校|称号|示范|^(?:单位|企业|城市|县)|试点(?:单位|企业|城市|县|市|区)|先进|优秀|冠军|名匠|标兵|能手|对象|第[一二三四五六七八九十\d]"
)


def _unquoted_name(name: str) -> str:
    """Return a name without the marks around it; those inside it stay: 首批“甲”企业.

    >>> _unquoted_name("“石岭工匠”"), _unquoted_name("“安全杯”优胜单位"), _unquoted_name("“石岭工匠")
    ('石岭工匠', '“安全杯”优胜单位', '石岭工匠')
    """
    if name.count("“") != name.count("”"):
        return name.strip("“”")
    return _QUOTED_WHOLE.sub(r"\1", name)


def _add(draft: Draft, start: int, end: int, *, made: bool = False) -> None:
    """Add an honour, with `made` behind a verb that makes somebody what the name says (确定为, 命名为)."""
    while start < end and draft.text[start] in "了为的":
        start += 1
    start += len(_THIS.match(draft.text, start, end)[0])  # type: ignore[index]
    founded = _FOUNDED.match(draft.text, start, end)
    start = founded.end() if founded else start
    name = re.sub(r"等?(?:荣誉称号|称号|荣誉|殊荣)?$", "", draft.text[start:end])
    over = draft.covering(start)
    if over is not None and over.end >= start + len(name) + (over.type != "Region"):
        return  # it ends within another name
    if name.count("《") != name.count("》") or name.startswith("在") or _KINDS.search(name):
        return
    if _GENERIC.fullmatch(name) or len(name.strip('“”"')) < 2 or _COUNTED.search(name):
        return
    named = [m for m in draft.within(start, start + len(name)) if m.type in _OTHER_NAMES]
    if named and not _LIST.search(name[named[-1].end - start :]) and not (made and _MADE.search(name)):
        return  # 列入“某某”计划: an initiative, unless a list or title of it is meant
    honour = Mention(start, start + len(name), "Honour", name, name=_HOW_MANY.sub("", _unquoted_name(name)))
    if over is not None and (over.start, over.end, over.type) == (start, honour.end, "Organization"):
        draft.rename(honour)  # 命名为某省示范性创新工作室
    else:
        draft.add(honour)
