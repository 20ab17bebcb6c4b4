"""What the tests of other stores share."""

from remote_stores import out, pages, server

__all__ = ["out", "pages", "server"]
