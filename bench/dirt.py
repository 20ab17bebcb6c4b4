"""Pages as collections have them: composed reports in every encoding, format and state of damage.

    python bench/dirt.py FOLDER NUMBER [SEED]

Each kind of dirt of `DIRT` has its turn at random, some pages have two. The same seed gives the same files.
"""

from __future__ import annotations

import functools
import gzip
import html
import io
import json
import random
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "text"))

from bulletins import bulletin
from compose import page as report
from mirror import damaged, narrowed, table
from opencc import OpenCC

Chance = random.Random
Made = tuple[str, bytes]
"""Suffix of a file, and what is in it."""

to_traditional: Callable[[str], str] = OpenCC("s2t").convert

_NAVIGATION = "首页 新闻 政务 服务 互动 数据 专题 无障碍 繁體 English 登录 注册 客户端 微信 微博".split()
_FOOT = ("版权所有　未经许可不得转载", "网站标识码：bm00000000　备案号：测ICP备00000000号", "责任编辑：测　试")
_ADS = ("点击下载客户端，看更多内容", "扫一扫，在手机打开当前页", "▲图为活动现场", "【字体：大 中 小】 打印 分享")


def _text(text: str, chance: Chance) -> Made:
    return ".txt", text.encode()


def _encoded(text: str, chance: Chance) -> Made:
    name = chance.choice(("gb18030", "gbk", "utf-16", "utf-8-sig", "big5"))
    shown = to_traditional(text) if name == "big5" else text
    return ".txt", shown.encode(name, "replace")


def _traditional(text: str, chance: Chance) -> Made:
    return ".txt", to_traditional(text).encode()


@functools.cache
def _tables() -> list[list[tuple[bytes, str]]]:
    return [table(share, seed) for seed, share in enumerate((1.0, 0.5, 0.2))]


def _mirrored(text: str, chance: Chance) -> Made:
    shown = narrowed(text) if chance.random() < 0.5 else text
    traditional = to_traditional(shown).encode("gbk", "ignore").decode("gbk")
    return ".txt", damaged(traditional, chance.choice(_tables())).encode()


def _markup(text: str, chance: Chance) -> Made:
    title, *lines = text.splitlines()
    paragraphs = "".join(f"<p>&emsp;&emsp;{html.escape(line)}</p>\n" for line in lines)
    menu = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(_NAVIGATION))
    more = "".join(f'<li><a href="/{n}">{chance.choice(lines)[:24]}</a></li>' for n in range(8))
    whole = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_测试网</title><script>var a="<p>";</script>'
        f"</head><body><ul>{menu}</ul><h1>{title}</h1><div class='content'>{paragraphs}</div>"
        f"<ul class='related'>{more}</ul><div>{'<br>'.join(_FOOT)}</div></body></html>"
    )
    if chance.random() < 0.3:  # as sent by a server that broke off, or written by hand
        whole = whole[: chance.randrange(len(whole) // 2, len(whole))].replace("</p>", "", chance.randrange(9))
    return ".html", whole.encode(chance.choice(("utf-8", "gb18030")), "replace")


def _furnished(text: str, chance: Chance) -> Made:
    lines = text.splitlines()
    for _ in range(chance.randrange(1, 5)):
        lines.insert(chance.randrange(1, len(lines) + 1), chance.choice(_ADS))
    return ".txt", "\r\n".join([" ".join(_NAVIGATION), *lines, *_FOOT]).encode()


def _wrapped(text: str, chance: Chance) -> Made:
    width = chance.choice((16, 24, 38))
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, width) or [""]]
    at = chance.randrange(1, len(lines))
    return ".txt", "\n".join([*lines[:at], "\f", f"- {chance.randrange(2, 9)} -", *lines[at:]]).encode()


def _littered(text: str, chance: Chance) -> Made:
    litter = ("\u200b", "\ufeff", "\u3000", "\xa0", "\ufffd", "\x07", "\U0001f600", "?", "\ue5e5", "\u202e")
    shown = list(text)
    for _ in range(chance.randrange(1, 40)):
        shown.insert(chance.randrange(len(shown)), chance.choice(litter))
    return ".txt", "".join(shown).encode()


def _misread(text: str, chance: Chance) -> Made:
    return ".txt", text.encode("utf-8").decode("gb18030", "replace").encode()


def _cut(text: str, chance: Chance) -> Made:
    data = text.encode(chance.choice(("utf-8", "gb18030")))
    at = chance.randrange(len(data) // 3, len(data))
    return ".txt", data[:at]


def _spoiled(text: str, chance: Chance) -> Made:
    data = bytearray(text.encode())
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return ".txt", bytes(data)


def _repeated(text: str, chance: Chance) -> Made:
    lines = text.splitlines()
    return ".md", "\n\n".join([*lines, *chance.sample(lines, len(lines) // 2), *lines]).encode()


def _unbroken(text: str, chance: Chance) -> Made:
    return ".txt", ("".join(text.split()) * chance.randrange(1, 30)).encode()


def _records(text: str, chance: Chance) -> Made:
    title, *lines = text.splitlines()
    found = [{"title": title, "text": "\n".join(lines), "date": "2024-06-07"}, {"text": None}, {"text": lines[-1] * 3}]
    rows = [json.dumps(one, ensure_ascii=chance.random() < 0.5) for one in found]
    rows.insert(chance.randrange(4), '{"text": "not closed')
    return ".jsonl", "\n".join(rows).encode()


def _packed(text: str, chance: Chance) -> Made:
    if chance.random() < 0.5:
        data = gzip.compress(text.encode(), mtime=0)
        return ".txt.gz", data if chance.random() < 0.8 else data[: len(data) // 2]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in (("a.txt", text), ("b/c.html", f"<html><body><p>{text}</p>")):
            archive.writestr(zipfile.ZipInfo(name), content)
    return ".zip", held.getvalue()


def _nothing(text: str, chance: Chance) -> Made:
    image = b"\x89PNG\r\n\x1a\n" + bytes(300)
    return chance.choice(((".txt", b""), (".txt", image), (".html", b"<html></html>"), (".txt", b"\x00" * 999)))


DIRT: dict[str, Callable[[str, Chance], Made]] = {
    "plain": _text,
    "encoded": _encoded,
    "traditional": _traditional,
    "mirrored": _mirrored,
    "markup": _markup,
    "furnished": _furnished,
    "wrapped": _wrapped,
    "littered": _littered,
    "misread": _misread,
    "cut": _cut,
    "spoiled": _spoiled,
    "repeated": _repeated,
    "unbroken": _unbroken,
    "records": _records,
    "packed": _packed,
    "nothing": _nothing,
}
"""Each kind of dirt: from a clean text to a file."""


def dirty(number: int, seed: int = 0) -> tuple[str, Made]:
    """Return the kinds of dirt and the file of one page."""
    chance = Chance(f"{seed}/{number}")
    text = report(number, seed) if chance.random() < 0.5 else bulletin(number, seed)
    first, kind = chance.choice(list(DIRT)), chance.choice(list(DIRT))
    said = kind
    if chance.random() < 0.2 and first in ("mirrored", "furnished", "wrapped", "littered", "repeated", "traditional"):
        text = DIRT[first](text, chance)[1].decode()
        said = f"{first}, {kind}"
    return said, DIRT[kind](text, chance)


def write(folder: Path, first: int, last: int, seed: int = 0) -> None:
    """Write the pages from one number to before another, a thousand to each folder."""
    for number in range(first, last):
        _, (suffix, data) = dirty(number, seed)
        path = folder / f"{number // 1000:03d}" / f"{number:06d}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]), 0, int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
