"""The IRIs of facts, evidence, documents and their graphs: hashes of what they say, the same on every machine."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

from kg.errors import KgError
from kg.naming import slug

DEFAULT_BASE = "https://kg.example/"


def digest(*parts: str) -> str:
    """Return 20 hexadecimal digits (80 bits) that stand for `parts` in this order.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    # Lengths keep ("a", "bc") and ("ab", "c") apart whatever characters the parts hold.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


# What RFC 3987 allows in a path: private-use characters, controls and brackets are not among it.
_NOT_IN_PATH = re.compile(
    r"[^A-Za-z0-9._~!$&()*+,;=:@/\-"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)


def check_base(base: str) -> str:
    """Return `base` if instances can be named below it.

    Raises:
        KgError: It is not an absolute IRI that ends in `/`.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`]+/", base):
        raise KgError("not a base IRI", where=repr(base), remedy="give an absolute IRI that ends in '/'")
    return base


def entity_iri(base: str, entity: str) -> str:
    """Return the IRI of an entity by its `Entity.id`, with what an IRI may not hold percent-encoded.

    >>> entity_iri("https://kg.example/", "org/甲市[试]总工会")
    'https://kg.example/id/org/甲市%5B试%5D总工会'
    """
    safe = _NOT_IN_PATH.sub(lambda found: quote(found[0], safe="", errors="replace"), entity)
    return f"{base}id/{safe}"


def fact_iri(base: str, *parts: str) -> str:
    """Return the IRI of the fact that `parts` state; documents are no part of it."""
    return f"{base}id/fact/{digest(*parts)}"


def document_name(identifier: str) -> str:
    """Return the readable and unique last segment of a document's IRI and of its graph's.

    >>> document_name("bulletins/甲.txt")
    'bulletins甲.txt-10bb7312'
    """
    # The slug drops separators, so that two identifiers can share one; the hash tells them apart.
    readable = _NOT_IN_PATH.sub("", slug(identifier))[:80].strip(".")
    return f"{readable}-{digest(identifier)[:8]}"


def document_iri(base: str, identifier: str) -> str:
    """Return the IRI of the document that was read from `identifier`."""
    return f"{base}id/document/{document_name(identifier)}"


def graph_iri(base: str, identifier: str) -> str:
    """Return the IRI of the named graph that holds all statements of one document."""
    return f"{base}graph/{document_name(identifier)}"
