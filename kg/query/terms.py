"""From what a user types to the RDF term that is bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.catalogue import WHOLE, NamedQuery, Parameter
from kg.vocabulary import XSD

_NUMBER = {"integer": (r"[+-]?\d+", XSD.integer), "decimal": (r"[+-]?(\d+(\.\d*)?|\.\d+)", XSD.decimal)}
_DATE = r"\d{4}(-\d\d(-\d\d)?)?"


def bind(query: NamedQuery, params: Mapping[str, str]) -> str:
    """Return the query to run: each value given, or the default, stands wherever its variable does.

    A value is made into an RDF term, and the term, as the RDF library writes it, takes the place of the variable; no
    value can reach beyond it. (Engines join a line of `VALUES` with all that there is before they filter, and
    pyoxigraph's own substitution leaves out filters, where most parameters are used.)

    Raises:
        QueryError: A parameter is unknown, required but missing, or its value is not of its type.
    """
    values = {parameter.name: parameter.default for parameter in query.parameters if parameter.default}
    values |= _written(query, params)
    text = _some(query.text) if params else _whole(query.text)
    for parameter in query.parameters:
        if parameter.name in values:
            text = _counting(parameter.pattern.sub("", text), parameter)
    # All at once: what is typed may look like a variable, too.
    return re.sub(r"\?param_(\w+)", lambda found: values.get(found[1], found[0]), text)


def fill(query: NamedQuery, params: Mapping[str, str]) -> str:
    """Return the query to read and to edit: each value given stands in its parameter's line of `VALUES`.

    Raises:
        QueryError: As for `bind`.
    """
    written = _written(query, params)
    text = query.text
    for parameter in query.parameters:
        if value := written.get(parameter.name):
            text = parameter.pattern.sub(lambda line, value=value: f"{line[1]}{value}{line[3]}", text)  # type: ignore[misc]
            text = _counting(text, parameter)
    return text


def _written(query: NamedQuery, params: Mapping[str, str]) -> dict[str, str]:
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            raise _unknown(query, name)
    for name, parameter in known.items():
        if parameter.required and name not in params:
            raise QueryError(
                f"the parameter {name} is missing", where=query.name, remedy=f"give {name}=…: {parameter.en}"
            )
    return {name: str(term(known[name], value, query.name)) for name, value in params.items()}


def _counting(text: str, parameter: Parameter) -> str:
    """Return the text with the lines that count where a parameter is given, without those that then do not."""
    text = re.sub(rf"^.*{re.escape(parameter.mark_without)}.*$", "", text, flags=re.MULTILINE)
    return re.sub(rf"^{re.escape(parameter.mark)}", " " * len(parameter.mark), text, flags=re.MULTILINE)


def _some(text: str) -> str:
    """Return the text with the lines that count where some value is given."""
    return re.sub(r"^#\[some\]", " " * len("#[some]"), text, flags=re.MULTILINE)


def _whole(text: str) -> str:
    """Return the text with each pattern marked `#[all]` in a sub-select, which engines read whole."""
    return WHOLE.sub(r"\1\2{ SELECT * WHERE { \3 } }", text)


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
