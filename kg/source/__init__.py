"""Reading files and folders into pages: finding them, decoding them, naming what cannot be read.

`read_pages` is the one way in.
"""

from kg.source.pages import MAX_BYTES, read_pages

__all__ = ["MAX_BYTES", "read_pages"]
