"""The reader's data files: how names end, how numbers and times are written."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Any

from kg.yaml import read_yaml


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Return the content of `<name>.yaml` in this folder."""
    loaded: dict[str, Any] = read_yaml((files(__name__) / f"{name}.yaml").read_text("utf8"))
    return loaded
