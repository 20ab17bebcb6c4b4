"""The picture of the graph: one page that answers who leads which reform, and shows the sentence that says so."""

from kg.view.page import render, write_page

__all__ = ["render", "write_page"]
