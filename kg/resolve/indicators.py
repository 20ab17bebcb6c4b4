"""What is counted, as concepts: spellings of one come together, and each knows the concept that it narrows.

Everything follows from a label alone and from `data/indicators.yaml`, never from what else was read, so that a concept
has the same name and the same place whichever documents mention it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kg.extract.endings import Endings
from kg.model import Entity
from kg.naming import entity_id
from kg.yaml import read_yaml

# The particle between a modifier and its head, not that of 目的 or 标的.
_PARTICLE = re.compile(r"(?<=[\u4e00-\u9fff”」』)]{2})(?<![目标])的(?=[\u4e00-\u9fff“「『]{2})")
_QUOTES = re.compile(r"[“”\"「」『』‘’《》]")
_BRACKETED = re.compile(r"\([^()]*\)")
_SHARE_OF = re.compile(r"(?P<part>.+?)占(?P<whole>.+)")
_NO_HEAD_BEHIND = frozenset("、和及与高非")
_UNCLEAN = re.compile(r"[0-9:。;!?]|[零一二三四五六七八九十百千]+[个名人家项件]")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept for what is counted.

    Attributes:
        name: Its preferred label, readable Simplified Chinese.
        aliases: Other labels that are known for it, sorted.
        broader: Preferred label of the concept that it narrows, or "".
        related: Preferred label of the concept of which it is a part or a change, or "".
    """

    name: str
    aliases: tuple[str, ...] = ()
    broader: str = ""
    related: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    written_out: tuple[tuple[re.Pattern[str], str], ...]
    verbs: tuple[str, ...]
    verbs_or_nouns: tuple[str, ...]
    short_modifiers: tuple[str, ...]
    totals: tuple[str, ...]
    parts: tuple[str, ...]
    changes: tuple[str, ...]
    modifier: re.Pattern[str]
    broader: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    canonical: dict[str, str]  # alternative label -> preferred label
    alternative: Endings
    heads: Endings


@lru_cache(maxsize=1 << 14)
def concept(label: str) -> Concept:
    """Return the concept that a label stands for.

    >>> concept("新增高技能人才").broader, concept("高技能人才").broader
    ('高技能人才', '技能人才')
    >>> concept("高技能人才占技能人才的比例").name, concept("规上企业").name
    ('高技能人才占技能人才比重', '规模以上企业')
    """
    words = _words()
    name = _name(label, words)
    aliases = {label, *words.aliases.get(name, ())} - {name}
    broader, related = _place(name, words)
    return Concept(name, tuple(sorted(aliases)), broader, related)


def concepts(labels: Iterable[str]) -> tuple[Entity, ...]:
    """Return the concepts of labels, with all those that they narrow or relate to, up to the broadest, sorted."""
    found: dict[str, Entity] = {}
    waiting = list(labels)
    while waiting:
        label = waiting.pop()
        known = concept(label)
        before = found.get(known.name)
        aliases = {*known.aliases, *(before.aliases if before else ())}
        found[known.name] = Entity(
            "Indicator",
            known.name,
            tuple(sorted(aliases)),
            parent=known.broader and entity_id("Indicator", known.broader),
            related=known.related and entity_id("Indicator", known.related),
        )
        waiting += [above for above in (known.broader, known.related) if above and above not in found]
    return tuple(sorted(found.values()))


# --- names --------------------------------------------------------------------------------------------------------


def _name(label: str, words: _Words) -> str:
    """Return the preferred label for any spelling."""
    name = _PARTICLE.sub("", _half_width(label)).strip()
    for short, full in words.written_out:
        name = short.sub(full, name)
    for alias in words.alternative.each(name):
        # Behind an enumeration it may be the last of several: 甲、乙 is not a kind of 乙.
        if name[: -len(alias)][-1:] not in _NO_HEAD_BEHIND:
            preferred = words.canonical[alias]
            if not name.endswith(preferred):
                name = name[: -len(alias)] + preferred
            break
    if (share := _share(name, words)) and share[1]:
        name = f"{share[0]}占{share[1]}比重"
    return name or label


def _half_width(label: str) -> str:
    # Quotes stay as they were: they are part of a readable name, and IRIs leave them out.
    return "".join(c if c in "“”‘’" else unicodedata.normalize("NFKC", c) for c in label)


def _share(name: str, words: _Words) -> tuple[str, str] | None:
    """Return of what and within what a label states a share ("" where it does not say), or None if it is no share."""
    ending = next((end for end in words.parts if name.endswith(end) and len(name) > len(end)), "")
    if not ending:
        return None
    rest = name[: -len(ending)]
    if found := _SHARE_OF.fullmatch(rest):
        return found["part"], found["whole"]
    return (rest, "") if ending == "占比" else None


# --- places -------------------------------------------------------------------------------------------------------


def _place(name: str, words: _Words) -> tuple[str, str]:
    """Return the preferred labels of the broader and of the related concept, "" where there is none."""
    if _UNCLEAN.search(name):
        return "", ""
    if name in words.broader:
        return words.broader[name], ""
    if share := _share(name, words):
        part, whole = share
        return (f"{part}占比", "") if whole else ("", _name(part, words))
    if rest := _without_ending(name, words.changes):
        return "", _name(rest, words)
    for rest in (_without_ending(name, words.totals), _without_verb(name, words), _without_modifiers(name, words)):
        if rest:
            return _name(rest, words), ""
    return _head(name, words), ""


def _without_ending(name: str, endings: Iterable[str]) -> str:
    return next((name[: -len(e)] for e in endings if name.endswith(e) and len(name) - len(e) >= 2), "")


def _without_verb(name: str, words: _Words) -> str:
    if rest := _without_beginning(name, words.verbs):
        return rest
    rest = _without_beginning(name, words.verbs_or_nouns)
    return rest if _is_own(rest, words) else ""


def _without_modifiers(name: str, words: _Words) -> str:
    found = words.modifier.match(name)
    if found and _is_noun(rest := name[found.end() :]):
        return rest
    rest = _without_beginning(name, words.short_modifiers)
    return rest if rest in words.broader else ""


def _without_beginning(name: str, beginnings: Iterable[str]) -> str:
    beginning = next((b for b in beginnings if name.startswith(b)), "")
    rest = name[len(beginning) :] if beginning else ""
    return rest if _is_noun(rest) else ""


def _is_own(name: str, words: _Words) -> bool:
    """Return whether a label is one of the subject's concepts or narrows one."""
    return name in words.broader or bool(_head(name, words) or _without_modifiers(name, words))


def _is_noun(text: str) -> bool:
    """Return whether what is left of a label can be one: it is no stump and begins within no word or list."""
    bare = _QUOTES.sub("", text)
    return len(bare) >= 2 and text[0] not in "、)和及与级的了数量率额以" and not text.endswith("、")


def _head(name: str, words: _Words) -> str:
    """Return the longest of the subject's concepts that a label ends with."""
    for head in words.heads.each(name):
        if name != head:
            before = name[: -len(head)]
            # 特级技师、首席技师 is no kind of 首席技师, and 非技能人才 none of 技能人才.
            several = "、" in _BRACKETED.sub("", before) or before[-1] in "和及与或/"
            return "" if several or before[-1] in "非未占" else head
    return ""


# --- data ---------------------------------------------------------------------------------------------------------


@cache
def _words() -> _Words:
    data = read_yaml((files("kg.resolve.data") / "indicators.yaml").read_text("utf8"))
    longest = _longest_first
    concepts: dict[str, list[str]] = data["concepts"]
    aliases = {name: tuple(_half_width(alias) for alias in entry[1:]) for name, entry in concepts.items()}
    canonical = {alias: name for name, known in aliases.items() for alias in known}
    one = "|".join(map(re.escape, longest(data["modifiers"])))
    short = "|".join(map(re.escape, data["short_modifiers"]))
    joint = "|".join(map(re.escape, longest(data["joints"])))
    above = "|".join(map(re.escape, longest(data["above"])))
    return _Words(
        written_out=tuple((re.compile(short), full) for short, full in data["written_out"].items()),
        verbs=longest(data["verbs"]),
        verbs_or_nouns=longest(data["verbs_or_nouns"]),
        short_modifiers=longest(data["short_modifiers"]),
        totals=longest(data["totals"]),
        parts=longest(data["parts"]),
        changes=longest(data["changes"]),
        modifier=re.compile(rf"(?:(?:{one}|{short})(?:{joint}))*(?:{one})(?:{above})?"),
        broader={name: entry[0] for name, entry in concepts.items()},
        aliases=aliases,
        canonical=canonical,
        alternative=Endings(canonical),
        heads=Endings(concepts),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
