"""How things are named in IRIs: readable, deterministic, the same for every document."""

from __future__ import annotations

import functools
import re
import unicodedata

ORGANISATIONS = frozenset(
    [
        "Government",
        "GovernmentDepartment",
        "PartyOrgan",
        "TradeUnion",
        "CoordinationBody",
        "Enterprise",
        "School",
        "Organization",
    ]
)
INITIATIVES = frozenset(["Initiative", "Reform", "Programme", "Competition"])

_KIND = {
    **dict.fromkeys(ORGANISATIONS, "org"),
    **dict.fromkeys(INITIATIVES, "initiative"),
    "Person": "person",
    "Region": "place",
    "PolicyDocument": "policy",
    "Event": "event",
    "Honour": "honour",
    "Indicator": "indicator",
    "Document": "document",
}

# Neither quotes nor spaces nor what an IRI may not hold or what ends a Turtle name badly.
_DROPPED = re.compile(r"[\s\"'“”‘’「」『』《》〈〉<>{}|\\^`#?%/]+")


@functools.lru_cache(maxsize=1 << 14)
def slug(name: str) -> str:
    """Return `name` as the last segment of an IRI.

    >>> slug('“智改数转”技能提升行动')
    '智改数转技能提升行动'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name)).strip(".") or "_"


def entity_id(type_: str, name: str) -> str:
    """Return `<kind>/<slug>`, by which statements refer to an entity.

    >>> entity_id("TradeUnion", "黑龙江省总工会")
    'org/黑龙江省总工会'

    Raises:
        KeyError: `type_` is not a class of the ontology that has instances.
    """
    return f"{_KIND[type_]}/{slug(name)}"
