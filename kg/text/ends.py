"""Where the run of an article's lines begins and ends exactly, once it is found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import furniture, signs
from kg.text.lines import HEADING_TAGS, SENTENCE, Line
from kg.text.title import overlap

_DAY = re.compile(r"\d{1,2}[-/.月]\d{1,2}|来\s?源|\d:\d{2}")
_FARTHEST = 40  # lines below an article among which its editors stand
_FEW_LINES = 2
_HEADLINES = 3  # lines that make a list
_LONGEST_HEADLINE = 30  # Chinese characters
_REMARK = 50  # Chinese characters above a headline that are no article
_SHARED = 0.35  # share of a headline's pairs of characters that an article on something else has
_LONGEST_RECORD = 30  # lines between a letter and its answer
_SHORT_REMARK = 16  # Chinese characters


def ended(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Return the run with what stands above its editors and the letter it answers, without headlines at its ends."""
    last = _up_to_end(lines, first, last)
    first, last = _without_headlines(lines, first, last)
    last = _without_remains(lines, first, last)
    return _with_letter(lines, first, last), last


def _up_to_end(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the last line with what stands above the names of the editors, sentences among it, nothing against it."""
    found, told = last, False
    for index in range(last + 1, min(last + 1 + _FARTHEST, len(lines)) if first <= last else 0):
        line = lines[index]
        if told and furniture.ends_article(line.text):
            return found
        if line.opens is not None or line.section is not None or line.source.region < 0 or line.source.link >= 0.5:
            break
        if line.hint is None:
            found, told = index, told or (line.final and line.chinese >= SENTENCE)
        elif line.score < -0.5 and signs.han(line.text):
            break  # but for captions and what shows no word
    return last


def _without_headlines(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Return the run without headlines of other articles at its ends: questions and calls that sound like sentences.

    What stands above a headline with its date is no beginning either.
    """
    text = "\n".join(line.text for line in lines[first : last + 1] if line.chinese > _LONGEST_HEADLINE)
    above = _headlines(lines, range(first, last + 1), text)
    below = _headlines(lines, range(last, first - 1, -1), text)
    if above + below > last - first:
        return first, last
    first, last = first + above, last - below
    for index in range(first + 1, min(first + 1 + _FEW_LINES, last)):
        line, following = lines[index], lines[index + 1]
        headed = line.hint is None and not line.final and 6 <= line.chinese <= _LONGEST_HEADLINE
        if headed and following.hint is BlockKind.META and _DAY.search(following.text):
            if sum(other.chinese for other in lines[first:index]) <= _REMARK:
                first = index
            break
    return first, last


def _headlines(lines: Sequence[Line], order: range, text: str) -> int:
    """Return how many headlines stand at an end of a run, in the order given; 0 where they may be of the text."""
    count, found = 0, 0
    shared = 0.0
    for index in order:
        line = lines[index]
        calls = line.text.endswith(("？", "?", "！", "!"))
        if line.chinese > _LONGEST_HEADLINE or line.chinese < 4 or (line.final and not calls) or line.hint is not None:
            break
        if signs.ITEM.match(line.text) or signs.SPEAKER.match(line.text) or line.text.endswith(("：", "，", "；")):
            break
        count, shared = count + 1, shared + overlap(line.text, text)
        if calls and count >= _HEADLINES and shared < _SHARED * count:
            found = count
    return found


def _without_remains(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the last line without one or two short lines below the last sentence that end nothing: no signature."""
    at = last
    while at > first and last - at < _FEW_LINES and _may_remain(lines[at]):
        at -= 1
    kept = at == last or not (lines[at].final and lines[at].hint is None and lines[at].chinese >= SENTENCE)
    return last if kept else at


def _may_remain(line: Line) -> bool:
    text = line.text
    if line.final or line.table >= 0 or line.hint is not None or not line.source.tag or line.source.tag in HEADING_TAGS:
        return False
    if line.chinese > _SHORT_REMARK or text.endswith(("：", ":", "，", "；", "、")):
        return False
    signs_of_text = (
        signs.SIGNATORY,
        signs.SIGNING_DATE,
        signs.ITEM,
        signs.ATTACHMENT,
        signs.MEMBER,
        signs.OFFICIAL,
        signs.DATE,
        signs.SPEAKER,
        signs.NUMBER_ALONE,
        signs.APPENDIX,
        signs.PERSON_AFTER_POST,
        signs.ADDS,
    )
    return not any(pattern.search(text) for pattern in signs_of_text)


def _with_letter(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the first line of the letter that an answer answers, beyond the record of who handled it."""
    for label in range(first - 1, max(-1, first - 1 - _LONGEST_RECORD), -1):
        if not furniture.heads_letter(lines[label].text) or lines[label + 1].hint is not None or first > last:
            continue
        end = label + 1
        while end < first and lines[end].hint is None and lines[end].section is None:
            end += 1
        while end > label + 1 and not lines[end - 1].final:
            end -= 1
        if end > label + 1:
            for line in lines[end:first]:
                line.hint = line.hint or BlockKind.FURNITURE
            return label + 1
    return first
