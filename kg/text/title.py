"""Finding the headline of an article among the lines above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.model import BlockKind
from kg.text import signs
from kg.text.lines import Line

_LOOK_BACK = 60  # lines above the article among which its title may stand
_LEAST = 0.7
_LABELLED = 12  # Chinese characters: 门派：无门无派
BULLETS = "●■◆▪·►▶○□"
"""Marks before the items of a list."""
_SHORT = 8  # Chinese characters
_LOOK_NEAR = 6  # lines above the text
_NEAR = 4  # lines above the text
_DOCUMENT = re.compile(
    r"关于.{2,60}的(?:[\u4e00-\u9fff]{2,4})?(?:通知|决定|意见|公告|公示|通报|报告|方案|办法|函|批复|通告)$|第\s?\d{1,4}\s?期[)）]?$"
)
_SITE = re.compile(
    r"^[\u4e00-\u9fff·]{2,8}(?:网|报|社|新闻|发布|在线|客户端|频道|电视台|论坛|社区|之窗|头条|号|吧|平台|观察|融媒)$"
)
_OUTLET = re.compile(
    r"^[\u4e00-\u9fff·“”]{2,12}(?:网|[日晚晨早商时周]报|工人报|都市报|通讯社|新闻社|客户端|频道|电视台|广播电台|融媒体中心|融媒|公众号|微信号|官微|杂志社?)$"
)
_PARTS = re.compile(rf"\s|{signs.SEPARATED.pattern}")
_TITLE_BELOW = re.compile(r"^(?:信件|来信|留言|诉求|咨询|提问|帖子|文章)?标\s*题[:：]?$")
_POSTED_FROM = re.compile(r"\d{1,2}:\d{2}\s?来自")  # below who posted
_BODY = 6_000  # characters of the article that a title is compared with


def find_title(lines: Sequence[Line], first: int, last: int, page_title: str = "") -> int:
    """Return the index of the headline, or -1.

    Args:
        lines: All lines of the page.
        first: The first line of the article.
        last: The last one.
        page_title: What the head of the markup calls the page.
    """
    body = "\n".join(line.text[:_BODY] for line in lines[first : last + 1] if line.strong or line.score > 0)[:_BODY]
    best, found = _LEAST, -1
    sections = sum(1 for line in lines[first : last + 1] if line.text.startswith("【"))
    headed = sum(
        1
        for above, line, below in zip(
            lines[first:last], lines[first + 1 : last], lines[first + 2 : last + 1], strict=False
        )
        if above.final and below.final and not line.final and line.hint is None and 4 <= line.chinese <= 24
    )
    for index in range(max(0, first - _LOOK_BACK), min(first + 3, last + 1)):
        line = lines[index]
        if index > first and (lines[index - 1].final or lines[index - 1].chinese > 45):
            break
        if index >= first and (line.chinese > 45 or (line.final and not line.text.endswith(("?", "？", "!", "！")))):
            break
        above_date = index < first and index + 1 < len(lines) and _is_dated(lines[index + 1])
        if line.text.startswith("【") and sections > 0 and not above_date:
            continue
        if line.chinese <= _SHORT and index + 1 < len(lines) and _POSTED_FROM.search(lines[index + 1].text):
            continue
        score = _likeness(line, body.replace(line.text, "") if index >= first else body, page_title)
        # Repeated above or below the article; what comes again within it is the running head of printed pages.
        if any(
            _attached(other.text, line.text) for other in (*lines[: first + 1], *lines[last + 1 :]) if other is not line
        ):
            score += 1.2
        if any(_attached(line.text, other.text) for other in lines if len(other.text) < len(line.text)):
            score -= 0.8  # it is the title with something attached
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is not None and following.text.startswith(("——", "--", "──")):
            score += 1.5
        if following is not None and following.hint is BlockKind.META and index < first:
            score += 0.9
        if index and _TITLE_BELOW.match(lines[index - 1].text):
            score += 2.0
        between = lines[index + 1 : first]
        if index >= first and _headed_above(lines[max(0, first - _LOOK_NEAR) : first]):
            score -= 1.0  # below a date stands the text
        if index < first and line.chinese >= _SHORT and _names_account(lines[index + 1 : first]):
            score += 0.7
        labelled = signs.SPEAKER.match(line.text) is not None and line.chinese < _LABELLED
        account = len(line.text) == line.chinese <= _SHORT and _stands_below_title(lines, index)
        plain = line.chinese >= 6 and not (line.source.tag or labelled or account or names_site(line.text))
        if plain and index < first and all(other.hint for other in between) and any(map(_is_dated, between[:1])):
            score += 0.8  # nothing but its date stands between it and the text
        elif account and following is not None and _is_dated(following):
            score -= 0.6
        if index and lines[index - 1].opens is not None and any(_may_head(other) for other in between):
            score -= 1.5  # the first of a list
        score -= sum(0.12 if other.hint is None and other.chinese > 4 else 0.04 for other in between)
        if index == 0 and not line.source.tag:
            score += 0.4
        if headed and found >= 0 and following is not None and following.final:
            score -= 2.0  # one of the headings, rather than the title above them all
        # Of two that are alike the later one stands nearer to the article.
        if score >= best:
            best, found = score, index
    if found < 0:
        found = _alone_above(lines, first)
    return found if found >= 0 else _short_above(lines, first)


def _alone_above(lines: Sequence[Line], first: int) -> int:
    """Return the index of the one line that may be a headline between the navigation and the text, or -1."""
    for index in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        line = lines[index]
        if line.hint is not None:
            continue
        plain = line.section is None and line.opens is None and line.source.region >= 0 and line.source.link < 0.5
        fits = 4 <= line.chinese <= 45 and not line.text.endswith(("。", "；", "：", ":"))
        between_others = index == 0 or lines[index - 1].hint is not None
        return index if plain and fits and between_others and not _SITE.match(line.text) else -1
    return -1


def _short_above(lines: Sequence[Line], first: int) -> int:
    """Return the index of a word that stands where headlines do, above its subtitle or its date, or -1."""
    for index in range(max(0, first - _NEAR), first):
        line = lines[index]
        plain = line.hint is None and line.section is None and line.source.link < 0.5 and line.source.region >= 0
        if not plain or not 2 <= line.chinese <= 3 or line.chinese != len(line.text):
            continue
        below = lines[index + 1 : first]
        if below and (below[0].text.startswith(("——", "──")) or _is_dated(below[0]) or _names_account(below)):
            return index
    return -1


def _stands_below_title(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a headline stands right above a line, and that is none of a list."""
    if not index or lines[index - 1].hint is not None or not _may_head(lines[index - 1]):
        return False
    above = lines[max(0, index - 3) : index - 1]
    return not any(other.hint in {None, BlockKind.TEASER} and not other.final and other.chinese >= 6 for other in above)


def _headed_above(lines: Sequence[Line]) -> bool:
    """Tell whether a headline stands above a date here."""
    dated = [at for at, line in enumerate(lines) if _is_dated(line)]
    return bool(dated) and any(map(_may_head, lines[: dated[-1]]))


def _names_account(lines: Sequence[Line]) -> bool:
    """Tell whether who put a page up stands here, above the date."""
    if not lines or lines[0].hint is not None or lines[0].final or lines[0].chinese > _SHORT:
        return False
    return any(map(_is_dated, lines[1:4])) and all(line.hint is not None for line in lines[1:])


def _is_dated(line: Line) -> bool:
    dated = signs.DATE.search(line.text) or signs.TIME_OF_DAY.search(line.text)
    return line.hint is BlockKind.META and dated is not None


def _may_head(line: Line) -> bool:
    return line.hint is None and not line.final and line.chinese >= 8


def _likeness(line: Line, body: str, page_title: str) -> float:
    text = line.text
    if (
        line.table >= 0
        or line.chinese < 4
        or len(text) > 90
        or (line.final and line.chinese > 40)
        or text.startswith(("——", "--", "•"))
        or (signs.CARD_LINE.match(text) and not text.startswith(("标", "名")))
    ):
        return -9.0
    if line.section is not None and text[0] in BULLETS:
        return -9.0
    if line.hint in {BlockKind.META, BlockKind.REPLY} or line.opens is not None:
        return -9.0
    score = 2.2 * overlap(text, body)
    if line.hint is not None:
        score -= 2.0
    if line.source.tag == "h1":
        score += 1.5
    elif line.source.tag in {"h2", "h3"}:
        score += 0.6
    if page_title:
        score += 1.5 * overlap(text, page_title) if line.chinese >= 6 else 0.0
    if signs.LABELLED_TITLE.match(text):
        score += 1.5
    if _DOCUMENT.search(text):
        score += 1.0
    if signs.SIGNATORY.search(text) and line.chinese <= 12:
        score -= 1.0  # the name of a body
    if text.endswith(("？", "?")) and line.chinese >= 8:
        score += 0.5  # what is asked
    if _SITE.match(text):
        score -= 1.5
    if signs.ISSUE_OF_JOURNAL.search(text):
        score -= 2.5
    if text.endswith(("。", "；", ";", "，", ",", "：", ":")):
        score -= 1.2
    if signs.ITEM.match(text):
        score -= 1.0
    if line.chinese >= 8:
        score += 0.6
    if line.chinese < 6 or max(signs.han(part) for part in _PARTS.split(text)) < 6:
        score -= 0.6
    if line.source.region < 0:
        score -= 0.4
    return score


def _attached(text: str, title: str) -> bool:
    """Tell whether a line is the title, at most with a site's name or a category before or behind it."""
    return (text.startswith(title) or text.endswith(title)) and same_title(text, title)


def names_site(text: str) -> bool:
    """Tell whether a line is the name of an outlet: 江岸日报客户端."""
    return _OUTLET.match(text) is not None


def overlap(text: str, body: str) -> float:
    """Return the share of the pairs of Chinese characters of `text` that also stand in `body`.

    >>> overlap("产改见效", "产改工作见效")
    0.6666666666666666
    """
    characters = signs.HAN.findall(text)
    pairs = {first + second for first, second in pairwise(characters)}
    return sum(pair in body for pair in pairs) / len(pairs) if pairs else 0.0


def same_title(text: str, title: str) -> bool:
    """Tell whether a line repeats the title, at most with the site's name or a category attached."""
    if not 6 <= len(title) <= len(text) + 2 or len(text) > len(title) + 24:
        return False
    bare = "".join(signs.HAN.findall(title))
    return len(bare) >= 6 and bare in "".join(signs.HAN.findall(text))
