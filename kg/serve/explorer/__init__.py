"""The pages for people: plain HTML by templates, small scripts, nothing from elsewhere.

`router` answers at `/`; `mount_static` serves `static/` at `/static`; `thing_page` is what a browser gets at an IRI,
`error_page` what it gets when a request fails.
How a page is made is told in `kg.serve.explorer.frame`.
"""

from kg.serve.explorer import ask, compare, graph
from kg.serve.explorer.errors import error_page
from kg.serve.explorer.frame import mount_static
from kg.serve.explorer.pages import router
from kg.serve.explorer.thing import thing_page

for tool in (graph, compare, ask):
    router.include_router(tool.router)

api = graph.api

__all__ = ["api", "error_page", "mount_static", "router", "thing_page"]
