"""Persons: behind a post, a calling or a firm, in a byline, in a row with others, or where only someone can act.

Each construction says where a name may begin and how probable that is; the model of names decides.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract.data import table
from kg.extract.dictionary import entry, known_words
from kg.extract.names.draft import Draft, occurrences
from kg.extract.names.name_model import name_at
from kg.extract.names.standing import RANK
from kg.extract.segment import words
from kg.lexicon import persons
from kg.lexicon.places import places_named
from kg.model import BlockKind, Mention

_HAN = r"[\u4e00-\u9fff]"
_JOINT = re.compile(r"(?:[(（][^()（）\n]{1,40}[)）])?(?:、|和|与|及|以及|,|，(?=[^，。]{2,3}[、和等]))")
_MINORITY = re.compile(rf"{_HAN}{{1,12}}[·•]{_HAN}{{1,6}}(?:[·•]{_HAN}{{1,6}})?")
_SPACE = re.compile(rf"[ \u3000]+(?={_HAN})")
_SPACED = re.compile(rf"({_HAN})[ \u3000]{{1,2}}({_HAN})(?!{_HAN})")
# 龙利钜能: one more character than a name is another kind of name.
_SET_APART = re.compile(rf"(?:\d{{1,3}}[.、．\s]\s?)?({_HAN})[ \u3000]+({_HAN})(?=[(（ \u3000]|$)")
_ONE_LEFT = re.compile(rf"(?![说获任是在为等和与及的也则均都被即]){_HAN}(?!{_HAN})")
# 领导任双组长: 任 is the verb.
_TAKES_OFFICE = re.compile("任(?:双|总)?(?:组长|召集人|主任|总指挥|政委)")
_COMMON = 20  # how often a word stands in the dictionary's texts that is hardly a part of a name
_EMPLOYERS = frozenset({"Enterprise", "School", "Organization"})
# How probable it is that a name begins behind each kind of clue.
_AFTER_POST, _AFTER_CALLING, _AFTER_FIRM, _BYLINE, _IN_ROW, _ACTING = 0.9, 0.2, 0.15, 0.97, 0.4, 0.3
# Without any clue: three characters that make no words make a name.
_ANYWHERE = 0.002
_CHOSEN = 0.91


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
        "and_others": re.compile(r"(?=等?\s*[\d一二两三四五六七八九十]+\s*余?(?:[名位](?!列)|人(?!次)))"),
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
        _Titles(
            AhoCorasick(sorted(persons.posts()), matchkind=longest), re.compile("(?:同志)?[ \u3000]?"), _AFTER_POST
        ),
        _Titles(AhoCorasick(sorted(callings), matchkind=longest), re.compile("(?:——)?"), _AFTER_CALLING),
    )


def find(draft: Draft) -> list[str]:
    """Add the persons of the article and return their names."""
    found: set[str] = set()
    starts: set[tuple[int, int]] = set()
    clues = _Clues(draft.text)
    for start, end, index in draft.sentences:
        places = list(_places(draft, start, end, clues))
        if draft.blocks[index].kind is not BlockKind.META:
            places += [(at, _ANYWHERE) for at in _surnames_alone(draft.text, start, end)]
        for at, prior in places:
            _read_row(draft, at, prior, end, found, starts)
        _read_back(draft, start, end, found, starts)
    found |= _dotted(draft)
    _add_listed(draft)
    names = _consistent(draft, found)
    for name in names:
        _add_all(draft, name)
    return names


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


def _places(draft: Draft, start: int, end: int, clues: _Clues) -> Iterator[tuple[int, float]]:
    """Yield where names may begin in a sentence, and how probable each is."""
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
        yield last, _CHOSEN
    for _, last in clues.of("byline", start, end):
        if _followed(text, last, _BYLINE, "after_byline"):
            yield last, _BYLINE
    for at, _ in clues.of("acting", start, end):
        if _followed(text, at, _ACTING, "then_acts"):
            yield at, _ACTING
    for _, last in clues.of("role", start, end):
        yield last, _AFTER_POST
    for _, last in clues.of("item", start, end):
        yield last, _IN_ROW
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
        if name_at(text, at, _ACTING, end) and _begins_word(text, at, start, end):
            yield at


def _begins_word(text: str, at: int, start: int, end: int) -> bool:
    """Whether no word of the dictionaries reaches over an offset."""
    here = max(start, at - 8)
    for word in known_words(text[here:end]):
        if here >= at:
            break
        here += len(word)
    return here == at


def _surnames_alone(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets of surnames that are no part of a longer word and begin what can only be a name.

    >>> list(_surnames_alone("记者见到熊志刚", 0, 7)), list(_surnames_alone("龙利钜能", 0, 4))
    ([4], [])
    """
    at, surnames = start, persons.surnames(rare=True)
    for word in known_words(text[start:end]):
        if word in surnames or (word[0] in surnames and _is_personal(word)):
            name = name_at(text, at, _ANYWHERE, limit=end)
            if name and not _ONE_LEFT.match(text, at + len(name), end):
                yield at
        at += len(word)


def _is_personal(word: str) -> bool:
    """Whether the dictionary has a word as the name of a person."""
    known = entry(word)
    return known is not None and known[1].startswith("nr")


def _followed(text: str, at: int, prior: float, pattern: str) -> bool:
    name = name_at(text, at, prior) or _spaced(text, at, prior)
    return bool(name) and _patterns()[pattern].match(text, at + len(name)) is not None


def _read_row(draft: Draft, at: int, prior: float, end: int, found: set[str], starts: set[tuple[int, int]]) -> None:
    """Read the name at an offset and those joined to it."""
    text = draft.text
    while at < end:
        if draft.covering(at) is not None and draft.covering(at).type != "Region":  # type: ignore[union-attr]
            return
        name = name_at(text, at, prior, limit=end) or _spaced(text, at, prior)
        if not name or (at, len(name)) in starts or not _is_free(draft, at, name):
            return
        starts.add((at, len(name)))
        found.add(name.replace(" ", "").replace("\u3000", ""))
        at += len(name)
        joint = _JOINT.match(text, at, end)
        space = _SPACE.match(text, at, end) if prior == _BYLINE else None
        if space is not None:
            at = space.end()
        elif joint is not None:
            at, prior = joint.end(), max(prior, _IN_ROW) if prior in {_BYLINE, _CHOSEN} else _IN_ROW
        else:
            return


def _read_back(draft: Draft, start: int, end: int, found: set[str], starts: set[tuple[int, int]]) -> None:
    """Read the names joined to those found in a sentence that stand before them: 田冲、卢峰."""
    text = draft.text
    for at in sorted((at for at, _ in starts if start <= at < end), reverse=True):
        joint = at - 1
        while joint - 2 >= start and text[joint] in "、和与":
            lengths = (n for n in (3, 2) if joint - n >= start and _begins_word(text, joint - n, start, joint))
            name = next((m for n in lengths if (m := name_at(text, joint - n, _IN_ROW, joint))), "")
            before = joint - len(name)
            if not name or (before, len(name)) in starts or not _is_free(draft, before, name):
                break
            starts.add((before, len(name)))
            found.add(name)
            joint = before - 1


def _spaced(text: str, at: int, prior: float) -> str:
    """A name of two characters that is spread to the width of three: 李　明."""
    match = _SPACED.match(text, at)
    if match and name_at(match[1] + match[2], 0, prior):
        return match[0]
    return ""


def _is_free(draft: Draft, at: int, name: str) -> bool:
    """Whether a name is no title, no place, and no part of a longer name that is known."""
    if (
        name in persons.titles()
        or RANK.fullmatch(name)
        or places_named(name)
        or draft.text[max(0, at - 1) : at + 1] == "公司"
        or _TAKES_OFFICE.match(draft.text, at)
    ):
        return False
    over = draft.covering(at)
    return over is None or over.end <= at + len(name)


def _add_all(draft: Draft, name: str) -> None:
    for start in occurrences(draft.text, name):
        if draft.holds(start) and (len(name) > 2 or name_at(draft.text, start, 0.5) == name):
            draft.add(Mention(start, start + len(name), "Person", name, name=name))


def _consistent(draft: Draft, found: set[str]) -> list[str]:
    """Drop names that are another name with a character too many or too few, the rarer of the two."""
    kept: list[str] = []
    count = draft.text.count
    # Where a shorter name always stands inside the longer one, their counts are equal and the longer wins.
    for name in sorted(found, key=lambda n: (-count(n), -len(n), n)):
        if not any(name.startswith(other) or other.startswith(name) for other in kept):
            kept.append(name)
    # 立新 is no name of its own where it always stands in 程立新.
    return sorted(n for n in kept if not any(o != n and n in o and count(o) * o.count(n) == count(n) for o in kept))


def _add_listed(draft: Draft) -> None:
    """Add the names of two characters that a list sets apart to the width of three: 王　磊　　某公司焊工."""
    for block in draft.blocks:
        match = _SET_APART.match(draft.text, block.start, block.end)
        if match and match[1] in persons.surnames(rare=True):
            draft.add(Mention(match.start(1), match.end(2), "Person", match[1] + match[2], name=match[1] + match[2]))


def _dotted(draft: Draft) -> set[str]:
    """Names with a middle dot, as Uyghurs, Kazakhs and others write them."""
    found: set[str] = set()
    if "·" not in draft.text and "•" not in draft.text:
        return found
    for block in draft.blocks:
        for match in _MINORITY.finditer(draft.text, block.start, block.end):
            dot = re.search("[·•]", match[0])
            assert dot is not None
            over = [m.end for m in draft.within(match.start(), match.start() + dot.start())]
            name = _without_title(draft.text[max([match.start(), *over]) : match.end()])
            if name and len(name) <= 14:
                found.add(name)
    return found


@functools.cache
def _titles_longest_first() -> tuple[str, ...]:
    return tuple(sorted(persons.titles(), key=len, reverse=True))


def _without_title(name: str) -> str:
    """Drop the post that runs into a name: 班长阿不都·买买提说."""
    first, _, rest = name.partition(name[re.search("[·•]", name).start()])  # type: ignore[union-attr]
    for title in _titles_longest_first():
        if title in first and not first.endswith(title):
            first = first[first.rindex(title) + len(title) :]
            break
    first = _behind_words(first)
    rest = re.split("说|表示|介绍|获|荣|被|入选|当选|任|主持|出席|和|与|在|的|等|带|领|告诉|牵头", rest)[0]
    rest = _until_word(rest)
    return (f"{first}·{rest}" if "·" in name else f"{first}•{rest}") if first and rest else ""


def _behind_words(first: str) -> str:
    """Return the first part of a name from behind the words that run into it: 绕线工|阿依古丽."""
    kept = ""
    for word in known_words(first):
        known = entry(word)
        if len(word) > 1 and known is not None and known[0] > _COMMON and not known[1].startswith("nr"):
            kept = ""
        else:
            kept += word
    return re.sub("^.*[工员师手长](?=..)", "", kept)


def _until_word(rest: str) -> str:
    """Return the last part of a name up to where other words of two and more characters begin: 买买提|三年出徒."""
    kept = ""
    for word in words(rest):
        if kept and len(word.text) > 1 and word.tag[0] in "mtvda":
            break
        kept += word.text
    return kept
