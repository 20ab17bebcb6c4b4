"""The pages for people: plain HTML by templates, small scripts, nothing from elsewhere.

`router` answers at `/`; `mount_static` serves `static/` at `/static`; `thing_page` is what a browser gets at an IRI.
"""

from kg.serve.explorer.pages import mount_static, router, thing_page

__all__ = ["mount_static", "router", "thing_page"]
