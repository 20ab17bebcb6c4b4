"""Teasers: excerpts of other articles that a page shows, each read as an article of its own.

What counts is whether an excerpt reports on what the page's article is about; the others say nothing to the point.
Offsets stay those of the page, so that every character of an excerpt leads back to where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Article, Block, BlockKind
from kg.text import signs
from kg.text.mapped import Mapped, Origins
from kg.text.metadata import iso_date, read_metadata
from kg.text.title import overlap

_LEAST_EXCERPT = 25  # Chinese characters
_LONG = 40  # Chinese characters that no headline has
_LONGEST_TITLE = 200  # characters of a headline that are looked at
_LEAST_SUBJECT = 4  # Chinese characters
_LONGEST_RUN = 30  # Chinese characters of a headline without a mark or function word that are looked at
_MOST = 60  # teasers of a page that are read; more is a list of everything
_CENTRAL = 3  # how often an article names what it is about
_LONGEST_TAIL = 8  # characters behind the last mark that are a fragment rather than a clause

# What parts the names in a headline: marks, function words, ends of the names of places and bodies.
_BETWEEN = re.compile(r"[^\u4e00-\u9fff]|[的了和与及在是对将为把向让由]|[省市州县区盟旗]|总工会|政府|委员会|办公室")
# Said of anything.
_COMMON = frozenset(["高质量发展", "新时代", "座谈会", "工作会议", "现场推进会", "新闻发布会", "本报记者"])
_OUTLET = (
    r"[\u4e00-\u9fff]{2,6}?(?:日报|晚报|晨报|早报|时报|商报|都市报|网|新闻|发布|客户端|电视台)"
    r"(?:[-—·][\u4e00-\u9fff]{2,6}?频道)?"
)
_CUT = re.compile(r"[.…\s]*[。，、；,;”]?\s*")
_TAKEN_FROM = re.compile(rf"(?:本?文)?(?:转自|来源)[:：]?\s?{_OUTLET}")
# Where the text begins behind a headline or names that run into it without a mark.
_HEADED = re.compile(
    r"[^。，；！？,;!?]{2,60}?"
    r"(?=本报讯|[\u4e00-\u9fff]{2,4}(?:网|社)讯|近年来|近日|日前|今年以来|去年以来|(?<!\d)\d{1,2}月\d{1,2}日[，,])"
)
_NAME = r"(?:[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]\s[\u4e00-\u9fff])"
_NAMES = re.compile(rf"{_NAME}(?:\s{_NAME}){{0,3}}")
_TAIL = re.compile(r"[，。、；：！？,;:!?]([^，。、；：！？,;:!?”’）》)]+?)[.…\s]*$")


def read_teasers(article: Article) -> tuple[Article, ...]:
    """Return the teasers on the page of `article` that report on its subject, in page order.

    Each is an article of its own: its page has the identifier `<page>/teaser-<n>`, n counting all teasers of the page,
    and `teaser_of` is the page's own. Their dates are their own, or None.

    >>> from kg.text.article import read_article
    >>> from kg.model import Page
    >>> read_teasers(read_article(Page("a.txt", "甲市总工会召开会议。", "text/plain", "utf-8", "")))
    ()
    """
    subjects = _subjects(article)
    if not subjects:
        return ()
    found = []
    for number, teaser in enumerate(_teasers(article), 1):
        text = article.text[teaser.excerpt.start : teaser.excerpt.end]
        headline = article.text[teaser.headline.start : teaser.headline.end] if teaser.headline else ""
        if any(subject in text or subject in headline for subject in subjects):
            found.append(_article(article, teaser, number))
            if len(found) == _MOST:
                break
    return tuple(found)


def _subjects(article: Article) -> list[str]:
    """Return what the headline names and the article comes back to."""
    body = "\n".join(article.text[block.start : block.end] for block in article.body())
    subjects = []
    for run in (run[:_LONGEST_RUN] for run in _BETWEEN.split((article.title or "")[:_LONGEST_TITLE])):
        # The longest part of a run that comes again and again: headlines put other words before and behind it.
        for size in range(len(run), _LEAST_SUBJECT - 1, -1):
            parts = [run[at : at + size] for at in range(len(run) - size + 1)]
            central = [part for part in parts if body.count(part) >= _CENTRAL and part not in _COMMON]
            if central:
                subjects += central
                break
    return subjects


# --- which lines make a teaser ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Teaser:
    excerpt: Block
    headline: Block | None = None
    dates: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    headline: Block | None = None
    excerpt: Block | None = None
    dates: list[Block] = field(default_factory=list)

    def empty(self) -> bool:
        return not (self.headline or self.excerpt or self.dates)


def _teasers(article: Article) -> Iterator[_Teaser]:
    """Yield what has an excerpt, with its headline and its dates."""
    for stretch in _stretches(article):
        for draft in _drafts(stretch):
            if draft.excerpt is not None:
                yield _Teaser(draft.excerpt, draft.headline, draft.dates)


def _stretches(article: Article) -> Iterator[list[tuple[str, Block]]]:
    stretch: list[tuple[str, Block]] = []
    for block in article.blocks:
        role = _role(block, article.text[block.start : block.end])
        if role:
            stretch.append((role, block))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _role(block: Block, text: str) -> str:
    if block.kind is BlockKind.TEASER:
        chinese = signs.han(text)
        cut = signs.TRUNCATED.search(text) is not None
        ended = signs.FINAL.search(text) is not None
        if chinese >= _LONG or (chinese >= _LEAST_EXCERPT and (cut or ended or len(signs.COMMA.findall(text)) >= 2)):
            return "excerpt"
        return "headline"
    if block.kind in {BlockKind.META, BlockKind.FURNITURE} and (
        signs.DATE_ONLY.match(text) or signs.RELATIVE.search(text) or signs.NAME_AND_DATE.match(text)
    ):
        return "date"
    return ""


def _drafts(stretch: Sequence[tuple[str, Block]]) -> list[_Draft]:
    # Dates stand above all or behind all.
    above = stretch[0][0] == "date" and stretch[-1][0] != "date"
    drafts = [_Draft()]
    for role, block in stretch:
        draft = drafts[-1]
        fresh = (
            (role == "date" and not draft.empty() and (above or bool(draft.dates)))
            or (role == "headline" and (draft.headline is not None or draft.excerpt is not None))
            or (role == "excerpt" and draft.excerpt is not None)
        )
        if fresh:
            draft = _Draft()
            drafts.append(draft)
        if role == "date":
            draft.dates.append(block)
        elif role == "headline":
            draft.headline = block
        else:
            draft.excerpt = block
    return drafts


# --- its article ------------------------------------------------------------------------------------------------------


def _article(article: Article, teaser: _Teaser, number: int) -> Article:
    pieces = sorted(
        [
            *([(teaser.headline.start, teaser.headline.end, BlockKind.TITLE)] if teaser.headline else []),
            *_parts(article.text, teaser),
            *((date.start, date.end, BlockKind.META) for date in teaser.dates),
        ]
    )
    whole = Mapped(article.text, article.starts, article.ends)
    collected = Origins()
    blocks: list[Block] = []
    for start, end, kind in pieces:
        if blocks:
            collected.separate("\n")
        at = collected.length
        collected.append(whole.slice(start, end))
        blocks.append(Block(kind, at, collected.length))
    clean = collected.finish()
    said = read_metadata([(block.kind, clean.text[block.start : block.end]) for block in blocks])
    dates = [iso_date(article.text[date.start : date.end]) for date in teaser.dates]
    page = article.page
    return Article(
        page=replace(page, identifier=f"{page.identifier}/teaser-{number}", url=None, title=None, date=None),
        text=clean.text,
        starts=clean.starts,
        ends=clean.ends,
        blocks=tuple(blocks),
        title=said.title,
        published=next(filter(None, dates), None),
        publisher=said.publisher,
        authors=said.authors,
        guessed=_guessed(article, clean),
        teaser_of=page.identifier,
        truncated=_is_cut(article.text[teaser.excerpt.start : teaser.excerpt.end]),
    )


def _is_cut(text: str) -> bool:
    return bool(signs.TRUNCATED.search(text)) or signs.FINAL.search(text) is None


def _parts(text: str, teaser: _Teaser) -> list[tuple[int, int, BlockKind]]:
    """Return the parts of an excerpt: its source, a headline that runs into it, the text, a fragment at its end."""
    start, end = teaser.excerpt.start, teaser.excerpt.end
    headline = text[teaser.headline.start : teaser.headline.end] if teaser.headline else ""
    parts: list[tuple[int, int, BlockKind]] = []

    def cut(to: int, kind: BlockKind) -> int:
        if text[start:to].strip():
            parts.append((start, to, kind))
        return to

    dots = _CUT.match(text, start, end)
    begun = text[start] in ".…"  # what comes first is the rest of something
    start = cut(dots.end(), BlockKind.FURNITURE) if dots else start
    if (source := _TAKEN_FROM.match(text, start, end)) is not None:
        start = cut(source.end(), BlockKind.META)
        begun = False
    if headline and text.startswith(headline, start, end):
        start = cut(start + len(headline), BlockKind.FURNITURE)
    elif (head := _HEADED.match(text, start, end)) is not None:
        known = bool(headline) and overlap(head.group(), headline) >= 0.5
        if _NAMES.fullmatch(head.group().strip()) and len(head.group()) <= 16:
            start = cut(head.end(), BlockKind.META)
        elif begun or known or signs.han(head.group()) >= 8:
            title = not (begun or known or headline)
            start = cut(head.end(), BlockKind.TITLE if title else BlockKind.FURNITURE)
    tail = _TAIL.search(text[start:end])
    if tail and len(tail[1]) <= _LONGEST_TAIL and _is_cut(text[start:end]):
        parts.append((start + tail.start(1), end, BlockKind.FURNITURE))
        end = start + tail.start(1)
    parts.append((start, end, BlockKind.PARAGRAPH))
    return [(first, last, kind) for first, last, kind in parts if text[first:last].strip()]


def _guessed(article: Article, clean: Mapped) -> tuple[tuple[int, int], ...]:
    """Return the spans of the clean text that were read from what the article guessed."""
    found = []
    for first, last in article.guessed:
        begin, stop = article.starts[first], article.ends[last - 1]
        inside = [at for at, place in enumerate(clean.starts) if begin <= place < stop]
        if inside:
            found.append((inside[0], inside[-1] + 1))
    return tuple(found)
