"""Which stretch of a page's lines is its article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.text import signs
from kg.text.lines import Line

_LEAST_RUN = 0.8  # what the best run of lines must score to be taken for an article
_LONGEST_SECTION = 12  # lines without a long sentence that a numbered section may start with
SENTENCE = 16
"""Chinese characters of a sentence that is more than a remark."""


def find_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and the last line of the article; (0, -1) if there is none. The lines have their scores."""
    container = _favour_container(lines)
    first, last = _best_run(lines)
    last = _bridged(lines, first, last)
    return _widened(lines, first, last, container) if container else (first, last)


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
