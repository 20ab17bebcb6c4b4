"""The page to ask: SPARQL in an editor, the named questions to begin with, the answer as table, chart and graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from kg.errors import KgError, QueryError
from kg.graph.layout import prefixes
from kg.query.catalogue import NamedQuery, named_queries, named_query
from kg.query.terms import fill
from kg.serve.explorer.ask_vocabulary import vocabulary
from kg.serve.explorer.frame import Build, page, words_of
from kg.serve.state import State, state

router = APIRouter()

ROWS = 500
"""Rows that are shown; all are in the files."""
_LONGEST = 100_000
_SAID = (
    *("query", "running", "time", "first", "rows", "more", "none", "yes", "no", "table", "chart", "graph", "label"),
    *("number", "go", "keyword", "variable", "question", "result", "fault"),
)

EXAMPLE = """SELECT ?who ?label ?initiative WHERE {
  ?who kg:leads ?initiative ; rdfs:label ?label .
}
LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer for browsers without scripts: columns and rows of terms, or text."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Mapping[str, str], ...], ...] = ()
    text: str = ""


@router.get("/ask", response_class=HTMLResponse)
async def ask(request: Request, build: Build, shared: Annotated[State, Depends(state)]) -> HTMLResponse:
    """Show the editor; with `query` or `name` what it holds, and with `run` the answer as well."""
    given = {key: value for key, value in request.query_params.items() if len(value) <= _LONGEST}
    question = named_queries().get(given.get("name", ""))
    problem, table = "", None
    query = given.get("query", "")
    if question and not query:
        try:
            query = filled(question, given)
        except QueryError as error:
            problem, query = str(error), question.text
    if "run" in given and query.strip() and not problem:
        try:
            table = await _answer(shared, query)
        except KgError as error:
            problem = str(error)
    context: dict[str, Any] = {
        "query": query or EXAMPLE,
        "question": question,
        "questions": list(named_queries().values()),
        "given": given,
        "problem": problem,
        "table": table,
        "most": ROWS,
        "base": build.graph.base,
        "said": json.dumps(_said(request), ensure_ascii=False),
    }
    return page(request, "ask.html", **context)


@router.get("/ask/filled")
def filled_text(request: Request) -> PlainTextResponse:
    """Give the text of the named question `name` with the values given for its parameters."""
    given = dict(request.query_params)
    return PlainTextResponse(filled(named_query(given.get("name", "")), given), headers={"Cache-Control": "no-store"})


@router.get("/ask/terms.json")
def terms(build: Build) -> JSONResponse:
    """Give what the editor completes: prefixes, and terms with their names in both languages."""
    content = {"prefixes": prefixes(build.graph.base), "terms": [asdict(one) for one in vocabulary()]}
    return JSONResponse(content, headers={"Cache-Control": "private, max-age=600"})


def filled(question: NamedQuery, given: Mapping[str, str]) -> str:
    """Return the text of a named question with the values given; those that are empty are left out.

    Raises:
        QueryError: A value is not of its parameter's type.
    """
    names = {parameter.name for parameter in question.parameters}
    values = {name: value.strip() for name, value in given.items() if name in names and value.strip()}
    optional = tuple(one for one in question.parameters if not one.required or one.name in values)
    return fill(NamedQuery(question.name, question.en, question.zh, optional, question.text), values)


def _said(request: Request) -> dict[str, Any]:
    """Return the words that the script says."""
    words = words_of(request)
    said: dict[str, Any] = {key: words.of(f"ask_{key}", *["{}"] * 2) for key in _SAID}
    return said | {"kinds": {kind: words.of(f"ask_{kind}") for kind in ("class", "property", "value")}}


async def _answer(shared: State, query: str) -> Table:
    found = await shared.pool.answer({"query": query + "\n", "results": "json", "triples": "turtle", "rows": ROWS})
    with found.file:
        text = found.file.read().decode()
    if found.form != "json":
        return Table(text=text)
    read = json.loads(text)
    if "boolean" in read:
        return Table(text=str(read["boolean"]).lower())
    columns = tuple(read["head"]["vars"])
    rows = tuple(tuple(row.get(name, {}) for name in columns) for row in read["results"]["bindings"])
    return Table(columns, rows)
