"""Time pages that would make a careless reader slow: `python bench/hostile.py`.

Each is read at a half and at the whole of its size. Printed are the seconds that both take; it fails where a page of a
few megabytes takes more than eight, or twice the page more than three times as long.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from kg.model import Page
from kg.text import read_article

SENTENCE = "深化产业工人队伍建设改革，完善技能形成体系，提升职工素质。"
# What is said so many times, by a name for it.
PLAIN: dict[str, tuple[Callable[[int], str], int]] = {
    "one line of 10 MB": (lambda n: SENTENCE * n, 120_000),
    "line breaks": (lambda n: "\n" * n, 1_000_000),
    "spaces": (lambda n: " " * n + "改", 1_000_000),
    "brackets": (lambda n: "(" * n, 1_000_000),
    "readings without end": (lambda n: "發(fa" * n, 200_000),
    "NULs": (lambda n: "\x00改革" * n, 200_000),
    "lone surrogates": (lambda n: "\ud800改革。\udfff" * n, 50_000),
    "right-to-left marks": (lambda n: "\u202e改\u200f革\u2066。" * n, 50_000),
    "dates": (lambda n: "2024-01-01 " * n, 50_000),
    "labels": (lambda n: "来源：" * n, 100_000),
    "lines of strokes": (lambda n: ("|" * 20 + "\n" + "—" * 30 + "\n" + "_ " * 40 + "\n") * n, 1_000),
    "lines of dots": (lambda n: ("…" * 1_900 + "\n") * n, 100),
    "letters spaced out": (lambda n: "改 革 " * n, 100_000),
}
MARKUP: dict[str, tuple[Callable[[int], str], int]] = {
    "nested elements": (lambda n: "<div>" * n + SENTENCE + "</div>" * n, 100_000),
    "nested tables": (lambda n: "<table><tr><td>" * n + SENTENCE, 30_000),
    "closing tags that meet nothing": (lambda n: "<b><td>" + "<div>" * n + "</p></b>" * n, 50_000),
    "open quotes": (lambda n: "<a href=\"x>'" * n, 60_000),
    "tags that never end": (lambda n: "<a " * n, 300_000),
    "comments that never end": (lambda n: "<!--" * n, 200_000),
    "scripts that never end": (lambda n: "<script>" * n, 50_000),
    "ampersands": (lambda n: "&" * n, 500_000),
    "entities": (lambda n: "&nbsp;" * n + SENTENCE, 60_000),
    "spans": (
        lambda n: "<table>" + ("<tr>" + "<td rowspan=1000 colspan=1000>一</td>" * 10 + "</tr>") * n + "</table>",
        1_600,
    ),
}


def main() -> int:
    """Time all of them and return the exit code."""
    failed = False
    for media_type, texts in (("text/plain", PLAIN), ("text/html", MARKUP)):
        for name, (make, number) in texts.items():
            half, whole = (seconds(make(size), media_type) for size in (number // 2, number))
            slow = whole > 8 or whole > 3 * max(half, 0.3)
            failed = failed or slow
            print(f"{name:32}{half:8.2f}{whole:8.2f}{'  too slow' if slow else ''}")
    return int(failed)


def seconds(text: str, media_type: str) -> float:
    """Return how long an article of this text takes to be read."""
    started = time.process_time()
    read_article(Page("a", text, media_type, "utf-8", ""))
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
