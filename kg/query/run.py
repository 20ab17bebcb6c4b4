"""Runs a query, named or written out, on a graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyoxigraph import QueryBoolean, QuerySolutions, Triple

from kg.errors import QueryError
from kg.graph.layout import prefixes
from kg.graph.store import GraphStore
from kg.query.catalogue import NamedQuery, named_query
from kg.query.dataset import Dataset
from kg.query.guard import check_read_only, prefixes_used
from kg.query.order import in_order, sort_keys, without_order
from kg.query.result import QueryResult
from kg.query.terms import bind

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(r"(?:error )?at (\d+):(\d+): (.*)", re.DOTALL)

_HINTS = {
    "IRI parsing failed": "write an absolute IRI without spaces",
    "contains a variable that is unbound": "group by each variable that is selected, or aggregate it",
}


def run(graph: GraphStore, query: str, params: Mapping[str, str] | None = None, *, where: str = "") -> QueryResult:
    """Answer a query.

    Args:
        graph: The graph to ask.
        query: The name of a query of `queries/`, or SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE. The usual prefixes
            need not be declared. Its default graph is all documents together and the ontology, each triple once;
            `GRAPH` reaches the graph of one document, and `FROM` reads some graphs only, each triple once again.
        params: Values of parameters, for a named query.
        where: What to call a query that is written out when it is at fault, e.g. its file.

    Raises:
        QueryError: The query or a parameter is unknown, a value is not of its type, the SPARQL is not valid, or it
            would change the graph or ask another server.
    """
    known = prefixes(graph.base)
    keys = sort_keys(named_query(query).text) if _NAME.fullmatch(query) else []
    with answering(graph, query, params, where=where, ordered=not keys) as answer:
        if isinstance(answer, QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            shown = len(columns) - sum(key.hidden for key in keys)
            rows = in_order(map(tuple, answer), columns, keys)
            return QueryResult("rows", columns[:shown], tuple(row[:shown] for row in rows), prefixes=known)
        if isinstance(answer, QueryBoolean):
            return QueryResult("truth", truth=bool(answer), prefixes=known)
        triples: set[Triple] = set(answer)
        return QueryResult("triples", triples=tuple(sorted(triples, key=str)), prefixes=known)


@contextmanager
def answering(
    graph: GraphStore,
    query: str,
    params: Mapping[str, str] | None = None,
    *,
    where: str = "",
    dataset: Dataset | None = None,
    ordered: bool = True,
) -> Iterator[QuerySolutions | QueryBoolean | Iterator[Triple]]:
    """Give the answer to a query as it is being found; what goes wrong inside the block is the query's fault.

    Args:
        graph: The graph to ask.
        query: As for `run`.
        params: As for `run`.
        where: As for `run`.
        dataset: The graphs to read, in place of those that the query names itself.
        ordered: Whether the rows of a named query come in its order; `in_order` sorts them faster.

    Raises:
        QueryError: As for `run`, or a graph to read is not in the store.
    """
    if _NAME.fullmatch(query):
        named = named_query(query)
        where, text = named.name, bind(named, params or {})
        text = text if ordered else without_order(text)
    else:
        text = bind(NamedQuery(where or "the query", "", "", (), query), params or {})
        check_read_only(text, where)
    known = prefixes(graph.base)
    store, scope = (dataset or Dataset.of(text, known)).select(graph.store, where)
    try:
        yield store.query(text, prefixes=known, **scope)
    except SyntaxError as error:
        raise _syntax_error(error, text, known, where) from None
    except (OSError, RuntimeError, ValueError) as error:
        first = str(error).partition("\n")[0]
        raise QueryError(f"the query failed: {first}", where=where, remedy="simplify it or check the graph") from error


def _syntax_error(error: SyntaxError, text: str, known: Mapping[str, str], where: str) -> QueryError:
    message = str(error)
    found = _PLACE.search(message)
    if not found:
        return QueryError(f"not valid SPARQL: {message}", where=where, remedy="correct the query")
    line, column, detail = int(found[1]), int(found[2]), found[3]
    lines = text.split("\n")
    what = "not valid SPARQL"
    ends = not "\n".join([*lines[line - 1 : line], *lines[line:]])[column - 1 :].strip()
    if ends:
        # The place of a user is the last character, not the line that was put behind it.
        lines = text.rstrip().split("\n")
        line, column, what = len(lines), len(lines[-1]), "not valid SPARQL at its end"
    place = f"line {line}, column {column}"
    declared = {*known, *re.findall(r"(?i)\bPREFIX\s+([^\s:]*):", text)}
    missing = sorted(prefixes_used(text) - declared)
    remedy = f"declare {missing[0]}: with PREFIX" if missing else ""
    remedy = remedy or next((hint for phrase, hint in _HINTS.items() if phrase in detail), "")
    if ends and not remedy:
        remedy = "close what is left open, or leave out what is too much"
    if not remedy:
        # The parser lists all it could have read there, character classes among them; the words are of use.
        words = sorted(set(re.findall(r'"[^"\s\\]{1,12}"|\b[A-Z]{3,}\b', detail)))[:8]
        remedy = f"expected there: {' '.join(words)}" if words else "look before that place for what is left open"
    return QueryError(what, where=f"{where}, {place}" if where else place, remedy=remedy)
