"""Measure the repair of mirror damage: `python bench/repair.py [--pages FOLDER] [--at-once] [DAMAGE SEED…]`.

Pages of about 5,000 characters are composed from the sentences of the sample bulletins, or of the articles in a folder,
damaged with mirrors' tables of different sizes and orders, and repaired. Printed for each size of table: how many
characters of the clean text are found, how many of those lost are digits, of which the bytes leave no trace, how many
wrong ones bear no mark, and how long 5,000 characters take; then how fast the gate passes clean text.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from opencc import OpenCC

from kg.model import BlockKind, Page
from kg.source import read_pages
from kg.text import read_article
from kg.text.convert import to_simplified
from kg.text.mapped import Mapped
from kg.text.repair import repaired

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "text"))
from mirror import damaged, damaged_at_once, table  # noqa: E402 - the tests' forward process

SHARES = (0.2, 0.4, 0.7, 1.0)
LENGTH = 5_000  # characters of a page
# Variants that OpenCC prefers and mirrors do not write.
USUAL = str.maketrans("羣覈佈裏爲穫餘孃佔麼幹", "群核布里為獲余娘占么干")


def sentences(folder: Path | None) -> list[str]:
    """Return the sentences of the articles in a folder.

    By default those of the sample bulletins; of those that are damaged themselves, of their clean texts.
    """
    texts = []
    paths = [folder]
    if folder is None:
        texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "scripts" / "mirrors").glob("*.txt"))]
        paths = [ROOT / "seeds" / name for name in ("01-harbin.txt", "03-beilun.txt", "04-hunan.html")]
    for page in read_pages([path for path in paths if path]):
        if isinstance(page, Page):
            article = read_article(page)
            # The clean text of a damaged page is not known.
            texts += (
                []
                if article.guessed
                else [article.text[b.start : b.end] for b in article.blocks if b.kind == BlockKind.PARAGRAPH]
            )
    return sorted(set(re.findall(r"[^。\n]{8,}。", "\n".join(texts))))


def composed(known: list[str], chance: random.Random, wide: bool) -> str:
    """Return a page in Traditional characters, its punctuation full-width or half-width, no sentence twice."""
    lines: list[str] = []
    deck: list[str] = []
    while sum(map(len, lines)) < LENGTH:
        if len(deck) < 3:
            deck = chance.sample(known, len(known))
        lines.append("".join(deck[:3]))
        deck = deck[3:]
    text = OpenCC("s2t").convert("\n".join(lines)).translate(USUAL)
    narrow, full = ",:;?!()", "，：；？！（）"
    text = text.translate(str.maketrans(narrow, full) if wide else str.maketrans(full, narrow))
    return text.encode("gbk", "ignore").decode("gbk")


def compared(clean: str, shown: str) -> Counter[str]:
    """Return how many characters were lost, digits among them, how many wrong ones are unmarked, and the seconds."""
    started = time.process_time()
    page, guesses = repaired(Mapped.of_page(shown))
    seconds = time.process_time() - started
    marked = bytearray(len(page.text))
    for start, end in guesses:
        for index in range(bisect_left(page.starts, start), bisect_left(page.starts, end)):
            marked[index] = 1
    found: Counter[str] = Counter()
    offset = 0
    pairs = [*zip(clean.split("\n"), to_simplified(page.text).split("\n"), strict=False)]
    if clean.count("\n") != page.text.count("\n"):  # what was lost has been taken for a line break
        pairs = [(clean, to_simplified(page.text))]
    for expected, line in pairs:
        if line != expected:
            for kind, a, b, x, y in SequenceMatcher(None, expected, line, autojunk=False).get_opcodes():
                if kind != "equal":
                    found["lost"] += b - a
                    found["digits"] += sum(map(str.isdigit, expected[a:b]))
                    found["unmarked"] += marked[offset + x : offset + y].count(0)
        offset += len(line) + 1
    found["characters"] = len(clean)
    found["microseconds"] = round(1e6 * seconds)
    return found


def show(what: str, found: Counter[str]) -> None:
    total = found["characters"]
    print(
        f"{what}: {1 - found['lost'] / total:.3%} found, {found['digits'] / total:.3%} lost digits, "
        f"{found['unmarked'] / total:.4%} wrong and unmarked, {found['microseconds'] / 1e6 / total * 5000:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2], metavar="SEED")
    parser.add_argument("--pages", type=Path, help="a folder of pages to take sentences from")
    parser.add_argument("--at-once", action="store_true", help="mirrors that look for all of their table in one pass")
    args = parser.parse_args()
    how = damaged_at_once if args.at_once else damaged
    known = sentences(args.pages)
    repaired(Mapped.of_page(damaged("產業發展，職業教育，工會會員，隊伍建設，辦法。" * 3 + "扶持數字經濟", table())))
    for wide in (False, True):
        every: Counter[str] = Counter()
        for share in SHARES:
            found: Counter[str] = Counter()
            for seed in args.seeds:
                page = composed(known, random.Random(seed), wide)
                rows = table(share, seed)
                found += compared(to_simplified(page), "\n".join(how(line, rows) for line in page.split("\n")))
            show(f"{'full' if wide else 'half'}-width signs, table {share:.0%}", found)
            every += found
        show(f"{'full' if wide else 'half'}-width signs, all", every)
    clean = to_simplified(composed(known, random.Random(0), True)) * 200
    started = time.process_time()
    repaired(Mapped.of_page(clean))
    print(f"gate: {len(clean.encode()) / 1e6 / (time.process_time() - started):.0f} MB/s")


if __name__ == "__main__":
    main()
