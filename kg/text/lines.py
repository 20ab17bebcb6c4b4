"""How much each line of a page looks like part of its article, line by line and beside its neighbours."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import BlockKind
from kg.text import signs
from kg.text.fields import Field

_LONG_LINE = 2_000  # characters of a line that are looked at; more says nothing new


@dataclass(slots=True)
class Line:
    """A line that shows something.

    Attributes:
        text: Its clean text (of a table: the cells' texts).
        field: Its index among the page's fields; gaps are blank lines.
        source: What the markup says about it.
        table: Index among the page's tables, or -1.
        score: Above 0 the more it looks like part of an article, below 0 the more it does not.
        section: What it is by the list that it stands in: TEASER or REPLY; None outside such lists.
        hint: What it is by its own look: META, TEASER, REPLY or FURNITURE; None where nothing speaks for either.
        opens: TEASER or REPLY where it heads a list of other articles or of comments.
        chinese: Number of Chinese characters.
        final: Whether it ends like a sentence.
    """

    text: str
    field: int
    source: Field
    table: int = -1
    score: float = 0.0
    hint: BlockKind | None = None
    opens: BlockKind | None = None
    section: BlockKind | None = None
    chinese: int = 0
    final: bool = False

    @property
    def strong(self) -> bool:
        """Whether it is a paragraph beyond doubt."""
        return self.final and self.chinese >= 30 and self.hint is None and self.source.link < 0.5


def assess(lines: Sequence[Line]) -> None:
    """Score every line, by itself and then beside its neighbours."""
    for line in lines:
        _measure(line)
    # Where nearly all sentences stand in elements called navigation or the like, the names mean nothing.
    weight = 0.0 if _misnamed(lines) else 2.0
    for line in lines:
        _assess_alone(line, weight)
    _assess_running_heads(lines)
    _assess_neighbours(lines)
    _assess_listed(lines)
    _assess_participants(lines)
    _assess_sections(lines)


def _measure(line: Line) -> None:
    line.chinese = signs.han(line.text[:_LONG_LINE])
    line.final = signs.FINAL.search(line.text[-60:]) is not None


def _misnamed(lines: Sequence[Line]) -> bool:
    away = sum(line.chinese for line in lines if line.strong and line.source.region < 0)
    return away > 3 * sum(line.chinese for line in lines if line.strong and line.source.region >= 0)


def _assess_alone(line: Line, away: float) -> None:
    """Score a line by itself; `away` is what an element that calls itself navigation takes off."""
    text = line.text[:_LONG_LINE]
    region = line.source.region
    if line.table >= 0:
        if signs.CARD.match(text):
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
    elif line.hint is BlockKind.FURNITURE and (
        line.source.tag == "figcaption" or (len(text) <= 40 and signs.CREDIT.match(text)) or signs.CAPTION.match(text)
    ):
        line.score = -0.3
    line.score += 0.4 * region if region > 0 else away * region
    if line.source.tag == "figcaption":
        line.score -= 0.5


def _look(line: Line, text: str) -> tuple[BlockKind | None, BlockKind | None]:
    """Return what a line is by its own look, and what kind of list it heads."""
    chinese = line.chinese
    short = len(text) <= 150
    if signs.OTHERS.match(text) and short and not line.final:
        neighbour = "一篇" in text[:5] or "一条" in text[:5] or len(text) > 24
        return (BlockKind.TEASER if neighbour else BlockKind.FURNITURE), BlockKind.TEASER
    if signs.REPLIES.match(text):
        return BlockKind.FURNITURE, BlockKind.REPLY
    if signs.DATE_ONLY.match(text):
        return BlockKind.META, None
    if (
        signs.NAME_AND_DATE.match(text)
        or signs.CARD_LABEL.match(text)
        or (len(text) <= 24 and signs.RELATIVE.search(text))
    ):
        return BlockKind.META, None
    if signs.TRAIL.match(text) and not any(map(str.isdigit, text)):
        return BlockKind.FURNITURE, None
    if signs.PAGE_NUMBER.match(text) or (len(text) <= 40 and signs.CREDIT.match(text)):
        return BlockKind.FURNITURE, None
    if chinese <= 60 and (line.source.tag == "figcaption" or (signs.CAPTION.match(text) and not line.final)):
        return BlockKind.FURNITURE, None
    if signs.COPIES.match(text):
        return BlockKind.META, None
    marks = signs.furniture(text)
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
    if chinese == 0 and not any(character.isalpha() for character in text) and not signs.NUMBER_ALONE.match(text):
        return BlockKind.FURNITURE, None
    return None, None


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
    else:
        score = -0.6 if chinese >= 2 else -1.0
        score -= 0.15 * len(signs.SEPARATED.findall(text))
    if signs.ITEM.match(text):
        score += 0.6
    if signs.OFFICIAL.search(text) and chinese >= 3:
        score += 1.0
    marks = signs.furniture(text)
    return score - 0.7 * marks - 2.0 * line.source.link


def _assess_running_heads(lines: Sequence[Line]) -> None:
    """Tell the heads and feet of printed pages: lines that come again, and at least once beside a page's number."""
    times = Counter(line.text for line in lines if len(line.text) <= 40)
    beside = {
        neighbour.text
        for line, following in itertools.pairwise(lines)
        for number, neighbour in ((line, following), (following, line))
        if len(number.text) <= 40 and signs.PAGE_NUMBER.match(number.text) and not neighbour.final
    }
    seen: set[str] = set()
    for line in lines:
        if line.text in beside and times[line.text] >= 2 and line.table < 0:
            if line.text in seen:
                line.hint, line.score = BlockKind.FURNITURE, 0.0
            seen.add(line.text)  # the first may be the title itself


def _assess_neighbours(lines: Sequence[Line]) -> None:
    attached: set[str] = set()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
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
        if signs.CARD_LABEL.match(line.text) and not following.final and following.chinese <= 60:
            following.hint = following.hint or BlockKind.META
            following.score = min(following.score, -1.2)
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
        # A button or a player between two paragraphs does not part them.
        if (
            line.hint is BlockKind.FURNITURE
            and line.opens is None
            and index > 0
            and lines[index - 1].final
            and lines[index - 1].hint is None
            and following.strong
            and line.source.region >= 0
        ):
            line.score = max(line.score, -1.0)
        # What a document names as its attachment, and what then stands above it.
        if line.text in attached and line.hint is None:
            line.score = max(line.score, 0.8)
        named = signs.ATTACHMENT.match(line.text)
        if named:
            attached.add(named[1])


def _assess_listed(lines: Sequence[Line]) -> None:
    """Raise the members of lists that the article announces, and what heads them."""
    listing = False
    for line, following in itertools.zip_longest(lines, lines[1:]):
        if line.final or line.hint is not None:
            listing = False
        if line.hint is None and (signs.ANNOUNCES.search(line.text) or signs.ITEM.match(line.text)):
            listing = True
            if following is not None and signs.ANNOUNCES.search(line.text) and signs.MEMBER.match(following.text):
                line.score = max(line.score, 0.2)
        elif signs.APPENDIX.match(line.text):
            line.score = max(line.score, 0.2)
        elif listing and line.hint is None and not line.source.link:
            if signs.MEMBER.match(line.text):
                line.score = max(line.score, 0.3)
            elif line.score < 0 and line.chinese <= 24:
                line.score = max(line.score, 0.05 if line.chinese <= 16 else -0.15)


def _assess_participants(lines: Sequence[Line]) -> None:
    """Raise the list of those who take part, above the record of a press conference or a meeting."""
    index, count = 0, len(lines)
    while index < count:
        named = [at for at in range(index, min(index + 4, count)) if signs.TAKES_PART.match(lines[at].text)]
        line = lines[index]
        if len(named) < 2 or not (named[0] == index or signs.HELD.match(line.text)):
            index += 1
            continue
        while index < count and _takes_part(lines[index]):
            lines[index].hint, lines[index].opens = None, None
            lines[index].score = max(lines[index].score, 0.4)
            index += 1
        index += 1


def _takes_part(line: Line) -> bool:
    return not line.source.link and any(
        pattern.match(line.text) for pattern in (signs.TAKES_PART, signs.HELD, signs.PERSON_AFTER_POST)
    )


def _dated_list(lines: Sequence[Line], index: int) -> bool:
    """Tell whether bare dates stand above and below: a list of titles with their dates."""
    above = lines[max(0, index - 3) : index]
    return any(signs.DATE_ONLY.match(line.text) for line in above)


def _assess_sections(lines: Sequence[Line]) -> None:
    """Lower what stands in a list of other articles or of comments, until paragraphs follow one another again."""
    section: BlockKind | None = None
    container: tuple[int, ...] = ()
    told = False  # whether there has been anything to comment on
    for index, line in enumerate(lines):
        told = told or (line.final and line.score > 0)
        if line.opens is BlockKind.REPLY and not told:
            continue  # 评论 in a navigation
        if line.opens is not None and line.source.region >= 0:
            section, container = line.opens, line.source.within
            continue
        if section is None:
            continue
        enough = 1 if line.source.region > 0 else 2
        if line.strong and sum(1 for other in lines[index : index + 4] if other.strong) >= enough:
            section = None
            continue
        if line.source.tag and not set(container[1:3]) & set(line.source.within):
            section = None  # another part of the page
            continue
        line.score -= 2.5
        line.section = section
