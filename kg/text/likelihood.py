"""How likely a text is, by the frequencies of the words that jieba knows and of what the page itself repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from heapq import heappush, heappushpop
from itertools import chain
from math import exp, inf, log
from operator import itemgetter

from kg.lexicon.persons import given_characters, surname_sections
from kg.text.convert import variant_rank
from kg.text.frequencies import LONGEST_WORD, SIGNS, beginnings, commonness, continuations, simplified, words

# What hardly ever stands right behind a sign after which something begins.
_CLOSING = frozenset("，。、；：？！”’》）,;:?!)")
_OPENING = frozenset("，、；：“‘《（,;:(")
_ODD = 5.0  # what that costs, as a logarithm
_RUN = re.compile(r"(\x00?)([\u3400-\u9fff]{2,})(\x00?)")
_UNKNOWN = 0.2
_RARE = log(5)  # more than words count of which no beginning is listed, as a logarithm
_NEVER = 99.0  # that nothing follows, as a logarithm
_KEPT = 4  # last characters by which texts are told apart
_NAMES = 400_000  # names of persons that jieba's text would have
_SHORT = 0.2  # how many of them have one character behind the surname, as a share of the others
_USUAL_GIVEN = 1 / 400  # the share of each character that is common in given names, and of each other
_OTHER_GIVEN = 1 / 8000
# Of characters, only these stand as words anywhere; others need words around them that this model does not know of.
_FREE = frozenset(
    "的了和在是与及为由将已以等到把被向从对中上下后前内不也都就还又再更并而或至达约近超各每这那其该此他她我省市县区"
)
_BOUND = 2.0  # what that costs a character, as a logarithm
_VARIANT = (0.0, 2.0, 5.0)  # what unusual variants of a Traditional character cost
_SEEN = 2000  # what a sequence that the page has once counts, on jieba's scale
_LONGEST_SEQUENCE = 4


class Choice:
    """The characters that may stand at a place.

    Args:
        following: Each of them, with the bytes that may start the next one.

    Attributes:
        following: As given.
        order: The characters, the most promising first, each with how likely it begins a word, as a logarithm.
    """

    __slots__ = ("_by_simplified", "_plain", "following", "order")

    def __init__(self, following: dict[str, bytes]) -> None:
        self.following = following
        self.order = sorted(((one, _share(one)) for one in following), key=itemgetter(1), reverse=True)
        forms: dict[str, list[str]] = {}
        for character in following:
            forms.setdefault(simplified().get(character, character), []).append(character)
        self._by_simplified = forms
        self._plain = frozenset(forms)

    def among(self, plain: frozenset[str]) -> frozenset[str]:
        """Return which of some characters, Simplified, may stand here in one of their forms."""
        return plain & self._plain

    def written(self, plain: str) -> Sequence[str]:
        """Return the forms of a Simplified character that may stand here."""
        return self._by_simplified[plain]

    def going_on(self, beginning: str) -> float:
        """Return how likely one of these goes on a word that begins with a character, as a logarithm, at most 0."""
        alone = self.order[0][1] if self.order else -_NEVER
        longer = [beginning + plain for plain in continuations(beginning) & self._plain]
        if not longer:
            return alone
        begun, listed = beginnings(), words()[0]
        most = max(max(begun.get(word, 0), listed.get(word, 0)) for word in longer)
        return max(alone, log(most or _UNKNOWN) - _usual(beginning))


_Open = tuple[tuple[str, float], ...]
Beginning = tuple[float, float, str, float, float, _Open]
"""A text as far as it goes.

Its likelihood, as a natural logarithm; its likelihood as the beginning of something longer, its last characters then
being those of a word that is not yet complete; its last characters, Simplified; the likelihoods of the text without
its last one and last two characters; what may be the beginning of a word at its end, with the likelihood of the text
before that.
"""
START: Beginning = (0.0, 0.0, "", 0.0, 0.0, ())
"""What a text grows from."""


class Language:
    """Judges texts of one page; grows them character by character.

    Args:
        sample: Sound text of the page, Simplified; names that it repeats count as words.
    """

    def __init__(self, sample: str = "") -> None:
        self._listed, self._begun = words()[0], _begun()
        self._own = _sequences(sample)
        self._own_continuations = _continuations(self._own)
        self._most_own = max(self._own.values(), default=-_NEVER)
        self._names = _most_of_names()
        self._total = log(words()[1])

    def grown(self, text: Beginning, character: str) -> Beginning:
        """Return a text with one more character, of either script."""
        score, _, recent, before, before_that, opened = text
        plain, rarity, alone, begun, begins = _single(character)
        base = score - rarity
        if plain in _CLOSING and recent[-1:] in _OPENING:
            base -= _ODD
        top, ahead = base + alone, base + begun
        still = [(plain, score)] if begins or plain in self._own_continuations else []
        for word, weight in opened:
            word += plain
            frequency = self._listed.get(word)
            if frequency and (value := weight - rarity + log(frequency)) > top:
                top = value
            own = self._own.get(word)
            if own is not None and (value := weight - rarity + own) > top:
                top = value
            likelihood = self._begun.get(word)
            if likelihood is not None:
                still.append((word, weight))
                if (value := weight - rarity + likelihood) > ahead:
                    ahead = value
            elif word in self._own_continuations:
                still.append((word, weight))
        if recent:
            if recent[-1] in self._names and (name := _as_name(recent[-1] + plain)):
                top = max(top, before - rarity + name)
            if recent[-2:-1] in self._names and (name := _as_name(recent[-2:] + plain)):
                top = max(top, before_that - rarity + name)
        return top, max(top, ahead), recent[1 - _KEPT :] + plain, score, before, tuple(still)

    def likeliest(
        self,
        text: Beginning,
        choice: Choice,
        count: int,
        floor: float,
        against: Callable[[str], float],
        promise: Callable[[str], float],
    ) -> list[tuple[float, str, Beginning]]:
        """Return the most promising characters to follow: what each promises, it, and the longer text.

        Args:
            text: What they follow.
            choice: What may follow.
            count: How many to return at most.
            floor: How likely the longer text must be as the beginning of something, less what speaks against it.
            against: What speaks against a character besides its language.
            promise: What a character promises of the next one, as a logarithm, at most 0.
        """
        found: list[tuple[float, str, Beginning]] = []
        worst = -inf  # of as many as are wanted
        going_on = [one for plain in self._going_on(text, choice, floor) for one in choice.written(plain)]
        # Behind them those that go on no word, in their order: the first that is too far behind ends it.
        for character, share in chain(((one, inf) for one in going_on), choice.order):
            most = text[0] + share
            if most < floor or most < worst:
                break
            if share < inf and character in going_on:
                continue
            more = promise(character) - against(character)
            if most + more < max(floor, worst):
                continue
            grown = self.grown(text, character)
            if grown[1] + more >= floor:
                (heappush if len(found) < count else heappushpop)(found, (grown[1] + more, character, grown))
                if len(found) == count:
                    worst = found[0][0]
        return sorted(found, reverse=True)

    def _going_on(self, text: Beginning, choice: Choice, floor: float) -> set[str]:
        """Return the characters, Simplified, that go on a word or a name in which a text ends, and so reach `floor`."""
        _, _, recent, before, before_that, opened = text
        floor += self._total
        found: set[str] = set()
        listed, begun = self._listed.get, self._begun.get
        for word, weight in opened:
            least = floor - weight
            if begun(word, _RARE) >= least:
                often = exp(least)
                for plain in choice.among(continuations(word)):
                    longer = word + plain
                    if begun(longer, -_NEVER) >= least or listed(longer, 0) >= often:
                        found.add(plain)
            if self._most_own >= least and (own := self._own_continuations.get(word)):
                found |= choice.among(own)
        short, long = self._names.get(recent[-1:]), self._names.get(recent[-2:-1])
        if (short and before + short[0] >= floor) or (long and before_that + long[1] >= floor):
            found |= choice.among(given_characters()[0])
        return found

    def score(self, text: str) -> float:
        """Return the natural logarithm of the probability of the best division of `text` into words.

        >>> Language().score("扶持数字经济") > Language().score("扶持书字经济")
        True
        """
        grown = START
        for character in text:
            grown = self.grown(grown, character)
        return grown[0]


@cache
def _usual(character: str) -> float:
    """Return how often a character stands as a word or begins one, as a logarithm, at least 0."""
    return log(max(beginnings().get(character, 0), words()[0].get(character, 0), SIGNS.get(character, 0), 1))


@cache
def _single(character: str) -> tuple[str, float, float, float, bool]:
    """Return a character by itself.

    It as Simplified text has it, what its rarity costs, its likelihood as a word and as the beginning of one, and
    whether words of several characters begin with it.
    """
    plain = "0" if character in "123456789" else simplified().get(character, character)
    frequencies, total = words()
    known = frequencies.get(plain, 0) or SIGNS.get(plain, 0)
    bound = _BOUND if plain > "\u3400" and plain not in _FREE and plain not in SIGNS else 0.0
    variant = _VARIANT[variant_rank(character)]
    return (
        plain,
        log(total) + variant,
        log(known or _UNKNOWN) - bound,
        _promise(character) + variant,
        bool(continuations(plain)),
    )


@cache
def _begun() -> dict[str, float]:
    """Return how often words begin so, as a logarithm."""
    return {word: log(count) for word, count in beginnings().items()}


@cache
def _promise(character: str) -> float:
    """Return how often words begin with a character, as a logarithm, less what an unusual variant costs."""
    plain = simplified().get(character, character)
    begun = max(beginnings().get(plain, 0), words()[0].get(plain, 0), SIGNS.get(plain, 0))
    return log(begun or _UNKNOWN) - _VARIANT[variant_rank(character)]


@cache
def _as_name(word: str) -> float:
    """Return how often a word of two or three characters stands as a person's name, as a logarithm on jieba's scale.

    0 stands for never.
    """
    usual, never = given_characters()
    if not never.isdisjoint(word[1:]):
        return 0.0
    share = _surname_shares()[word[0]] * _NAMES * (_SHORT if len(word) == 2 else 1)
    for character in word[1:]:
        share *= _USUAL_GIVEN if character in usual else _OTHER_GIVEN if commonness(character) else 0.0
    return log(share) if share else 0.0


@cache
def _most_of_names() -> dict[str, tuple[float, float]]:
    """Return how often each surname stands with the most usual names of one and of two characters, as logarithms."""
    usual = min(given_characters()[0])
    return {name: (_as_name(name + usual), _as_name(name + 2 * usual)) for name in _surname_shares()}


@cache
def _share(character: str) -> float:
    """Return how likely a character begins a word, as a logarithm, an unusual variant the less."""
    return _promise(character) - log(words()[1])


@cache
def _surname_shares() -> dict[str, float]:
    return {name: 1 / (10 + rank) / 4 for rank, name in enumerate(surname_sections()["single"])}


def _sequences(sample: str) -> dict[str, float]:
    """Return what a page repeats: sequences of a few whole words, with what they count."""
    counts: Counter[str] = Counter()
    for cut_before, run, cut_behind in _RUN.findall(sample[:60_000]):
        bounds = _bounds(run)
        # What stands beside damage may be a part of a word.
        bounds = bounds[bool(cut_before) : len(bounds) - bool(cut_behind)]
        for at, start in enumerate(bounds):
            for end in bounds[at + 1 : at + 1 + _LONGEST_SEQUENCE]:
                if 1 < end - start <= _LONGEST_SEQUENCE:
                    counts[run[start:end]] += 1
    return {sequence: log(_SEEN * count) for sequence, count in counts.items()}


def _continuations(sequences: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for sequence in sequences:
        for size in range(1, len(sequence)):
            found.setdefault(sequence[:size], set()).add(sequence[size])
    return {beginning: frozenset(characters) for beginning, characters in found.items()}


@cache
def _weight(character: str) -> float:
    """Return how often a character is a word, as a logarithm."""
    return log(words()[0].get(character, 0) or _UNKNOWN)


def _bounds(run: str) -> list[int]:
    """Return where the words of the likeliest division of a run begin, and its end."""
    frequencies, total = words()
    most = log(total)
    weights, lengths = [0.0], [0]
    for end in range(1, len(run) + 1):
        weight, length = weights[-1] + _weight(run[end - 1]), 1
        for longer in range(2, min(end, LONGEST_WORD) + 1):
            frequency = frequencies.get(run[end - longer : end])
            if frequency and (longer_weight := weights[-longer] + log(frequency)) >= weight:
                weight, length = longer_weight, longer
        weights.append(weight - most)
        lengths.append(length)
    bounds = [len(run)]
    while bounds[-1]:
        bounds.append(bounds[-1] - lengths[bounds[-1]])
    return bounds[::-1]
