"""Scripts of others, as their Python packages carry them, and those that the pages share with the picture."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.errors import KgError


def _folder(package: str, *parts: str) -> Path:
    """Return a folder of an installed package, which is not imported."""
    spec = find_spec(package)
    places = [Path(place, *parts) for place in (spec.submodule_search_locations or ())] if spec else []
    for place in places:
        if place.is_dir():
            return place
    raise KgError(
        f"{package} is not installed as expected", where="/".join(parts), remedy="pip install policy-kg[serve]"
    )


FOLDERS: Final[Mapping[str, Path]] = {
    "/bundled/vis": _folder("pyvis", "templates", "lib", "vis-9.1.2"),
    # django-ace is there for the editor in it: its Python is never loaded.
    "/bundled/ace": _folder("django_ace", "static", "django_ace", "ace"),
    "/bundled/view": _folder("kg", "view", "assets"),
}
"""At which path which folder of styles and scripts is served."""
