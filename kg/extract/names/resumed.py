"""Initiatives that a text takes up again in other words: a later short form, 这项改革, 该行动."""

from __future__ import annotations

import re

from kg.extract.data import table
from kg.extract.names.draft import Draft, occurrences
from kg.extract.names.initiatives import name_endings, type_of
from kg.extract.segment import words
from kg.lexicon.places import find_places
from kg.model import Mention
from kg.naming import INITIATIVES

_SHORTEST, _LONGEST = 3, 12  # characters of a short form
_SHORT = re.compile(
    rf"(?:^|(?<=[，,。；;：:、\n]))(?:这次|本次|该|此次)?([\u4e00-\u9fff]{{{_SHORTEST},{_LONGEST}}}?)(?=由|自|在|已|于|启动|实施|开展|推进|举行|举办|以来|[，,])",
    re.MULTILINE,
)
_PLAN = re.compile("(?:工作|实施)?(?:方案|意见|办法|细则)$")


def find_shortened(draft: Draft) -> None:
    """Add later short forms at the head of a clause.

    小哥节由甲主办 behind “某地小哥节”; 入会行动由甲任组长 behind 《某市入会行动方案》.
    """
    named = [m for m in draft.names() if m.type in {"Programme", "Competition", "Event", "PolicyDocument"}]
    if not named:
        return
    lists = table("names")
    generic = {w for kind in ("programme", "competition", "event") for w in lists[kind]["generic"]}
    endings = (*lists["programme"]["bare"], *lists["competition"]["suffixes"], *lists["event"]["quoted"])
    by_end: dict[str, list[tuple[Mention, str]]] = {}
    for full in named:
        name = _without_marks(full)
        for size in range(_SHORTEST, min(_LONGEST, len(name) - 1) + 1):
            by_end.setdefault(name[-size:], []).append((full, name))
    for match in _SHORT.finditer(draft.text):
        short = match[1]
        if not short.endswith(endings) or short in generic or draft.covering(match.start(1)) is not None:
            continue
        for full, name in by_end.get(short, ()):
            if full.start < match.start(1):
                type_ = type_of(name) if full.type == "PolicyDocument" else full.type
                called = name if full.type == "PolicyDocument" else full.name
                draft.add(Mention(match.start(1), match.end(1), type_, short, scope=full.scope, name=called))
                break


_MEANT = re.compile("(?:这|此|该)(?:一|项|次)*(改革|行动|工程|计划|试点|专项)(?!的?(?:方案|办法|意见))")
_PHRASE = re.compile("[\u4e00-\u9fff]{4,16}$")


def find_meant(draft: Draft) -> None:
    """Add unmarked names that a later 这项改革 or 该行动 takes up."""
    for match in _MEANT.finditer(draft.text):
        known = (m.name for m in draft.before(match.start()) if m.type in INITIATIVES)
        if draft.covering(match.start(1)) is not None or any(name.endswith(match[1]) for name in known):
            continue
        for end in sorted(
            (at + len(match[1]) for at in occurrences(draft.text[: match.start()], match[1])), reverse=True
        ):
            name = _noun_phrase(draft, end)
            if name:
                type_ = type_of(name)
                draft.add(Mention(end - len(name), end, type_, name, name=name))
                draft.add(Mention(match.start(), match.end(), type_, match[0], name=name))
                break


def _noun_phrase(draft: Draft, end: int) -> str:
    """Return the nouns before an offset that make a name with what ends there, or ""."""
    before = _PHRASE.search(draft.text, max(0, end - 18), end)
    name = ""
    for token in reversed(words(before[0])) if before else ():
        if not (token.nominal or token.tag == "m") or token.text in name_endings().breaks | name_endings().verbs:
            break
        name = token.text + name
    over = draft.covering(end - 1)
    if (
        (over is not None and over.type != "Event")
        or name in name_endings().generic
        or any(t in name for t in name_endings().vague)
    ):
        return ""
    return name if len(name) >= 6 else ""


def _without_marks(mention: Mention) -> str:
    """Return a name without its marks; of a plan of action, what it plans."""
    name = re.sub("[“”「」《》]", "", mention.name or mention.text)
    if mention.type != "PolicyDocument":
        return name
    name = re.sub("[（(].*$", "", name)
    places = find_places(name)
    start = places[0].end if places and places[0].start == 0 else 0
    return _PLAN.sub("", name[start:])
