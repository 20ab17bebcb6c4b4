"""Measure the repair of mirror damage: `python bench/repair.py [DAMAGE SEED…]`.

Pages of about 5,000 characters are composed from the sentences of the sample bulletins, damaged with mirrors' tables of
different sizes and orders, and repaired. Printed for each size of table: how many characters of the clean text are
found, how many wrong ones bear no mark, and how long 5,000 characters take; then how fast the gate passes clean text.
"""

from __future__ import annotations

import random
import re
import sys
import time
from bisect import bisect_left
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
from mirror import damaged, table  # noqa: E402 - the tests' forward process

SHARES = (0.2, 0.4, 0.7, 1.0)
LENGTH = 5_000  # characters of a page
# Variants that OpenCC prefers and mirrors do not write.
USUAL = str.maketrans("羣覈佈裏爲穫餘孃佔麼幹", "群核布里為獲余娘占么干")


def sentences() -> list[str]:
    """Return the sentences of the sample bulletins; of those that are damaged themselves, of their clean texts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "scripts" / "mirrors").glob("*.txt"))]
    for page in read_pages([ROOT / "seeds" / name for name in ("01-harbin.txt", "03-beilun.txt", "04-hunan.html")]):
        if isinstance(page, Page):
            article = read_article(page)
            texts += [article.text[b.start : b.end] for b in article.blocks if b.kind == BlockKind.PARAGRAPH]
    return re.findall(r"[^。\n]{8,}。", "\n".join(texts))


def composed(chance: random.Random, wide: bool) -> str:
    """Return a page in Traditional characters, its punctuation full-width or half-width."""
    lines: list[str] = []
    known = sentences()
    while sum(map(len, lines)) < LENGTH:
        lines.append("".join(chance.sample(known, 3)))
    text = OpenCC("s2t").convert("\n".join(lines)).translate(USUAL)
    narrow, full = ",:;?!()", "，：；？！（）"
    text = text.translate(str.maketrans(narrow, full) if wide else str.maketrans(full, narrow))
    return text.encode("gbk", "ignore").decode("gbk")


def compared(clean: str, shown: str) -> tuple[int, int, float]:
    """Return how many characters were lost, how many wrong ones are unmarked, and the seconds that repair took."""
    started = time.process_time()
    page, guesses = repaired(Mapped.of_page(shown))
    seconds = time.process_time() - started
    marked = bytearray(len(page.text))
    for start, end in guesses:
        for index in range(bisect_left(page.starts, start), bisect_left(page.starts, end)):
            marked[index] = 1
    lost = unmarked = offset = 0
    lines = to_simplified(page.text).split("\n")
    for expected, line in zip(clean.split("\n"), lines, strict=True):
        if line != expected:
            for kind, a, b, x, y in SequenceMatcher(None, expected, line, autojunk=False).get_opcodes():
                if kind != "equal":
                    lost += b - a
                    unmarked += marked[offset + x : offset + y].count(0)
        offset += len(line) + 1
    return lost, unmarked, seconds


def main() -> None:
    seeds = [int(argument) for argument in sys.argv[1:]] or [1, 2]
    repaired(Mapped.of_page(damaged("產業發展，職業教育，工會會員，隊伍建設，辦法。" * 3 + "扶持數字經濟", table())))
    for wide in (False, True):
        for share in SHARES:
            total = lost = unmarked = 0
            seconds = 0.0
            for seed in seeds:
                page = composed(random.Random(seed), wide)
                rows = table(share, seed)
                found = compared(to_simplified(page), "\n".join(damaged(line, rows) for line in page.split("\n")))
                total += len(page)
                lost, unmarked, seconds = lost + found[0], unmarked + found[1], seconds + found[2]
            print(
                f"{'full' if wide else 'half'}-width signs, table {share:.0%}: {1 - lost / total:.3%} found, "
                f"{unmarked / total:.4%} wrong and unmarked, {seconds / total * 5000:.2f} s"
            )
    clean = to_simplified(composed(random.Random(0), True)) * 200
    started = time.process_time()
    repaired(Mapped.of_page(clean))
    print(f"gate: {len(clean.encode()) / 1e6 / (time.process_time() - started):.0f} MB/s")


if __name__ == "__main__":
    main()
