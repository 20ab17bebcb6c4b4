"""Finding things by name: in full, in part, abbreviated, or as typed in pinyin.

All names stand in one long string, the most mentioned thing first, so that a regular expression runs over a hundred
thousand of them in some milliseconds and what it finds first ranks first.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.store import GraphStore
from kg.serve.pinyin import initials, syllables
from kg.text.convert import to_simplified
from kg.view.terms import CLASSES
from kg.vocabulary import DCTERMS, KG, RDF, RDFS, SKOS, is_a

SEARCHED = (*CLASSES, "Indicator", "Document")
"""The classes of things that are found, the narrow ones before the wide."""
LONGEST = 100
"""Characters of a name and of what is looked for, beyond which the rest is left aside."""

_DROPPED = re.compile(r"[^\w]|_")
_LETTERS = re.compile(r"[a-z0-9]+")


class Hit(NamedTuple):
    """A thing that was found: its IRI and class, and the name by which it was found."""

    iri: str
    type: str
    name: str


class _Name(NamedTuple):
    iri: str
    type: str
    text: str
    mentions: int
    alias: bool


class Index:
    """The names of one graph."""

    def __init__(self, graph: GraphStore) -> None:
        found = {(name.iri, normal(name.text)): name for name in sorted(_names(graph), key=_rank, reverse=True)}
        self._all = _Part(sorted((name for (_, text), name in found.items() if text), key=_rank))
        self._parts: dict[str, _Part] = {}

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._all.names)

    def search(self, wanted: str, limit: int = 10, type_: str = "") -> list[Hit]:
        """Return the things that are called, or may be meant by, `wanted`, the likeliest first.

        Names that are just that go first, then those that begin with it, those that contain it, and those of which it
        is an abbreviation, that is, holds some of the characters in their order. Letters are taken as pinyin as well,
        in full, by initials or mixed. Among equals those mentioned in more documents go first, then the shorter.

        Args:
            wanted: What was typed.
            limit: How many things to return at most.
            type_: Local name of the class to look in, with those below it; all where it is empty.
        """
        query = normal(to_simplified(wanted))
        part = self._part(type_) if type_ else self._all
        hits: dict[str, Hit] = {}
        for number in part.find(query) if query else ():
            name = part.names[number]
            hits.setdefault(name.iri, Hit(name.iri, name.type, name.text))
            if len(hits) == limit:
                break
        return list(hits.values())

    def ranked(self, type_: str) -> list[str]:
        """Return the IRIs of all things of a class and of those below it, the most mentioned first."""
        return list(dict.fromkeys(name.iri for name in self._all.names if is_a(name.type, type_)))

    def _part(self, type_: str) -> _Part:
        if type_ not in self._parts:
            self._parts[type_] = _Part([name for name in self._all.names if is_a(name.type, type_)])
        return self._parts[type_]


class _Part:
    """Names in the order of their rank, and how to look among them."""

    def __init__(self, names: list[_Name]) -> None:
        self.names = names
        texts = [normal(name.text) for name in names]
        readings = [syllables(text) for text in texts]
        self._texts = _Lines(texts)
        self._readings = _Lines(readings)
        self._initials = _Lines([initials(reading) for reading in readings])

    def find(self, query: str) -> Iterator[int]:
        """Yield the numbers of the names that each way of looking finds, the surest way first."""
        text = re.escape(query)
        yield from self._texts.find(f"\n{text}(?=\n)")
        yield from self._texts.find(f"\n{text}")
        if _LETTERS.fullmatch(query):
            typed = _typed(query)
            yield from self._readings.find(f"\n{typed}(?=\n)")
            yield from self._readings.find(f"\n{typed}")
            yield from self._texts.find(text)
            yield from self._readings.find(typed)
            yield from self._initials.find("\n" + _spread(query.upper()))
        else:
            yield from self._texts.find(text)
            yield from self._texts.find("\n" + _spread(query))
            yield from self._texts.find(_spread(query))


class _Lines:
    """Strings, one to a line, and which of them a pattern finds."""

    def __init__(self, lines: list[str]) -> None:
        self._text = "\n" + "\n".join(lines) + "\n"
        # Where each line's break before it stands.
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def find(self, pattern: str) -> Iterator[int]:
        """Yield the numbers of the lines in which a pattern, which may begin with a line's break, is found."""
        last = -1
        for match in re.finditer(pattern, self._text):
            number = bisect_right(self._starts, match.start()) - 1
            if number != last:
                yield number
            last = number


def normal(text: str) -> str:
    """Return a name as it is compared: one form of each character, no case, letters and digits only.

    >>> normal("“ＡＢＣ 智改·数转”行动")
    'abc智改数转行动'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).casefold())


def _spread(query: str) -> str:
    """Return the pattern of a line that holds these characters in this order; each step of it has one way to go."""
    return re.escape(query[0]) + "".join(f"[^{re.escape(one)}\n]*{re.escape(one)}" for one in query[1:])


def _typed(query: str) -> str:
    """Return the pattern of a reading that these letters stand for, each being the next one or beginning a syllable."""
    # Atomic: what could be read in two ways is read in the first, and no text takes long.
    return query[0].upper() + "".join(f"(?>{one}|[a-z]*{one.upper()})" for one in query[1:])


def _rank(name: _Name) -> tuple[int, bool, int, str, str]:
    return -name.mentions, name.alias, len(name.text), name.text, name.iri


def _names(graph: GraphStore) -> Iterator[_Name]:
    def pairs(predicate: NamedNode) -> Iterator[tuple[str, NamedNode | Literal]]:
        for quad in graph.store.quads_for_pattern(None, predicate, None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.object

    types: dict[str, str] = {}
    for type_ in SEARCHED:
        for quad in graph.store.quads_for_pattern(None, RDF.type.node, KG[type_].node, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                types.setdefault(quad.subject.value, type_)
    mentions: dict[str, int] = {}
    for iri, _ in pairs(KG.mentionedIn.node):
        mentions[iri] = mentions.get(iri, 0) + 1
    for term in (RDFS.label, DCTERMS.title, SKOS.altLabel):
        for iri, value in pairs(term.node):
            if iri in types:
                yield _Name(iri, types[iri], value.value, mentions.get(iri, 0), term is SKOS.altLabel)
