"""From what a user types to the RDF term that is bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.catalogue import NamedQuery, Parameter
from kg.vocabulary import XSD

_NUMBER = {"integer": (r"[+-]?\d+", XSD.integer), "decimal": (r"[+-]?(\d+(\.\d*)?|\.\d+)", XSD.decimal)}
_DATE = r"\d{4}(-\d\d(-\d\d)?)?"


def bind(query: NamedQuery, params: Mapping[str, str]) -> str:
    """Return the query with each value given bound as a term.

    A value is made into an RDF term, and the term, as the RDF library writes it, takes the place of the one in the
    parameter's `VALUES` line; no value can reach beyond it. (pyoxigraph's own substitution leaves out filters,
    where most parameters are used.)

    Raises:
        QueryError: A parameter is unknown, required but missing, or its value is not of its type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            raise _unknown(query, name)
    text = query.text
    for parameter in query.parameters:
        if parameter.name in params:
            written = str(term(parameter, params[parameter.name], query.name))
            text = parameter.pattern.sub(lambda line, written=written: f"{line[1]}{written}{line[3]}", text)  # type: ignore[misc]
            text = re.sub(rf"^{re.escape(parameter.mark)}", " " * len(parameter.mark), text, flags=re.MULTILINE)
        elif parameter.required:
            raise QueryError(
                f"the parameter {parameter.name} is missing",
                where=query.name,
                remedy=f"give {parameter.name}=…: {parameter.en}",
            )
    return text


def term(parameter: Parameter, value: str, where: str = "") -> Literal | NamedNode:
    """Return the RDF term of a value.

    Raises:
        QueryError: The value is not of the parameter's type.
    """
    wrong = QueryError(
        f"{value!r} is no {parameter.type} for the parameter {parameter.name}", where=where, remedy=parameter.en
    )
    try:
        if parameter.type == "iri":
            return NamedNode(value)
        if parameter.type in _NUMBER:
            pattern, datatype = _NUMBER[parameter.type]
            if not re.fullmatch(pattern, value, re.ASCII):
                raise wrong
            return Literal(value, datatype=datatype.node)
        if parameter.type == "date" and not re.fullmatch(_DATE, value, re.ASCII):
            raise wrong
        return Literal(value)
    except ValueError:
        raise wrong from None


def _unknown(query: NamedQuery, name: str) -> QueryError:
    names = [parameter.name for parameter in query.parameters]
    near = get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    listed = f"it takes: {', '.join(names)}" if names else "it takes none"
    return QueryError(f"there is no parameter {name!r}", where=query.name, remedy=hint + listed)
