"""Measures how fast pages become a graph, beside jieba on the same text: `python bench/extraction.py [PAGES] [FOLDER]`.

The pages are composed (see `bulletins.py`), or those of the folder given. Everything runs in one process, and of each
measure the best of several runs counts, taken in turn, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import bulletins
import jieba
import jieba.posseg
from rivals import rivals

import kg
from kg.extract import read
from kg.extract.rulebook.loading import load
from kg.graph.contribution import contribution
from kg.graph.identity import DEFAULT_BASE
from kg.model import Page
from kg.resolve import resolve
from kg.source import read_pages
from kg.text import read_article

_SLICE = 40_000  # characters; jieba.posseg is too slow for more
_LONG = 10  # articles in one, by which the cost of long documents is measured


@dataclass(frozen=True, slots=True)
class Row:
    """One measure.

    Attributes:
        what: What was run.
        seconds: How long it took.
        size: Bytes of UTF-8 that it went through.
        speed: How much of what jieba.cut does in the same time, at the same size; 1 is as fast.
    """

    what: str
    seconds: float
    size: int
    speed: float


def rows(pages: int = 300, folder: Path | None = None, repeats: int = 3) -> list[Row]:
    """Measure everything and return one row for each.

    Args:
        pages: How many pages are composed.
        folder: Pages to measure on instead.
        repeats: How often each measure is taken.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        source = folder or place / "pages"
        if folder is None:
            bulletins.write(source, pages)
        found = list(read_pages([source]))
        return _measured([page for page in found if isinstance(page, Page)], source, place, repeats)


def _measured(pages: Sequence[Page], source: Path, place: Path, repeats: int) -> list[Row]:
    rules = load()
    articles = [read_article(page) for page in pages]
    readings = [read(article, rules) for article in articles]
    records = [resolve(article, reading) for article, reading in zip(articles, readings, strict=True)]
    text = "\n".join(article.text for article in articles)
    part = text[:_SLICE]
    jieba.setLogLevel(60)
    jieba.lcut(text[:1000])
    jieba.posseg.lcut(text[:1000])

    def facts() -> None:
        for page in pages:
            article = read_article(page)
            contribution(resolve(article, read(article, rules)), DEFAULT_BASE)

    runs: dict[str, tuple[str, Callable[[], object]]] = {
        "jieba.cut": (text, lambda: jieba.lcut(text)),
        f"jieba.posseg.cut, {_SLICE:,} characters": (part, lambda: jieba.posseg.lcut(part)),
        **{
            f"{what}, {_SLICE:,} characters": (part, lambda run=run: run(part))
            for what, run in rivals().items()
            if not isinstance(run, str)
        },
        "kg build, all of it": (text, lambda: kg.build(source, place / f"out-{time.monotonic_ns()}")),
        "pages to statements": (text, facts),
        "  articles out of pages": (text, lambda: [read_article(page) for page in pages]),
        "  facts out of articles": (text, lambda: [read(article, rules) for article in articles]),
        "  things out of names": (text, lambda: list(map(resolve, articles, readings))),
        "  statements out of records": (text, lambda: [contribution(record, DEFAULT_BASE) for record in records]),
        **_long_documents(pages),
    }
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(repeats):
        for what, (_, run) in runs.items():
            best[what] = min(best[what], _seconds(run))
    sizes = {what: len(of.encode()) for what, (of, _) in runs.items()}
    jieba_speed = sizes["jieba.cut"] / best["jieba.cut"]
    found = [Row(what, best[what], sizes[what], sizes[what] / best[what] / jieba_speed) for what in runs]
    return [*found, _start(place, jieba_speed)]


def skipped() -> dict[str, str]:
    """Return why what is not measured is not, by what it is."""
    return {what: why for what, why in rivals().items() if isinstance(why, str)}


def _long_documents(pages: Sequence[Page]) -> dict[str, tuple[str, Callable[[], object]]]:
    """Return the reading of one article, and of ten times its text as one article."""
    page = max(pages[:50], key=lambda page: len(page.text))
    short = page.text
    long = "\n".join([short] * _LONG)

    def run(text: str) -> Callable[[], object]:
        return lambda: read(read_article(Page("one.txt", text, "text/plain", "utf-8", "0" * 64)))

    return {
        f"one article of {len(short):,} characters": (short, run(short)),
        f"one article of {len(long):,} characters": (long, run(long)),
    }


def _start(place: Path, jieba_speed: float) -> Row:
    """Return how long the command takes for one page, from its start to its end."""
    source = place / "one"
    bulletins.write(source, 1)
    size = (source / "000000.txt").stat().st_size
    environment = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])}

    def run() -> None:
        out = place / f"one-{time.monotonic_ns()}"
        command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True, env=environment)

    best = min(_seconds(run) for _ in range(3))
    return Row("the command kg build for one page", best, size, size / best / jieba_speed)


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="?", type=int, default=300, help="how many pages to compose")
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of pages to measure on instead")
    arguments = parser.parse_args()
    print("| what | s | MB/s | x jieba.cut |\n| --- | ---: | ---: | ---: |")
    for row in rows(arguments.pages, arguments.folder):
        print(f"| {row.what} | {row.seconds:.3f} | {row.size / row.seconds / 1e6:.2f} | {row.speed:.2f} |")


if __name__ == "__main__":
    main()
