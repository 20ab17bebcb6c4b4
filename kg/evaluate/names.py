"""When two names are held for the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

# A name that begins with a level word (省总工会, 该市, 全区) needs a context to mean anything.
_CONTEXT_BOUND = re.compile("[该本我全]?[省市区县州盟旗镇乡]")
_PLACE_ENDINGS = tuple("省市区县州")
_ALIKE = 0.6


@cache
def plain(name: str) -> str:
    """Return the name as it is compared: compatibility forms, punctuation and spaces dropped, lower case.

    >>> plain("“ＡＩ+” 行动"), plain("《匠心·办法》")
    ('ai行动', '匠心办法')
    """
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum()).lower()


def same(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether any form of one thing equals any form of the other.

    >>> same(["李向前"], ["李 向前", "老李"]), same(["甲"], ["乙"])
    (True, False)
    """
    return not {plain(name) for name in left}.isdisjoint(plain(name) for name in right)


def alike(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether two forms share most pairs of neighbouring characters, or one makes up at least half of the other.

    >>> alike(["高技能人才"], ["技能人才"]), alike(["星火行动"], ["灯塔计划"])
    (True, False)
    """
    others = [form for form in map(plain, right) if form]
    return any(_alike(form, other) for form in map(plain, left) if form for other in others)


@cache
def _alike(left: str, right: str) -> bool:
    if left == right or _half_of(left, right):
        return True
    ours, theirs = _pairs(left), _pairs(right)
    return 2 * (ours & theirs).total() >= _ALIKE * (ours.total() + theirs.total())


def _half_of(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return short in long and 2 * len(short) >= len(long)


def _pairs(name: str) -> Counter[str]:
    return Counter(map("".join, pairwise(name))) or Counter([name])


def same_agent(reference: Sequence[str], built: Sequence[str]) -> bool:
    """Whether the label of a built thing (its first name) is a definite form of the reference, or overlaps with one.

    A place does not stand for a body of that place unless the reference says so.

    >>> forms = ["芜湖市总工会", "市总工会"]
    >>> same_agent(forms, ["芜湖市总工会"]), same_agent(forms, ["市总工会"]), same_agent(forms, ["芜湖市"])
    (True, False, False)
    """
    if not built:
        return False
    label = plain(built[0])
    definite = [form for form in reference if not _CONTEXT_BOUND.match(form)] or reference
    return any(_same_agent(plain(form), label) for form in definite)


def _same_agent(form: str, label: str) -> bool:
    if form == label:
        return True
    part = min((label, form), key=len)
    return _half_of(form, label) and not _CONTEXT_BOUND.match(part) and not part.endswith(_PLACE_ENDINGS)
