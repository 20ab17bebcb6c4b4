"""The picture of the graph: one page that answers who leads which reform, and shows the sentence that says so."""

from kg.view.page import page_of, render, write_page
from kg.view.reader import READ, picture_of

__all__ = ["READ", "page_of", "picture_of", "render", "write_page"]
