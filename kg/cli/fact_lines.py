"""Facts and their sentences as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.reading import FactNode, Quote

_BOUND = {"About": "约", "Over": "超过", "Under": "不到"}


def fact_line(fact: FactNode) -> str:
    """Return who, what, and what else the fact says."""
    details = dict(fact.details)
    line = f"{fact.subject.label} — {fact.object.label}"
    if "value" in details:
        bound = _BOUND.get(details.pop("bound", ""), "")
        line += f": {bound}{details.pop('value')}{details.pop('unit', '')}"
        # The period says in short what start and end say in full.
        details.pop("start", None), details.pop("end", None)
    rest = [*details.values(), *fact.dates]
    return f"{line} ({', '.join(rest)})" if rest else line


def quote_line(quote: Quote) -> str:
    """Return a sentence and where it stands."""
    title = f"《{quote.document.title}》" if quote.document.title else ""
    issued = f" {quote.document.issued}" if quote.document.issued else ""
    return f"“{quote.sentence}” {title}{quote.document.identifier}{issued}"
