"""Stores of others, over HTTP."""

from kg.remote.connection import Connection, Credentials, is_url
from kg.remote.journal import journal_path
from kg.remote.load import Loaded, Progress, load

__all__ = ["Connection", "Credentials", "Loaded", "Progress", "is_url", "journal_path", "load"]
