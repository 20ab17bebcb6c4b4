"""Pages with their documents as the bytes that an archive holds; they can be packed in one process for another."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson

from kg.archive import codec
from kg.model import Article, Page, Record

_WINDOW = 32_768
"""Bytes of a dictionary that zlib looks at."""

_LEVEL = 3
"""Half the time of zlib's usual level for a tenth more bytes."""


class PackedDocument(NamedTuple):
    """A document: its name, what its builder says of it, its article and what it adds to the graph."""

    identifier: str
    summary: str
    article: bytes
    contribution: bytes


class PackedPage(NamedTuple):
    """A page and the documents on it; the hash tells whether a page is the same."""

    hash: str
    content: bytes
    documents: tuple[PackedDocument, ...]

    @classmethod
    def of_rows(cls, hash_: str, content: bytes, documents: Iterable[Sequence[str | bytes]]) -> PackedPage:
        """Return a page from the rows of an archive."""
        return cls(hash_, content, tuple(PackedDocument(*row) for row in documents))  # type: ignore[arg-type]

    def records(self) -> list[Record]:
        """Return what the documents add to the graph."""
        return [unpacked_record(self.content, document.article, document.contribution) for document in self.documents]


def packed(page: Page, records: Sequence[Record], summaries: Sequence[str]) -> PackedPage:
    """Return a page, the documents that were read on it and a summary of each, packed."""
    documents = []
    for record, summary in zip(records, summaries, strict=True):
        article = codec.article_to_plain(record.article) | {"page": _differing(record.article.page, page)}
        contribution = codec.contribution_to_plain(record)
        documents.append(
            PackedDocument(
                record.article.page.identifier,
                summary,
                _compressed(_json(article), page.text),
                _compressed(_json(contribution), record.article.text),
            )
        )
    return PackedPage(page_hash(page), _compressed(_json(codec.page_to_plain(page))), tuple(documents))


def page_hash(page: Page) -> str:
    """Return what tells whether a page is the same: its text and all that its source says of it."""
    return hashlib.sha256(_json(codec.page_to_plain(page))).hexdigest()


def unpacked_article(content: bytes, article: bytes) -> Article:
    """Return an article with its page; what is no archive raises any of the errors of its decoding."""
    page = codec.page_from_plain(_plain(content))
    plain = _plain(article, page.text)
    if plain["page"]:
        page = codec.page_from_plain(codec.page_to_plain(page) | plain["page"])
    return codec.article_from_plain(plain, page)


def unpacked_record(content: bytes, article: bytes, contribution: bytes) -> Record:
    """Return a record with its article; what is no archive raises any of the errors of its decoding."""
    read = unpacked_article(content, article)
    return codec.record_from_plain(_plain(contribution, read.text), read)


def _differing(own: Page, page: Page) -> dict[str, codec.Plain]:
    """Return in what the page of a record differs from the one that it stands on: its name, perhaps its title."""
    return {name: value for name, value in codec.page_to_plain(own).items() if value != getattr(page, name)}


def _json(plain: codec.Plain) -> bytes:
    try:
        return orjson.dumps(plain)
    except TypeError:  # half a pair of surrogates, as a page may hold
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _compressed(data: bytes, near: str = "") -> bytes:
    """Return data compressed; `near` is a text of which much comes again in it."""
    compressor = zlib.compressobj(_LEVEL, zdict=_dictionary(near)) if near else zlib.compressobj(_LEVEL)
    return compressor.compress(data) + compressor.flush()


def _plain(data: bytes, near: str = "") -> codec.Plain:
    decompressor = zlib.decompressobj(zdict=_dictionary(near)) if near else zlib.decompressobj()
    return json.loads(decompressor.decompress(data).decode("utf-8", "surrogatepass"))


def _dictionary(near: str) -> bytes:
    return near[-_WINDOW:].encode("utf-8", "surrogatepass")[-_WINDOW:]
