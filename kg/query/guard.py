"""Which queries are not run: those that would reach out of the store or change it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError

# The tokens of SPARQL within which a keyword is none, then words. Longest quotes first.
_TOKEN = re.compile(
    r'''"""(?:(?:"|"")?(?:[^"\\]|\\.))*""" | \'\'\'(?:(?:'|'')?(?:[^'\\]|\\.))*\'\'\' '''
    r"""| "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' """
    r"""| <[^<>"{}|^`\\\x00-\x20]*> | \#[^\n\r]* | @[A-Za-z][A-Za-z0-9-]* """
    r"""| [?$]\w+ | (?P<prefix>(?:[^\W_](?:[\w.-]*[\w-])?)?):(?:[\w.:%-]|\\.)* | (?P<word>\w+) | .""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])


def check_read_only(query: str, where: str = "") -> None:
    """Refuse what would change the store or ask another server, and what asks nothing at all.

    Raises:
        QueryError: It is an update, has a `SERVICE` clause, or holds none of the words that a query begins with.
    """
    # Escapes of code points may stand anywhere and count before anything else is read.
    for text in dict.fromkeys([query, _ESCAPE.sub(_decode, query)]):
        words = [match["word"].upper() for match in _TOKEN.finditer(text) if match["word"]]
        if "SERVICE" in words:
            raise QueryError(
                "SERVICE is refused: a query reads this graph only", where=where, remedy="leave out the SERVICE clause"
            )
        first = next((word for word in words if word in _FORMS | _UPDATES), "")
        if first in _UPDATES:
            raise QueryError(
                f"{first} is refused: the graph is read-only", where=where, remedy="build it again from its documents"
            )
        if not first:
            what = "neither SPARQL nor the name of a question" if words else "the query is empty"
            raise QueryError(
                what, where=where, remedy="write SELECT, ASK, CONSTRUCT or DESCRIBE, or see 'kg query --list'"
            )


def tokens(query: str) -> Iterator[str]:
    """Yield the tokens of a query as they stand there, escapes of code points decoded; spaces and comments left out.

    >>> list(tokens("ASK # {"))
    ['ASK']
    """
    for match in _TOKEN.finditer(_ESCAPE.sub(_decode, query)):
        if not match[0].isspace() and not match[0].startswith("#"):
            yield match[0]


def prefixes_used(query: str) -> set[str]:
    """Return the prefixes that stand in a query, be they declared or not."""
    return {match["prefix"] for match in _TOKEN.finditer(query) if match["prefix"] is not None}


def _decode(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]
