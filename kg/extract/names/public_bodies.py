"""Places and public bodies, each with the place in whose scope it stands and its name in full."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.extract.names.shared_heads import owners, spoken_of
from kg.extract.opening import opening
from kg.extract.scope import Scopes
from kg.extract.segment import Token, words
from kg.lexicon.bodies import BodyMatch, find_bodies
from kg.lexicon.persons import titles
from kg.lexicon.places import Place, PlaceMatch
from kg.model import Mention

_WHOLE = re.compile(
    r"(?<![一二三四五六七八九十两\d])(?:全|我|本|该)(自治区|省|市|县|区|州|盟|旗)(?![场域级直委长民区里况])"
)
# 市里出台…
_HERE = re.compile(r"(?<![\u4e00-\u9fff])(省|市|县|区|州|旗)里(?![程面边弄外屯])")
# What may stand before the place that acts, and what shows that it is not the place itself.
_LEAD_IN = re.compile(r"(?:[^，,。]{0,14}[，,])?[\s\d年月日去今近来]{0,8}")
_NOT_ACTING = ("总工会", "工会", "的", "委", "政府", "人社", "、", "和", "某", "一家", "职工", "企业")
_FORMS = {"full", "short", "short-county"}
_OWNERS = frozenset({"集团", "公司"})
# Generally spoken of where no place stands before them: 党委领导、政府推动.
_GENERAL = frozenset({"党委", "政府", "党委政府", "党组"})
_PREFIX = re.compile(r"^(?:全|本|我)?(?:自治区|省|市|州|盟|县|旗|区)(?=产|新)")
_ENDINGS = {
    **dict.fromkeys(["局", "委", "办"], "GovernmentDepartment"),
    **dict.fromkeys(
        ["中心", "协会", "学会", "联合会", "商会", "电视台", "医院", "企联", "仲裁院", "委员会"], "Organization"
    ),
}
_DOING = frozenset({"中心", "仲裁院", "医院", "协会", "学会"})
_LOCAL = opening(
    "省自市区县州旗盟",
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[由和与及在向给对经兼任])|(?<=会同)|(?<=联合))(省|自治区|市|区|县|州|旗|盟)([\u4e00-\u9fff]{{2,12}}?)({'|'.join(_ENDINGS)})"
    r"(?=[、，,。；;）)和与及]|联合|牵头|负责|承办|主办|协办|参与|举办|举行|获|荣|被|记|开展|启动|印发|出台|发布|组织|实施|推行|会同|召开|举办|具体"
    r"|(?:名誉|常务|执行)?副?(?:主任|主席|会长|院长|理事长|秘书长|局长)|成员|委员|负责人|仲裁员|调解员|[\u4e00-\u9fff]{1,6}[科室部处所队](?:副?主任|副?[科处部所队]长|医师|医生|护士)|[^\u4e00-\u9fff]|$)",
)
# What a joint body is for stands between its place and its kind: 市|优化营商环境|工作专班.
_TOPIC = re.compile("[\u4e00-\u9fff“”「」]{2,24}$")
_LEVELS = frozenset("省 自治区 地区 市 州 盟 县 旗 区 自治州 自治县 自治旗".split())
_OF_TRADE = "工会联合会"
_TRADE_BEFORE = re.compile("[\u4e00-\u9fff]{2,14}行业$")
_TRADES = "|".join(sorted(table("names")["bodies"]["trades"], key=len, reverse=True))
_UNION_OF_TRADES = re.compile(f"(中国|(?<![全各])(?:自治区|省|市|州|县|区))((?:{_TRADES}){{1,4}}(?:行业|系统)?)$")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,6}$")
# The corps acts like a government of its own.
_CORPS = opening("新兵", r"(?:新疆生产建设)?兵团(?![级式员第])")
_CORPS_BEFORE = re.compile(r"(?:新疆生产建设)?兵团$")
_CORPS_NAME, _CORPS_CODE = "新疆生产建设兵团", "650000"
_GOVERNED = frozenset({"province", "prefecture", "county"})
_ZONE = re.compile(
    r"(?:高新(?:技术产业开发)?区|经开区|经济(?:技术)?开发区|开发区|工业园区?|产业园区?|新区|示范区|综合保税区|保税区|度假区|试验区)"
)


def find(draft: Draft, scopes: Scopes, matches: Sequence[PlaceMatch]) -> None:
    """Add the places and the public bodies of the article."""
    joint: list[Mention] = []
    ends = {match.end: match for match in matches}
    for body in find_bodies(draft.text, matches):
        shared = owners(draft.text, body, matches, scopes)
        if shared is None:
            continue
        for owner in shared:
            place = scopes.choose(owner.candidates)
            name = _full_name(body, place)
            # The text is the name: what stands at its place alone names no body.
            draft.add(Mention(owner.start, owner.end, body.type, name, scope=place.code, name=name))
        if shared:
            continue
        mention = _with_topic(draft.text, body, scopes, ends) or _body(draft.text, body, scopes)
        if mention is None:
            continue
        if body.text == "工会" and not (body.places or body.level):
            mention = _of_the_place_that_acts(mention, body, draft, scopes, matches)
        if mention.type == "CoordinationBody":
            mention = _unified(mention, joint)
            joint.append(mention)
        draft.add(mention)
    for match in _CORPS.finditer(draft.text):
        code = _CORPS_CODE
        draft.add(Mention(match.start(), match.end(), "Government", match[0], scope=code, name=_CORPS_NAME))
    _add_places(draft, scopes, matches)
    for several in spoken_of(draft.text, matches):
        for owner in several:
            place = scopes.choose(owner.candidates)
            name = place.full_name
            draft.add(Mention(owner.start, owner.end, "Region", name, scope=place.code, name=name))
    _add_local(draft, scopes)
    for match in _HERE.finditer(draft.text):
        found = scopes.of(match[1], match.start())
        if found is not None:
            draft.add(Mention(match.start(), match.end(), "Region", match[0], scope=found.code, name=found.full_name))
    for match in _WHOLE.finditer(draft.text):
        found = scopes.of(match[1], match.start(), match[0][0] == "该")
        if found is not None:
            draft.add(Mention(match.start(), match.end(), "Region", match[0], scope=found.code, name=found.full_name))


def _of_the_place_that_acts(
    mention: Mention, body: BodyMatch, draft: Draft, scopes: Scopes, matches: Sequence[PlaceMatch]
) -> Mention:
    """Return a bare 工会 as that of the place below the article's with which its sentence begins: 某区…，工会牵头."""
    start = next((s for s, e, _ in draft.sentences if s <= body.start < e), body.start)
    index = bisect_left(matches, start, key=lambda m: m.start)
    if index == len(matches) or matches[index].end > body.start or matches[index].form == "abbr":
        return mention
    found = scopes.choose(matches[index].candidates)
    apart = draft.text[start : matches[index].start]
    acts = not draft.text.startswith(_NOT_ACTING, matches[index].end)
    if scopes.main is None or scopes.main not in found.ancestors or not acts or not _LEAD_IN.fullmatch(apart):
        return mention
    return replace(mention, scope=found.code, name=_full_name(body, found))


def _add_local(draft: Draft, scopes: Scopes) -> None:
    """Add bodies of a place that no table holds, by level word and ending: 市融媒体中心, 区机关事务局."""
    for match in _LOCAL.finditer(draft.text):
        level, rest, ending = match[1], match[2], match[3]
        found = scopes.of(level, match.start())
        if found is None or draft.covering(match.start(1)) is not None or draft.covering(match.end() - 1) is not None:
            continue
        if any(_breaks_name(t, ending) for t in words(rest)):
            continue
        name = f"{found.full_name}{rest}{ending}"
        start = match.start(1)
        draft.add(Mention(start, match.end(), _ENDINGS[ending], draft.text[start : match.end()], found.code, name))


def _breaks_name(token: Token, ending: str) -> bool:
    """Whether a word cannot stand in the name of a local body; that of a 中心 may hold what it does: 就业服务中心."""
    if token.text == "和" and ending in _DOING:
        return False
    if token.tag[0] in "pcdrut" or token.text in table("names")["bodies"]["no_topic"]:
        return True
    return token.verbal and not (ending in _DOING and token.text not in table("names")["programme"]["verbs"])


def _with_topic(text: str, body: BodyMatch, scopes: Scopes, ends: Mapping[int, PlaceMatch]) -> Mention | None:
    """Return a joint body that is named by what it is for, from its place or level word on; None if it is not."""
    if body.type != "CoordinationBody" or body.places or body.level or "产" in body.text:
        return None
    no_topic = table("names")["bodies"]["no_topic"]
    before = _TOPIC.search(text, max(0, body.start - 24), body.start)
    start, quoted = body.start, False
    for token in reversed(words(before[0])) if before else ():
        if token.text in no_topic or token.tag[0] in "pdru" or token.text in titles():
            return None
        start -= len(token.text)
        if token.text in "“”「」":
            quoted = token.text in "”」"
        if quoted:
            continue
        level = token.text if token.text in _LEVELS else ""
        if token.text[:-1] in no_topic and token.text[-1] in _LEVELS:  # 任市某某领导小组组长
            start, level = start + len(token.text) - 1, token.text[-1]
        match = ends.get(start)
        if token.text in "“「" and match is None and text[start - 1] not in _LEVELS:
            own = scopes.at(start)
            name = text[start : body.end]
            return Mention(start, body.end, body.type, name, own.code if own else "", name)
        if not level and match is None:
            continue
        place = scopes.of(level, start) if level else scopes.choose(match.candidates) if match else None
        topic = text[start + len(level) : body.start]
        if place is None or len(topic) < 2:
            return None
        start = start if level or match is None else match.start
        return Mention(
            start, body.end, body.type, text[start : body.end], place.code, f"{place.full_name}{topic}{body.text}"
        )
    return None


def _unified(mention: Mention, earlier: Sequence[Mention]) -> Mention:
    """Let a bare 联席会议 or 领导小组办公室 be the joint body of that kind named before."""
    if "产" in mention.text:
        return mention
    for known in reversed(earlier):
        for tail in ("", "办公室"):
            if (
                f"{known.name}{tail}".endswith(mention.text.removeprefix("市").removeprefix("省"))
                and "产" in known.name
            ):
                return replace(mention, name=f"{known.name}{tail}", scope=known.scope)
    return mention


def _body(text: str, body: BodyMatch, scopes: Scopes) -> Mention | None:
    if body.level in _OWNERS:
        return None  # a firm's own, which takes the firm's name
    if body.places:
        place: Place | None = scopes.choose(body.places)
    elif body.level in _LEVELS:
        place = scopes.of(body.level, body.start)
    else:
        place = scopes.at(body.start)
    if place is None or (body.text in _GENERAL and not body.inherited):
        return None
    start, name = body.start, _full_name(body, place)
    trade = _trade(text, start) if body.text == _OF_TRADE else ""
    if body.text == "工会" and (union := _UNION_OF_TRADES.search(text, max(0, start - 24), start)):
        return _trade_union(text, union, body.end, scopes)
    if trade:
        return Mention(start - len(trade), body.end, body.type, trade + body.text, place.code, trade + body.text)
    if not body.places and (corps := _CORPS_BEFORE.search(text, max(0, start - 8), start)):
        start = corps.start()
        name = f"{_CORPS_NAME}{name.removeprefix(place.full_name)}"
    elif not body.places and body.level and body.level not in _LEVELS:
        own = _own_name(text, start)  # 某某街道总工会, 某某工业区管委会
        named = scopes.last_named(body.level, start)
        if not own and named:
            name = f"{named}{body.text.removeprefix(body.level)}"
        if own:
            start -= len(own)
            name = text[start : body.end]
    return Mention(start, body.end, body.type, text[start : body.end], scope=place.code, name=name)


def _trade_union(text: str, trades: re.Match[str], end: int, scopes: Scopes) -> Mention | None:
    """Return the union of trades at a level: 市机械冶金工会, 中国能源化学地质工会."""
    level = trades[1]
    found = scopes.of(level, trades.start()) if level in _LEVELS else None
    if found is None and level != "中国":
        return None
    name = (found.full_name if found else level) + text[trades.end(1) : end]
    return Mention(trades.start(), end, "TradeUnion", text[trades.start() : end], found.code if found else "", name)


def _trade(text: str, end: int) -> str:
    """Return the trade with its place whose union follows, or "": 石岭模具行业|工会联合会."""
    found = _TRADE_BEFORE.search(text, max(0, end - 16), end)
    name = ""
    for token in reversed(words(found[0])) if found else ():
        if (token.verbal and len(token.text) > 1 and name != "行业") or token.tag[0] in "pcdru":
            break
        name = token.text + name
    return name if len(name) > 3 else ""


def _own_name(text: str, end: int) -> str:
    """Return the name in front of 街道 or 工业区 that ends at an offset, of two to four characters, or ""."""
    before = _HAN_BEFORE.search(text, max(0, end - 6), end)
    if before is None:
        return ""
    name = ""
    for token in reversed(words(before[0])):
        if not (token.nominal or token.tag in {"x", "m"}) or len(token.text) + len(name) > 4:
            break
        name = token.text + name
    return name if len(name) >= 2 else ""


def _full_name(body: BodyMatch, place: Place) -> str:
    """Return a body's name in full: of a joint body as the text has it, 省工会 as the 总工会 that it is."""
    name = body.name_at(place)
    if body.type == "CoordinationBody":
        written = _PREFIX.sub("", body.text) if not body.inherited else body.text
        for form in (place.full_name, *place.short_names):
            written = written.removeprefix(form)
        return f"{place.full_name}{written}" if "产" in written else name
    if body.type == "TradeUnion" and name == f"{place.full_name}工会" and place.level in _GOVERNED:
        return f"{place.full_name}总工会"
    return name


def _add_places(draft: Draft, scopes: Scopes, matches: Sequence[PlaceMatch]) -> None:
    """Add places; a chain (安徽省芜湖市) is one name of the last of its links."""
    chain: list[tuple[PlaceMatch, Place]] = []
    for match in [*matches, None]:
        if match is not None and match.form not in _FORMS:
            continue
        if chain and (match is None or match.start != chain[-1][0].end):
            _add_chain(draft, chain)
            chain = []
        if match is not None:
            chain.append((match, scopes.choose(match.candidates)))


def _add_chain(draft: Draft, chain: list[tuple[PlaceMatch, Place]]) -> None:
    for match, place in chain:
        draft.add(Mention(match.start, match.end, "Region", match.text, scope=place.code, name=place.full_name))
    zone = _ZONE.match(draft.text, chain[-1][0].end)
    if zone:  # 宝鸡高新区 is a place of its own
        start, place = chain[0][0].start, chain[-1][1]
        text = draft.text[start : zone.end()]
        draft.add(Mention(start, zone.end(), "Region", text, scope=place.code, name=f"{chain[-1][0].text}{zone[0]}"))
    if len(chain) > 1:
        first, (last, place) = chain[0][0], chain[-1]
        text = draft.text[first.start : last.end]
        draft.add(Mention(first.start, last.end, "Region", text, scope=place.code, name=place.full_name))
