"""Which lines of a page are its article: this project's reader and trafilatura side by side, on marked pages.

    python bench/layout.py                       the pages of tests/text/marked
    python bench/layout.py my-pages --errors     pages of one's own, with the lines missed (-) and taken too much (+)

In a marked page each line of the article stands in ⟦ ⟧, a table as a whole; the marks are taken out before it is read.
A line that goes on behind the foot of a printed page is marked in parts: ⟦ ⟧⇢ and ⟦ ⟧.
Lines count as found when they are equal but for white space. Runs of five characters are counted as well: they are
fair to a reader that joins lines. trafilatura is no dependency of the project: pip install trafilatura lxml_html_clean.

Why it is none. On the first three pages in markup that this project's reader had not been fitted to, before anything
was changed for them (precision and recall of lines; of characters):

    ours                    0.750 0.875   0.988 0.940
    trafilatura 2.3.1       0.226 0.292   0.728 0.936

and on three more, after that:

    ours                    0.909 0.952   0.974 1.000
    trafilatura 2.3.1       0.396 0.905   0.727 0.947

It joins the lines of <br> layouts and of tables that hold a page, and keeps navigation, bylines and share buttons of
such pages; on plain news pages both read the same lines. It knows no place of a character in the page, so that a vote
of its would have to be matched to lines again, and it found no line of those that the reader missed.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from importlib.util import find_spec
from pathlib import Path

from kg.model import Page
from kg.text import read_article
from kg.text.convert import is_traditional, to_simplified

MARKED = Path(__file__).parents[1] / "tests" / "text" / "marked"
_MARKS = re.compile("⟧⇢|[⟦⟧]")
_PAGE_BREAK = re.compile("⟧⇢.*?⟦", re.DOTALL)
_LINE = re.compile("⟦(.*?)⟧", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_RUN = 5

Reader = Callable[[Page], list[str]]


def marked(path: Path) -> tuple[Page, list[str]]:
    """Return the page of a marked file and the lines of its article, bare."""
    text = path.read_text(encoding="utf-8")
    markup = path.suffix == ".html"
    found = _LINE.findall(_PAGE_BREAK.sub("", text))
    lines = [unescape(_TAG.sub("", line)) if markup else line for line in found]
    if is_traditional(text):
        lines = [to_simplified(line) for line in lines]
    media_type = "text/html" if markup else "text/plain"
    return Page(path.name, _MARKS.sub("", text), media_type, "utf-8", ""), list(map(bare, lines))


def bare(line: str) -> str:
    """Return a line without white space."""
    return re.sub(r"\s", "", line)


def ours(page: Page) -> list[str]:
    """Return the lines of the article as this project reads it."""
    article = read_article(page)
    return [article.text[block.start : block.end] for block in article.body()]


def trafilatura(page: Page, **options: bool) -> list[str]:
    """Return the lines of the article as trafilatura reads it; of plain text it reads nothing."""
    from trafilatura import extract

    if page.media_type != "text/html":
        return []
    found = extract(page.text, include_comments=False, include_tables=True, **options) or ""
    rows = (line.strip("|").replace("|", "") for line in found.splitlines())
    return [to_simplified(line) if is_traditional(page.text) else line for line in rows]


READERS: dict[str, Reader] = {"ours": ours}
if find_spec("trafilatura"):
    READERS["trafilatura"] = trafilatura
    READERS["trafilatura, precise"] = lambda page: trafilatura(page, favor_precision=True)
    READERS["trafilatura, complete"] = lambda page: trafilatura(page, favor_recall=True)


def _runs(lines: Iterable[str]) -> Counter[str]:
    return Counter(line[at : at + _RUN] for line in lines for at in range(max(1, len(line) - _RUN + 1)))


class Tally:
    """Counts of what is right, found and in the reference."""

    def __init__(self) -> None:
        self.right = self.found = self.reference = 0

    def add(self, found: Counter[str], reference: Counter[str]) -> None:
        """Count one page."""
        self.right += (found & reference).total()
        self.found += found.total()
        self.reference += reference.total()

    def __str__(self) -> str:
        return f"{self.right / max(1, self.found):.3f} {self.right / max(1, self.reference):.3f}"


def measure(name: str, reader: Reader, paths: Sequence[Path], errors: bool) -> str:
    """Return a line of the table: precision and recall by lines and by runs of characters, and the time for a page."""
    lines, runs = Tally(), Tally()
    spent = 0.0
    for path in paths:
        page, expected = marked(path)
        started = time.perf_counter()
        found = [line for line in map(bare, reader(page)) if line]
        spent += time.perf_counter() - started
        lines.add(Counter(found), Counter(expected))
        runs.add(_runs(found), _runs(expected))
        if errors:
            wrong = [f"  - {line[:60]}" for line in (Counter(expected) - Counter(found)).elements()]
            wrong += [f"  + {line[:60]}" for line in (Counter(found) - Counter(expected)).elements()]
            sys.stdout.write("".join(f"{line}\n" for line in ([f"{name}: {path.name}", *wrong] if wrong else [])))
    return f"{name:<24} {lines}   {runs}   {1000 * spent / len(paths):6.1f}"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("folder", nargs="?", type=Path, default=MARKED)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    paths = sorted(path for path in arguments.folder.iterdir() if path.suffix in {".txt", ".html"})
    for suffix in (".html", ".txt"):
        chosen = [path for path in paths if path.suffix == suffix]
        if not chosen:
            continue
        table = [
            measure(name, reader, chosen, arguments.errors)
            for name, reader in READERS.items()
            if name == "ours" or suffix == ".html"
        ]
        head = f"{len(chosen)} pages {suffix:<15} lines: precision, recall; characters; ms a page"
        sys.stdout.write("\n".join([head, *table, ""]) + "\n")


if __name__ == "__main__":
    main()
