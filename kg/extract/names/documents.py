"""Policy documents: between 《 and 》, and without marks behind a verb of issuing."""

from __future__ import annotations

import functools
import re

from ahocorasick_rs import AhoCorasick

from kg.extract.data import table
from kg.extract.endings import Endings
from kg.extract.names.draft import Draft
from kg.extract.segment import Token
from kg.model import BlockKind, Mention

_BOOK = re.compile(r"[《〈]([^《》〈〉\n]{2,80}(?:[《〈][^《》〈〉\n]{1,60}[》〉][^《》〈〉\n]{0,40})*)[》〉]")
# What stands in 《》 but is no document: papers, films, songs are beside our subject.
_MEDIA = re.compile(r"(日报|晚报|早报|时报|周刊|月刊|杂志|导报|快报|报|期刊)$")


# “产改十条”, “人才新政20条”: called by how many articles it has. 前三条 and 第十条 are articles themselves.
_ARTICLES = re.compile(
    r"[“‘「]([^“”‘’\n，。]{0,14}[^“”‘’\n，。第前后这那每一二三四五六七八九十百\d][一二三四五六七八九十百\d]{1,3}条(?:新政|政策|措施|举措|意见)?)[”’」]"
)


def find(draft: Draft) -> None:
    """Add the documents of the article."""
    for match in _BOOK.finditer(draft.text):
        title = match[1]
        if (_MEDIA.search(title) and len(title) < 9) or draft.text[match.end() : match.end() + 2] in {"记者", "报道"}:
            continue
        if match.end() - match.start() > 4:
            draft.add(Mention(match.start(), match.end(), "PolicyDocument", match[0], name=title.strip()))
    _add_short_names(draft)


# 《某某若干政策》（俗称“技能18条”）, 职工习惯叫它“产改十条”
_CALLED = re.compile("(?:俗称|[叫称]它|[叫称]之?为|[称叫]作|又[称叫]|也[称叫]|简称|[即称叫])$")
_REACH = 40  # characters behind the title within which its short name is told


def _add_short_names(draft: Draft) -> None:
    """Add the documents that are called by how many articles they have; one told of a title is that document."""
    found = list(_ARTICLES.finditer(draft.text))
    full: dict[str, str] = {}
    for match in found:
        title = next(iter(draft.before(match.start())), None)
        told = _CALLED.search(draft.text, max(0, match.start() - 4), match.start())
        if told and title is not None and title.type == "PolicyDocument" and match.start() - title.end < _REACH:
            full[match[1]] = title.name
    for match in found:
        name = full.get(match[1], match[1])
        draft.add(Mention(match.start(), match.end(), "PolicyDocument", match[0], name=name))


_NOTICE = re.compile(r"关于([^《》\n]{4,60}的(?:通知|公告|决定|意见|通报|批复))$", re.MULTILINE)


def find_notices(draft: Draft) -> None:
    """Add the notice that an article is, where its title names no document in 《》: 某局关于命名…的通知."""
    for block in draft.blocks:
        if block.kind is not BlockKind.TITLE:
            continue
        match = _NOTICE.search(draft.text, block.start, block.end)
        if match:
            draft.add(Mention(match.start(1), match.end(1), "PolicyDocument", match[1], name=match[0]))


@functools.cache
def _issued() -> tuple[frozenset[str], AhoCorasick, Endings, frozenset[str]]:
    """Return the verbs of issuing, also as an automaton, how names of documents end, and what is no name of one."""
    words = table("names")["document"]
    verbs = sorted(words["verbs"])
    return frozenset(verbs), AhoCorasick(verbs), Endings(words["suffixes"]), frozenset(words["generic"])


def find_unmarked(draft: Draft) -> None:
    """Add documents that stand without 《》 as the object of a verb of issuing."""
    verbs, automaton, suffixes, generic = _issued()
    for tokens in draft.sentences_with(automaton):
        for i, token in enumerate(tokens):
            if token.text not in verbs:
                continue
            end = _extent(tokens, i + 1, suffixes)
            if end is None:
                continue
            text = draft.text[tokens[i + 1].start : tokens[end].end]
            if text not in generic and len(text) >= 8 and text[0] not in "了相多一":
                draft.add(Mention(tokens[i + 1].start, tokens[end].end, "PolicyDocument", text, name=text))


def _extent(tokens: list[Token], first: int, suffixes: Endings) -> int | None:
    """Return the index of the last word of the name that begins at `first`, or None."""
    last = None
    for i in range(first, min(first + 16, len(tokens))):
        token = tokens[i]
        if (token.tag == "w" and token.text not in "“”、") or token.text in {"的", "等"} or token.tag == "NUM":
            break
        if token.mention is not None and token.mention.type == "PolicyDocument":
            return None
        if suffixes.end(token.text):
            last = i
    return last
