"""The named queries: one `.rq` file each, with a head that says what it answers and what it may be asked.

A file begins with these lines, then a blank line, then SPARQL::

    # en: Who leads which initiative?
    # zh: 谁牵头哪项举措？
    # param region (text, optional): a place by name | 地区名称
    # param documents (integer, default 2): at least so many documents | 至少几篇文档

A parameter is `required`, `optional` or has a `default`. Its variable is `?param_<name>`, and the query holds exactly
one line `VALUES ?param_<name> { UNDEF }`, or with the default in place of `UNDEF`; a value given takes the place of
that one term. Lines that begin with `#[<name>]` count only where that parameter is given, lines that end with
`#[-<name>]` only where it is not: the file by itself is a valid query for any SPARQL engine, and asks for everything.

Where no value is given, a table of everything is asked for, where some is, a few rows. Engines look a pattern up for
each row that they have found so far, which is best for few. So a line that ends with `#[all]` holds one pattern, be it
optional, that is put into a sub-select in a table of everything: its triples are then read at once and joined with
the rest. Lines that begin with `#[some]` count only where some value is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal as OneOf

from kg.errors import QueryError
from kg.resources import folder

Type = OneOf["text", "date", "integer", "decimal", "iri"]
TYPES: tuple[Type, ...] = ("text", "date", "integer", "decimal", "iri")

WHOLE = re.compile(r"^(\s*)(OPTIONAL )?(?:\{ )?(\S+ \S+ \S+) [.}]  (?:#\[-\w+\] )*#\[all\]$", re.MULTILINE)
"""A pattern that is read whole: indentation, `OPTIONAL`, the pattern."""

_QUESTION = re.compile(r"# (en|zh): (\S.*)")
_PARAMETER = re.compile(
    rf"# param (?P<name>[a-z][a-z_]*) \((?P<type>{'|'.join(TYPES)}), "
    r"(?P<need>required|optional|default (?P<default>[^)]+))\): (?P<en>[^|]*\S) \| (?P<zh>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query may be asked about.

    Attributes:
        name: Its name; the variable is `?param_<name>`.
        type: `text`, `date` (EDTF), `integer`, `decimal` or `iri`.
        required: Whether the query makes no sense without it.
        default: What stands for it where it is not given, or "".
        en: What it means, in English.
        zh: The same in Chinese.
    """

    name: str
    type: Type
    required: bool
    default: str
    en: str
    zh: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The line of the query that a value is bound in; its second group is the term that stands there."""
        return re.compile(rf"^((?:#\[{self.name}\])?\s*VALUES \?param_{self.name} \{{ )(\S+)( \}})\s*$", re.MULTILINE)

    @property
    def mark(self) -> str:
        """What lines begin with that count only where the parameter is given."""
        return f"#[{self.name}]"

    @property
    def mark_without(self) -> str:
        """What lines end with that count only where the parameter is not given."""
        return f"#[-{self.name}]"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that comes with the package.

    Attributes:
        name: The file's name without `.rq`.
        en: The question in English.
        zh: The question in Chinese.
        parameters: What it may be asked about.
        text: The SPARQL, head included, so that lines count as in the file.
    """

    name: str
    en: str
    zh: str
    parameters: tuple[Parameter, ...]
    text: str


def parse_query(name: str, text: str) -> NamedQuery:
    """Return the named query in the text of a `.rq` file.

    Raises:
        QueryError: The head is not as it must be, or a parameter and its line in the query do not agree.
    """
    where = f"{name}.rq"
    questions: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        if found := _QUESTION.fullmatch(line):
            questions[found[1]] = found[2]
        elif found := _PARAMETER.fullmatch(line):
            parameters.append(_parameter(found))
        else:
            raise QueryError(
                "this line of the head is not understood",
                where=f"{where}:{number}",
                remedy="write '# en: …', '# zh: …' or '# param name (type, optional): English | 中文'",
            )
    if set(questions) != {"en", "zh"}:
        raise QueryError("the question is missing", where=where, remedy="begin with '# en: …' and '# zh: …'")
    for parameter in parameters:
        lines = parameter.pattern.findall(text)
        placeholder = parameter.default or "UNDEF"
        if [term for _, term, _ in lines] != [placeholder]:
            raise QueryError(
                f"the parameter {parameter.name} is not bound",
                where=where,
                remedy=f"have one line 'VALUES ?param_{parameter.name} {{ {placeholder} }}'",
            )
    for number, line in enumerate(text.splitlines(), 1):
        if line.endswith("#[all]") and not WHOLE.fullmatch(line):
            raise QueryError(
                "what is read whole is one pattern",
                where=f"{where}:{number}",
                remedy="write '?s ?p ?o .  #[all]' or 'OPTIONAL { ?s ?p ?o }  #[all]'",
            )
    known = {f"?param_{parameter.name}" for parameter in parameters}
    for variable in re.findall(r"\?param_\w+", text):
        if variable not in known:
            raise QueryError(f"{variable} is not declared", where=where, remedy="add its '# param' line")
    return NamedQuery(name, questions["en"], questions["zh"], tuple(parameters), text)


def _parameter(found: re.Match[str]) -> Parameter:
    type_ = next(type_ for type_ in TYPES if type_ == found["type"])
    return Parameter(
        found["name"], type_, found["need"] == "required", found["default"] or "", found["en"], found["zh"]
    )


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return every query of `queries/` by name, sorted.

    Raises:
        QueryError: A file is not as it must be.
    """
    paths: list[Path] = sorted(folder("queries").glob("*.rq"))
    return {path.stem: parse_query(path.stem, path.read_text("utf-8")) for path in paths}


def named_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        QueryError: There is none; the message names the nearest and all.
    """
    known = named_queries()
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    raise QueryError(f"there is no query {name!r}", remedy=f"{hint}there are: {', '.join(known)}")
