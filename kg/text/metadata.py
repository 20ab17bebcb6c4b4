"""Title, date, outlet and writers of an article, from its meta lines, its text's ends and the page's head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.lexicon.persons import surnames
from kg.model import BlockKind
from kg.text import signs

_NUMERALS = {character: str(digit) for digit, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "0": "0",
    "零": "0",
}
_FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_CHINESE_DATE = re.compile(
    r"([二一][〇○0零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_PUBLISHED_LABEL = re.compile(
    r"(?:发布|发表|发稿|发文|刊发|成文)(?:(?:时间|日期|于)[:：]?|[:：]|(?=\s?\d{4}))|(?:时间|日期)[:：]"
)
# When something else happened, with its label.
_OTHER_DATE = re.compile(
    r"(?:快照|采集|收录|抓取|注册|登录|截至|访问|截止|置顶)[^\d]{0,8}"
    r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]?[\d:]*"
)
_UPDATED = re.compile(r"更新(?:时间|日期|于)?[:：]?\s?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]?[\d:]*")
_DECLARED_DATES = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "publishtime",
    "publish-date",
    "publication_date",
    "datepublished",
    "og:release_date",
    "dc.date",
    "dc.date.issued",
    "weibo: article:create_at",
)
_DECLARED_SOURCES = ("contentsource", "source", "article:source", "og:article:source", "mediaid")
_DECLARED_AUTHORS = ("article:author", "author", "og:article:author")

_SOURCE = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容)?来\s?源|稿源|(?:本文|文章)?转自|原载|摘自)\s?[:：于]\s?"
    r"([^\s|｜丨,，。;；)）\]】]{2,30}(?: [^\s|｜丨:：]{2,12}(?=[|｜丨)）]|$))?)"
)
# An outlet beside a date, with nothing to say so.
_OUTLET = re.compile(
    r"(?:^|[\s|｜丨·\d])([\u4e00-\u9fff]{2,10}?"
    r"(?:日报|晚报|晨报|时报|商报|导报|客户端|融媒体中心|融媒体?|电视台|发布|新闻网|网|通讯社|周刊))"
    r"(?=$|[\s|｜丨·\d]|第\s?[A-Z]?\d|记者)"
)
# The outlet that a page's head names behind the title.
_OUTLET_OF_PAGE = re.compile(
    r"[-_|｜—–]\s?([\u4e00-\u9fff]{2,10}(?:日报|晚报|晨报|时报|商报|导报|新闻网|网|总工会)(?:网站)?)\s*$"
)
_REPORTS = re.compile(
    r"^([\u4e00-\u9fff]{2,8}(?:网|社|报|日报|晚报|晨报))(?:[\u4e00-\u9fff]{2,6})?(?:\d{1,2}月\d{1,2}日)?(?:电|讯|消息)"
)
_LABEL_AT_END = re.compile(
    r"(?:作者|记者|编辑|责任编辑|责编|举报|订阅|收藏|打印|时间|日期|发布(?=[时日:：])|发表(?=[时日:：])|浏览|阅读|点击|字号|类别|栏目).*$"
)

_NO_SOURCE = frozenset(["本站原创", "原创", "网络", "互联网", "未知", "不详", "转载", "佚名"])

_NAME = r"(?!记者|通讯员|实习生|作者|摄影|编辑|责编|校对|发自|来源)[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})?"
_ROLE = (
    r"(?:(?:全媒体|融媒体?|见习|实习|特约|首席|驻[\u4e00-\u9fff]{1,4})?(?:记者|通讯员|实习生|特约撰稿人?|撰稿人?)|"
    r"作者|文字|图文|撰文|供稿|(?<![\u4e00-\u9fff])文(?=[\s:：/|丨])(?![/:：丨|]?\s?[\u4e00-\u9fff]{0,4}(?:记者|通讯员)))"
)
_WRITERS = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|本报|本网|本刊|本台|网|报|社|台|客户端|新闻|频道|全媒体){_ROLE}[\s:：/|丨]{{0,3}}{_NAME}"
)
_MORE_WRITERS = re.compile(rf"{_ROLE}[\s:：/|丨]{{0,3}}({_NAME}(?:[\s、,，]{{1,3}}{_NAME}){{0,8}})")
_NOT_A_NAME = re.compile(
    r"授权|禁止|转载|原创|录入|编号|佚名|点击|阅读|浏览|责任|审核|校对|发布|字号|分享|办公|管理|中心|局|委|会$|院$|记者|通讯员|作者|摄影|报道|发自|获悉|了解|采访|编辑|来源|时间|日期|本报|本网|从|在|说|问|的|组|部|站|网|报$|社$|提问|介绍|专访|表示|奖励|回帖|楼主|发表"
)
# A list of names on a meta line ends where other words go on.
_WRITERS_ALONE = re.compile(
    rf"{_ROLE}[\s:：/|丨]{{0,3}}({_NAME}(?:[\s、,，]{{1,3}}{_NAME}){{0,8}})(?:(?![\u4e00-\u9fff])|(?=报道|摄|文|图))"
)
# Those who took part without writing.
_OTHERS = re.compile(
    r"(?:责任编辑|责编|美编|编辑|校对|审核|审校|初审|复审|终审|监制|制作|摄影|图)[\s:：/|丨]{1,3}"
    rf"{_NAME}(?:[\s、,，]{{1,3}}{_NAME}){{0,8}}"
)
_BYLINE_SPAN = re.compile(r"[（(]([^（）()]{2,80})[)）]")
_OPENING = 90  # characters of the first paragraph in which a byline may stand
_MASTHEAD = re.compile(r"日[^\n]{0,12}第?\s?[A-Z]?\d{1,2}\s?版")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about the article as a whole."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()


def read_metadata(
    blocks: Sequence[tuple[BlockKind, str]], page_title: str = "", declared: Iterable[tuple[str, str]] = ()
) -> Metadata:
    """Read what a page says about its article.

    Args:
        blocks: Kinds and clean texts of its blocks, in order.
        page_title: What the head of the markup calls the page.
        declared: Names and contents of the head's meta elements.
    """
    head = dict(reversed([(name, content) for name, content in declared]))
    above, below = _meta_lines(blocks)
    return Metadata(
        title=_title(blocks, page_title),
        published=_published(blocks, above, below, head),
        publisher=_publisher(blocks, above, below, head, page_title),
        authors=_authors(blocks, above, below, head),
    )


def iso_date(text: str) -> str | None:
    """Return the first full date of `text` as `YYYY-MM-DD`, or None where it has none that exists.

    >>> iso_date("发布时间:2024年1月25日"), iso_date("二〇二三年十二月五日"), iso_date("2024-13-45")
    ('2024-01-25', '2023-12-05', None)
    """
    for match in _FULL_DATE.finditer(text):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            continue
    numerals = _CHINESE_DATE.search(text)
    if numerals:
        try:
            year = int("".join(_NUMERALS[character] for character in numerals[1]))
            return date(year, _below_hundred(numerals[2]), _below_hundred(numerals[3])).isoformat()
        except ValueError:
            return None
    return None


def _below_hundred(numeral: str) -> int:
    if "十" not in numeral:
        return int("".join(_NUMERALS[character] for character in numeral))
    tens, _, ones = numeral.partition("十")
    return 10 * int(_NUMERALS.get(tens, "1")) + int(_NUMERALS.get(ones, "0"))


def _meta_lines(blocks: Sequence[tuple[BlockKind, str]]) -> tuple[list[str], list[str]]:
    """Return the meta lines above the article's text, nearest first, and those in it and below it."""
    body = [index for index, (kind, _) in enumerate(blocks) if kind in {BlockKind.PARAGRAPH, BlockKind.TABLE}]
    first = body[0] if body else len(blocks)
    above = [text for kind, text in blocks[:first] if kind is BlockKind.META]
    below = [text for kind, text in blocks[first:] if kind is BlockKind.META]
    return above[::-1], below


def _title(blocks: Sequence[tuple[BlockKind, str]], page_title: str) -> str | None:
    for kind, text in blocks:
        if kind is BlockKind.TITLE:
            return signs.LABELLED_TITLE.sub("", text.lstrip("# ")).strip() or None
    # Behind the last mark of this kind, a head's title names the site.
    bare = re.split(r"\s*(?:_|\s[-–—|｜]\s|[|｜])\s*(?=[^_|｜]{2,20}$)", page_title.strip())[0].strip()
    return bare if signs.han(bare) >= 4 and any(kind is BlockKind.PARAGRAPH for kind, _ in blocks) else None


def _published(
    blocks: Sequence[tuple[BlockKind, str]], above: list[str], below: list[str], head: dict[str, str]
) -> str | None:
    above = [_OTHER_DATE.sub(" ", text) for text in above]
    usable = [_UPDATED.sub(" ", text) for text in above]
    labelled = [text for text in usable if _PUBLISHED_LABEL.search(text)]
    for text in (*labelled, *usable, *above):
        found = iso_date(_from_label(text))
        if found:
            return found
    for name in _DECLARED_DATES:
        found = iso_date(head.get(name, ""))
        if found:
            return found
    # The masthead of a newspaper dates its article, also where it is a line of links to other pages of the issue.
    for kind, text in blocks:
        if kind is BlockKind.PARAGRAPH:
            break
        found = iso_date(text) if _MASTHEAD.search(text) else None
        if found:
            return found
    # Below the text a date counts where it is labelled, or signs the document.
    for text in below:
        text = _UPDATED.sub(" ", _OTHER_DATE.sub(" ", text))
        if _PUBLISHED_LABEL.search(text):
            found = iso_date(_from_label(text))
            if found:
                return found
    body = [text for kind, text in blocks if kind is BlockKind.PARAGRAPH]
    for text in reversed(body):
        if signs.SIGNING_DATE.match(text):
            return iso_date(text)
    return None


def _from_label(text: str) -> str:
    match = re.search(r"发布(?:时间|日期)|发表(?:时间|日期|于)", text)
    return text[match.start() :] if match else text


def _publisher(
    blocks: Sequence[tuple[BlockKind, str]], above: list[str], below: list[str], head: dict[str, str], page_title: str
) -> str | None:
    candidates: list[str] = []
    for text in (*above, *below):
        for match in _SOURCE.finditer(text):
            name = _LABEL_AT_END.sub("", signs.DATE.split(match[1])[0]).strip(' :：[]【】()（）"“”')
            if 2 <= len(name) <= 24 and name not in _NO_SOURCE:
                # What a page says it was taken from outweighs the portal that shows it.
                rank = 0 if "转自" in match.group() else 1
                candidates.append(f"{rank}{name}")
    if candidates:
        return min(candidates, key=lambda item: item[0])[1:]
    for text in above:
        outlet = _OUTLET.search(text) if signs.DATE.search(text) or signs.TIME_OF_DAY.search(text) else None
        if outlet:
            return outlet[1]
    for name in _DECLARED_SOURCES:
        if signs.han(head.get(name, "")) >= 2:
            return head[name].strip()[:24]
    body = [text for kind, text in blocks if kind is BlockKind.PARAGRAPH]
    opening = _REPORTS.match(body[0]) if body else None
    if opening and opening[1] != "本报":
        return opening[1]
    named = _OUTLET_OF_PAGE.search(page_title[-60:])
    return named[1] if named else None


def _authors(
    blocks: Sequence[tuple[BlockKind, str]], above: list[str], below: list[str], head: dict[str, str]
) -> tuple[str, ...]:
    body = [text for kind, text in blocks if kind is BlockKind.PARAGRAPH]
    found: dict[str, None] = {}
    for line in (*reversed(above), *below):
        for match in _WRITERS_ALONE.finditer(_OTHERS.sub(" ", line)):
            for name in _names(match[1]):
                found.setdefault(name)
    places: list[str] = []
    if body:
        places.append(body[0][:_OPENING])
        places += [match[1] for match in _BYLINE_SPAN.finditer(body[-1][-100:])]
    for place in places:
        place = _OTHERS.sub(" ", place)
        first = _WRITERS.search(place)
        if first is None:
            continue
        for more in _MORE_WRITERS.finditer(place, first.start()):
            for name in _names(more[1]):
                found.setdefault(name)
    if not found:
        for key in _DECLARED_AUTHORS:
            value = head.get(key, "").strip()
            if re.fullmatch(_NAME, value) and not _NOT_A_NAME.search(value) and 2 <= len(value) <= 4:
                found.setdefault(value)
    return tuple(found)


def _names(text: str) -> list[str]:
    """Return the names of a list; a surname and a given name that stand apart belong together."""
    parts = [part for part in re.split(r"[\s、,，]+", text) if part]
    names: list[str] = []
    index = 0
    while index < len(parts):
        part = parts[index]
        if _NOT_A_NAME.search(part):
            break
        if len(part) == 1 and index + 1 < len(parts) and len(parts[index + 1]) == 1:
            part += parts[index + 1]
            index += 1
        # Names of three and more characters need no surname: not all peoples have one.
        if "·" in part or 3 <= len(part) <= 4 or (len(part) == 2 and part[0] in surnames(rare=True)):
            names.append(part)
        index += 1
    return names
