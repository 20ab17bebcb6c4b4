"""The declared grammar of quantities: units, words of bound and exclusions of `data/quantities.yaml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kg.errors import RuleError
from kg.model import Bound
from kg.yaml import YamlError, read_yaml

SPACE = " \u3000\xa0"
# How far before a number, in characters, the words that matter to it may begin.
WINDOW = 14


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A class of numbers that are no quantities; see the head of `data/quantities.yaml` for the keys.

    Attributes:
        id: Its name, shown as the reason.
        out: Surfaces that hold no quantity.
        kept: Surfaces that look alike, each with the quantities it holds, `surface = value unit bound; …`.
    """

    id: str
    before: re.Pattern[str] | None
    number: re.Pattern[str] | None
    unit: re.Pattern[str] | None
    after: re.Pattern[str] | None
    word: re.Pattern[str] | None
    bare: re.Pattern[str] | None
    bound: str
    quoted: bool
    out: tuple[str, ...]
    kept: tuple[str, ...]

    def covers(self, text: str, start: int, run: str, end: int, bound: str) -> bool:
        """Whether the number `run` at `start`, whose unit it may have and ends at `end`, falls under this exclusion."""
        return not (
            self.quoted
            or (self.bound and self.bound != bound)
            or (self.number and not self.number.fullmatch(run))
            or (self.after and not self.after.match(text, end))
            or (self.word and not self.word.match(text, start))
            or (self.before and not self.before.search(text, max(0, start - WINDOW), start))
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: what follows must not continue it into another word."""

    name: str
    surface: str
    bound: Bound | None
    digits: bool
    barred: re.Pattern[str] | None


class Grammar:
    """The declared units, bounds and exclusions, compiled.

    Args:
        data: The content of a file like `data/quantities.yaml`.
        where: The file's name, for errors.

    Raises:
        RuleError: A key is missing or a regular expression does not compile.
    """

    def __init__(self, data: dict[str, Any], where: str) -> None:
        try:
            self._read(data)
        except (KeyError, TypeError, AttributeError) as error:
            raise RuleError(f"malformed entry: {error!r}", where=where, remedy="see the head of the file") from error
        except re.error as error:
            raise RuleError(f"{error.pattern!r} is no regular expression: {error}", where=where) from error

    def _read(self, data: dict[str, Any]) -> None:
        units = [_unit(entry) for entry in data["units"]]
        self.units: dict[str, tuple[Unit, ...]] = {}
        for unit in sorted(units, key=lambda u: (-len(u.surface), u.surface)):
            first = unit.surface[0]
            self.units[first] = (*self.units.get(first, ()), unit)
        self.counted = re.compile("|".join(sorted(data["counted"], key=lambda word: (-len(word), word))))
        self.tenth: str = data["tenth"]["unit"]
        self.tenth_barred = re.compile(data["tenth"]["not"])
        self.halves = tuple((h["word"], h["bound"], re.compile(h.get("not", "(?!)"))) for h in data["halves"])
        bounds = data["bounds"]
        self.before, words = _words(bounds["before"])
        self.before_round, round_words = _words(bounds["before_round"])
        self.after, _ = _words(bounds["after"])
        self.bound_of: dict[str, Bound] = {**words, **round_words}
        self.bound_after: dict[str, Bound] = {w: b for b, ws in bounds["after"].items() for w in ws}
        self.bound_ends = frozenset(word[-1] for word in self.bound_of) | frozenset(SPACE)
        far = "|".join(sorted((re.escape(w) for w in words if len(w) > 1), key=len, reverse=True))
        least = "|".join(word for listed in bounds["before_verb"].values() for word in listed)
        self.before_verb = re.compile(f"({least})(?:要|能|再|可)?[一-鿿]{{1,2}}$")
        self.bound_of |= {word: bound for bound, listed in bounds["before_verb"].items() for word in listed}
        self.far = re.compile(f"({far})[^，,。、；;：:0-9\\s]{{1,7}}的$")
        self.no_bound = re.compile(bounds["none"])
        thing = bounds["none_before_thing"]
        self.thing_word: str = thing["word"]
        self.thing_after = re.compile(thing["after"])
        self.exclusions = tuple(_exclusion(entry) for entry in data["exclusions"])
        self._of_unit: dict[str, tuple[Exclusion, ...]] = {}
        # What may stand behind a run of Chinese numerals that is worth a second look.
        self.follow = frozenset(self.units) | frozenset("余多几来有成分万亿千") | frozenset(SPACE)

    def exclusions_of(self, unit: str) -> tuple[Exclusion, ...]:
        """Return the exclusions that can cover a number with this unit, in their order."""
        found = self._of_unit.get(unit)
        if found is None:
            found = self._of_unit[unit] = tuple(
                exclusion
                for exclusion in self.exclusions
                if not (exclusion.bare or exclusion.quoted)
                and (exclusion.unit is None or exclusion.unit.fullmatch(unit))
            )
        return found


def _unit(entry: str | dict[str, Any]) -> Unit:
    if isinstance(entry, str):
        return Unit(entry, entry, None, False, None)
    barred = entry.get("not")
    return Unit(
        entry.get("as", entry["unit"]),
        entry["unit"],
        entry.get("bound"),
        bool(entry.get("digits")),
        re.compile(barred) if barred else None,
    )


def _words(groups: dict[Bound, Sequence[str]]) -> tuple[re.Pattern[str], dict[str, Bound]]:
    """Return a pattern of all words, longest first, anchored at the end, and the bound each word states."""
    bounds = {word: bound for bound, words in groups.items() for word in words}
    longest = "|".join(sorted(map(re.escape, bounds), key=lambda w: (-len(w), w)))
    return re.compile(f"({longest})"), bounds


def _exclusion(entry: dict[str, Any]) -> Exclusion:
    def pattern(key: str, form: str = "{}") -> re.Pattern[str] | None:
        return re.compile(form.format(entry[key])) if key in entry else None

    return Exclusion(
        entry["id"],
        pattern("before", "(?:{})[ \u3000]?$"),
        pattern("number"),
        pattern("unit"),
        pattern("after"),
        pattern("word"),
        pattern("bare"),
        entry.get("bound", ""),
        bool(entry.get("quoted")),
        tuple(entry["out"]),
        tuple(entry["in"]),
    )


@functools.lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Return the grammar of `data/quantities.yaml`, read once.

    Raises:
        RuleError: The file does not load.
    """
    path = files("kg.extract") / "data" / "quantities.yaml"
    try:
        data = read_yaml(path.read_text("utf8"))
    except YamlError as error:
        raise RuleError(f"not valid YAML: {error}", where=str(path)) from error
    return Grammar(data, str(path))
