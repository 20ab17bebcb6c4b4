"""The graph on the web: SPARQL 1.1 Protocol, linked data and search for programs, pages for people, read-only.

`kg.serve.app.create_app` makes the application from `kg.serve.settings.Settings`; `kg serve` runs it. This module
imports nothing, so that the worker processes load no web server.
"""
