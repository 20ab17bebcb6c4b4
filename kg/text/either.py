"""Lines that an article and a site may both hold, told by where they stand: whom to ask, steps, headings.

A notice says whom to call and where to go, a guide has its readers log in and scan a code, and its sections may be
called what sites call theirs. Words alone cannot tell such a line from a site's; its neighbours can.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from kg.model import BlockKind
from kg.text import furniture, signs
from kg.text.lines import LONG_LINE, SENTENCE, Line
from kg.text.vocabulary import sections

_LONGEST_CONTACT = 60  # characters
_LONGEST_HEADING = 20  # Chinese characters
_LONG = 30  # Chinese characters of a paragraph
_FOOT_BELOW = 3  # lines below an address among which a copyright line makes it the site's
_FOOT = re.compile(
    r"版权所有|Copyright|©|ICP[备证]|备案|公网安备|网站标识码|技术支持|All Rights|"
    r"^[\W_]{0,3}(?:主办|承办|运行维护|维护)(?:单位)?[:：]",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"{signs.ITEM.pattern}|^0\d[\s.、/|｜]?(?![年月日版期号时点分])[\u4e00-\u9fff]|^第[一二三四五六七八九十\d]{{1,2}}步[:：\s]|"
    r"^(?:方式|步骤|途径|渠道)[一二三四五六七八九十\d]{1,2}[:：\s]|"
    r"^(?:线[上下]|现场|网上|掌上|电话)(?:申[报请领]|报名|办理|咨询)?[:：]"
)
# Where an article speaks of it, it says whom to call.
_ASKS = re.compile(
    r"报名|咨询|申[请报领]|办理|公示|征集|[应招]聘|投票|拨打|来电|联系|受理|反映|领取|预约|求助|参赛|选聘|遴选"
)
_FOR_ASKERS = re.compile(r"^[\W_]{0,3}(?:(?:政策|业务|报名)?咨询|报名|申[报领]|预约)(?:电话|热线|方式)")
_ASKED = 12  # lines above
_STEP = re.compile(
    r"^(?:0\d[\s.、/|｜]?(?![年月日版期号时点分])[\u4e00-\u9fff]|第[一二三四五六七八九十\d]{1,2}步[:：\s])"
)
_HEADS = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])")
_ANSWERED = re.compile(r"^[\W_]{0,2}[问答]\s?[:：]")
# A site's own lines say so.
_SITES = re.compile(
    r"新闻热线|报料|爆料|投稿|广告|发行|值班|客服|本[报站网刊台]|编辑|总机|"
    r"违法和不良|不良信息|侵权|网站|纠错|来\s?源|作\s?者|浏览|点击|阅读|版权"
)
_POSTED_TO = re.compile(r"地址.*邮编|邮编.*地址")  # of the site, unless a signature stands below
_APPENDED = frozenset(sections("furniture")["appended"])
# A section of a bulletin is called what a site calls its own.
_TOPIC = re.compile(r"^[\u4e00-\u9fff]{2,6}(?:动态|要闻|快讯|简讯|短讯|信息|公开|交流|服务|概况|数据|政策|解读)$")
_COUNTED = re.compile(r"^\d{1,2}$")


@functools.cache
def _contact() -> re.Pattern[str]:
    names = "|".join(r"\s?".join(map(re.escape, name)) for name in sections("furniture")["contacts"])
    return re.compile(
        rf"^[\W_]{{0,3}}(?:\d{{1,2}}[.、])?(?:{names}|[\u4e00-\u9fff]{{0,6}}(?:电话|热线))"
        r"(?:[（(][^（）()]{1,12}[)）])?\s?[:：]\s?\S"
    )


def assess_either(lines: Sequence[Line]) -> None:
    """Take back what words alone said of a line that stands among paragraphs."""
    for index, line in enumerate(lines):
        if line.hint is None and _counts(line) and _goes_on(lines[index + 1] if index + 1 < len(lines) else None):
            line.score = max(line.score, 0.0)
        if (
            (line.hint is None and not (_is_contact(line) and not line.final))
            or line.table >= 0
            or line.source.link >= 0.5
            or line.source.region < 0
        ):
            continue
        above = lines[index - 1] if index else None
        below = lines[index + 1] if index + 1 < len(lines) else None
        if _belongs(
            line, above, below, lines[max(0, index - _ASKED) : index], lines[index + 1 : index + 1 + _FOOT_BELOW]
        ):
            line.hint = line.opens = None
            line.score = max(line.score, 0.3 if not line.final else 1.0)
    _assess_counted(lines)
    _assess_cards(lines)


def _assess_cards(lines: Sequence[Line]) -> None:
    """Tell the fields of a document's index card above the text, each with what it says."""
    for line in lines:
        if (line.final and line.chinese >= SENTENCE // 2) or signs.ITEM.match(line.text):
            break
        if line.hint is None and not line.final and signs.CARD_LINE.match(line.text) and line.text[0] not in "标名":
            line.hint, line.score = BlockKind.META, -1.2


def _belongs(
    line: Line, above: Line | None, below: Line | None, before: Sequence[Line], behind: Sequence[Line]
) -> bool:
    if _is_contact(line):
        if _POSTED_TO.search(line.text) and not any(signs.SIGNING_DATE.match(other.text) for other in behind):
            return False
        asked = _FOR_ASKERS.match(line.text) or any(
            _ASKS.search(other.text[:LONG_LINE]) for other in before if other.hint is None
        )
        return bool(asked) and _holds(above) and not any(_FOOT.search(other.text) for other in behind)
    if heads_appended(line):
        return _appends(above, behind)
    if line.hint is BlockKind.FURNITURE and _TOPIC.match(line.text):
        return _long(above) and _long(below)
    if _numbers(line):
        return _tells(below) or (_holds(above) and (_HEADS.match(line.text) is not None or _goes_on(below)))
    if not line.final or not _may_tell(line):
        return False
    # A sentence that breaks off, a paragraph with an address on the net or a word of sites in it.
    if line.chinese >= _LONG and _long(above) and _long(below):
        return True
    one = line.chinese >= SENTENCE and signs.furniture(line.text[:LONG_LINE]) == 1
    return one and not furniture.invites(line.text, line.chinese) and _plain(above) and _goes_on(below)


def heads_appended(line: Line) -> bool:
    """Tell whether a line may head what the article's author adds: 新闻链接, 名词解释."""
    return line.text.strip("【】[]■◆●▲▶►>：: ") in _APPENDED


def _appends(above: Line | None, behind: Sequence[Line]) -> bool:
    """Tell whether what the article's author adds stands below: a paragraph, or a question; no headlines."""
    if not _tells(above) or not behind:
        return False
    below = behind[0]
    if _long(below) or _ANSWERED.match(below.text):
        return True
    # Its own heading stands above the paragraph.
    headed = len(behind) > 1 and _plain(below) and not below.final and 4 <= below.chinese <= _LONGEST_HEADING
    dated = len(behind) > 2 and behind[2].hint is BlockKind.META and signs.DATE.search(behind[2].text)
    return headed and _long(behind[1]) and not dated


def _is_contact(line: Line) -> bool:
    if len(line.text) > _LONGEST_CONTACT or ("：" not in line.text and ":" not in line.text):
        return False
    return _contact().match(line.text) is not None and not _SITES.search(line.text)


def _numbers(line: Line) -> bool:
    text = line.text
    numbered = _NUMBERED.match(text) or _ANSWERED.match(text)
    return (
        numbered is not None
        and not signs.SMALL_PRINT.search(text)
        and not furniture.is_of_contents(text)
        and not furniture.is_file(text)
    )


def _may_tell(line: Line) -> bool:
    """Tell whether nothing but an unfinished end or a word of sites makes a paragraph look like furniture."""
    text = line.text[:LONG_LINE]
    return (
        line.hint in {BlockKind.FURNITURE, BlockKind.TEASER}
        and line.opens is None
        and not line.source.pictured
        and line.source.tag != "figcaption"
        and not signs.SMALL_PRINT.search(text)
        and not signs.CAPTION.match(text)
        and not furniture.is_picture_credit(text)
        and not furniture.is_filler(text)
        and not furniture.is_script(text)
    )


def _holds(line: Line | None) -> bool:
    """Tell whether a line is of the article, as far as it can be told by itself."""
    if line is None or line.hint is not None or line.source.link >= 0.5 or line.source.region < 0:
        return False
    return line.final or line.table >= 0 or signs.ITEM.match(line.text) is not None or _is_contact(line)


def _counts(line: Line) -> bool:
    """Tell whether a line without a stop counts a section or a step: 01 怎么报名, 第一步：打开小程序."""
    return not line.final and not line.source.link and _STEP.match(line.text) is not None


def _goes_on(line: Line | None) -> bool:
    """Tell whether a line may be of the article as well."""
    return line is None or _plain(line) or _numbers(line) or _is_contact(line)


def _plain(line: Line | None) -> bool:
    return line is not None and line.hint is None and line.source.link < 0.5 and line.source.region >= 0


def _tells(line: Line | None) -> bool:
    return line is not None and line.hint is None and line.final and line.chinese >= SENTENCE // 2


def _states(line: Line) -> bool:
    return _tells(line) and line.text.endswith("。")


def _long(line: Line | None) -> bool:
    return line is not None and line.strong


def _assess_counted(lines: Sequence[Line]) -> None:
    """Raise bare figures that count the sections of an article: 1, 2, 3, each above a sentence."""
    counted = [
        index
        for index, (line, below) in enumerate(pairwise(lines))
        if _COUNTED.match(line.text) and below.hint is None and below.chinese and line.source.link < 0.5
    ]
    first = next((at for at, index in enumerate(counted) if lines[index].text.lstrip("0") == "1"), -1)
    if first < 0:
        return
    chain = [counted[first]]
    for index in counted[first + 1 :]:
        if int(lines[index].text) == len(chain) + 1 and any(map(_states, lines[chain[-1] : index])):
            chain.append(index)
    if len(chain) >= 2:
        for index in chain:
            lines[index].hint, lines[index].score = None, 0.1
