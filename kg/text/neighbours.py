"""What the lines above and below say about a line."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import furniture, signs
from kg.text.lines import Line

_NAMES = re.compile(r"^[\u4e00-\u9fff·]{2,4}(?:[\s、，,]{1,3}[\u4e00-\u9fff·]{2,4})+$")
_BOX = re.compile(r"^附件\s?[:：]?$")
_ANNEX = re.compile(r"^\d{1,2}[.．、]\s?[^。；]{2,60}$")
_SENT_IN = re.compile(
    r"^[（(][\u4e00-\u9fff、]{2,20}(?:工会|[局委办厅部院校台网报社科处室厂]|中心|公司|集团)(?:\s[\u4e00-\u9fff]{2,4}){0,2}[)）]$"
)
# Whose article an account passes on; its name stands again below.
_PASSED_ON = re.compile(r"^以下(?:文章|内容)来源于\s?([^，。]{2,20}?)\s?(?:[，,]\s?作者\s?\S{1,16})?$")
_REMARK = re.compile(r"^[（(][^（）()]{8,}[)）]$")
_LEAST_COLUMNS = 3
_LONGEST_CELL = 12  # characters
_LONGEST_CAPTION = 40  # Chinese characters
_SUBLIST = 3  # lines
_ISSUE = re.compile(r"^[（(]?(?:\d{4}年)?第\s?\d{1,4}\s?期\s?(?:[（(]总第?\s?\d{1,5}\s?期[)）])?[)）]?$")


def assess_running_heads(lines: Sequence[Line]) -> None:
    """Tell the heads and feet of printed pages: lines that come again, and at least once beside a page's number."""
    times = Counter(line.text for line in lines if len(line.text) <= 40)
    beside = {
        neighbour.text
        for line, following in itertools.pairwise(lines)
        for number, neighbour in ((line, following), (following, line))
        if len(number.text) <= 40
        and signs.PAGE_NUMBER.match(number.text)
        and not neighbour.final
        and not signs.SPEAKS.match(neighbour.text)
    }
    seen: set[str] = set()
    for line in lines:
        if line.text in beside and times[line.text] >= 2 and line.table < 0:
            if line.text in seen:
                line.hint, line.score = BlockKind.FURNITURE, 0.0
            seen.add(line.text)  # the first may be the title itself


def assess_neighbours(lines: Sequence[Line]) -> None:
    """Tell excerpts, cards, signatures and what an article names by the lines beside them."""
    attached: set[str] = set()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        # Who runs the site, at its foot.
        if signs.RUN_BY.match(line.text) and (following is None or following.hint is BlockKind.FURNITURE):
            line.hint, line.score = BlockKind.FURNITURE, -3.0
        if following is None:
            break
        # An excerpt of another article is cut off and stands above its date.
        if (
            line.hint is None
            and not line.final
            and following.hint is BlockKind.META
            and signs.DATE_ONLY.match(following.text)
            and not signs.SIGNING_DATE.match(following.text)
            and index > 0
            and (line.chinese >= 25 or _dated_list(lines, index))
        ):
            line.hint, line.score = BlockKind.TEASER, -2.5
        # The card of an official document: names of its fields, each above its value.
        labelled = not following.final and following.chinese <= 60 and not _announces(following)
        if signs.CARD_LABEL.match(line.text) and labelled:
            following.hint = following.hint or BlockKind.META
            following.score = min(following.score, -1.2)
        # A row of a table holds a label and what it says.
        if line.hint is BlockKind.META and following.chinese <= 60 and _labels(line, following):
            following.hint = following.hint or BlockKind.META
            following.score = min(following.score, -1.2)
        # Whose article an account passes on, and the name again.
        if passed := _PASSED_ON.match(line.text):
            line.hint, line.score = BlockKind.META, -1.2
            if following.text.rstrip(" .．。") == passed[1]:
                following.hint, following.score = BlockKind.META, -1.2
        # What stands below the word 广告, in markup within the same box.
        if (
            furniture.is_advert(line.text)
            and len(line.text) <= 6
            and not following.final
            and following.hint is None
            and not _announces(following)
            and (not line.source.tag or line.source.container in following.source.within)
        ):
            following.hint, following.score = BlockKind.TEASER, -2.5
        # The head of a bulletin: its name, its issue, who issues it and when.
        if _ISSUE.match(line.text):
            line.hint, line.score = BlockKind.META, -1.2
            if following.hint is None and not following.final and signs.DATE.search(following.text):
                following.hint, following.score = BlockKind.META, -1.2
            if (
                index
                and lines[index - 1].hint is None
                and not lines[index - 1].final
                and len(lines[index - 1].text) <= 16
            ):
                lines[index - 1].hint, lines[index - 1].score = BlockKind.META, -1.2
        # Who signs, and when; the title may have said who.
        if signs.SIGNING_DATE.match(following.text) and line.hint is None:
            if line.chinese <= 40 and signs.SIGNATORY.search(line.text):
                line.score = max(line.score, 0.6)
                following.hint, following.score = None, 0.8
            elif signs.ENTERS_INTO_FORCE.search(line.text):
                following.hint, following.score = None, 0.8
        above = lines[index - 1] if index else None
        if signs.CONTACT.match(line.text) and above is not None and above.final and above.hint is None:
            line.hint, line.score = None, 0.6
        # A button, a player or a row of stars between two lines of an article does not part them.
        if (
            line.hint is BlockKind.FURNITURE
            and line.opens is None
            and index > 0
            and lines[index - 1].hint is None
            and line.source.region >= 0
        ):
            if not any(map(str.isalnum, line.text)) and following.hint is None:
                line.score = max(line.score, -0.3)
            elif lines[index - 1].final and (following.strong or _sections(following)):
                line.score = max(line.score, -1.0)
        # The abstract of a paper, above its keywords.
        if signs.SUMMARY.match(line.text) and signs.APPARATUS.match(following.text):
            line.hint, line.score = None, 1.0
        # Who sent a report in, below it.
        if above is not None and above.final and above.hint is None and _SENT_IN.match(line.text):
            line.hint, line.score = BlockKind.META, -1.2
        if above is not None and above.final and above.hint is None and signs.ADDS.match(line.text):
            line.score = max(line.score, 0.6)
        # A picture's text in its stead, and again as its caption.
        if (
            line.text == following.text
            and line.hint is None
            and not line.final
            and 4 <= line.chinese <= _LONGEST_CAPTION
            and above is not None
            and above.final
            and above.hint is None
        ):
            for twin in (line, following):
                twin.hint, twin.score = BlockKind.FURNITURE, -0.3
        # Further annexes below the first.
        annex = signs.ATTACHMENT.match(line.text) or (line.score > 0 and _ANNEX.match(line.text) and above is not None)
        if annex and line.hint is None and following.hint is None and _ANNEX.match(following.text):
            following.score = max(following.score, 0.3)
        # What a document names as its attachment, and what then stands above it.
        if line.text in attached and line.hint is None:
            line.score = max(line.score, 0.8)
        named = signs.ATTACHMENT.match(line.text)
        if named:
            attached.add(named[1])


def _labels(line: Line, following: Line) -> bool:
    """Tell whether a line is the head of the cell that follows in its row."""
    heads = line.source.tag == "th" and following.source.tag == "td"
    return heads and line.source.within[1:2] == following.source.within[1:2]


def _announces(line: Line) -> bool:
    """Tell whether a line can be no headline: whom a notice addresses, what is as follows, a numbered section."""
    return line.text.endswith(("：", ":")) or signs.ITEM.match(line.text) is not None


def _sections(line: Line) -> bool:
    """Tell whether a line heads a numbered section."""
    return line.hint is None and not line.final and signs.ITEM.match(line.text) is not None


def _dated_list(lines: Sequence[Line], index: int) -> bool:
    """Tell whether bare dates stand above and below: a list of titles with their dates."""
    above = lines[max(0, index - 3) : index]
    return any(signs.DATE_ONLY.match(line.text) for line in above)


def assess_listed(lines: Sequence[Line]) -> None:
    """Raise the members of lists that the article announces, and what heads them."""
    listing = False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.final or line.hint is not None:
            listing = False
        if line.hint is None and _BOX.match(line.text) and not _is_appended(following):
            line.hint, line.score = BlockKind.FURNITURE, -3.0
        elif line.hint is None and (signs.ANNOUNCES.search(line.text) or signs.ITEM.match(line.text)):
            listing = True
            if following is not None and signs.ANNOUNCES.search(line.text) and signs.MEMBER.match(following.text):
                line.score = max(line.score, 0.2)
        elif signs.APPENDIX.match(line.text):
            line.score = max(line.score, 0.2)
        elif listing and line.hint is None and not line.source.link:
            if _is_member(line):
                line.score = max(line.score, 0.3)
            elif (
                line.score < 0
                and line.chinese <= 24
                and (_REMARK.match(line.text) or _lists_on(lines[index + 1 : index + 1 + _SUBLIST]))
            ):
                line.score = max(line.score, 0.05 if line.chinese <= 16 else -0.15)


def assess_excerpts(lines: Sequence[Line]) -> None:
    """Tell headlines with excerpts that break off, by a second one that follows or by the date below."""
    cards = {index for index in range(len(lines) - 1) if _breaks_off(lines[index + 1]) and _heads_excerpt(lines[index])}
    for index in cards:
        below = lines[index + 2] if index + 2 < len(lines) else None
        dated = below is not None and below.hint is BlockKind.META and signs.DATE.search(below.text) is not None
        if dated or not cards.isdisjoint((index - 3, index - 2, index + 2, index + 3)):
            for line in lines[index : index + 2]:
                line.hint, line.score = BlockKind.TEASER, -2.5


def _heads_excerpt(line: Line) -> bool:
    return line.hint in {None, BlockKind.TEASER} and not line.final and 6 <= line.chinese <= 40


def _breaks_off(line: Line) -> bool:
    return (
        line.hint in {None, BlockKind.TEASER} and line.chinese >= 20 and signs.TRUNCATED.search(line.text) is not None
    )


def _lists_on(lines: Sequence[Line]) -> bool:
    """Tell whether members follow what may head a part of a list."""
    for line in lines:
        if line.hint is not None:
            return False
        if _is_member(line) or line.final or signs.ITEM.match(line.text):
            return True
    return False


def _is_member(line: Line) -> bool:
    """Tell whether a line is a member of a list: a body, names, or a row of a table."""
    row = line.text.split()
    tabular = len(row) >= _LEAST_COLUMNS and max(map(len, row)) <= _LONGEST_CELL
    return tabular or signs.MEMBER.match(line.text) is not None or _NAMES.match(line.text) is not None


def _is_appended(line: Line | None) -> bool:
    """Tell whether a line may be what stands below 附件; files to fetch stand in a box of the site."""
    return line is not None and line.hint is None and not furniture.is_file(line.text)


def assess_participants(lines: Sequence[Line]) -> None:
    """Raise the list of those who take part, above the record of a press conference or a meeting."""
    index, count = 0, len(lines)
    while index < count:
        named = [at for at in range(index, min(index + 4, count)) if signs.TAKES_PART.match(lines[at].text)]
        line = lines[index]
        spoken = named == [index + 1] and signs.HELD.match(line.text) is not None  # a talk with one guest
        if (len(named) < 2 and not spoken) or not (named[0] == index or signs.HELD.match(line.text)):
            index += 1
            continue
        while index < count and _takes_part(lines[index]):
            lines[index].hint, lines[index].opens = None, None
            lines[index].score = max(lines[index].score, 0.4)
            index += 1
        index += 1


def _takes_part(line: Line) -> bool:
    return not line.source.link and any(
        pattern.match(line.text)
        for pattern in (signs.TAKES_PART, signs.HELD, signs.PERSON_AFTER_POST, signs.PERSON_BEFORE_POST)
    )
