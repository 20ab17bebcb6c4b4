"""Pages as a user has them: in headless Chromium that reaches nothing but the server."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, Page, Request

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
LAPTOP, PHONE, NARROWEST = (1366, 768), (390, 844), (360, 740)


@dataclass
class Visit:
    """A page before a user, and everything that it did beside being shown."""

    page: Page
    server: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def see(self, path: str) -> Page:
        """Go to a path of the server, whether or not its page has a script."""
        self.page.goto(self.server.rstrip("/") + path)
        return self.page

    def open(self, path: str) -> Page:
        """Go to a path of the server and wait until its script is done."""
        self.see(path)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def asked(self, request: Request) -> None:
        """Take in that the page asks for something."""
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.server).netloc:
            self.foreign.append(request.url)

    def faults(self) -> list[str]:
        """Return what axe-core finds that is serious."""
        # In the isolated world of the driver the policy of the page does not hold.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return max(0, wide)


@contextmanager
def visiting(
    browser: Browser, server: str, size: tuple[int, int] = LAPTOP, *, dark: bool = False, scripts: bool = True
) -> Iterator[Visit]:
    """Yield a page without a past; in the end it must have complained of nothing and asked nobody else."""
    page = _page(browser, scripts)
    page.context.clear_cookies()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(media="screen", color_scheme="dark" if dark else "light")
    page.mouse.move(0, 0)
    visit = Visit(page, server)
    heard = {
        "request": visit.asked,
        "console": lambda said: said.type in ("error", "warning") and visit.complaints.append(said.text),
        "pageerror": lambda error: visit.complaints.append(str(error)),
        "dialog": lambda dialog: (visit.dialogs.append(dialog.message), dialog.dismiss()),
    }
    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]
    try:
        yield visit
        assert visit.foreign == []
        assert visit.complaints == []
        assert visit.dialogs == []
    except BaseException:
        _page.cache_clear()  # who knows what state it was left in
        raise
    finally:
        for event, hear in heard.items():
            page.remove_listener(event, hear)


@functools.cache
def _page(browser: Browser, scripts: bool) -> Page:
    """Return a page in a context of its own; one for all visits, since to open another costs more than most visits."""
    return browser.new_context(java_script_enabled=scripts).new_page()
