"""The pages for people: plain HTML by templates, small scripts, nothing from elsewhere.

`router` answers at `/`; `mount_static` serves `static/` at `/static`.
"""

from kg.serve.explorer.pages import mount_static, router

__all__ = ["mount_static", "router"]
