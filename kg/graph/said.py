"""What a graph says, property by property, for those who need most of it."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Properties = Mapping[str, list[str]]
"""Values, sorted, by what they are values of: the properties of a subject, or the subjects of a property."""


def said(triples: Iterable[Triple | Quad], properties: Collection[str]) -> dict[str, Properties]:
    """Return what each subject has under each property.

    Args:
        triples: The graph; a triple may come more than once.
        properties: The IRIs of those that are looked for.
    """
    found: dict[str, dict[str, list[str]]] = {property: defaultdict(list) for property in properties}
    collecting = gc.isenabled()
    gc.disable()  # millions of objects come into being here, and none of them in a cycle
    try:
        subject = ""
        for triple in triples:
            subjects = found.get(triple.predicate.value)
            if subjects is not None:
                name = _text(triple.subject)
                if name != subject:
                    subject = name  # one object for all that is said of it
                subjects[subject].append(_text(triple.object))
    finally:
        if collecting:
            gc.enable()
    for subjects in found.values():
        for name, values in subjects.items():
            if len(values) > 1:
                subjects[name] = sorted(set(values))
    return {property: dict(subjects) for property, subjects in found.items()}


def _text(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value
