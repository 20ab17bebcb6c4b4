"""Builds an RDF knowledge graph, each fact with its sentence, from Chinese policy reporting.

    import kg

    graph = kg.build("seeds/")
    for row in graph.query("who-leads", region="黑龙江省"):
        print(row)

The same as commands: `kg --help`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import KgError, QueryError, RuleError, SourceError, StoreError

if TYPE_CHECKING:
    from kg.api import Graph, build, open

__all__ = ["Graph", "KgError", "QueryError", "RuleError", "SourceError", "StoreError", "build", "open"]

_LAZY = frozenset(["Graph", "build", "open"])


def __getattr__(name: str) -> Any:
    # Loaded when first used: the libraries behind them take longer than `kg --help` may.
    if name in _LAZY:
        from kg import api

        return getattr(api, name)
    if name == "__version__":
        from importlib.metadata import version

        return version("policy-kg")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
