"""Reading files, folders, archives and records into pages: finding and decoding them, naming what cannot be read.

`read_pages` is the way in; a build goes file by file, with `find`, `content_hash` and `pages_of`.
"""

from kg.source.blob import MAX_BYTES
from kg.source.declared import Columns
from kg.source.files import Found, Listing, content_hash, find
from kg.source.pages import pages_of, read_pages

__all__ = ["MAX_BYTES", "Columns", "Found", "Listing", "content_hash", "find", "pages_of", "read_pages"]
