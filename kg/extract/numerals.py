"""Numerals as Chinese prose writes them, in digits, in characters and mixed, and their values."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"十": 10**1, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7,
               "十万": 10**5, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "": 1}  # fmt: skip

# Full-width forms to ASCII, one character each, so that offsets stay.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－～", "0123456789.%+-~")
_WIDE = re.compile("[０-９．％＋－～]")
# No figure of a report is longer; a longer run is data of another kind.
_LONGEST = 24

_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([十百千]?万亿?|[十百千万]?亿|[百千])?")
_SECTION = re.compile(r"(?:([一二两三四五六七八九])千)?(?:(零)?([一二两三四五六七八九])百)?"
                      r"(?:(零)?([一二两三四五六七八九])?(十))?(?:(零)?([一二两三四五六七八九]))?")  # fmt: skip


def half_width(text: str) -> str:
    """Return `text` with full-width digits, points and percent signs as ASCII; offsets stay.

    >>> half_width("６７．３％")
    '67.3%'
    """
    return text.translate(_FULL_WIDTH) if _WIDE.search(text) else text


def _section(text: str) -> int | None:
    """Return the value of a numeral below ten thousand, or None where it is none."""
    match = _SECTION.fullmatch(text)
    if match is None or not text:
        return None
    thousands, _, hundreds, _, tens, ten, zero, ones = match.groups()
    if ten and not tens and (thousands or hundreds):
        return None  # 百十: 一百一十 is written in full
    value = DIGITS[thousands] * 1000 if thousands else 0
    value += DIGITS[hundreds] * 100 if hundreds else 0
    value += (DIGITS[tens] if tens else 1) * 10 if ten else 0
    if ones:
        # 两千八 is 2800 and 一百三 is 130, but 一百零三 is 103 and 二十三 is 23.
        last = text[-2:-1]
        value += DIGITS[ones] * (_SMALL[last] // 10 if not zero and last in "百千" and last else 1)
    return value


def chinese(text: str) -> Decimal | None:
    """Return the value of a numeral in Chinese characters, or None where the characters form no single numeral.

    >>> chinese("一百三十"), chinese("两万三"), chinese("三五") is None
    (Decimal('130'), Decimal('23000'), True)
    """
    if "点" in text:
        whole, _, fraction = text.partition("点")
        value = chinese(whole)
        multiplier = ""
        while fraction and fraction[-1] in "百千万亿":
            multiplier, fraction = fraction[-1] + multiplier, fraction[:-1]
        if value is None or not fraction or any(c not in DIGITS for c in fraction) or multiplier not in MULTIPLIERS:
            return None
        return Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in fraction)}") * MULTIPLIERS[multiplier]
    total, rest = 0, text
    for mark, factor in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = rest.rpartition(mark) if mark == "亿" else rest.partition(mark)
        if not found:
            continue
        if mark == "亿" and head.endswith("万"):
            inner = chinese(head)
            count = int(inner) if inner is not None else None
        else:
            count = _section(head.removeprefix("零"))
        if count is None:
            return None
        total += count * factor
        rest = tail
        if len(tail) == 1 and tail in DIGITS and tail not in "零〇":
            return Decimal(total + DIGITS[tail] * factor // 10)
    if rest:
        count = 0 if rest in ("零", "〇") and text == rest else _section(rest.removeprefix("零") if total else rest)
        if count is None:
            return None
        total += count
    return Decimal(total)


def arabic(text: str) -> Decimal | None:
    """Return the value of a numeral in digits, 万 and 亿 multiplied out, or None where the characters form none.

    >>> arabic("1,234"), arabic("1.87亿"), arabic("2亿5千万")
    (Decimal('1234'), Decimal('187000000.00'), Decimal('250000000'))
    """
    total, at, least = Decimal(0), 0, None
    while at < len(text):
        match = _ARABIC.match(text, at)
        if match is None:
            return None
        factor = MULTIPLIERS[match[2] or ""]
        if least is not None and factor >= least:
            return None
        total += Decimal(match[1].replace(",", "")) * factor
        at, least = match.end(), factor
    return total if least is not None else None


def value(text: str) -> Decimal | None:
    """Return the value of a numeral, or None where the characters form no single numeral.

    A bare 百, 千, 万 or 亿 (百余家) counts once.

    >>> value("３４００"), value("1.5万"), value("三千"), value("百")
    (Decimal('3400'), Decimal('15000.0'), Decimal('3000'), Decimal('100'))
    """
    if len(text) > _LONGEST:
        return None
    text = half_width(text)
    if text[:1].isdecimal():
        return arabic(text)
    if text and all(c in "百千万亿" for c in text):
        return Decimal(MULTIPLIERS[text]) if text in MULTIPLIERS else None
    return chinese(text)
