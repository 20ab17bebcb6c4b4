"""Reading files, folders, archives and records into pages: finding and decoding them, naming what cannot be read.

`read_pages` is the one way in.
"""

from kg.source.blob import MAX_BYTES
from kg.source.declared import Columns
from kg.source.pages import read_pages

__all__ = ["MAX_BYTES", "Columns", "read_pages"]
