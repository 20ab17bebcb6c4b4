"""Where in a sentence the name of a person may begin, and how probable that is.

Behind a post, a calling or a firm, in a byline, before what only someone does, or wherever a surname is no part of
another word; the model of names decides where, and whether, a name ends.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract.data import table
from kg.extract.dictionary import entry, known_words
from kg.extract.names.draft import Draft
from kg.extract.names.name_model import name_at
from kg.lexicon import persons
from kg.model import BlockKind

_HAN = r"[\u4e00-\u9fff]"
_SPACED = re.compile(rf"({_HAN})[ \u3000]{{1,2}}({_HAN})(?!{_HAN})")
_ONE_LEFT = re.compile(rf"(?![说获任是在为等和与及的也则均都被即]){_HAN}(?!{_HAN})")
_EMPLOYERS = frozenset({"Enterprise", "School", "Organization"})
# 常务副主席（兼）某某, 主席同志某某
_AFTER_TITLE = re.compile("(?:同志|[(（](?:兼职?|挂职|[正副]?[部厅局处科]级)[)）])?[ \u3000]?")
# How probable it is that a name begins behind each kind of clue.
_AFTER_POST, _AFTER_CALLING, _AFTER_FIRM, BYLINE, IN_ROW, _ACTING = 0.9, 0.2, 0.15, 0.97, 0.4, 0.3
# Without any clue: three characters that make no words make a name.
_ANYWHERE = 0.002
_KNOWN_NAME = 0.05  # the dictionary has these characters as somebody's name
CHOSEN = 0.91
_FOLLOWING = frozenset({"then_acts", "after_byline"})  # what stands behind a name, not looked for by itself


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = table("names")["person"]

    def either(section: list[str] | frozenset[str]) -> str:
        return "|".join(sorted(map(re.escape, section), key=len, reverse=True))

    return {
        "before": re.compile(f"(?:{either(words['before'])})"),
        "chosen": re.compile(rf"(?:{either(words['chosen'])})(?={_HAN}{{2,4}}、{_HAN}{{2,4}}(?:、|等))"),
        "byline": re.compile(rf"(?:{either(words['byline'])})[ \u3000]*[:：]?[ \u3000]*"),
        "acting": re.compile(
            rf"(?<![^\n。，,”」』\"!?！？；;、：:])(?={_HAN}{{2,5}}(?:{either(words['acts'])}|[（(]))",
        ),
        "then_acts": re.compile(rf"(?:{either(words['acts'])}|[（(])"),
        "after_byline": re.compile(rf"(?!{_HAN})|{either(words['byline'])}|报道|摄|文|图|发自"),
        "and_others": re.compile(
            r"(?=[等\s\d一二两三四五六七八九十])(?=等?\s*[\d一二两三四五六七八九十]{1,8}\s*余?(?:[名位](?!列)|人(?!次)))"
        ),
        "wins": re.compile("|".join(words["wins"])),
        "role": re.compile(
            r"^(?:(?:副[ \u3000]*)?(?:组[ \u3000]*长|主[ \u3000]*任|召[ \u3000]*集[ \u3000]*人)|成[ \u3000]*员)"
            r"[:：][ \u3000]*",
            re.MULTILINE,
        ),
        "item": re.compile(
            rf"^(?:[（(]?\d+[)）.、．][ \u3000]*)?(?={_HAN}[ \u3000]*{_HAN}{{1,3}}(?:[ \u3000]{{1,8}}|[（(]){_HAN})",
            re.MULTILINE,
        ),
        "asked": re.compile(rf"^(?={_HAN}{{2,4}}[:：])", re.MULTILINE),
        "introduced": re.compile(
            rf"(?:^|(?<=[\n。；;”」』])){_HAN}{{2,4}}(?=[，,]|今年\d+岁)",
            re.MULTILINE,
        ),
        "workshop": re.compile(rf"({_HAN}{{2,4}}?)(?=(?:{either(words['workshops'])}))"),
    }


@dataclass(frozen=True, slots=True)
class _Titles:
    """Words behind which a person's name may begin.

    Attributes:
        words: An automaton of them; there are thousands.
        link: What may stand between the word and the name.
        prior: How probable it is that a name begins there.
    """

    words: AhoCorasick
    link: re.Pattern[str]
    prior: float

    def behind(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of the words in a text, in order, the longest of those that overlap."""
        return [(start, end) for _, start, end in self.words.find_matches_as_indexes(text)]


@functools.cache
def _titles() -> tuple[_Titles, ...]:
    words = table("names")["person"]
    callings = {*words["callings"], *persons.callings()} - {*words["not_callings"]}
    longest = MatchKind.LeftmostLongest
    return (
        _Titles(AhoCorasick(sorted(persons.posts()), matchkind=longest), _AFTER_TITLE, _AFTER_POST),
        _Titles(AhoCorasick(sorted(callings), matchkind=longest), re.compile("(?:——)?"), _AFTER_CALLING),
    )


def name_starts(draft: Draft) -> Callable[[int, int, int], Iterator[tuple[int, float]]]:
    """Return what yields where names may begin in a sentence (start, end, index of its block), and how probably."""
    clues = _Clues(draft.text)

    def starts(start: int, end: int, index: int) -> Iterator[tuple[int, float]]:
        yield from _by_clues(draft, start, end, clues)
        if draft.blocks[index].kind is not BlockKind.META:
            yield from _surnames_alone(draft.text, start, end)

    return starts


class _Clues:
    """Where the words and constructions stand in a text that names of persons stand beside, each looked for once."""

    def __init__(self, text: str) -> None:
        self._titles = [titles.behind(text) for titles in _titles()]
        self._found = {
            kind: [match.span() for match in pattern.finditer(text)]
            for kind, pattern in _patterns().items()
            if kind not in _FOLLOWING
        }

    def titles(self, start: int, end: int) -> Iterator[tuple[_Titles, int]]:
        """Yield where the titles in a sentence end, with what they say of a name behind them."""
        for titles, spans in zip(_titles(), self._titles, strict=True):
            yield from ((titles, last) for _, last in _between(spans, start, end))

    def of(self, kind: str, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the spans of one kind in a sentence."""
        spans = self._found[kind]
        return _between(spans, start, end) if spans else ()


def _between(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return those of the ordered spans that begin in `[start, end)`."""
    first = bisect_left(spans, (start,))
    return spans[first : bisect_left(spans, (end,), first)]


def _by_clues(draft: Draft, start: int, end: int, clues: _Clues) -> Iterator[tuple[int, float]]:
    """Yield where what stands before or behind tells that a name may begin."""
    text = draft.text
    behind_titles = []
    for titles, last in clues.titles(start, end):
        link = titles.link.match(text, last, end)
        if link is not None:
            behind_titles.append(link.end())
            yield link.end(), titles.prior
    for _, last in clues.of("before", start, end):
        yield last, _ACTING
    for _, last in clues.of("chosen", start, end):
        yield last, CHOSEN
    for _, last in clues.of("byline", start, end):
        if _followed(text, last, BYLINE, "after_byline"):
            yield last, BYLINE
    for at, _ in clues.of("acting", start, end):
        if _followed(text, at, _ACTING, "then_acts"):
            yield at, _ACTING
    for _, last in clues.of("role", start, end):
        yield last, _AFTER_POST
    for _, last in clues.of("item", start, end):
        yield last, IN_ROW
    for kind in ("and_others", "wins"):
        for at, _ in clues.of(kind, start, end):
            yield from ((name, _ACTING) for name in _ending_at(text, start, at))
    for kind in ("asked", "introduced"):
        for at, _ in clues.of(kind, start, end):
            yield at, _ACTING
    for at, last in clues.of("workshop", start, end):
        if not any(at < name < last for name in behind_titles):  # 首席技|师某某: the name begins behind the title
            yield at, _ACTING
    for mention in draft.within(start, end):
        if mention.type in _EMPLOYERS:
            yield mention.end, _AFTER_FIRM
            if text.startswith("的", mention.end):
                yield mention.end + 1, _AFTER_FIRM


def _ending_at(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where names begin that end at an offset, and that no noun of the dictionaries is."""
    for length in (2, 3, 4):
        at = end - length
        noun = entry(text[at:end]) if at >= start else None
        if at < start or (noun is not None and noun[1].startswith("n") and not noun[1].startswith("nr")):
            continue
        if name_at(text, at, _ACTING, end) and begins_word(text, at, start, end):
            yield at


def begins_word(text: str, at: int, start: int, end: int) -> bool:
    """Whether no word of the dictionaries reaches over an offset."""
    here = max(start, at - 8)
    for word in known_words(text[here:end]):
        if here >= at:
            break
        here += len(word)
    return here == at


def _surnames_alone(text: str, start: int, end: int) -> Iterator[tuple[int, float]]:
    """Yield the offsets of surnames that are no part of a longer word and begin what can only be a name.

    >>> list(_surnames_alone("记者见到熊志刚", 0, 7)), list(_surnames_alone("龙利钜能", 0, 4))
    ([(4, 0.002)], [])
    """
    at, surnames = start, persons.surnames(rare=True)
    for word in known_words(text[start:end]):
        if word in surnames or (word[0] in surnames and _is_personal(word)):
            prior = _KNOWN_NAME if _heads_clause(text, at) and _is_given(word[1:]) else _ANYWHERE
            name = name_at(text, at, prior, limit=end)
            if name and not _ONE_LEFT.match(text, at + len(name), end):
                yield at, prior
        at += len(word)


def _heads_clause(text: str, at: int) -> bool:
    return at == 0 or not "\u4e00" <= text[at - 1] <= "\u9fff"


def _is_given(name: str) -> bool:
    """Whether two characters are usual ones in given names: no 金|点子."""
    return len(name) == 2 and set(name) <= persons.given_characters()[0]


def _is_personal(word: str) -> bool:
    """Whether the dictionary has a word as the name of a person."""
    known = entry(word)
    return known is not None and known[1].startswith("nr")


def _followed(text: str, at: int, prior: float, pattern: str) -> bool:
    name = name_at(text, at, prior) or spaced(text, at, prior)
    return bool(name) and _patterns()[pattern].match(text, at + len(name)) is not None


def spaced(text: str, at: int, prior: float) -> str:
    """A name of two characters that is spread to the width of three: 李　明."""
    match = _SPACED.match(text, at)
    if match and name_at(match[1] + match[2], 0, prior):
        return match[0]
    return ""
