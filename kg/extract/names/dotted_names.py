"""Names with a middle dot, as Uyghurs, Kazakhs and others write them: 阿不都热依木·买买提."""

from __future__ import annotations

import functools
import re

from kg.extract.dictionary import entry, known_words
from kg.extract.names.draft import Draft
from kg.extract.segment import words
from kg.lexicon import persons

_HAN = r"[\u4e00-\u9fff]"
_MINORITY = re.compile(rf"{_HAN}{{1,12}}[·•]{_HAN}{{1,6}}(?:[·•]{_HAN}{{1,6}})?")
_COMMON = 20  # how often a word stands in the dictionary's texts that is hardly a part of a name


def dotted_names(draft: Draft) -> set[str]:
    """Return the names with a middle dot in the article."""
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
