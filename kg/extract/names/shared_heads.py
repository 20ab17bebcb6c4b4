"""Bodies of several places under one head: 川渝两地总工会, 清远、韶关两市人社局, 清城区、英德市总工会."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.extract.scope import Scopes
from kg.lexicon.bodies import COUNTED, BodyMatch
from kg.lexicon.places import PlaceMatch

_NUMBERS = {word: number for number, word in enumerate("二三四五六七八九十", 2)} | {"两": 2}
_JOINTS = frozenset("、和与及")
# 两市还于今年3月联合举办
_TOGETHER = re.compile(
    "(?<![\u4e00-\u9fff])两[市地省县区](?=(?:还|又|也|将|已|于|在|今年|去年|\\d{1,2}月|[^，。、]{0,12}?)?(?:共同|联合|携手|联手|合作|协同|先后|轮流))"
)
_NEAR = 400
_ABBREVIATED = "abbr"
_HAN = ("\u4e00", "\u9fff")


class Owner:
    """One of the places whose bodies share a head.

    Attributes:
        candidates: What the place may be.
        start, end: The span that stands for its body; the last of the spans reaches to the end of the head.
    """

    def __init__(self, match: PlaceMatch, start: int, end: int) -> None:
        self.candidates = match.candidates
        self.start, self.end = start, end


def owners(text: str, body: BodyMatch, matches: Sequence[PlaceMatch], scopes: Scopes) -> list[Owner] | None:
    """Return the places whose bodies share the head of a body found in the text.

    Args:
        text: The text.
        body: The body as it was found by itself.
        matches: The places found in the text, in order.
        scopes: What tells which of several places a name means.

    Returns:
        The places in their order, two or more; [] where the body is that of one place; None where it is said to be of
        several that are not known.
    """
    counted = COUNTED.search(text, max(0, body.start - 5), body.start) if not body.places else None
    if counted is None:
        return _of_same_level(text, body, matches, scopes)
    number = _NUMBERS[counted[0][0]]
    row = _row(text, matches, counted.start())
    if len(row) >= number:
        return [Owner(m, m.start, m.end) for m in row[-number:-1]] + [Owner(row[-1], row[-1].start, body.end)]
    if row or _HAN[0] <= text[counted.start() - 1 : counted.start()] <= _HAN[1] or body.end - counted.start() < number:
        return None
    # 两市总工会: those named last, one character of the words that count them for each
    for index in range(bisect_right(matches, counted.start(), key=lambda m: m.end) - 1, -1, -1):
        row = _row(text, matches, matches[index].end)
        if len(row) == number:
            starts = range(counted.start(), counted.start() + number)
            ends = [*starts[1:], body.end]
            return [Owner(m, start, end) for m, start, end in zip(row, starts, ends, strict=True)]
    return None


def spoken_of(text: str, matches: Sequence[PlaceMatch]) -> Iterator[list[Owner]]:
    """Yield the places that 两市 or 两地 means before what they do together, one character for each."""
    for word in _TOGETHER.finditer(text):
        for index in range(bisect_right(matches, word.start(), key=lambda m: m.end) - 1, -1, -1):
            row = _row(text, matches, matches[index].end)
            if len(row) == 2 and word.start() - row[-1].end < _NEAR:
                middle = word.start() + 1
                yield [Owner(row[0], word.start(), middle), Owner(row[1], middle, word.end())]
                break


def _of_same_level(text: str, body: BodyMatch, matches: Sequence[PlaceMatch], scopes: Scopes) -> list[Owner]:
    """清城区、英德市总工会: return the places of one level in a row of which only the last is followed by the head."""
    if not body.places or text[body.start - 1 : body.start] not in _JOINTS or body.inherited:
        return []
    level = scopes.choose(body.places).level
    row = [m for m in _row(text, matches, body.start - 1) if m.form != _ABBREVIATED]
    while row and any(scopes.choose(m.candidates).level != level for m in row):
        row.pop(0)
    own = next((m for m in matches if m.start >= body.start and m.candidates == body.places), None)
    if not row or own is None or level not in {"province", "prefecture", "county"}:
        return []
    return [Owner(m, m.start, m.end) for m in row] + [Owner(own, body.start, body.end)]


def _row(text: str, matches: Sequence[PlaceMatch], end: int) -> list[PlaceMatch]:
    """Return the places joined by 、 or 和 of which the last ends at an offset; letters stand side by side: 京津冀."""
    index = bisect_right(matches, end, key=lambda m: m.end) - 1
    row: list[PlaceMatch] = []
    while index >= 0 and matches[index].end == end:
        match = matches[index]
        row.insert(0, match)
        index, end = index - 1, match.start
        if text[end - 1 : end] in _JOINTS:
            end -= 1
        elif index < 0 or {match.form, matches[index].form} != {_ABBREVIATED}:
            break
    return row
