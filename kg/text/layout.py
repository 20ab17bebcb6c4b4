"""Finding the article among the lines of a page, and telling the kinds of its blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import signs
from kg.text.lines import Line, assess
from kg.text.title import find_title, overlap, same_title

_LEAST_RUN = 0.8  # what the best run of lines must score to be taken for an article
_AWAY = -2.0  # below this score short lines are furniture also between paragraphs
_HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LONGEST_SECTION = 12  # lines without a long sentence that a numbered section may start with
_SENTENCE = 16  # characters
_META_ABOVE = 12
_META_BELOW = 6


def classify(lines: Sequence[Line], page_title: str = "") -> list[BlockKind]:
    """Return the kind of each line.

    Args:
        lines: All lines of the page that show something, in order; they get their scores.
        page_title: What the head of the markup calls the page.
    """
    if not lines:
        return []
    assess(lines)
    container = _favour_container(lines)
    first, last = _best_run(lines)
    last = _bridged(lines, first, last)
    if container:
        first, last = _widened(lines, first, last, container)
    if first > last:
        return [_outside(line, index, first, last) for index, line in enumerate(lines)]
    title = find_title(lines, first, last, page_title)
    # A list above the article ends where its title stands.
    for line in lines[title + 1 : first] if title >= 0 else ():
        if line.opens is not None:
            break
        line.section = None
    # Nothing stands above it but letterheads and names of sections.
    first = max(first, title)
    # The heading of the first section has no paragraph above it that would have drawn it in.
    while first - 1 > title and _heads(lines[first - 1]):
        first -= 1
    kinds = [
        _inside(line, lines[index - 1] if index > first else None, lines[index + 1] if index < last else None)
        if first <= index <= last
        else _outside(line, index, first, last)
        for index, line in enumerate(lines)
    ]
    # The masthead of a newspaper dates an article that has no date of its own.
    if not any(
        kind is BlockKind.META and signs.DATE.search(line.text) for line, kind in zip(lines, kinds, strict=True)
    ):
        for index, line in enumerate(lines[:first]):
            if line.hint is BlockKind.META and signs.MASTHEAD.match(line.text):
                kinds[index] = BlockKind.META
                break
    _head_short_reports(lines, kinds, title, first, last)
    if title >= 0:
        _crown(lines, kinds, title, first, last)
    return kinds


def _best_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and the last line of the contiguous run with the highest score; (0, -1) if there is none."""
    best, bounds = 0.0, (0, -1)
    total, start = 0.0, 0
    for index, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, index
        total += line.score
        if total > best:
            best, bounds = total, (start, index)
    if best >= _LEAST_RUN:
        return bounds
    return _unspoiled(lines)


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
        if numbered and line.hint is None and line.final and line.chinese >= _SENTENCE:
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
    weights: dict[int, float] = defaultdict(float)
    for line in lines:
        if line.score > 0 and line.source.within:
            for distance, number in enumerate(line.source.within):
                weights[number] += line.score / (1 + 0.5 * distance)
    if not weights:
        return 0
    best = max(weights, key=lambda number: (weights[number], -number))
    if best == 0:
        return 0
    for line in lines:
        line.score += 0.4 if best in line.source.within else -1.0
    return best


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
    return min(first, *more, first), max(last, *more, last)


def _inside(line: Line, previous: Line | None, following: Line | None) -> BlockKind:
    if line.table >= 0 and line.hint is None:
        return BlockKind.TABLE
    if line.hint is not None or line.section is not None:
        return line.hint or line.section or BlockKind.FURNITURE
    if line.score < _AWAY and not line.final:
        return BlockKind.FURNITURE  # in a box that calls itself advertisement, tools or the like
    if line.source.tag in _HEADING_TAGS and line.chinese <= 50:
        return BlockKind.HEADING
    if signs.NUMBER_ALONE.match(line.text):
        return BlockKind.HEADING
    announced = previous is not None and (
        signs.NUMBER_ALONE.match(previous.text) or signs.APPENDIX.match(previous.text)
    )
    if announced and not line.final and 2 <= line.chinese <= 40:
        return BlockKind.HEADING
    if line.final or following is None or line.text.endswith((",", "，", ";", "；", ":", "：")):
        return BlockKind.PARAGRAPH
    if signs.OFFICIAL.search(line.text) or signs.SENTENCE_END.search(line.text):
        return BlockKind.PARAGRAPH
    if 2 <= line.chinese <= 36 and signs.HEADING.match(line.text):
        return BlockKind.HEADING
    # Short and unfinished, between sentences: a heading without a number.
    above = previous is None or previous.final or previous.text.endswith((")", "）"))
    if above and 4 <= line.chinese <= 20 and following.final and following.chinese >= 12:
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _heads(line: Line) -> bool:
    return (
        line.hint is None
        and line.source.region >= 0
        and line.source.link < 0.5
        and 2 <= line.chinese <= 40
        and (signs.HEADING.match(line.text) is not None or line.source.tag in _HEADING_TAGS)
        and not line.text.startswith(("——", "•", "·"))
    )


def _outside(line: Line, index: int, first: int, last: int) -> BlockKind:
    near = first - _META_ABOVE <= index <= last + _META_BELOW and first <= last
    if line.section is not None and line.hint is not BlockKind.FURNITURE and not signs.DATE_ONLY.match(line.text):
        return line.section
    if line.hint is BlockKind.META:
        return BlockKind.META if near else BlockKind.FURNITURE
    if line.hint is not None:
        return line.hint
    if index > last >= 0 and line.final and line.text.endswith("。") and line.chinese < 40 and not line.source.tag:
        return BlockKind.REPLY
    titled = line.chinese >= 8 and line.table < 0
    return BlockKind.TEASER if titled and index > last >= 0 else BlockKind.FURNITURE


def _head_short_reports(lines: Sequence[Line], kinds: list[BlockKind], title: int, first: int, last: int) -> None:
    """Name the headings of short reports: bare names of two or three characters, and the one above the first report."""
    bare = [
        index
        for index in range(max(title + 1, first - 1), last)
        if lines[index].hint is None
        and lines[index].table < 0
        and 2 <= lines[index].chinese == len(lines[index].text) <= 3
        and lines[index + 1].final
        and lines[index + 1].chinese >= _SENTENCE
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


def _crown(lines: Sequence[Line], kinds: list[BlockKind], title: int, first: int, last: int) -> None:
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
        if line.hint is BlockKind.META or signs.NAME_AND_DAY.match(line.text):
            kinds[index] = BlockKind.META
        if kinds[index] is not BlockKind.FURNITURE or line.hint is not None or line.source.region < 0:
            continue
        # A subtitle in another language stands right below the title.
        foreign = line.chinese == 0 and sum(map(str.isalpha, line.text)) >= 15 and index == title + 1
        if (
            (foreign or 6 <= line.chinese <= 60)
            and (index == title + 1 or signs.OFFICIAL.search(line.text))
            and _adjacent(lines, index)
        ):
            kinds[index] = BlockKind.HEADING
    # A line right above it, without a gap, is its kicker.
    if 0 < title <= first:
        line = lines[title - 1]
        if _begins(line, top):
            kinds[title - 1] = BlockKind.HEADING
            return
        listed = line.section is BlockKind.TEASER  # in a list above, as far as its look tells
        if (
            not line.source.tag
            and line.hint is None
            and line.chinese >= 8
            and line.field == top.field - 1
            and (kinds[title - 1] is BlockKind.FURNITURE or listed)
            and not same_title(line.text, top.text)
            and not _letterhead(line.text, top.text)
            and (
                (title > 1 and lines[title - 2].hint is not None and not listed)
                or overlap(line.text, "\n".join(other.text for other in lines[first : last + 1])) >= 0.2
            )
        ):
            kinds[title - 1] = BlockKind.HEADING


def _begins(line: Line, title: Line) -> bool:
    """Tell whether a line is the first of a title in two: a body, then 关于…的决定."""
    return (
        line.hint is None
        and line.chinese == len(line.text) >= 4
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
