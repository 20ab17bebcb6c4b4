"""What stands above an article and its reports: title, kicker, subtitle, headings of short reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import furniture, signs
from kg.text.lines import HEADING_TAGS, SENTENCE, Line
from kg.text.title import BULLETS, names_site, overlap, same_title

_CLOCK = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?\s?\d{1,2}:\d{2}")
_BUTTONS = 6  # Chinese characters: fewer than a row of navigation has
_LONGEST_CARD = 60  # characters
_LEAST_NUMBER = 6  # digits of a number by which a site files its pages
_PART_OF_TITLE = re.compile(
    r"^[\u4e00-\u9fff]{0,12}[〔\[（(](?:19|20)\d{2}[〕\])）]\s?(?:第\s?)?\d{1,5}\s?号$|^会议纪要$"
)


def head_short_reports(lines: Sequence[Line], kinds: list[BlockKind], title: int, first: int, last: int) -> None:
    """Name the headings of short reports: bare names of two or three characters, and the one above the first report."""
    bare = [
        index
        for index in range(max(title + 1, first - 1), last)
        if lines[index].hint is None
        and lines[index].table < 0
        and 2 <= lines[index].chinese == len(lines[index].text) <= 3
        and lines[index + 1].final
        and lines[index + 1].chinese >= SENTENCE
    ]
    if len(bare) >= 2:
        for index in bare:
            kinds[index] = BlockKind.HEADING
    if not 0 <= title < first - 1:
        return
    # The first report is headed by as many lines as those that follow.
    heads = _short_above(lines, first, title)
    others = [len(_short_above(lines, index, first)) for index in range(first + 1, last + 1)]
    if len(heads) > 1 and others.count(len(heads)) >= 2:
        for index in heads:
            kinds[index] = BlockKind.HEADING
        return
    above = first - 1
    line = lines[above]
    like = [
        other
        for other, kind in zip(lines[first : last + 1], kinds[first : last + 1], strict=True)
        if kind is BlockKind.HEADING and ("：" in other.text[:8]) == ("：" in line.text[:8])
    ]
    plain = line.hint is None and line.source.region >= 0 and line.source.link < 0.5
    if plain and like and not line.final and 2 <= line.chinese <= 24 and lines[first].final:
        kinds[above] = BlockKind.HEADING


def _short_above(lines: Sequence[Line], index: int, least: int) -> range:
    """Return the short lines between `least` and the paragraph at `index` that stand right above it."""
    at = index
    while lines[index].final and at - 1 > least:
        line = lines[at - 1]
        plain = line.hint is None and line.table < 0 and line.source.region >= 0 and line.source.link < 0.5
        if not plain or line.final or not 2 <= line.chinese <= 30:
            break
        at -= 1
    return range(at, index)


def crown(lines: Sequence[Line], kinds: list[BlockKind], title: int, first: int, last: int) -> None:
    """Name the title, what belongs to it, and its repetitions."""
    kinds[title] = BlockKind.TITLE
    top = lines[title]
    for index, line in enumerate(lines):
        told = first <= index <= last and line.text.endswith(("：", ":", "。"))  # a sentence that begins with it
        if index != title and not told and not title < first + 2 < index <= last and same_title(line.text, top.text):
            kinds[index] = BlockKind.FURNITURE
    # Between the title and the first paragraph: a subtitle, or whom a document is addressed to.
    for index in range(title + 1, first):
        line = lines[index]
        said_of_page = len(line.text) <= _LONGEST_CARD and (signs.CARD_LINE.match(line.text) or names_site(line.text))
        if line.hint is None and (signs.HELD.match(line.text) or signs.TAKES_PART.match(line.text)):
            kinds[index] = BlockKind.PARAGRAPH  # when a talk was held, and with whom
            continue
        if index == title + 1 and _headed_alike(top, line):
            kinds[index] = BlockKind.HEADING
            continue
        if line.hint is BlockKind.META or said_of_page or signs.NAME_AND_DAY.match(line.text):
            kinds[index] = BlockKind.META
        if said_of_page or kinds[index] is not BlockKind.FURNITURE or line.hint is not None or line.source.region < 0:
            continue
        if _goes_on(top, line):
            kinds[index] = BlockKind.HEADING
            continue
        if line.table >= 0:
            continue
        if index == title + 1 and _is_account(lines[index : index + 4]):
            continue
        # A subtitle with its dash, and below it who speaks.
        dashed = line.text.startswith(("——", "──"))
        spoken = lines[index - 1].text.startswith("——") and signs.PERSON_AFTER_POST.match(line.text)
        if 6 <= line.chinese <= 60 and (dashed or spoken):
            kinds[index] = BlockKind.HEADING
            continue
        # A subtitle in another language stands right below the title.
        foreign = line.chinese == 0 and sum(map(str.isalpha, line.text)) >= 15 and index == title + 1
        if (
            (foreign or 6 <= line.chinese <= 60 or _PART_OF_TITLE.match(line.text))
            and (index == title + 1 or signs.OFFICIAL.search(line.text))
            and _adjacent(lines, index)
        ):
            kinds[index] = BlockKind.HEADING
    # A line right above it, without a gap, is its kicker.
    if 0 < title <= first:
        line = lines[title - 1]
        if _begins(line, top) or (line.hint is not None and _headed_alike(top, line)):
            kinds[title - 1] = BlockKind.HEADING
            return
        listed = line.section is BlockKind.TEASER  # in a list above, as far as its look tells
        if (
            _stands_with(line, top)
            and line.hint is None
            and line.chinese >= 8
            and sum(map(str.isdigit, line.text)) < _LEAST_NUMBER
            and line.field == top.field - 1
            and (kinds[title - 1] is BlockKind.FURNITURE or listed)
            and not line.text.endswith("。")
            and line.text[0] not in BULLETS
            and not _among_headlines(lines, title - 1)
            and not same_title(line.text, top.text)
            and line.text not in top.text  # what the title is about, as a box above names it
            and not _letterhead(line.text, top.text)
            and (
                (title > 1 and _leads_to_text(lines[title - 2]) and not listed and not _beats(lines, title - 2))
                or overlap(line.text, "\n".join(other.text for other in lines[first : last + 1])) >= 0.2
            )
        ):
            kinds[title - 1] = BlockKind.HEADING


def _goes_on(title: Line, line: Line) -> bool:
    """Tell whether a line is the rest of a title that its element breaks in two."""
    return title.source.tag in HEADING_TAGS and title.source.within[:1] == line.source.within[:1]


def _headed_alike(title: Line, line: Line) -> bool:
    """Tell whether a line is a heading right beside the title, whatever word of sites stands in it."""
    headings = title.source.tag in HEADING_TAGS and line.source.tag in HEADING_TAGS
    beside = title.source.within[1:2] == line.source.within[1:2] and line.opens is None and line.section is None
    furnished = line.hint in {None, BlockKind.FURNITURE} and line.source.link < 0.5 and line.source.region >= 0
    return (
        headings and beside and furnished and 6 <= line.chinese <= 60 and not furniture.is_made_of_furniture(line.text)
    )


def _stands_with(line: Line, title: Line) -> bool:
    """Tell whether a line stands in one box with the title: in markup, as plain text beside it or a row above."""
    if not line.source.tag:
        return True
    beside = set(line.source.within[1:3]) & set(title.source.within[1:3])
    return bool(beside) and line.source.link < 0.5 and line.source.region >= 0 and not line.final


def _beats(lines: Sequence[Line], index: int) -> bool:
    """Tell whether dates or numbers part headlines above a line: a list."""
    return (
        index >= 2 and lines[index - 2].hint is lines[index].hint and lines[index - 1].hint in {None, BlockKind.TEASER}
    )


def _among_headlines(lines: Sequence[Line], index: int) -> bool:
    """Tell whether two more headlines stand right above a line."""
    above = lines[max(0, index - 2) : index]
    return len(above) == 2 and all(
        line.hint in {None, BlockKind.TEASER}
        and not line.final
        and line.chinese >= 6
        and _stands_with(line, lines[index])
        for line in above
    )


def _leads_to_text(line: Line) -> bool:
    """Tell whether the text begins below a line: a newspaper's masthead, the way to the page."""
    if line.hint is BlockKind.FURNITURE and line.chinese <= _BUTTONS:
        return True
    if line.hint is BlockKind.META or signs.PAGE_NUMBER.match(line.text) or signs.SHEET.search(line.text):
        return True
    return line.hint is not None and any(pattern.match(line.text) for pattern in (signs.TRAIL, signs.TRAIL_TO_TEXT))


def _is_account(lines: Sequence[Line]) -> bool:
    """Tell whether the first line is who put the page up, above the time."""
    if len(lines[0].text) > 14 or "，" in lines[0].text or lines[0].source.tag in HEADING_TAGS:
        return False
    return any(
        len(line.text) <= _LONGEST_CARD and not line.final and _CLOCK.search(line.text) is not None
        for line in lines[1:]
    )


def _begins(line: Line, title: Line) -> bool:
    """Tell whether a line is the first of a title in two: a body, then 关于…的决定."""
    return (
        line.hint is None
        and line.chinese == len(line.text.replace(" ", "")) >= 4
        and signs.SIGNATORY.search(line.text) is not None
        and title.text.startswith(("关于", "印发"))
        and title.field <= line.field + 1
    )


def _letterhead(text: str, title: str) -> bool:
    """Tell whether a line above a title names who speaks and does not begin it: 甲市总工会 above 关于…的通知 does."""
    if signs.LETTERHEAD.search(text):
        return True
    return signs.SIGNATORY.search(text) is not None and not title.startswith(("关于", "印发"))


def _adjacent(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    return (
        bool(line.source.tag) or signs.HEADING.match(line.text) is not None or line.field <= lines[index - 1].field + 2
    )
