"""How numbers and times of the graph are said to people, in both languages."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from kg.graph.reading import FactNode
from kg.serve.explorer.words import Language

BOUNDS = {
    "zh": {"Exact": "", "About": "约", "Over": "超", "Under": "不足"},
    "en": {"Exact": "", "About": "about ", "Over": "over ", "Under": "under "},
}
_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def amount(value: Decimal, unit: str, language: Language) -> str:
    """Return a number in base units as people write it.

    >>> amount(Decimal(2643000), "人", "zh"), amount(Decimal(2643000), "人", "en"), amount(Decimal("67.3"), "%", "zh")
    ('264.3万人', '2,643,000 人', '67.3%')
    """
    if language == "zh":
        for scale, word in _SCALES:
            # Only what the short form says in full: 12,345 stays as it is.
            if abs(value) >= scale and (short := (value / scale).normalize()) == short.quantize(Decimal("1e-4")):
                return f"{_plain(short)}{word}{unit}"
    joined = "" if language == "zh" or unit == "%" or not unit else " "
    return f"{_plain(value)}{joined}{unit}"


def figure(value: Decimal, unit: str, bound: str, language: Language) -> str:
    """Return a number with its bound.

    >>> figure(Decimal(50000), "人", "Over", "zh"), figure(Decimal(50000), "人", "Over", "en")
    ('超5万人', 'over 50,000 人')
    """
    return BOUNDS[language].get(bound, "") + amount(value, unit, language)


def figure_of(fact: FactNode, language: Language) -> str:
    """Return the value of an observation with its bound and unit, as it is if it is no number."""
    details = fact.details
    try:
        value = Decimal(details.get("value", ""))
    except InvalidOperation:
        return details.get("value", "")
    return figure(value, details.get("unit", ""), details.get("bound", ""), language)


def period(edtf: str, language: Language) -> str:
    """Return a period in words; what is not understood comes back as it is.

    >>> [period(edtf, "zh") for edtf in ("2023", "../2023-06", "2020/..", "2018/2023", "2023-06-05")]
    ['2023年', '截至2023年6月', '2020年以来', '2018年至2023年', '2023年6月5日']
    >>> [period(edtf, "en") for edtf in ("2023", "../2023-06", "2020/..", "2018/2023", "2023-06-05")]
    ['2023', 'as of Jun 2023', 'since 2020', '2018 to 2023', '5 Jun 2023']
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return date(edtf, language)
    if start in ("", ".."):
        return f"截至{date(end, language)}" if language == "zh" else f"as of {date(end, language)}"
    if end in ("", ".."):
        return f"{date(start, language)}以来" if language == "zh" else f"since {date(start, language)}"
    return f"{date(start, language)}{'至' if language == 'zh' else ' to '}{date(end, language)}"


def date(edtf: str, language: Language) -> str:
    """Return a date of any precision in words.

    >>> date("2024-11", "zh"), date("2024-11", "en"), date("2024?", "en")
    ('2024年11月', 'Nov 2024', '2024?')
    """
    found = _DATE.fullmatch(edtf)
    if not found or not (1 <= int(found[2] or 1) <= 12):
        return edtf
    year, month, day = found[1], int(found[2] or 0), int(found[3] or 0)
    if language == "zh":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return " ".join(part for part in (str(day or ""), _MONTHS[month - 1] if month else "", year) if part)


def _plain(value: Decimal) -> str:
    """Return a number with separators, without an exponent and without zeros at its end.

    >>> _plain(Decimal("2.50E+3")), _plain(Decimal("0.50"))
    ('2,500', '0.5')
    """
    text = f"{value.quantize(Decimal('1e-6'), ROUND_HALF_EVEN) if value % 1 else value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
