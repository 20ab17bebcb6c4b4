"""Lines that are furniture by their words: of navigation and services, headings of lists, roles with names, scripts.

The words are data (`data/furniture.txt`); here is how lines are made of them.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from kg.text import signs
from kg.text.vocabulary import sections

_LONGEST = 80  # characters of a line of such words
_LONGEST_INVITATION = 26  # Chinese characters
_LEAST_MENU = 4  # words
_LONGEST_PART = 4  # characters of the name of a part of a site

_PAGER = re.compile(r"^[（(\[]?第?\s?\d{1,3}\s?[/／]\s?共?\s?\d{1,3}\s?页?[)）\]]?$")
_ADVERT = re.compile(r"^[\[【(（]?(?:广告|推广|赞助(?:内容)?|AD)(?:[\]】)）|｜丨:：·]|$)")
_LEADS_ON = re.compile(
    r"(?:>>|»|›|→|[\[【(（](?:详细|查看|阅读|点击|更多)[^\]】)）]{0,8}[\]】)）])$|^(?:点击|戳)(?:查看|阅读|进入|观看)"
)
# What a script or a template left in the text.
_SCRIPT = re.compile(
    r"\bfunction\s*\w*\s*\(|\bdocument\.\w|\bwindow\.\w|\$\([\"'#.]|^\s*var\s+\w+\s*=|<!--|-->|\{\{.{0,60}\}\}|"
    r"^[.#@]?[\w\s.#:,>-]{1,60}\{[^}]*[:;][^}]*\}?|^\{\s*\"\w+\"\s*:|\);\s*\}?$|^\W*\}\s*[);]*$"
)
# What those who fill sites with others' texts put before and behind them.
_FILLER = re.compile(
    r"小编(?:就|对于|为(?:大家|您)|整理|关注|今天|来|给)|介绍到这|希望.{0,12}对(?:大家|[你您]|各位).{0,4}有(?:用|所?帮助)|"
    r"(?:一起|下面).{0,4}看看吧|以[上下](?:是|内容)由.{2,20}整理"
)
# A line of a table of contents.
_CONTENTS = re.compile(
    r"(?:[.．·…]\s?){4}\s?[(（]?\d{1,4}[)）]?$|^目\s?[录錄次]$|^(?:文章|本文|内容)?目录\s?[\[［【(（](?:隐藏|显示|展开|收起)[)）\]］】]$"
)
# A file to fetch, by its name.
_FILE = re.compile(
    r"^[^。，；]{1,60}\.(?:docx?|xlsx?|pdf|wps|et|ofd|pptx?|zip|rar|jpe?g|png|mp4)(?:\s?[（(].{1,16}[)）])?(?:\s?下载)?$",
    re.IGNORECASE,
)
# To whom a bulletin goes, and how many were printed.
_COPIES = re.compile(
    r"^[\u4e00-\u9fff（）()]{4,24}(?:主办|编印?|编发|编辑)\s?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$|"
    r"^(?:呈?报|呈?送|发|印发|抄报|抄送|呈报|主送)\s?[:：]\s?\S|^[（(]?共印\s?\d+\s?份[)）]?$"
)
_PICTURE_WORD = re.compile("[摄图照视封料发]")
_AGENCY = r"(?:视觉中国|东方IC|IC\s?photo|图虫创意?|摄图网|新华社|中新社|人民视觉|资料)"
_PICTURE = re.compile(
    r"(?:[\s/／]|(?:记者|通讯员)[\s\u4e00-\u9fff]{1,12})摄影?[)）]?$|"
    r"(?:供图|摄影报道|制图|图源[:：]?\S{2,16})(?:\s[\u4e00-\u9fff]{2,8}发?)?[)）]?[。]?$|"
    r"^[（(\[【]?(?:图片|照片|视频|配图|图|封面)(?:均)?(?:来自|来源|源自|由|为)[^。，]{2,30}[)）\]】]?$|"
    rf"(?:。\s?|\s){_AGENCY}(?:\s?(?:发|供图|资料|资料图片?|图))?$|[（(]{_AGENCY}\s?(?:发|供图|图片?)[)）]$|"
    r"[（(](?:视觉中国|人民视觉|东方IC|图虫创意?|摄图网)[)）]$|"
    r"[（(](?:视频|网络|网页|电视|报道)?(?:截图|图片|资料图片?)[)）]$|"
    r"^(?![^。]*。)[^，。：]{2,24}截图$|"
    r"[（(](?:图片?|照片|摄影?|供图|拍摄)\s?[:：/／|｜]\s?[^（）()。]{2,24}[)）]$|"
    r"。\s?[\u4e00-\u9fff·]{2,4}(?:\s[\u4e00-\u9fff]{2,4})?\s[/／]?图$|"
    r"^[（(]?[上下左右]?图[为是].{2,80}[（(][^（）()]{1,16}摄影?[)）]。?$"
)


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = sections("furniture")
    kinds, nouns, roles = (_any_of(words[name]) for name in ("list kinds", "list nouns", "roles"))
    phrases = _any_of(words["list phrases"])
    role = rf"(?:{roles})(?:[、/／·&]\s?(?:{roles}))*"
    return {
        "words": re.compile(_any_of(words["navigation"] + words["services"])),
        "tools": re.compile(_any_of(words["tools"])),
        "list": re.compile(
            rf"^[\W_]{{0,4}}(?:(?:{kinds})[的\s]?(?:(?:{kinds})[的\s]?){{0,2}}(?:{nouns}){{1,2}}|{phrases})"
            r"[\W_\d]{0,8}(?:更多|条|篇)?[\W_]{0,3}$"
        ),
        "list in English": re.compile(
            rf"^\W{{0,4}}(?:{_any_of(words['list phrases in English'])})\b.{{0,20}}$", re.IGNORECASE
        ),
        "credit": re.compile(
            rf"^[（(\[【■□◎●]?\s?{role}(?:\s?[|｜丨:：/／]\s?|\s)"
            rf"[^。！？]{{0,29}}[^。！？:：][)）\]】]?$"
        ),
        "label": re.compile(rf"^[\W_]{{0,3}}(?:{_any_of(words['labels'])})\s?(?:[\W_]{{0,3}}$|[:：|｜].{{0,30}}$)"),
        "letter": re.compile(rf"^[\W_]{{0,3}}(?:{_any_of(words['letters'])})[\W_]{{0,3}}$"),
        "answer": re.compile(rf"^[\W_]{{0,3}}(?:{_any_of(words['answers'])})[\W_]{{0,3}}$"),
        "note": re.compile(rf"^[\W_]{{0,3}}(?:{_any_of(words['notes below'])})[\W_\d]{{0,6}}$"),
        "replies": re.compile(
            rf"^[\W_]{{0,4}}(?:(?:{_any_of(words['reply heads'])})[\W_\d]{{0,8}}(?:条|[（(].{{0,30}}[)）])?|"
            r"共?\s?\d{1,6}\s?[条个则]\s?(?:评论|留言|回复|回应)|Leave a (?:Reply|comment).{0,20}|Comments?|"
            r"(?:\d{1,4}|One) (?:thoughts?|comments?|responses?|replies) (?:on|to)\b.{0,80})[\W_]{0,3}$",
            re.IGNORECASE,
        ),
        "invitation": re.compile(_any_of(words["invitations"] + words["adverts"])),
        "end": re.compile(
            rf"^[（(\[【■□◎●]?\s?(?:{_any_of(words['editors'])})(?:\s?[|｜丨:：/／]\s?|\s)\S|"
            r"^[\W_]*(?:END|The End|完|全文完|正文完|本文完|未完待续)[\W_]*$|^以上(?:就是|是).{2,60}(?:内容|介绍|全部)",
            re.IGNORECASE,
        ),
    }


def is_made_of_furniture(text: str) -> bool:
    """Tell whether a line consists of words of navigation and services, figures and marks alone.

    >>> is_made_of_furniture("收藏 | 评论(6) | 分享到：微信好友"), is_made_of_furniture("评论员说")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    rest, count = _patterns()["words"].subn(" ", text)
    return count > 0 and signs.han(rest) == 0 and not any(map(str.isalpha, rest))


def is_menu(text: str) -> bool:
    """Tell whether a line is a row of short words, half of them or more the names of a site's parts.

    >>> is_menu("首页 论坛 聚焦 部落 更多"), is_menu("中级工 高级工 技师 高级技师")
    (True, False)
    """
    row = text.split() if len(text) <= _LONGEST else []
    if len(row) < _LEAST_MENU or max(map(len, row)) > _LONGEST_PART:
        return False
    return 2 * sum(1 for word in row if _patterns()["words"].fullmatch(word)) >= len(row)


def is_record(text: str) -> bool:
    """Tell whether a table is the record that an office keeps of a letter: labels, each with what it says.

    >>> is_record("信件编号 0417 来信时间 2022-11-03 20:15"), is_record("姓名 单位 工种")
    (True, False)
    """
    cells = text.split()
    labels = [bool(_patterns()["label"].match(cell)) for cell in cells[:_LONGEST]]
    beside = any(map(all, pairwise(labels)))  # the head of a table of names has no value beside a label
    return len(labels) >= 4 and labels[0] and not beside and 4 * sum(labels) >= len(labels) and sum(labels) >= 2


def is_tool(text: str) -> bool:
    """Tell whether a line is made of what is done with an article: its size, printing it, hearing it.

    >>> is_tool("放大 缩小 默认"), is_tool("分享到：")
    (True, False)
    """
    rest, count = _patterns()["tools"].subn(" ", text)
    return count >= 2 and len(text) <= 40 and signs.han(rest) == 0


def heads_list(text: str) -> bool:
    """Tell whether a line heads a list of other articles.

    >>> [heads_list(text) for text in ("▼ 更多精彩内容 ▼", "Latest from 江岸发布", "相关部门负责人介绍")]
    [True, True, False]
    """
    patterns = _patterns()
    return len(text) <= 40 and (patterns["list"].match(text) or patterns["list in English"].match(text)) is not None


def is_advert(text: str) -> bool:
    """Tell whether a line calls itself an advertisement."""
    return _ADVERT.match(text) is not None


def leads_on(text: str) -> bool:
    """Tell whether a line asks to follow it."""
    return _LEADS_ON.search(text) is not None


def is_script(text: str) -> bool:
    """Tell whether a line is code, or a template that was never filled.

    >>> is_script('window.config={"a":1}'), is_script("阅读：{{ count }} 次"), is_script("比例为4:3；{略}")
    (True, True, False)
    """
    return _SCRIPT.search(text) is not None


def is_credit(text: str) -> bool:
    """Tell whether a line names who made an article, by role.

    >>> is_credit("版式设计 | 小新"), is_credit("编辑：小满 二审：郝建"), is_credit("主持人 石岩：")
    (True, True, False)
    """
    return len(text) <= 60 and _patterns()["credit"].match(text) is not None


def is_picture_credit(text: str) -> bool:
    """Tell whether a line is the caption of a picture, by who took it."""
    return len(text) <= 120 and _PICTURE_WORD.search(text[-30:]) is not None and _PICTURE.search(text) is not None


def is_copies(text: str) -> bool:
    """Tell whether a line says to whom a bulletin goes."""
    return _COPIES.match(text) is not None


def is_pager(text: str) -> bool:
    """Tell whether a line turns the pages of an article."""
    return _PAGER.match(text) is not None


def invites(text: str, chinese: int) -> bool:
    """Tell whether a short line asks its readers for something."""
    return chinese <= _LONGEST_INVITATION and _patterns()["invitation"].search(text) is not None


def heads_replies(text: str) -> bool:
    """Tell whether a line heads what readers say.

    >>> heads_replies("精彩评论（12）"), heads_replies("共 3 条评论"), heads_replies("评论员文章")
    (True, True, False)
    """
    return len(text) <= 100 and _patterns()["replies"].match(text) is not None


def is_label(text: str) -> bool:
    """Tell whether a line is a label of a form or a record: 来信内容： or 办理单位：区人社局."""
    return _patterns()["label"].match(text) is not None


def heads_letter(text: str) -> bool:
    """Tell whether a line is the label of what somebody wrote to an office: 来信内容：."""
    return len(text) <= 20 and _patterns()["letter"].match(text) is not None


def heads_answer(text: str) -> bool:
    """Tell whether a line is the label of what an office answered: 答复信息."""
    return len(text) <= 20 and _patterns()["answer"].match(text) is not None


def heads_notes(text: str) -> bool:
    """Tell whether a line heads what a site keeps below its articles: rules for readers, common questions, sources."""
    return _patterns()["note"].match(text) is not None


def ends_article(text: str) -> bool:
    """Tell whether a line stands behind an article: who edited it, or that it ends.

    >>> ends_article("责任编辑：小满"), ends_article("—END—"), ends_article("编辑部的一天")
    (True, True, False)
    """
    return len(text) <= 80 and _patterns()["end"].match(text) is not None


def is_filler(text: str) -> bool:
    """Tell whether a line speaks of the text rather than for it: 小编为大家整理了以下内容."""
    return len(text) <= 120 and _FILLER.search(text) is not None


def is_of_contents(text: str) -> bool:
    """Tell whether a line belongs to a table of contents."""
    return len(text) <= 80 and _CONTENTS.search(text) is not None


def is_file(text: str) -> bool:
    """Tell whether a line is the name of a file to fetch.

    >>> is_file("申报表.docx"), is_file("附件：申报表")
    (True, False)
    """
    return len(text) <= 80 and _FILE.match(text) is not None
