"""Makes the page: one self-contained file that asks the network for nothing and lets no text become markup."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from kg.errors import KgError, StoreError
from kg.graph.quadstore import QuadStore
from kg.view.picture import Picture
from kg.view.reader import read
from kg.view.terms import BOUNDS, CLASSES, GROUPS, KINDS, LINKS

TITLE = "谁牵头哪项改革"
BASE = "https://kg.example/"

_ASSETS = Path(str(files("kg.view"))) / "assets"
_SCRIPTS = (
    "text.js",
    "data.js",
    "style.js",
    "block.js",
    "layout.js",
    "choice.js",
    "edges.js",
    "view.js",
    "panel.js",
    "search.js",
    "main.js",
)
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


def render(store: QuadStore, *, title: str = TITLE, base: str = BASE) -> str:
    """Return the page for everything in `store`, the same bytes for the same content.

    Args:
        store: A store laid out as the graph stage writes it.
        title: The heading of the page.
        base: The base IRI of the build; identifiers are shown without it.

    Raises:
        KgError: The drawing library is not installed as expected.
    """
    return page_of(read(store), title=title, base=base)


def write_page(store: QuadStore, out: Path | str, *, title: str = TITLE, base: str = BASE) -> None:
    """Write the page of `render` to the file `out`.

    Raises:
        StoreError: `out` cannot be written.
        KgError: The drawing library is not installed as expected.
    """
    text = render(store, title=title, base=base)
    try:
        Path(out).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            f"the page cannot be written ({error.strerror})", where=str(out), remedy="choose another folder"
        ) from error


def page_of(picture: Picture, *, title: str = TITLE, base: str = BASE) -> str:
    """Return the page that shows a picture; the arguments are those of `render`.

    Raises:
        KgError: The drawing library is not installed as expected.
    """
    # pyvis brings IPython along: import it only where a page is made.
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.node_ids = _Ids()
    for position, node in enumerate(picture.nodes):
        group = CLASSES[node.type].key
        extra = {key: value for key, value in asdict(node).items() if value not in ("", [], -1) and key != "label"}
        network.add_node(position, label=node.label, shape="custom", group=group, **extra)
    for edge in picture.edges:
        network.add_edge(
            edge.source,
            edge.target,
            rel=edge.relation,
            notes=edge.notes,
            quotes=edge.quotes,
            confidence=edge.confidence,
        )
    # Physics would need minutes for thousands of nodes: the page places them itself, by region.
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
        },
    }
    network.set_template_dir(str(_ASSETS), "page.html")
    style = (_ASSETS / "page.css").read_text(encoding="utf-8")
    library, script = _library(), _script()
    network.templateEnv.globals.update(
        title=title,
        style=style,
        library=library,
        script=script,
        policy=_policy([library, script], [style]),
        data=lambda nodes, edges, options: _data(picture, nodes, edges, options, title, base),
    )
    html = network.generate_html()
    assert isinstance(html, str)
    return html


def _data(
    picture: Picture, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: str, title: str, base: str
) -> str:
    for node in nodes:
        del node["shape"]  # "custom" for all: the page draws them
    for edge in edges:
        del edge["arrows"]
    return embedded(
        {
            "title": title,
            "base": base,
            "groups": [group._asdict() for group in GROUPS],
            "classes": {name: class_._asdict() for name, class_ in CLASSES.items()},
            "links": [link._asdict() for link in LINKS],
            "bounds": BOUNDS,
            "kinds": KINDS,
            "options": json.loads(options),
            "documents": picture.documents,
            "sources": [asdict(source) for source in picture.sources],
            "quotes": picture.quotes,
            "nodes": nodes,
            "edges": edges,
            "figures": [asdict(figure) for figure in picture.figures],
        }
    )


def embedded(value: object) -> str:
    r"""Return `value` as JSON that can stand inside a script element: nothing in it can close the element.

    >>> embedded({"名": "</script>&"})
    '{"名":"\\u003c/script\\u003e\\u0026"}'
    """
    return embedded_bytes(value).decode()


def embedded_bytes(value: object) -> bytes:
    """Return what `embedded` does, as UTF-8."""
    text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    for character in "<>&\u2028\u2029":
        text = text.replace(character.encode(), b"\\u%04x" % ord(character))
    return text


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return the Content-Security-Policy under which only the page's own script and style run."""

    def hashes(texts: list[str]) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _library() -> str:
    """Return vis-network as pyvis carries it, without the comment that names a source map."""
    path = Path(str(files("pyvis"))) / _VIS
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KgError("vis-network is missing from pyvis", where=str(path), remedy="install pyvis 0.3.2") from error
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL")]
    library = "\n".join(lines)
    if "</script" in library:
        raise KgError("vis-network cannot stand inside a page", where=str(path), remedy="install pyvis 0.3.2")
    return library


@cache
def _script() -> str:
    """Return the page's own script: its parts, in order, in one scope."""
    parts = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();'


class _Ids(list[int]):
    """The list that pyvis keeps of its node ids, with a fast look-up: pyvis searches it for every edge."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[int] = set()

    def append(self, item: int) -> None:
        self._seen.add(item)
        super().append(item)

    def __contains__(self, item: object) -> bool:
        return item in self._seen
