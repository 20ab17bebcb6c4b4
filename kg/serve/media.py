"""In which form an answer is written: what is offered, and what a request asks for (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing an answer.

    Attributes:
        name: Its short name, for addresses.
        media: Its media types, the proper one first.
        format: What writes it.
        label: Its name for people.
    """

    name: str
    media: tuple[str, ...]
    format: QueryResultsFormat | RdfFormat
    label: str

    @property
    def iri(self) -> str:
        """By which IRI the W3C knows it."""
        return self.format.iri or ""


_XML = ("application/xml", "text/xml")

RESULTS: Final = (
    Form("json", ("application/sparql-results+json", "application/json"), QueryResultsFormat.JSON, "SPARQL JSON"),
    Form("xml", ("application/sparql-results+xml", *_XML), QueryResultsFormat.XML, "SPARQL XML"),
    Form("csv", ("text/csv",), QueryResultsFormat.CSV, "CSV"),
    Form("tsv", ("text/tab-separated-values",), QueryResultsFormat.TSV, "TSV"),
)
"""How rows and truth values are written, the preferred form first."""

TRIPLES: Final = (
    Form("turtle", ("text/turtle",), RdfFormat.TURTLE, "Turtle"),
    Form("ntriples", ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES, "N-Triples"),
    Form("jsonld", ("application/ld+json", "application/json"), RdfFormat.JSON_LD, "JSON-LD"),
    Form("rdfxml", ("application/rdf+xml", *_XML), RdfFormat.RDF_XML, "RDF/XML"),
)
"""How triples are written, the preferred form first."""

# What clients call the forms in a parameter `format`.
_ALIASES = {
    "ttl": ("turtle",),
    "n3": ("turtle",),
    "nt": ("ntriples",),
    "n-triples": ("ntriples",),
    "json-ld": ("jsonld",),
    "rdf": ("rdfxml",),
    "rdf+xml": ("rdfxml",),
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
}


def accepted(accept: str, offers: Sequence[str]) -> str | None:
    """Return which of the media types offered a request prefers, or None if it accepts none.

    Args:
        accept: Its `Accept` header; empty for anything.
        offers: Media types, the preferred one first: it is chosen where the request is indifferent.

    >>> accepted("text/*;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> accepted("*/*;q=0.1, text/csv;q=0", ["text/csv", "application/json"])
    'application/json'
    >>> accepted("image/png", ["text/csv"]) is None
    True
    """
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    quality, best = 0.0, None
    for offer in offers:
        found = _quality(offer, ranges)
        if found > quality:
            quality, best = found, offer
    return best


def choose(forms: Sequence[Form], accept: str, format: str = "") -> tuple[Form, str] | None:
    """Return a form and the media type to call it by, or None where none of them is wanted.

    Args:
        forms: The forms that are possible, the preferred one first.
        accept: The `Accept` header.
        format: The name of a form or its media type, as clients that cannot set a header give it; it goes first.
    """
    if format:
        names = {format, *_ALIASES.get(format, ())}
        found = next((form for form in forms if form.name in names or format in form.media), None)
        return (found, found.media[0]) if found else None
    # Each form's own type goes before any other name of one.
    offers = {form.media[0]: form for form in forms}
    for form in forms:
        for other in form.media[1:]:
            offers.setdefault(other, form)
    media = accepted(accept, [*offers])
    return None if media is None else (offers[media], media)


def knows(format: str) -> bool:
    """Tell whether a form goes by this name."""
    return any(choose(forms, "", format) for forms in (RESULTS, TRIPLES))


def content_type(media: str) -> str:
    """Return the header for a media type; those of text say that it is UTF-8."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


_Range = tuple[str, float]
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN}/{_TOKEN})")
_Q = re.compile(r"(?i)q\s*=\s*(0(\.\d{0,3})?|1(\.0{0,3})?)")


def _ranges(accept: str) -> list[_Range]:
    """Return the media ranges of a header with their weights; what is not one is passed over."""
    found = []
    for part in accept.split(","):
        range_, *parameters = (piece.strip() for piece in part.split(";"))
        if not _RANGE.fullmatch(range_):
            continue
        weights = [match[1] for piece in parameters if (match := _Q.fullmatch(piece))]
        found.append((range_.lower(), float(weights[0]) if weights else 1.0))
    return found


def _quality(offer: str, ranges: Sequence[_Range]) -> float:
    """Return the weight of the range that fits most closely."""
    closest, weight = 0, 0.0
    for range_, q in ranges:
        if range_ == offer:
            fit = 3
        elif range_ == f"{offer.partition('/')[0]}/*":
            fit = 2
        elif range_ == "*/*":
            fit = 1
        else:
            continue
        if fit > closest:
            closest, weight = fit, q
    return weight
