"""Reads an article: names, numbers, times and clauses first, then the declared rules upon them."""

from kg.extract.reader import ArticleReader, read

__all__ = ["ArticleReader", "read"]
