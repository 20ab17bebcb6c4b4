"""Lists of other articles and of comments: where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import furniture, signs
from kg.text.lines import SENTENCE, Line

_LEAST_BODY = 60  # Chinese characters that make an article to which a list may belong
_NAMED = re.compile(r"[:：]\s?[^:：]{6,}$")
_BEHIND = 2.5  # taken off lines behind the names of the editors


def assess_sections(lines: Sequence[Line]) -> None:
    """Lower what stands in a list of other articles or of comments, until paragraphs follow one another again."""
    section: BlockKind | None = None
    extent = 0  # number of the element that holds the list
    told = False  # whether there has been anything to comment on
    paragraphs = 0
    body = 0  # Chinese characters of sentences that stand in no list
    over = False
    for index, line in enumerate(lines):
        told = told or (line.final and line.score > 0)
        line.score -= _BEHIND if over else 0.0
        paragraphs += line.strong
        over = over or (paragraphs >= 2 and furniture.ends_article(line.text))
        if line.opens is BlockKind.REPLY and not told:
            continue  # 评论 in a navigation
        if line.opens is BlockKind.TEASER and _complete(lines, index):
            continue
        if line.opens is not None and line.source.region >= 0:
            section, extent = line.opens, _extent(lines, index)
            continue
        if section is BlockKind.TEASER and body < _LEAST_BODY and furniture.is_tool(line.text):
            section = None  # what a reader does with an article stands beside it
        if section is None:
            body += line.chinese if line.final and line.hint is None else 0
            continue
        # 评论 above the first paragraph is a button.
        enough = 3 if section is BlockKind.REPLY else 2
        if line.source.region > 0 or (section is BlockKind.REPLY and body < _LEAST_BODY):
            enough = 1
        first = body < _LEAST_BODY and section is BlockKind.TEASER and _tells(lines, index)
        if first or (line.strong and _paragraphs(lines[index : index + 4]) >= enough):
            section = None
            body += line.chinese
            _give_back(lines, index)
            continue
        if line.source.tag and extent and extent not in line.source.within:
            section = None  # another part of the page
            continue
        line.score -= 2.5
        line.section = section


def _paragraphs(lines: Sequence[Line]) -> int:
    """Return how many paragraphs follow one another here; between excerpts stand headlines and dates."""
    count = 0
    for line in lines:
        if line.strong and not signs.SPEAKER.match(line.text):
            count += 1
        elif line.hint is not BlockKind.FURNITURE and not (line.hint is None and signs.HEADING.match(line.text)):
            break
    return count


def _tells(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a sentence stands here that belongs to no excerpt: lists above an article hold headlines."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    return (
        (line.final or line.text.endswith(("：", ":")))
        and line.hint is None
        and line.chinese >= SENTENCE
        and line.source.link < 0.5
        and not signs.TRUNCATED.search(line.text)
        and not (following is not None and (following.hint is BlockKind.TEASER or _dates(following)))
        and not _heads_below(lines[index + 1 : index + 3])
    )


def _heads_below(lines: Sequence[Line]) -> bool:
    """Tell whether a headline and its date stand here: the article, or the next excerpt, begins below."""
    if len(lines) < 2 or lines[0].hint is not None or lines[0].final:
        return False
    return 6 <= lines[0].chinese <= 45 and _dates(lines[1])


def _complete(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line names the only other article itself, and the text goes on: 相关阅读：…."""
    if index + 1 == len(lines) or _NAMED.search(lines[index].text) is None:
        return False
    following = lines[index + 1]
    goes_on = following.final or signs.ITEM.match(following.text) is not None
    return following.hint is None and goes_on and not signs.TRUNCATED.search(following.text)


def _dates(line: Line) -> bool:
    dated = signs.DATE.search(line.text) or signs.RELATIVE.search(line.text) or signs.TIME_OF_DAY.search(line.text)
    return line.hint is BlockKind.META and dated is not None


def _extent(lines: Sequence[Line], index: int) -> int:
    """Return the number of the innermost element that holds the head of a list and what follows; 0 in plain text."""
    if index + 1 == len(lines):
        return 0
    following = lines[index + 1].source.within
    return next((number for number in lines[index].source.within if number in following), 0)


def _give_back(lines: Sequence[Line], index: int) -> None:
    """Take the heading of the paragraph that ends a list out of the list."""
    line = lines[index - 1]
    heads = signs.HEADING.match(line.text) or (
        line.source.tag and lines[index - 2].source.within[1:2] != line.source.within[1:2]
    )
    if line.hint is None and line.section is not None and not line.final and 2 <= line.chinese <= 30 and heads:
        line.section = None
        line.score += 2.5
