"""Stores of others, over HTTP: loading a build into one, and asking one as if it were embedded."""

from kg.remote.connection import Connection, Credentials, is_url
from kg.remote.graph import RemoteGraph, open_remote
from kg.remote.journal import journal_path
from kg.remote.load import Loaded, Progress, load

__all__ = [
    "Connection",
    "Credentials",
    "Loaded",
    "Progress",
    "RemoteGraph",
    "is_url",
    "journal_path",
    "load",
    "open_remote",
]
