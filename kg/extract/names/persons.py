"""Persons: the names read wherever one may begin, those joined to them, and each wherever it stands again."""

from __future__ import annotations

import re

from kg.extract.names.dotted_names import dotted_names
from kg.extract.names.draft import Draft, occurrences
from kg.extract.names.name_model import name_at
from kg.extract.names.name_starts import BYLINE, CHOSEN, IN_ROW, begins_word, name_starts, spaced
from kg.extract.names.standing import RANK
from kg.lexicon import persons
from kg.lexicon.places import places_named
from kg.model import Mention

_HAN = r"[\u4e00-\u9fff]"
_JOINT = re.compile(r"(?:[(（][^()（）\n]{1,40}[)）])?(?:、|和|与|及|以及|,|，(?=[^，。]{2,3}[、和等]))")
_SPACE = re.compile(rf"[ \u3000]+(?={_HAN})")
# 龙利钜能: one more character than a name is another kind of name.
_SET_APART = re.compile(rf"(?:\d{{1,3}}[.、．\s]\s?)?({_HAN})[ \u3000]+({_HAN})(?=[(（ \u3000]|$)")
# 领导任双组长: 任 is the verb.
_TAKES_OFFICE = re.compile("任(?:双|总)?(?:组长|召集人|主任|总指挥|政委)")


def find(draft: Draft) -> list[str]:
    """Add the persons of the article and return their names."""
    found: set[str] = set()
    starts: set[tuple[int, int]] = set()
    begin = name_starts(draft)
    for start, end, index in draft.sentences:
        for at, prior in list(begin(start, end, index)):
            _read_row(draft, at, prior, end, found, starts)
        _read_back(draft, start, end, found, starts)
    found |= dotted_names(draft)
    _add_listed(draft)
    names = _consistent(draft, found)
    for name in names:
        _add_all(draft, name, frozenset(names))
    return names


def _read_row(draft: Draft, at: int, prior: float, end: int, found: set[str], starts: set[tuple[int, int]]) -> None:
    """Read the name at an offset and those joined to it."""
    text = draft.text
    while at < end:
        if draft.covering(at) is not None and draft.covering(at).type != "Region":  # type: ignore[union-attr]
            return
        name = name_at(text, at, prior, limit=end) or spaced(text, at, prior)
        if not name or (at, len(name)) in starts or not _is_free(draft, at, name):
            return
        starts.add((at, len(name)))
        found.add(name.replace(" ", "").replace("\u3000", ""))
        at += len(name)
        joint = _JOINT.match(text, at, end)
        space = _SPACE.match(text, at, end) if prior == BYLINE else None
        if space is not None:
            at = space.end()
        elif joint is not None:
            at, prior = joint.end(), max(prior, IN_ROW) if prior in {BYLINE, CHOSEN} else IN_ROW
        else:
            return


def _read_back(draft: Draft, start: int, end: int, found: set[str], starts: set[tuple[int, int]]) -> None:
    """Read the names joined to those found in a sentence that stand before them: 田冲、卢峰."""
    text = draft.text
    for at in sorted((at for at, _ in starts if start <= at < end), reverse=True):
        joint = at - 1
        while joint - 2 >= start and text[joint] in "、和与":
            lengths = (n for n in (3, 2) if joint - n >= start and begins_word(text, joint - n, start, joint))
            name = next((m for n in lengths if (m := name_at(text, joint - n, IN_ROW, joint))), "")
            before = joint - len(name)
            if not name or (before, len(name)) in starts or not _is_free(draft, before, name):
                break
            starts.add((before, len(name)))
            found.add(name)
            joint = before - 1


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


def _add_all(draft: Draft, name: str, names: frozenset[str]) -> None:
    for start in occurrences(draft.text, name):
        here = name if len(name) > 2 else name_at(draft.text, start, 0.5)
        # 卜凡正蹲在…: no other text has 卜凡正 for a name
        if draft.holds(start) and (here == name or (here.startswith(name) and here not in names)):
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
