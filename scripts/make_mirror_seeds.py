# /// script
# requires-python = ">=3.11"
# dependencies = ["opencc-python-reimplemented>=0.1.7", "pypinyin>=0.50"]
# ///
"""Make the two damaged mirror pages in seeds/ from the clean texts in scripts/mirrors/.

usage: python scripts/make_mirror_seeds.py

What a mirror does: it takes the Traditional text as GBK bytes, puts "(reading)" behind every two bytes that form a
character of its table, also where these two bytes straddle two characters, and decodes the result with replacement.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from opencc import OpenCC
from pypinyin import pinyin

ROOT = Path(__file__).resolve().parent.parent
# One mirror annotates only these; the other, every character of the page that differs from its Simplified form.
FEW = frozenset("產業質發設標學務數構職責權轉創領獎當術勵網聯據應優礎農驗術隊徑競謹")
# Variants that OpenCC prefers and the mirrors do not write.
USUAL = str.maketrans("羣覈佈裏爲穫餘孃佔麼幹", "群核布里為獲余娘占么干")
# Here a mirror lost the first byte; the run behind it is shifted until the bytes realign.
LOST = "。”省"


def to_traditional(text: str) -> str:
    """Convert Simplified to Traditional characters, one for one, as the mirrors do."""
    return str(OpenCC("s2t").convert(text)).translate(USUAL)


def reading(character: str) -> str:
    """Return the first pinyin reading of `character`, with its tone mark."""
    return unicodedata.normalize("NFC", pinyin(character)[0][0])


def damage(text: str, table: frozenset[str]) -> bytes:
    """Insert readings into the GBK bytes of `text` behind each pair of bytes that is a character of `table`."""
    source = text.encode("gbk")
    out = bytearray()
    for end in range(1, len(source) + 1):
        out.append(source[end - 1])
        pair = source[end - 2 : end] if end > 1 else b""
        try:
            character = pair.decode("gbk")
        except UnicodeDecodeError:
            continue
        if character in table:
            out += f"({reading(character)})".encode("gbk")
    return bytes(out)


def decode(damaged: bytes) -> str:
    """Decode as the mirrors do: two bytes that form no character become one question mark, the second is swallowed."""
    out: list[str] = []
    at = 0
    while at < len(damaged):
        width = 1 if damaged[at] < 0x80 else 2
        try:
            out.append(damaged[at : at + width].decode("gbk"))
        except UnicodeDecodeError:
            out.append("?")
        at += width
    return "".join(out)


def main() -> None:
    """Write seeds/02-heilongjiang.txt and seeds/05-hubei.txt."""
    simplify = OpenCC("t2s").convert

    for name in ("02-heilongjiang.txt", "05-hubei.txt"):
        clean = to_traditional((ROOT / "scripts" / "mirrors" / name).read_text(encoding="utf-8"))
        table = FEW if name.startswith("02") else FEW | {c for c in clean if simplify(c) != c}
        lost = LOST.encode("gbk")
        page = decode(damage(clean, table).replace(lost, b"?" + lost[1:]))
        (ROOT / "seeds" / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
