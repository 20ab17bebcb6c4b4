"""How often a process of our own looks for garbage; a program that uses the package decides that for itself."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000


def collect_rarely() -> None:
    """Look for garbage less often than after every 700 new objects: hardly any of ours lies in a cycle."""
    gc.set_threshold(_NEW_OBJECTS)
