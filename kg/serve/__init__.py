"""The graph on the web: SPARQL 1.1 Protocol, linked data and search for programs, pages for people, read-only.

`create_app` makes the application from `Settings`; `kg serve` runs it.
"""

from kg.serve.app import create_app
from kg.serve.settings import Settings

__all__ = ["Settings", "create_app"]
