"""The one family of errors that this package raises on purpose: what is wrong, where, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """A problem that a person can act on.

    Args:
        what: What is wrong, in one clause.
        where: The file, line, rule id, query or option concerned; empty where there is none.
        remedy: What to do about it, in one clause; empty where nothing can be done.

    >>> print(KgError("the query is not valid SPARQL", where="q.rq:3", remedy="close the brace"))
    q.rq:3: the query is not valid SPARQL; close the brace
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.remedy}" if self.remedy else head


class SourceError(KgError):
    """A source that cannot be read: missing, empty, binary, undecodable, too large."""


class RuleError(KgError):
    """A rule file or lexicon that does not load or does not hold."""


class QueryError(KgError):
    """A query that does not parse, an unknown query name or parameter."""


class GoldError(KgError):
    """A reference file that cannot be read or says what no reference may say."""


class StoreError(KgError):
    """A store or an output folder that cannot be opened, written or trusted."""


class RemoteError(StoreError):
    """A store elsewhere that does not answer, or not what was asked."""
