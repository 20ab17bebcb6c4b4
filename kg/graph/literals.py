"""The values of the graph as they stand in Turtle, each with what it is sorted by."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Literal

from kg.vocabulary import XSD, Term


class Text(NamedTuple):
    """A value in Turtle.

    Attributes:
        value: An IRI, or the lexical form of a literal.
        datatype: IRI of a literal's datatype, "" of a node.
        turtle: How it is written.
    """

    value: str
    datatype: str
    turtle: str


# What Turtle's quotes do not hold as it is, and what no RDF syntax can carry.
_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
_SURROGATE = re.compile("[\ud800-\udfff]")


def string(value: str) -> Text:
    """Return a plain literal; half a surrogate pair, which no RDF syntax can carry, becomes U+FFFD."""
    if _SPECIAL.search(value):
        value = _SURROGATE.sub("\ufffd", value)
        return Text(value, XSD.string, str(Literal(value)))
    return Text(value, XSD.string, f'"{value}"')


@lru_cache(maxsize=10_000, typed=True)
def number(value: Decimal | float) -> Text:
    """Return `value` as an `xsd:decimal` in canonical form, never with an exponent.

    >>> number(Decimal("2.643E+6")).value, number(0.90).turtle
    ('2643000', '0.9')
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    # Without a point it would be an integer.
    return Text(text, XSD.decimal, text if "." in text else f'"{text}"^^xsd:decimal')


def boolean(value: bool) -> Text:
    """Return an `xsd:boolean`."""
    return _typed("true" if value else "false", XSD.boolean)


def date(day: str) -> Text:
    """Return an `xsd:date`."""
    return _typed(day, XSD.date)


def dated(edtf: str) -> Text:
    """Return a date with the datatype of its precision; anything finer or looser stays a string.

    >>> dated("2024-11").turtle
    '"2024-11"^^xsd:gYearMonth'
    """
    for pattern, datatype in (
        (r"\d{4}-\d\d-\d\d", XSD.date),
        (r"\d{4}-\d\d", XSD.gYearMonth),
        (r"\d{4}", XSD.gYear),
    ):
        if re.fullmatch(pattern, edtf, re.ASCII):
            return _typed(edtf, datatype)
    return string(edtf)


def _typed(value: str, datatype: Term) -> Text:
    return Text(value, datatype, f'"{value}"^^xsd:{datatype.name}')
