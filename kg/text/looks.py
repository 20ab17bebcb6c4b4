"""How much a line looks like part of an article by itself."""

from __future__ import annotations

import re

from kg.model import BlockKind
from kg.text import furniture, signs
from kg.text.lines import LONG_LINE, Line

# Who wrote, and in which month, in brackets below a title.
_SIGNED = re.compile(r"^[（(][^（）()。，]{2,24}?\s?(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?[)）]$")
_SHORT_YEAR = re.compile(r"^[0-3]\d-\d{2}-\d{2} ?\d{1,2}:\d{2}(?::\d{2})?(?:\s\S{1,12})?$")
_LONGEST_CAPTION = 40  # Chinese characters
_LONGEST_END = 3  # Chinese characters: 全文完
_LONGEST_BUTTON = 8  # characters without a Chinese one: A- A A+, TOP
_LONGEST_SUMMARY = 300  # characters
_LONGEST_TITLE = 90  # characters
_SMALL_PRINT = 100  # characters of a line within which it says that it is small print
# Who wrote, behind the mark of a byline.
_MARKED_NAMES = re.compile(
    r"^(?:□\s?[\u4e00-\u9fff]{2,4}|[■●◆◎]\s?[\u4e00-\u9fff]{2,3}\s[\u4e00-\u9fff]{2,3})(?:\s[\u4e00-\u9fff]{2,4}){0,3}$"
)
# Who wrote and for which account, below the headline of a post.
_ORIGINAL = re.compile(r"^原创(?:\s[^\s，。！？：；]{1,16}){1,3}$")
# One sentence that points to its picture.
_POINTS = re.compile(r"^[上下左右题]图[为:：][^。！？]{4,60}。?$")
# Where the author of a paper works.
_WORKPLACE = re.compile(r"^[（(][\u4e00-\u9fff][^（）()。]{3,60}[，,][^（）()，,。]{2,12}?\d{6}[)）]$")
# The day, the time, and who put a page up.
_POSTED_BY = re.compile(
    rf"^{signs.DATE.pattern}\s?(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s?[·|｜]?\s?[\u4e00-\u9fff]{{2,12}}$"
)
# Behind the date of a post: who wrote it, how many answered.
_POSTED = re.compile(r"\bby\b|作者|(?:留言|评论|阅读|浏览|点击|回复|点赞)")


def assess_alone(line: Line, away: float) -> None:
    """Score a line by itself; `away` is what an element that calls itself navigation takes off."""
    text = line.text[:LONG_LINE]
    region = line.source.region
    if line.table >= 0:
        if signs.CARD.match(text) or furniture.is_record(text):
            line.hint, line.score = BlockKind.META, -1.2
            return
        line.score = 1.5 + (region if region > 0 else away / 2 * region)
        return
    line.hint, line.opens = _look(line, text)
    if line.hint is not None:
        line.score = {BlockKind.META: -1.2, BlockKind.TEASER: -2.5}.get(line.hint, -3.0)
    else:
        line.score = _content(line, text)
    # These stand within articles.
    if len(text) <= 40 and signs.PAGE_NUMBER.match(text):
        line.score = 0.0
    elif signs.COPIES.match(text):
        line.score = -0.3  # annexes may follow
    elif line.hint in {BlockKind.FURNITURE, BlockKind.META} and _captions(line, text):
        line.score = -0.3
    line.score += 0.4 * region if region > 0 else away * region
    if line.source.tag == "figcaption":
        line.score -= 0.5


def _captions(line: Line, text: str) -> bool:
    """Tell whether a line belongs to a picture."""
    return (
        line.source.tag == "figcaption"
        or line.source.pictured
        or (len(text) <= 40 and signs.CREDIT.match(text) is not None)
        or signs.CAPTION.match(text) is not None
        or furniture.is_picture_credit(text)
    )


def _look(line: Line, text: str) -> tuple[BlockKind | None, BlockKind | None]:
    """Return what a line is by its own look, and what kind of list it heads."""
    chinese = line.chinese
    short = len(text) <= 150
    if len(text) <= _LONGEST_TITLE and signs.LABELLED_TITLE.match(text):
        return None, None
    if signs.OTHERS.match(text) and short and not line.final:
        neighbour = "一篇" in text[:5] or "一条" in text[:5] or len(text) > 24
        return (BlockKind.TEASER if neighbour else BlockKind.FURNITURE), BlockKind.TEASER
    if signs.REPLIES.match(text):
        return BlockKind.FURNITURE, BlockKind.REPLY
    kind = _furniture(line, text)
    if kind is not None:
        return kind
    if signs.DATE_ONLY.match(text):
        return BlockKind.META, None
    if (
        signs.NAME_AND_DATE.match(text)
        or signs.PLACE_OF_POST.match(text)
        or signs.CARD_LABEL.match(text)
        or (len(text) <= 24 and signs.RELATIVE.search(text))
    ):
        return BlockKind.META, None
    if len(text) <= _LONGEST_SUMMARY and signs.SUMMARY.match(text):
        return BlockKind.FURNITURE, None
    if len(text) <= _LONGEST_TITLE and signs.ORIGINAL_TITLE.match(text):
        return BlockKind.META, None
    if (signs.TRAIL.match(text) and not any(map(str.isdigit, text))) or (
        len(text) <= _LONGEST_TITLE and signs.TRAIL_TO_TEXT.match(text)
    ):
        return BlockKind.FURNITURE, None
    if signs.NUMBER_ALONE.match(text):
        return None, None
    if signs.PAGE_NUMBER.match(text) or (len(text) <= 40 and signs.CREDIT.match(text)):
        return BlockKind.FURNITURE, None
    if line.source.pictured and 4 <= chinese <= _LONGEST_CAPTION:
        return BlockKind.FURNITURE, None
    if chinese <= 60 and (
        line.source.tag == "figcaption" or (signs.CAPTION.match(text) and (not line.final or _POINTS.match(text)))
    ):
        return BlockKind.FURNITURE, None
    if signs.COPIES.match(text) or signs.APPARATUS.match(text):
        return BlockKind.META, None
    marks = signs.furniture(text[:_SMALL_PRINT])
    if (
        marks
        and marks * 30 >= 0.6 * max(chinese, 1)
        and not (line.final and chinese >= 25 and marks < 2 and not signs.SMALL_PRINT.search(text))
    ):
        return (BlockKind.META if _is_meta(line, text) else BlockKind.FURNITURE), None
    if _is_meta(line, text):
        return BlockKind.META, None
    if (
        signs.TRUNCATED.search(text)
        and (text.startswith((".", "…")) or "..." in text[-3:])
        and not text.startswith("……")
    ):
        return BlockKind.TEASER, None
    if not line.final and not signs.SENTENCE_END.search(text):
        parts = [part for part in signs.SEPARATED.split(text) if part.strip()]
        if len(parts) >= 3 and len(text) <= 12 * len(parts):
            return BlockKind.FURNITURE, None
    if line.source.link >= 0.6 and not (line.final and chinese >= 60):
        return (BlockKind.TEASER if chinese >= 8 else BlockKind.FURNITURE), None
    if chinese == 0 and (len(text) <= _LONGEST_BUTTON or not any(character.isalpha() for character in text)):
        return BlockKind.FURNITURE, None
    return None, None


def _furniture(line: Line, text: str) -> tuple[BlockKind, BlockKind | None] | None:
    """Return what a line is by its words alone, and what kind of list it heads; None where they say nothing."""
    chinese = line.chinese
    if _SHORT_YEAR.match(text):
        return BlockKind.META, None
    if chinese * 2 < len(text) and furniture.is_script(text):
        dated = signs.META.search(text) and signs.DATE.search(text)  # with a counter that was never filled in
        return (BlockKind.META if dated else BlockKind.FURNITURE), None
    if furniture.is_picture_credit(text) or furniture.is_filler(text) or furniture.is_of_contents(text):
        return BlockKind.FURNITURE, None
    if len(text) > 80:
        return None
    named = (_MARKED_NAMES, _SIGNED, _POSTED_BY, _ORIGINAL, _WORKPLACE)
    if furniture.is_copies(text) or any(pattern.match(text) for pattern in named):
        return BlockKind.META, None
    if not line.final:
        if furniture.heads_replies(text):
            return BlockKind.FURNITURE, BlockKind.REPLY
        if furniture.heads_list(text) or furniture.heads_notes(text):
            return BlockKind.FURNITURE, BlockKind.TEASER
        if furniture.is_label(text):
            return BlockKind.META, None
        if furniture.is_advert(text) or furniture.is_pager(text) or _is_box_of_file(text):
            return BlockKind.FURNITURE, None
        if furniture.is_menu(text):
            return BlockKind.FURNITURE, None
        if chinese >= 2 and furniture.is_made_of_furniture(text):
            dated = signs.DATE.search(text) or signs.TIME_OF_DAY.search(text)
            return (BlockKind.META if dated else BlockKind.FURNITURE), None
        if furniture.leads_on(text):
            return BlockKind.TEASER, None
        if chinese <= _LONGEST_END and furniture.ends_article(text):
            return BlockKind.FURNITURE, None
        if furniture.is_credit(text):
            return BlockKind.META, None
    if furniture.invites(text, chinese):
        return BlockKind.FURNITURE, None
    return None


def _is_box_of_file(text: str) -> bool:
    """Tell whether a line is a file to fetch, unless the article itself names it as its annex."""
    return furniture.is_file(text) and not text.startswith("附")


def _is_meta(line: Line, text: str) -> bool:
    if len(text) > 150 or (line.final and line.chinese > 30):
        return False
    labels = signs.META.findall(text)
    bracketed = text.strip("()（）【】[] ")
    if labels and not line.final:
        starts = signs.META.match(bracketed) is not None and line.chinese <= 40
        if len(labels) >= 2 or starts or (signs.DATE.search(text) and line.chinese <= 60):
            return True
    if len(text) <= 45 and (signs.BYLINE.match(text) or signs.SOURCE_LINE.match(text) or signs.SUPPLIED.match(text)):
        return True
    if not line.final and line.chinese <= 24 and len(text) <= 60 and signs.TIME_OF_DAY.search(text):
        return True
    dated = signs.DATE.search(text)
    if dated and not line.final and len(text) - len(dated.group()) <= 20 and ":" in text[dated.end() : dated.end() + 5]:
        return True
    if dated and dated.start() <= 2 and not line.final and len(text) <= 45 and _POSTED.search(text, dated.end()):
        return True
    # A masthead or an occasion, a date among a few words: 某报 2024年11月8日 第5版, （2025年1月16日，某会材料）.
    if not dated or line.final or line.chinese > 34:
        return False
    if "星期" in text or signs.SHEET.search(text):
        return True
    return len(text.split()) >= 2 or text[0] + text[-1] in {"()", "（）"}


def _content(line: Line, text: str) -> float:
    chinese = line.chinese
    if signs.NUMBER_ALONE.match(text):
        return -0.1
    commas = len(signs.COMMA.findall(text))
    if line.final:
        score = 0.8 + min(chinese, 110) / 40
        if chinese < 4 and not signs.SPEAKER.match(text):
            score = -0.3
    elif signs.SPEAKS.match(text):
        score = 0.3
    elif text.endswith((";", "；", ":", "：")) and chinese >= 4:
        score = 0.5 + min(chinese, 110) / 40
    elif chinese >= 50 and commas >= 2:
        score = 1.2
    elif chinese >= 24 and commas and signs.SENTENCE_END.search(text):
        score = 0.8  # its last stop was left out
    elif text.endswith("，") and chinese >= 2:
        score = -0.1  # broken within its sentence
    else:
        score = -0.6 if chinese >= 2 else -1.0
        score -= 0.15 * len(signs.SEPARATED.findall(text))
    if signs.ITEM.match(text):
        score += 0.6
    if signs.OFFICIAL.search(text) and chinese >= 3:
        score += 1.0
    marks = signs.furniture(text[:_SMALL_PRINT])
    return score - 0.7 * marks - 2.0 * line.source.link
