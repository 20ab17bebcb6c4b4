"""Which stretch of a page's lines is its article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from kg.model import BlockKind
from kg.text import signs
from kg.text.either import heads_appended
from kg.text.ends import ended
from kg.text.lines import HEADING_TAGS, SENTENCE, Line
from kg.text.title import overlap

_BULLETS = "✦★☆●■◆▲▪•· "
_LEAST_RUN = 0.8  # what the best run of lines must score to be taken for an article
_DAY = re.compile(r"\d{1,2}[-/.月]\d{1,2}|来\s?源|\d:\d{2}")
_LEAST_ARTICLE = 4.0  # what the first of two articles on a page must score
_LARGEST_BOX = 40  # lines
_MOST_TEXT = 0.6  # share of a page's paragraphs
_OUTSIDE = 2.0  # taken off lines outside the element that holds the article
_FEW_LINES = 2
_LEAST_BELOW = 2.0  # what an article below the way to its page scores
_LONGEST_TRAIL = 90  # characters
_SHORT_GAP = 4  # lines
_LONGEST_SECTION = 12  # lines without a long sentence that a numbered section may start with


def find_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and the last line of the article; (0, -1) if there is none. The lines have their scores."""
    container = _favour_container(lines)
    _leave_out_above_trail(lines)
    lines = _up_to_next_article(lines)
    first, last = _best_run(lines)
    last = _bridged(lines, first, last)
    if container:
        first, last = _widened(lines, first, last, container)
    first, last = _resumed(lines, first, last)
    first, last = ended(lines, first, last)
    _leave_out_boxes(lines, first, last)
    return first, last


def _leave_out_above_trail(lines: Sequence[Line]) -> None:
    """Lower what stands above the way to the page, if an article stands below it."""
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        if (
            len(text) <= _LONGEST_TRAIL
            and lines[index].hint is not None
            and (signs.POSITION.search(text) or signs.TRAIL_TO_TEXT.match(text))
        ):
            if _highest(lines, range(index + 1, len(lines)))[0] >= _LEAST_BELOW:
                for line in lines[:index]:
                    line.score = min(line.score, -1.0)
            return


def _best_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and the last line of the contiguous run with the highest score; (0, -1) if there is none."""
    best, first, last = _highest(lines, range(len(lines)))
    return (first, last) if best >= _LEAST_RUN else _unspoiled(lines)


def _highest(lines: Sequence[Line], within: range) -> tuple[float, int, int]:
    """Return the highest score of a contiguous run of the lines of a range, its first line and its last."""
    best = (0.0, 0, -1)
    total, start = 0.0, within.start
    for index in within:
        if total <= 0:
            total, start = 0.0, index
        total += lines[index].score
        if total > best[0]:
            best = (total, start, index)
    return best


def _up_to_next_article(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines up to where a second article begins below the first."""
    for begin in range(1, len(lines)):
        if _begins_another(lines, begin) and _highest(lines, range(begin))[0] >= _LEAST_ARTICLE:
            return lines[:begin]
    return lines


def _begins_another(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a headline stands here, below the foot of an article and above a date and paragraphs of its own."""
    line, above = lines[index], lines[index - 1]
    if line.hint is not None or line.final or not 6 <= line.chinese <= 45:
        return False
    if above.hint not in {BlockKind.FURNITURE, BlockKind.TEASER}:
        return False
    head = lines[index + 1 : index + 4]
    dated = [at for at, other in enumerate(head) if other.hint is BlockKind.META and _DAY.search(other.text)]
    if not dated or any(other.hint is None for other in head[: dated[0]]):
        return False
    below = lines[index + 2 + dated[0] : index + 6 + dated[0]]
    return sum(1 for other in below if other.strong) >= 2 and all(other.hint is None for other in below[:2])


def _resumed(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Return the run with what goes on beyond a box of other articles, a page's turn or a button within the text."""
    if first > last:
        return first, last
    while True:
        best, start, end = _highest(lines, range(last + 1, min(last + 1 + _LARGEST_BOX, len(lines))))
        if best < _LEAST_RUN or not _goes_on(lines, range(last + 1, start), range(start, end + 1)):
            break
        last = end
    while True:
        best, start, end = _highest(lines, range(max(0, first - _LARGEST_BOX), first))
        if best < _LEAST_RUN or not _goes_on(lines, range(end + 1, first), range(start, end + 1)):
            break
        first = start
    return first, last


def _goes_on(lines: Sequence[Line], gap: range, more: range) -> bool:
    """Tell whether lines beyond a gap belong to the same article as those before it."""
    if any(lines[index].opens is BlockKind.REPLY or lines[index].section is BlockKind.REPLY for index in gap):
        return False
    if any(lines[index].section is not None for index in more):
        return False
    told = [index for index in more if _tells(lines[index])]
    if len(told) >= 2:
        return True
    # A paragraph alone may be an excerpt, a comment or a notice.
    after = lines[more.stop] if more.stop < len(lines) else None
    dated = after is not None and after.hint is BlockKind.META and signs.DATE.search(after.text) is not None
    return len(told) == 1 and lines[told[0]].strong and len(gap) <= _SHORT_GAP and not dated


def _tells(line: Line) -> bool:
    return line.hint is None and line.final and line.chinese >= SENTENCE and not signs.TRUNCATED.search(line.text)


def _bridged(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the last line with the sections of short lines that follow: numbered, and with sentences in them."""
    numbered = False
    index = last + 1
    while first <= last and index < min(last + 1 + _LONGEST_SECTION, len(lines)):
        line = lines[index]
        aside = line.score > -0.5  # page numbers, credits
        if line.section is not None or line.source.region < 0 or (line.hint is not None and not aside):
            break
        numbered = numbered or signs.NUMBER_ALONE.match(line.text) is not None
        index += 1
        if numbered and line.hint is None and line.final and line.chinese >= SENTENCE:
            last = index - 1
    return last


def _unspoiled(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the longest run of lines that nothing speaks against, for pages without a single full sentence."""
    bounds, size, start = (0, -1), 0, -1
    for index, line in enumerate(lines):
        enough = line.chinese >= 4 or len(lines) < 4
        plain = line.hint is None and line.source.link < 0.5 and line.source.region >= 0 and enough
        if not plain:
            start = -1
            continue
        if start < 0:
            start = index
        if index - start + 1 > size:
            size, bounds = index - start + 1, (start, index)
    return bounds


def _favour_container(lines: Sequence[Line]) -> int:
    """Raise the lines of the element that holds most of the article's text, lower those outside; return its number."""
    best = _element_of_paragraphs(lines) or _element_of_scores(lines)
    if best == 0:
        return 0
    around = next(line.source.within for line in lines if best in line.source.within)
    parent = around[around.index(best) + 1 : around.index(best) + 2]
    appended = {
        at
        for index, (line, below) in enumerate(pairwise(lines))
        if line.hint is None and below.strong and heads_appended(line)
        for at in (index, index + 1)
    }
    for index, line in enumerate(lines):
        within = line.source.within
        beside = line.table >= 0 or parent[:1] == within[:1] or parent[:1] == within[1:2]  # in no box of its own
        line.score += 0.4 if best in within or index in appended else -1.0 if beside else -_OUTSIDE
    return best


def _element_of_paragraphs(lines: Sequence[Line]) -> int:
    """Return the number of the innermost element that holds most of the page's paragraphs, at least two; 0 if none."""
    held: dict[int, list[int]] = defaultdict(list)
    strong = [line for line in lines if line.strong and line.section is None and line.source.region >= 0]
    for line in strong:
        for number in line.source.within:
            held[number].append(line.chinese)
    enough = _MOST_TEXT * sum(line.chinese for line in strong)
    holding = [number for number, sizes in held.items() if len(sizes) >= 2 and sum(sizes) >= enough]
    return max(holding, default=0)  # elements are numbered as they open: of those in one another the innermost is last


def _element_of_scores(lines: Sequence[Line]) -> int:
    """Return the number of the element whose lines score highest, those deep within it counting less; 0 if none."""
    weights: dict[int, float] = defaultdict(float)
    for line in lines:
        if line.score > 0 and line.source.within:
            for distance, number in enumerate(line.source.within):
                weights[number] += line.score / (1 + 0.5 * distance)
    return max(weights, key=lambda number: (weights[number], -number), default=0)


def _widened(lines: Sequence[Line], first: int, last: int, container: int) -> tuple[int, int]:
    """Return the run with what else its element holds of paragraphs, beyond a box that stands in between."""
    if first > last:
        return first, last
    more = [
        index
        for index, line in enumerate(lines)
        if line.score > 1.2
        and line.final
        and line.section is None
        and line.hint is None
        and line.source.region >= 0
        and container in line.source.within
    ]
    for index in (index for index in more if index > last):
        if not _bears(lines[last + 1 : index]):
            break
        last = index
    for index in reversed([index for index in more if index < first]):
        if not _bears(lines[index + 1 : first]):
            break
        first = index
    return first, last


def _bears(gap: Sequence[Line]) -> bool:
    """Tell whether an article may go on behind these lines."""
    if any(line.opens is BlockKind.REPLY or line.section is BlockKind.REPLY for line in gap):
        return False
    return sum(1 for line in gap if line.hint is None and line.section is None and not line.final) <= _FEW_LINES


def _leave_out_boxes(lines: Sequence[Line], first: int, last: int) -> None:
    """Name headlines that follow one another between paragraphs as what they are: another article's."""
    stretch: list[int] = []
    for index in range(first, last + 1):
        line = lines[index]
        if line.score < 0 and line.table < 0 and not line.final:
            stretch.append(index)
            continue
        plain = [at for at in stretch if lines[at].hint is None and lines[at].section is None]
        if len(plain) > _FEW_LINES and not any(_is_heading(lines[at]) or _is_verse(lines[at]) for at in plain):
            if plain[-1] == index - 1 and overlap(lines[plain[-1]].text, line.text) >= 0.2:
                plain.pop()  # it heads the paragraph
            for at in plain:
                lines[at].section = BlockKind.TEASER
        stretch = []


def _is_verse(line: Line) -> bool:
    """Tell whether a line is broken within its sentence, as articles of public accounts are; no headline is."""
    return line.text.endswith(("，", "、", ",")) or 2 <= line.chinese == len(line.text) <= 3


def _is_heading(line: Line) -> bool:
    """Tell whether a line looks like a heading of the text, or like a label with what it says: 报名时间：6月."""
    return (
        line.source.tag in HEADING_TAGS
        or signs.HEADING.match(line.text) is not None
        or signs.NUMBER_ALONE.match(line.text) is not None
        or signs.SPEAKER.match(line.text.lstrip(_BULLETS)) is not None
    )
