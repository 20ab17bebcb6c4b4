"""Places in a text: where their names stand, and which of them the text confirms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from ahocorasick_rs import AhoCorasick

from kg.lexicon.divisions import NATION, Place, abbreviations, children, nicknames, place, townships_of
from kg.lexicon.place_names import known_names, places_named, resolve_place, surroundings
from kg.lexicon.tables import rows
from kg.lexicon.townships import find_townships

__all__ = [
    "NATION",
    "Place",
    "PlaceMatch",
    "children",
    "confirmed",
    "find_places",
    "find_townships_in",
    "place",
    "places_named",
    "resolve_place",
    "townships_of",
]

Form = Literal["full", "short", "short-county", "abbr", "nickname", "nation"]


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A name of a place in a text.

    Attributes:
        start, end: Half-open offsets of characters.
        text: The characters of the span.
        candidates: The places that the name may mean, those of higher level first; never empty.
        form: `full` name; `short` form of a province or prefecture, or of a county with its kind (科左中旗);
            `short-county`: short form of a county, or a name that is an ordinary word as well (城区, 日照), to be used
            only where `confirmed`; `abbr`: one character in a compound (京津冀 gives three); `nickname` (八桂), a part
            of names; `nation` (全国, 中国).
    """

    start: int
    end: int
    text: str
    candidates: tuple[Place, ...]
    form: Form


# What a full name's last character begins in fact, with a character behind it: 大同市场 is 大同 and 市场.
_GOES_ON = {"区": "域间块别分位划隔号", "市": "场值价", "盟": "友员约", "旗": "下帜手舰袍", "县": "", "州": ""}
# 南京路, 北京东路, 山东大街: the name of a road.
_ROAD = re.compile(r"[东西南北中]?[一二三四五六七八九]?(?:路(?!线|径|网|演|子)|大道|大街)")
_ABBREVIATED = re.compile(
    r"京津冀|粤港澳|港澳台|成渝|陕甘宁|云贵川|[京津冀晋蒙辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕甘]{2,}"
)
# Characters that abbreviate provinces in these compounds only.
_NOT_ABBREVIATED = frozenset("成云贵宁")

# What may be left of a full name when its first character belongs to the word before: 沿海城区, 湖南山区.
_DISTRICTS = frozenset(f"{kind}区" for kind in "城市新山库矿景林灾郊牧园东西南北")

_FULL, _SHORT, _COUNTY, _COMMON, _NICKNAME = range(5)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What the automaton finds: a name with its places, or a word that is none (or `part` of which is one)."""

    rank: int
    form: Form | None
    candidates: tuple[Place, ...] = ()
    part: str = ""


@cache
def _patterns() -> dict[str, _Pattern]:
    full, short = known_names()
    patterns: dict[str, _Pattern] = {}
    for name, found in short.items():
        above = [p for p in found if p.level in ("province", "prefecture")]
        if above and not any(p.common for p in above):
            # 海南 the province outweighs 海南 the county; in its own prefecture the caller may know better.
            patterns[name] = _Pattern(_SHORT, "short", found)
        elif name[-1] in "旗县" and all(p.name[-1] == name[-1] for p in found):
            patterns[name] = _Pattern(_SHORT, "short", found)
        else:
            common = any(p.common for p in found)
            patterns[name] = _Pattern(_COMMON if common else _COUNTY, "short-county", found)
    for name, found in full.items():
        if found[0] == NATION:
            patterns[name] = _Pattern(_SHORT, "nation", found)
        elif all(p.common == 2 for p in found):
            patterns[name] = _Pattern(_COMMON, "short-county", found)
        else:
            patterns[name] = _Pattern(_FULL, "full", found)
    for code, names in nicknames().items():
        # 龙江 is 黑龙江 rather than 龙江县, but may be that.
        patterns |= {n: _Pattern(_NICKNAME, "nickname", (place(code), *short.get(n, ()))) for n in names}
    text = (files("kg.lexicon") / "data" / "place-blockers.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and line[0] != "#":
            word, _, part = line.partition("\t")
            patterns[word] = _Pattern(_FULL, None, (), part)
    return patterns


@cache
def _automaton() -> tuple[AhoCorasick, list[_Pattern]]:
    patterns = _patterns()
    return AhoCorasick(list(patterns)), list(patterns.values())


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row[0] for row in rows("common-words.txt", 1))


def find_places(text: str) -> list[PlaceMatch]:
    """Return the names of places in `text`, in order and without overlaps; townships are not among them.

    A chain such as 安徽省芜湖市鸠江区 or 广东深圳 gives its parts; a part's candidates are narrowed to those that lie
    in the place directly before it.

    >>> [(m.text, m.form) for m in find_places("广东深圳的上海南站、京津冀")]
    [('广东', 'short'), ('深圳', 'short'), ('上海', 'short'), ('京', 'abbr'), ('津', 'abbr'), ('冀', 'abbr')]
    """
    automaton, patterns = _automaton()
    hits = sorted(
        ((start, end, patterns[i]) for i, start, end in automaton.find_matches_as_indexes(text, overlapping=True)),
        key=lambda hit: (hit[0], -hit[1]),
    )
    found: list[PlaceMatch] = []
    cluster: list[tuple[int, int, _Pattern]] = []
    reach = 0
    for hit in hits:
        if cluster and hit[0] >= reach:
            _take(text, cluster, found)
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit[1])
    if cluster:
        _take(text, cluster, found)
    _add_abbreviations(text, found)
    return _narrowed(found)


def _take(text: str, cluster: list[tuple[int, int, _Pattern]], found: list[PlaceMatch]) -> None:
    """Append what stands in a stretch of overlapping hits: the strongest, then what does not overlap with it."""
    if len(cluster) > 1:
        # Among full names the longest, among the others the first: 河南北部 is 河南.
        cluster.sort(key=lambda h: (h[2].rank, h[0] - h[1] if h[2].rank == _FULL else 0, h[0], h[0] - h[1]))
    taken: list[tuple[int, int]] = []
    matches: list[PlaceMatch] = []
    for start, end, pattern in cluster:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        if pattern.form is None:
            if pattern.part:
                at = text.index(pattern.part, start, end)
                inner = _patterns()[pattern.part]
                assert inner.form is not None
                matches.append(PlaceMatch(at, at + len(pattern.part), pattern.part, inner.candidates, inner.form))
        elif _is_place(text, start, end, pattern):
            matches.append(PlaceMatch(start, end, text[start:end], pattern.candidates, pattern.form))
        else:
            continue
        taken.append((start, end))
    found.extend(sorted(matches, key=lambda m: m.start) if len(matches) > 1 else matches)


# 青山区分别…: what follows is a word of its own.
_GOES_ALONE = re.compile("分[别头工批]")


def _is_place(text: str, start: int, end: int, pattern: _Pattern) -> bool:
    """Whether the neighbours let these characters be a name of their own."""
    behind = text[end : end + 1]
    if not behind and not start:
        return True
    if (
        pattern.rank == _FULL
        and behind
        and behind in _GOES_ON.get(text[end - 1], "")
        and not _GOES_ALONE.match(text, end)
    ):
        return False
    if pattern.rank != _FULL and _ROAD.match(text, end):
        return False
    # 推广|安全 is not 广安, 示范|县 not 范县: both edges belong to words that reach beyond, or to what is left.
    if not start:
        return True
    word_before = text[start - 1 : start + 1]
    if pattern.rank == _FULL:
        if end - start == 2 or (end - start == 3 and text[start + 1 : end] in _DISTRICTS):
            return word_before not in _common_words() and word_before not in known_names()[1]
        return True
    word_behind = text[end - 1 : end + 1]
    return word_before not in _common_words() or not (word_behind in _common_words() or word_behind in _DISTRICTS)


def _add_abbreviations(text: str, found: list[PlaceMatch]) -> None:
    """Insert the one-character abbreviations that stand in compounds."""
    known = abbreviations()
    added: list[PlaceMatch] = []
    starts = [m.start for m in found]
    for compound in _ABBREVIATED.finditer(text):
        start, end = compound.span()
        at = bisect_left(starts, end)
        if at and found[at - 1].end > start:
            continue
        for offset, character in enumerate(compound[0], start):
            if character not in _NOT_ABBREVIATED:
                added.append(PlaceMatch(offset, offset + 1, character, (known[character],), "abbr"))
    if added:
        found.extend(added)
        found.sort(key=lambda m: m.start)


def _narrowed(found: list[PlaceMatch]) -> list[PlaceMatch]:
    """Narrow the candidates of each match to those that lie in the place named directly before it."""
    for index in range(1, len(found)):
        before, match = found[index - 1], found[index]
        if before.end == match.start and len(match.candidates) > 1:
            inside = tuple(p for p in match.candidates if any(p != b and p.within(b) for b in before.candidates))
            if inside:
                found[index] = replace(match, candidates=inside)
    return found


def confirmed(matches: Sequence[PlaceMatch]) -> list[PlaceMatch]:
    """Return the matches of one document without the short forms of counties that nothing else in it confirms.

    A short form is confirmed where the county's full name stands in the document, or where the place that it lies in
    stands directly before it, or anywhere, unless the form is an ordinary word (和平) as well. Its candidates are
    narrowed to the confirmed ones, its form becomes `short`.
    """
    named = {p for m in matches if m.form == "full" and len(m.candidates) == 1 for p in m.candidates}
    around = named | {m.candidates[0] for m in matches if m.form == "short"}
    kept: list[PlaceMatch] = []
    for index, match in enumerate(matches):
        if match.form == "short-county":
            before = matches[index - 1] if index and matches[index - 1].end == match.start else None
            held = tuple(
                p
                for p in match.candidates
                if p in named
                or (before and any(p.within(b) and p != b for b in before.candidates))
                or (not p.common and any(a in around and a.level == "prefecture" for a in p.ancestors))
            )
            if not held:
                continue
            match = replace(match, candidates=held, form="short")
        kept.append(match)
    return kept


def find_townships_in(text: str, near: str) -> list[PlaceMatch]:
    """Return the full names of streets, towns and townships in `text` that lie in the prefecture of `near`.

    Directly governed cities and counties directly below a province have the whole province as their surroundings.
    """
    around = surroundings(place(near))
    return [
        PlaceMatch(start, end, text[start:end], found, "full") for start, end, found in find_townships(text, around)
    ]
