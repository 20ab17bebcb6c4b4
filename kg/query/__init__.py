"""Asks a graph: named questions with parameters, or any SPARQL that only reads."""

from kg.query.catalogue import NamedQuery, Parameter, named_queries
from kg.query.format import format_result
from kg.query.result import QueryResult
from kg.query.run import run

__all__ = ["NamedQuery", "Parameter", "QueryResult", "format_result", "named_queries", "run"]
