"""Opens pages in headless Chromium with the network off, and watches what they do."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pyoxigraph import Store

from kg.view import write_page


@dataclass
class Opened:
    """A page as a user has it before them, and everything that it did beside being shown."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def status(self) -> tuple[int, int]:
        """Return how many nodes and edges are shown."""
        words = self.page.inner_text("#status").replace("，", " ").split()
        return int(words[1]), int(words[5])

    def press(self, key: str) -> None:
        """Press the filter button of a class or relation."""
        self.page.click(f'nav button[data-key="{key}"]')

    def hover(self, label: str) -> str:
        """Point at the node of this label and return the text of the card."""
        return self._point_at(self.page.evaluate("label => window.kgView.spot(label)", label))

    def hover_edge(self, relation: str) -> tuple[str, str, str]:
        """Point at an edge of this relation and return the names of its ends and the text of the card."""
        spot = self.page.evaluate("relation => window.kgView.label(relation)", relation)
        return spot["from"], spot["to"], self._point_at(spot)

    def _point_at(self, spot: dict[str, float]) -> str:
        box = self.page.locator("#network").bounding_box()
        assert box
        x, y = box["x"] + spot["x"], box["y"] + spot["y"]
        self.page.mouse.move(box["x"] + 2, box["y"] + 2)
        self.page.mouse.move(x, y, steps=4)
        self.page.wait_for_selector("#card:not([hidden])")
        return self.page.inner_text("#card")


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[[Store], Opened]]:
    """Write the page of a store and open it from disk, offline."""
    page = _page(browser)
    page.set_viewport_size({"width": 1366, "height": 768})
    opened = Opened(page)
    heard = {
        "request": lambda request: opened.requests.append(request.url),
        "console": lambda message: opened.complaints.append(message.text),
        "pageerror": lambda error: opened.complaints.append(str(error)),
        "dialog": lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()),
    }

    def opener(store: Store) -> Opened:
        path = tmp_path / "graph.html"
        write_page(store, path)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        return opened

    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]
    yield opener
    for event, hear in heard.items():
        page.remove_listener(event, hear)


@functools.cache
def _page(browser: Browser) -> Page:
    """Return a page offline; one for all tests, since to open another costs as much as to show the picture."""
    return browser.new_context(offline=True).new_page()
