"""What was read, kept beside the graph: every page as decoded, its clean article, what each contributes to the graph.

`open_archive` is the way in for readers, `ArchiveWriter` for a build.
"""

from kg.archive.file import Archive, open_archive
from kg.archive.layout import Settled
from kg.archive.packing import PackedPage, packed, page_hash
from kg.archive.repairs import ArchivedPage, Repair
from kg.archive.writer import ArchiveWriter

__all__ = [
    "Archive",
    "ArchiveWriter",
    "ArchivedPage",
    "PackedPage",
    "Repair",
    "Settled",
    "open_archive",
    "packed",
    "page_hash",
]
