"""Whose 全市, 省总工会 and 该区 it is: the place in whose scope each part of an article stands."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence

from kg.lexicon.places import Place, PlaceMatch, place
from kg.model import Block, BlockKind

# Words that tell from which level an article is written.
_LEVEL_WORDS = re.compile(
    r"(?:全|我|本|该)(自治区|省|市|州|盟|县|旗|区)|(?<![一-鿿])(自治区|省|市|州|盟|县|旗|区)"
    r"(?=总工会|总[^体量共数的]|委|政府|人社|财政|工信|经信|教育|产改|发改|科技|直机关)"
)
_WEIGHT = {BlockKind.TITLE: 4.0, BlockKind.HEADING: 1.5}
_FIRST_PARAGRAPH = 3.0


def fits(candidate: Place, level: str) -> bool:
    """Whether a bare level word (省, 市, 区 …) can stand for this place.

    >>> fits(place("340200"), "市"), fits(place("340200"), "省")
    (True, False)
    """
    kind = candidate.kind_word
    if level in {"自治区", "省"}:
        return candidate.level == "province" and (kind == "自治区") == (level == "自治区")
    if level == "地区":
        return candidate.level == "prefecture" and kind == "地区"
    if level in {"县", "旗"}:
        return candidate.level == "county" and kind in {"县", "旗", "自治县", "自治旗"}
    if level == "区":
        return kind in {"区", "新区", "开发区", "管理区"} or candidate.level == "zone"
    if level in {"州", "盟"}:
        return candidate.level == "prefecture" and kind in {"自治州", "州", "盟"}
    return kind == level


class Scopes:
    """Answers which place a level word means at an offset of the article.

    Args:
        text: The article's text.
        blocks: The blocks of the article itself, in order.
        matches: The places named in them, in order.
        known: Code of the place that the article is known to be about; "" where its text must tell.
    """

    def __init__(self, text: str, blocks: Sequence[Block], matches: Sequence[PlaceMatch], known: str = "") -> None:
        self._text = text
        self._blocks = list(blocks)
        self._starts = [b.start for b in self._blocks]
        level = self._level(text, blocks)
        self.main = place(known) if known else self._main(matches, level)
        self._matches = [(m, p) for m in matches if (p := self.meaning(m)).level != "nation"]
        self._offsets = [m.start for m, _ in self._matches]
        self._sections = self._section_places()

    def meaning(self, match: PlaceMatch) -> Place:
        """Return the place that a name means here, the one near the article's own where names repeat."""
        return self.choose(match.candidates)

    def choose(self, candidates: Sequence[Place]) -> Place:
        """Return the candidate nearest to the article's own place: around it, above it, in its province, the first."""
        if len(candidates) == 1 or self.main is None:
            return candidates[0]
        around = {self.main, *self.main.ancestors}
        province = self.main.province
        return min(
            candidates,
            key=lambda p: (
                p not in around,
                not (around & set(p.ancestors[:1])),
                p.province != province,
                candidates.index(p),
            ),
        )

    def at(self, offset: int) -> Place | None:
        """Return the place that the passage around an offset is about."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self._sections.get(index, self.main)

    def of(self, level: str, offset: int, named: bool = False) -> Place | None:
        """Return the place that a level word (省, 市, 区 …) means at an offset, or None if nothing tells.

        With `named` it is the one that the paragraph named last, as behind 该, rather than that of the article.
        """
        about = self.at(offset)
        if not level:
            return about
        if level == "区" and about is not None and about.level == "province" and about.kind_word.endswith("自治区"):
            return about  # 全区 in Inner Mongolia is the autonomous region
        own = self._within_chain(about, level)
        block = bisect.bisect_right(self._starts, offset) - 1
        begin = self._starts[block] if block >= 0 else 0
        last = bisect.bisect_right(self._offsets, offset) - 1
        for i in range(last, -1, -1):
            match, found = self._matches[i]
            if match.start < begin:
                break
            if (
                self._compared(match)
                or match.end > offset
                or (match.form == "abbr" and own is not None)  # 我市 behind 沪苏浙皖 is no 上海市
                or (own is not None and (found in own.ancestors or found.level == "zone"))
            ):
                continue  # in 浏阳 the 市 is 浏阳, also behind a mention of 长沙市
            if fits(found, level) and (
                named or found.level != "county" or level != "市" or own is None or found == own
            ):
                return found
            above = next((a for a in found.ancestors if fits(a, level)), None)
            if above is not None and above.level == "province" and match.form != "abbr":
                return above
        if own is not None:
            return own
        return next((found for _, found in reversed(self._matches[: last + 1]) if fits(found, level)), None)

    def last_named(self, level: str, offset: int) -> str:
        """Return the full name of the last place before an offset whose name ends in a level word (街道, 镇), or ""."""
        last = bisect.bisect_right(self._offsets, offset) - 1
        return next((p.full_name for m, p in reversed(self._matches[: last + 1]) if m.text.endswith(level)), "")

    def _compared(self, match: PlaceMatch) -> bool:
        """Whether a place is only compared with: 比佛山低6个百分点."""
        before = self._text[max(0, match.start - 1) : match.start]
        return before in {"比", "较"} or self._text[max(0, match.start - 2) : match.start] in {"低于", "高于"}

    @staticmethod
    def _within_chain(about: Place | None, level: str) -> Place | None:
        return next((p for p in (about, *about.ancestors) if fits(p, level)), None) if about else None

    @staticmethod
    def _level(text: str, blocks: Sequence[Block]) -> str:
        counts: Counter[str] = Counter()
        for block in blocks:
            for match in _LEVEL_WORDS.finditer(text, block.start, block.end):
                counts[match[1] or match[2]] += 1
        return counts.most_common(1)[0][0] if counts else ""

    def _main(self, matches: Sequence[PlaceMatch], level: str) -> Place | None:
        own: Counter[str] = Counter()
        first = next((b for b in self._blocks if b.kind is BlockKind.PARAGRAPH), None)
        for match in matches:
            index = bisect.bisect_right(self._starts, match.start) - 1
            block = self._blocks[index] if index >= 0 else None
            if block is None or block.end < match.end or match.candidates[0].level == "nation" or match.form == "abbr":
                continue
            weight = _FIRST_PARAGRAPH if block is first else _WEIGHT.get(block.kind, 1.0)
            weight /= len(match.candidates)
            for candidate in match.candidates:
                own[candidate.code] += weight  # type: ignore[assignment]
                for i, above in enumerate(candidate.ancestors, 1):
                    own[above.code] += weight * 0.4**i  # type: ignore[assignment]
        ranked = [place(code) for code, _ in own.most_common()]
        if not ranked:
            return None
        return next((p for p in ranked if level and fits(p, level)), ranked[0])

    def _section_places(self) -> dict[int, Place]:
        """Return, by index of block, the place of the heading above it, in reports of several places.

        Where several paragraphs begin with the name of a place that stands apart, these are headings as well.
        """
        found: dict[int, Place] = {}
        begun = {index: p for index, block in enumerate(self._blocks) if (p := self._named_first(block)) is not None}
        if len(set(begun.values())) < 2:
            begun = {}
        current: Place | None = None
        for index, block in enumerate(self._blocks):
            if block.kind is BlockKind.HEADING:
                named = [p for m, p in self._matches if block.start <= m.start < block.end]
                if named:
                    # A heading that names the province of an article about a city opens no section of its own.
                    own = self.main is not None and named[0] in (self.main, *self.main.ancestors)
                    current = None if own else named[0]
            if begun and index not in begun and self._text.startswith(("【", "["), block.start):
                current = None  # a label that names no place ends the part of the place before
            current = begun.get(index, current)
            if current is not None:
                found[index] = current
        return found

    def _named_first(self, block: Block) -> Place | None:
        """Return the place that a paragraph begins with, set apart from the rest: 甲市：, 【甲市】."""
        if block.kind is not BlockKind.PARAGRAPH:
            return None
        begin = block.start + (self._text[block.start : block.start + 1] in "【[●■◆▲◎★▶")
        while self._text[begin : begin + 1] in {" ", "\u3000"}:
            begin += 1
        index = bisect.bisect_left(self._offsets, begin)
        if index == len(self._offsets) or self._matches[index][0].start != begin:
            return None
        while index + 1 < len(self._offsets) and self._offsets[index + 1] == self._matches[index][0].end:
            index += 1  # 安徽宿州：
        match, found = self._matches[index]
        apart = self._text[match.end : match.end + 1] in ("：", ":", "】", "]", " ")
        return found if apart else None
