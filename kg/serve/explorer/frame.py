"""What all pages share: language, addresses, templates.

A page is a route that gathers plain data and returns `page(request, "its.html", name=value, …)`. Its template begins

    {% extends "base.html" %}
    {% from "parts.html" import thing_link with context %}
    {% block title %}…{% endblock %}
    {% block main %}…{% endblock %}

and finds beside what the route gave it: `t` (`Words`: `t.search`, `t.of("page_of", 1, 3)`, `t.term("leads")`), `lang`,
`href("/path")` (every address on a page goes through it, for servers below a prefix), `path_of(iri)` (the page of
anything that the graph names), `quote_path(quote)` (the words that a fact was read from, on their page), `has_texts`,
`group_of("TradeUnion")` (its colour: agent, initiative, region, person, policy, event, honour, figure, document),
`number(1234)`, `period("../2023")`, `figure(fact)` (an observation's value with its bound). A page that needs a script
adds `{% block scripts %}<script type="module" src="{{ href('/static/its.js') }}"></script>{% endblock %}`, one that
needs styles `{% block styles %}`; neither script nor style may stand in the page itself, not even as an attribute, and
nothing comes from elsewhere. Text of the graph is escaped by Jinja; names stand in `<bdi>`. New words go into
`words.py`, a new page into `NAVIGATION`. Colours, spacing and the classes that pages share are in `static/kg.css`.
"""

from __future__ import annotations

import json
import re
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import quote, urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.types import Scope

from kg.graph.reading import Quote
from kg.naming import INITIATIVES, ORGANISATIONS
from kg.serve.explorer import bundled, figures
from kg.serve.explorer.words import LANGUAGES, Language, Words
from kg.serve.search import SEARCHED
from kg.serve.state import Snapshot, State, snapshot, state
from kg.text.convert import to_simplified

Build = Annotated[Snapshot, Depends(snapshot)]
"""Parameter of a route: the build from which to answer, one and the same for the whole request."""

HERE = Path(__file__).parent
COOKIE = "kg-lang"

NAVIGATION: Final = (
    ("/", "nav_start"),
    ("/graph", "nav_graph"),
    ("/compare", "nav_compare"),
    ("/ask", "nav_ask"),
    ("/documents", "nav_documents"),
)
"""The pages in the menu: path, and key of the word."""

_GROUPS: Final = {
    **dict.fromkeys(ORGANISATIONS, "agent"),
    **dict.fromkeys(INITIATIVES, "initiative"),
    "Region": "region",
    "Person": "person",
    "PolicyDocument": "policy",
    "Event": "event",
    "Honour": "honour",
    "Indicator": "figure",
    "Document": "document",
}

_TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Return a page.

    Args:
        request: The request that it answers.
        template: Name of its template.
        status: Status code of the answer.
        **context: What the template shows.
    """
    language = language_of(request)
    shared = state(request)
    build = shared.current()
    words = Words(language)
    common = {
        "t": words,
        "lang": language,
        "href": shared.href,
        "path_of": partial(shared.href_of, build),
        "quote_path": lambda found: quote_href(shared, build, found),
        "page_path": lambda identifier: shared.href(page_path(identifier)),
        "has_texts": build.pages is not None,
        "group_of": group_of,
        "number": number,
        "figure": lambda fact: figures.figure_of(fact, language),
        "period": lambda edtf: figures.period(edtf, language),
        "marked": marked,
        "navigation": NAVIGATION,
        "here": request.url.path,
        "other_language": switched(request, LANGUAGES[1 - LANGUAGES.index(language)]),
        "classes": _classes(language),
        "sought": "",
        "status": status,
    }
    html = _TEMPLATES.get_template(template).render(common | context)
    # Half a surrogate pair, which a damaged page may hold, cannot be sent.
    headers = {"Cache-Control": "private, no-cache", "Content-Language": language}
    answer = HTMLResponse(html.encode("utf-8", "replace"), status, headers)
    answer.headers.add_vary_header("Cookie")
    if request.query_params.get("lang") == language:
        answer.set_cookie(COOKIE, language, max_age=31_536_000, samesite="lax", path=shared.href("/"))
    return answer


def language_of(request: Request) -> Language:
    """Return the language to answer in: that of the address, else that chosen before, else Chinese."""
    for found in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        for language in LANGUAGES:
            if found == language:
                return language
    return "zh"


def words_of(request: Request) -> Words:
    """Return the words to answer with."""
    return Words(language_of(request))


def switched(request: Request, language: Language) -> str:
    """Return the address of a page, without scheme and host, in another language."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] != "lang"]
    # An address that began with '//' would lead to another server.
    path = "/" + request.url.path.lstrip("/")
    return state(request).href(f"{quote(path, safe='/%')}?{urlencode([*pairs, ('lang', language)])}")


def quote_href(shared: State, build: Snapshot, found: Quote) -> str:
    """Return the address at which the words of a piece of evidence are shown: on their page, where it was kept."""
    if build.pages is None:
        return shared.href_of(build, found.document.iri)
    return shared.href(f"{page_path(found.document.identifier)}?at={found.start}-{found.end}#at")


def page_path(identifier: str) -> str:
    """Return the path at which the text of a document is shown.

    >>> page_path("a/b#1.txt")
    '/page/a/b%231.txt'
    """
    return f"/page/{quote(identifier)}"


# Readings that a mirror put behind characters.
_READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")


def marked(found: Quote) -> tuple[str, str, str]:
    """Return a sentence in three parts, of which the second is what was read; empty where it cannot be told.

    What stands on a page may be damaged or in Traditional characters, and then the clean sentence has it otherwise.
    """
    for exact in (found.exact, to_simplified(_READING.sub("", found.exact))):
        if exact and exact in found.sentence:
            before, _, after = found.sentence.partition(exact)
            return before, exact, after
    return found.sentence, "", ""


def group_of(class_: str) -> str:
    """Return to which of the groups of things, each with its colour, a class belongs."""
    return _GROUPS.get(class_, "other")


def number(count: int) -> str:
    """Return a count with separators.

    >>> number(1045123)
    '1,045,123'
    """
    return f"{count:,}"


@cache
def _classes(language: Language) -> str:
    """Return the name and group of each class that is searched, as JSON by local name."""
    words = Words(language)
    return json.dumps({name: (words.term(name), group_of(name)) for name in SEARCHED}, ensure_ascii=False)


class _Static(StaticFiles):
    """Styles and scripts; a browser asks each time whether they are still the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def mount_static(app: FastAPI) -> None:
    """Serve the styles and scripts of the pages."""
    for path, folder in (("/static", HERE / "static"), *bundled.FOLDERS.items()):
        app.mount(path, _Static(directory=folder))
