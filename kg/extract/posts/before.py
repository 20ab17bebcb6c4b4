"""Posts: titles before a person's name, behind it, or taken by a verb, each with the body that they belong to.

省委常委、市委书记某某        two posts in two bodies
某局党组成员、副局长某某      one body, two titles
某公司焊接班班长某某          an occupation at an employer
市委副书记某某任组长          a post in the body spoken of
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.endings import Endings
from kg.extract.posts.bodies import EMPLOYERS, Segment, assigned, endings, words_of
from kg.extract.segment import KNOWN, Token
from kg.lexicon import persons
from kg.model import Mention
from kg.naming import ORGANISATIONS

_CLAUSE_ENDS = frozenset("，,。；;：:！!？?\n")
_LIMIT = 30  # tokens before a name that may be its posts
_JOINTS = frozenset({"、", "兼", "和", "暨"})
_BEFORE_TITLE = re.compile(r"^(?:兼任|双(?=组长|召集人|主任)|兼(?!职)|时任|现任|的|一名|一位|青年|一线|、|“|”)+")
_AGE_GROUP = re.compile(r"^“?[\d零〇六七八九]0?后”?")
# Trades beyond the listed ones, at a named employer: 采掘工, 装调工, 制茶师.
_TRADE = re.compile("[\u4e00-\u9fff]{1,8}(?:工|员|师|手|长|匠|助理|司机|教练)")
# A trade in a part of a firm that the text has named before: 总装车间调试工.
UNIT_TRADE = re.compile("[\u4e00-\u9fff]{1,6}(?:车间|班组|工段|分厂)[\u4e00-\u9fff]{1,6}(?:工|员|师|手|长|匠)")
_NO_TRADE = re.compile(
    "(?:职工|党员|成员|队员|学员|会员|人员|官员|选手|能手|高手|助手|大师|名师|导师|家长|成长|增长|特长|手工|技工|员工|团员|委员|演员)$"
)
_FUSED = re.compile("(任|兼任|担任)(.{2,})")
# 市委“两新”工委书记: the committee is named in quotes.
_QUOTED_COMMITTEE = re.compile("(“[^“”]{2,8}”)(?:党)?工委")
# 任双组长: two persons hold the same post.
_DOUBLE = re.compile("(?:任|担任)双")
_REMARK = re.compile("[正副]?[省部厅局地处科县]{1,2}级|兼职|挂职|兼|主持工作|正职|副职")
# The branch of a village: 湾塘村党支部书记某某.
_VILLAGE = re.compile("([\u4e00-\u9fff]{1,6}?(?:村|社区)(?:党支部|党总支|党委|村委会|居委会))(?=[\u4e00-\u9fff]{2,6}$)")
# 选举甲为某会第十一届委员会主席: the chair of the body itself.
_SESSION = re.compile("^第?[一二三四五六七八九十]{1,3}届(?:委员会|理事会|常委会)(?=.)")
_OWNER = re.compile("^(?:公司|集团|企业|该公司|该集团|厂)(?=党委|党组|纪委|工会|团委|董事长|总经理|副总经理)")


@functools.cache
def _titles() -> Endings:
    return Endings({*persons.titles(), *words_of("staff")} - words_of("callings"))


@functools.cache
def _posts() -> Endings:
    return Endings(persons.posts() - words_of("callings"))


@functools.cache
def _employers() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words_of("employers"), key=len, reverse=True)))


def split_verbs(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens, those that the segmenter made of 任 and a title taken apart: 任组长."""
    found: list[Token] = []
    for token in tokens:
        if "任" not in token.text or token.tag in KNOWN:
            found.append(token)
            continue
        match = _FUSED.fullmatch(token.text)
        if match and match[2] in _titles():
            cut = token.start + len(match[1])
            found += [Token(token.start, cut, match[1], "v"), Token(cut, token.end, match[2], "n")]
        elif _DOUBLE.fullmatch(token.text):
            found += [
                Token(token.start, token.end - 1, token.text[:-1], "v"),
                Token(token.end - 1, token.end, "双", "m"),
            ]
        else:
            found.append(token)
    return found


@dataclass(frozen=True, slots=True)
class Post:
    """A person's titles in one body, and the span that says so.

    Attributes:
        person: The person.
        organization: The body, or None where only the context can tell.
        titles: The titles in the body, in order.
        start, end: Span from the first word of the posts to the end of the name.
        covered: The bodies named inside the span, which do not act themselves.
    """

    person: Mention
    organization: Mention | None
    titles: tuple[str, ...]
    start: int
    end: int
    covered: tuple[Mention, ...]


def before_names(tokens: Sequence[Token], text: str) -> list[Post]:
    """Return the posts that stand directly before persons' names in these tokens of a sentence."""
    found: list[Post] = []
    last: list[Post] = []
    for i, token in enumerate(tokens):
        if token.mention is None or token.mention.type != "Person":
            continue
        shared = _shared(tokens, i, last)
        last = shared or posts_before(tokens, i, text, token.mention)
        found.extend(last)
    return found


def _shared(tokens: Sequence[Token], index: int, last: Sequence[Post]) -> list[Post]:
    """副主席甲、乙: return the posts of the person before, where only a 、 or 和 stands between."""
    if index < 2 or not last or tokens[index - 1].text not in {"、", "和"}:
        return []
    person, before = tokens[index].mention, tokens[index - 2].mention
    if person is None or before != last[-1].person:
        return []
    if not any(t.startswith("副") or t in {"成员", "委员", "常委"} or _is_trade(t) for t in last[-1].titles):
        return []
    return [replace(p, person=person, end=person.end, covered=()) for p in last[-1:]]


def _is_trade(title: str) -> bool:
    """Whether several persons may hold a post at one employer: 焊工, not 董事长."""
    return not _posts().end(title) and (_titles().end(title) or _TRADE.fullmatch(title) is not None)


def posts_before(tokens: Sequence[Token], index: int, text: str, person: Mention) -> list[Post]:
    """Return the posts in the words before `index`, as those of `person`."""
    segments = _valid(_segments(tokens, index, text))
    if not segments:
        return []
    named = tuple(m for s in segments for m in s.named)
    start, end = segments[0].start, max(person.end, tokens[index - 1].end)
    by_body: dict[str, tuple[Mention | None, list[str]]] = {}
    for body, title in assigned(segments):
        key = (body.name or body.text) if body else ""
        by_body.setdefault(key, (body, []))[1].append(title)
    return [Post(person, body, tuple(titles), start, end, named) for body, titles in by_body.values()]


def _segments(tokens: Sequence[Token], index: int, text: str) -> list[Segment]:
    """Split the words of the posts before `index` at 、 and 兼."""
    groups: list[list[Token]] = [[]]
    i = 0
    index = _before_remark(tokens, index)
    if index > 1 and tokens[index - 1].text.isspace() and _titles().end(tokens[index - 2].text):
        index -= 1  # a list of names sets them apart: 某局副局长　某某
    for i in range(index - 1, max(-1, index - _LIMIT), -1):
        token, following = tokens[i], tokens[min(i + 1, len(tokens) - 1)]
        if token.text in _JOINTS and groups[-1] and _parts(tokens, i):
            groups.append([])
        elif groups[-1] and _is_link(token, tokens[i - 1] if i else None):
            continue
        elif _is_stop(token, following) and not (token.text == "和" and not _parts(tokens, i)):
            break
        else:
            groups[-1].append(token)
    found = [_segment(list(reversed(g)), text) for g in reversed(groups) if g]
    return [*_titles_ahead(tokens, i, text), *found] if found else []


def _before_remark(tokens: Sequence[Token], index: int) -> int:
    """Return the index behind the posts where only a remark in brackets on the last stands: 副主席（正处级）某某."""
    if index < 4 or tokens[index - 1].text not in "）)":
        return index
    opening = next((k for k in range(index - 2, max(0, index - 6), -1) if tokens[k].text in "（("), index)
    return opening if _REMARK.fullmatch("".join(t.text for t in tokens[opening + 1 : index - 1])) else index


def _parts(tokens: Sequence[Token], joint: int) -> bool:
    """Whether a joint sets two posts apart; 和 inside the name of an office does not: 劳动和经济工作部部长."""
    if tokens[joint].text != "和" or joint == 0:
        return True
    before = tokens[joint - 1]
    return _titles().end(before.text) or (before.mention is not None and before.mention.type == "Person")


def _titles_ahead(tokens: Sequence[Token], comma: int, text: str) -> list[Segment]:
    """Return the posts before a comma that stand there alone, of the person named behind: 甲局副局长，乙办主任某某."""
    if tokens[comma].text not in {"，", ","}:
        return []
    begin = next((k + 1 for k in range(comma - 1, -1, -1) if tokens[k].text in _CLAUSE_ENDS), 0)
    if any(t.mention is not None and t.mention.type == "Person" for t in tokens[begin:comma]):
        return []
    found = _segments(tokens, comma, text)
    whole = bool(found) and found[0].start == tokens[begin].start
    return found if whole and found[0].body is not None and len(_valid(found)) == len(found) else []


def _is_link(token: Token, before: Token | None) -> bool:
    """Whether a word only links the body to the title: 某公司的(一名)焊工."""
    if token.text in {"一名", "一位", "名", "位"} or (token.tag == "NUM" and token.text in {"1名", "1位"}):
        return True
    if token.text != "的" or before is None:
        return False
    return _is_employer(before.mention) or before.text.endswith(("车间", "班", "班组", "队", "厂", "部", "中心"))


def _is_stop(token: Token, following: Token) -> bool:
    if token.mention is not None:
        part = token.mention.type in {"Programme", "Honour"} and endings("units").end(following.text[:1])
        return token.mention.type not in ORGANISATIONS | {"Region", "Reform"} and not part
    if token.tag == "w":
        return token.text not in "“”"
    if token.tag in {"TIME", "NUM"} or token.text in words_of("stops") or token.text == "的":
        return True
    return token.verbal and len(token.text) > 1 and not _is_work(token, following)


def _is_work(token: Token, following: Token) -> bool:
    """Whether a verb names the work of a unit or of its holder: 焊接班, 总装车间, 执行董事."""
    if token.text in {"常务", "执行", "首席", "兼职", "专职", "挂职", "主持", "驻"} or _titles().end(token.text):
        return True
    unit = following.tag != "NAME" and endings("units").end(following.text)
    return unit or _titles().end(following.text) or following.verbal


def _is_employer(mention: Mention | None) -> bool:
    return mention is not None and mention.type in ORGANISATIONS


def _segment(words: Sequence[Token], text: str) -> Segment:
    """Find the body (the last one named) and the title behind it."""
    body: Mention | None = None
    behind = 0
    for i, token in enumerate(words):
        mention = token.mention
        if mention is None or mention.type not in ORGANISATIONS | {"Region"}:
            continue
        part = body is not None and body.type in EMPLOYERS and mention.start == body.end
        if part and mention.text in words_of("owned"):
            continue  # the firm's own committee belongs to the title
        body, behind = mention, i + 1
    start = words[behind].start if behind < len(words) else words[-1].end
    if body is not None and endings("owned").end(body.text) and body.owner is not None:
        kind = endings("owned").longest(body.text)
        title, body = kind + text[start : words[-1].end], body.owner
    else:
        title = text[start : words[-1].end]
        if body is not None and body.text in words_of("owned"):
            employer = _unnamed_employer(words[: behind - 1], text)
            if employer is not None:
                title, body = body.text + title, employer
    quoted = _QUOTED_COMMITTEE.match(title)
    if quoted is None and body is not None and text[start - 1 : start] in "“":
        quoted = _QUOTED_COMMITTEE.match("“" + title)
    if quoted is not None and body is not None and body.type == "PartyOrgan":
        name = re.sub("(?:委员会|委)$", "委", body.name) + quoted[1] + "工作委员会"
        body = replace(body, text=body.text + quoted[0], name=name)
        title = title[title.index("工委") + 2 :]
    named = tuple(t.mention for t in words if t.mention is not None)
    title = _AGE_GROUP.sub("", title).rstrip("”")
    if words[0].text in words_of("former") or title.startswith(tuple(words_of("former"))):
        return Segment(None, "", words[0].start, named, former=True)
    title = _BEFORE_TITLE.sub("", title).replace("的", "")
    title = _SESSION.sub("", re.sub("一名|一位", "", title))
    if title.startswith("女") and title[1:] in persons.titles():
        title = title[1:]
    if body is None:
        title = _OWNER.sub("", title)
    if body is None or body.type == "Region":
        village = _VILLAGE.match(title)
        employer, rest = _split_employer(words, text)
        if village is not None:
            name, at = village[1], words[-1].end - len(title)
            body = Mention(at, at + len(name), "PartyOrgan" if "党" in name else "Organization", name, name=name)
            title = title[len(name) :]
        elif employer is not None:
            body, title = employer, rest
    return Segment(body, title, words[0].start, named)


def _unnamed_employer(words: Sequence[Token], text: str) -> Mention | None:
    """Return a firm that was not recognised as one, in the words before its own committee: 某某特钢党委."""
    if not words or words[-1].mention is not None:
        return None
    return _firm(text, words[0].start, words[-1].end)


def _split_employer(words: Sequence[Token], text: str) -> tuple[Mention | None, str]:
    """Return a firm that was not recognised as one, and the title behind: 某某重机高级技师."""
    start, end = words[0].start, words[-1].end
    phrase = text[start:end]
    title = _titles().longest(phrase)
    employer = _employers().search(phrase[: -len(title)]) if title else None
    if employer is None or employer.end() < 4 or phrase[employer.end() :].startswith(tuple("科处室股")):
        return None, ""  # 职业能力建设科科长
    return _firm(text, start, start + employer.end()), phrase[employer.end() :]


def _firm(text: str, start: int, end: int) -> Mention:
    name = text[start:end]
    type_ = "School" if re.search("(?:学院|学校|大学|中学|小学|技校)$", name) else "Enterprise"
    type_ = "Organization" if re.search("(?:医院|协会|研究院|研究所|中心)$", name) else type_
    return Mention(start, end, type_, name, name=name)


def _valid(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments, from the last one that is no post on."""
    kept: list[Segment] = []
    for segment in segments:
        if segment.former or (endings("callings").end(segment.title) and not _posts().end(segment.title)):
            continue
        if not segment.title or not _is_title(segment) or len(segment.title) > 20:
            kept.clear()
        else:
            kept.append(segment)
    return kept


def _is_title(segment: Segment) -> bool:
    """Whether a segment ends in a title, a listed one or a trade at the employer named with it."""
    if _titles().end(segment.title):
        return True
    if UNIT_TRADE.fullmatch(segment.title):
        return True
    trade = segment.body is not None and segment.body.type in EMPLOYERS
    return trade and _TRADE.fullmatch(segment.title) is not None and not _NO_TRADE.search(segment.title)
