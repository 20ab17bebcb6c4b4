"""The REST interface beside SPARQL: things by name, and the named questions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from kg.query import named_queries
from kg.serve.problems import RequestError
from kg.serve.protocol import Question, answer, answers
from kg.serve.search import LONGEST, SEARCHED
from kg.serve.state import State, state

router = APIRouter(prefix="/api")

Shared = Annotated[State, Depends(state)]


class Hit(BaseModel):
    """A thing that was found."""

    iri: str = Field(description="Its IRI.")
    href: str = Field(description="Where this server answers its IRI.")
    label: str = Field(description="Its name in full.")
    matched: str = Field(description="The name by which it was found: the label, an alias, a title.")
    type: str = Field(description="Local name of its class in the ontology.")
    place: str = Field(description="Name of the place that it belongs to, or empty.")
    documents: int = Field(description="In how many documents it is mentioned.")


class Hits(BaseModel):
    """What was found, the likeliest first."""

    query: str
    hits: list[Hit]


class Parameter(BaseModel):
    """What a question may be asked about."""

    name: str
    type: str = Field(description="text, date (EDTF), integer, decimal or iri.")
    required: bool
    default: str
    en: str
    zh: str


class NamedQuestion(BaseModel):
    """A question that comes with the package."""

    name: str
    en: str
    zh: str
    parameters: list[Parameter]
    sparql: str
    href: str = Field(description="Where it is answered.")


@router.get("/search", tags=["Search"])
def search(
    shared: Shared,
    q: Annotated[
        str, Query(description="A name, part of one, an abbreviation, or pinyin: 省总, heilongjiang, hljzgh.")
    ],
    limit: Annotated[int, Query(ge=1, le=100, description="How many things to return at most.")] = 10,
    type: Annotated[
        str,
        Query(description="Class to look in, with those below it.", json_schema_extra={"enum": [*SEARCHED]}),
    ] = "",
) -> Hits:
    """Find things by name, alias, abbreviation or pinyin."""
    if type and type not in SEARCHED:
        raise RequestError(
            422, f"no class {type[:40]!r} is searched", where="type", remedy=f"give one of {', '.join(SEARCHED)}"
        )
    build = shared.current()
    hits = []
    for found in build.index.search(q[:LONGEST], limit, type):
        thing = build.reader.thing(found.iri)
        hits.append(
            Hit(
                iri=found.iri,
                href=shared.href_of(build, found.iri),
                label=thing.label,
                matched=found.name,
                type=found.type,
                place=thing.region,
                documents=len(thing.documents),
            )
        )
    return Hits(query=q, hits=hits)


@router.get("/queries", tags=["Questions"])
def queries(shared: Shared) -> list[NamedQuestion]:
    """List the questions that come with the package, with their parameters and their SPARQL."""
    return [
        NamedQuestion(
            name=known.name,
            en=known.en,
            zh=known.zh,
            parameters=[
                Parameter(
                    name=one.name, type=one.type, required=one.required, default=one.default, en=one.en, zh=one.zh
                )
                for one in known.parameters
            ],
            sparql=known.text,
            href=shared.href(f"/api/queries/{known.name}"),
        )
        for known in named_queries().values()
    ]


@router.get("/queries/{name}", tags=["Questions"], response_class=Response, responses=answers())
async def query(
    request: Request,
    shared: Shared,
    name: Annotated[str, Path(description="One of /api/queries.")],
    format: Annotated[str, Query(description="json, xml, csv or tsv, for clients that send no Accept header.")] = "",
    rows: Annotated[str, Query(description="How many rows to give at most.")] = "",
) -> Response:
    """Answer a question; its parameters are given by their names, as in `?region=黑龙江省`."""
    if name not in named_queries():
        raise RequestError(404, f"there is no question {name[:40]!r}", remedy="see /api/queries")
    parameters = request.query_params.multi_items()
    question = Question.of([("query", name), *((key, value) for key, value in parameters if key in ("format", "rows"))])
    given: dict[str, str] = {}
    for key, value in parameters:
        if key in ("format", "rows"):
            continue
        if key in given:
            raise RequestError(400, "given more than once", where=key[:40], remedy="give it once")
        given[key] = value
    return await answer(request, shared, question, given)
