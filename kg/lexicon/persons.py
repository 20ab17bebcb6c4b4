"""What persons are called: surnames, and the names of the posts and callings that stand beside their names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.errors import RuleError


def surnames(*, rare: bool = False) -> frozenset[str]:
    """Return surnames of one and more characters, and first parts of names of other peoples that stand in their place.

    Args:
        rare: Add surnames whose character is mostly another word (国, 通, 和).

    >>> sorted({"欧阳", "李", "和"} & surnames())
    ['李', '欧阳']
    """
    return _surnames()[rare]


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    sections = surname_sections()
    usual = frozenset(sections["single"] + sections["compound"] + sections["minority"])
    return usual, usual | frozenset(sections["rare"])


@cache
def surname_sections() -> dict[str, tuple[str, ...]]:
    """Return the surnames by section: single (the most frequent first), compound, minority, rare."""
    return word_sections("surnames.txt")


@cache
def given_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that are common in given names, and those that hardly ever stand in one.

    >>> common, never = given_characters()
    >>> "伟" in common, "的" in never
    (True, True)
    """
    sections = word_sections("given-names.txt", repeated=True)
    never = frozenset("".join(sections["never"]))
    return frozenset("".join(sections["common"])) - never, never


@cache
def titles() -> frozenset[str]:
    """Return the names of posts and callings, also with prefixes: 主席, 常务副主席, 党组书记, 车间主任, 高级技师.

    >>> sorted({"常务副主席", "党组成员", "钳工", "改革"} & titles())
    ['党组成员', '常务副主席', '钳工']
    """
    return posts() | callings()


@cache
def callings() -> frozenset[str]:
    """Return the names of trades, grades and callings."""
    return frozenset(word_sections("titles.txt")["callings"])


@cache
def posts() -> frozenset[str]:
    """Return the names of posts in a body, also with prefixes, without trades and callings."""
    sections = word_sections("titles.txt")
    plain = (*sections["party"], *sections["posts"])
    prefixed = {prefix + post for prefix in sections["prefixes"] for post in plain}
    party = {
        organ + prefix + post for organ in sections["organs"] for prefix in ("", "副") for post in sections["party"]
    }
    return frozenset({*plain, *prefixed, *party})


def word_sections(name: str, *, repeated: bool = False) -> dict[str, tuple[str, ...]]:
    """Return the words of a file of the data folder by the `[section]` that they stand in.

    Args:
        name: The file.
        repeated: Whether a word may stand twice in a section.

    Raises:
        RuleError: A word stands before the first section, or twice in one.
    """
    found: dict[str, list[str]] = {}
    section: list[str] | None = None
    text = (files("kg.lexicon") / "data" / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        where = f"kg/lexicon/data/{name}:{number}"
        if line.startswith("#"):
            continue
        if line.startswith("["):
            section = found.setdefault(line.strip("[] "), [])
            continue
        for word in line.split():
            if section is None:
                raise RuleError(f"{word} stands in no section", where=where, remedy="put a line like [name] above it")
            if word in section and not repeated:
                raise RuleError(f"{word} stands twice in its section", where=where, remedy="delete one of them")
            section.append(word)
    return {title: tuple(words) for title, words in found.items()}
