"""The day of an article that does not say when it was published, told from what it reports, where it can be told.

The day serves to read 今年 and 截至目前. It is no date of publication and is not stated as one.
"""

from __future__ import annotations

import datetime
import re

from kg.extract.data import table
from kg.extract.numerals import half_width, value
from kg.model import Article, BlockKind

# 3月5日，2021年全市…会议: what is held on a day is named by its year.
_NAMED_BY_YEAR = re.compile(
    r"(\d{1,2})月(\d{1,2})日(?:[上下]午)?[，,]?\s?(20\d\d)年度?[^，,。；\d]{2,36}(?:会议?|大赛|论坛|活动|仪式)"
)
_WHOLE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(?<![到至—－-])(20\d\d)年(?!底?前)")
_YEARS_OF = r"(?:实施|推进|启动|开展|部署)([一二三四五六七八九十]|\d{1,2})年来"
_OPENING = 2  # paragraphs in which an article says what it reports


def day_of(article: Article) -> str | None:
    """Return the day of an article as `YYYY-MM-DD`: that of its publication, or else that of what it reports, or None.

    What it reports is dated by its first paragraphs: a day with its year; a day on which something is held that is
    named by its year; or a day of the year in which a reform has been under way for so many years.
    """
    if article.published:
        return article.published
    opening = [b for b in article.blocks if b.kind is BlockKind.PARAGRAPH][:_OPENING]
    text = half_width("\n".join(article.text[b.start : b.end] for b in opening))
    if found := _NAMED_BY_YEAR.search(text):
        return _iso(found[3], found[1], found[2])
    if (found := _WHOLE.search(text)) and not _later(text, int(found[1])):
        return _iso(found[1], found[2], found[3])
    year = _year_of_reform(half_width(article.text))
    held = _DAY.search(text)
    if year is None or held is None:
        return None
    return _iso(str(year), held[1], held[2])


def _later(text: str, year: int) -> bool:
    """Whether a text speaks of a later year as of one that has come."""
    return any(int(match[1]) > year for match in _YEAR.finditer(text))


def _year_of_reform(text: str) -> int | None:
    """Return the year in which the text says that a reform has gone on for so many years: 产改实施7年来."""
    for name, begun in table("names")["reform_years"].items():
        found = re.search(re.escape(name) + _YEARS_OF, text)
        number = value(found[1]) if found else None
        if number is not None:
            return int(begun) + int(number)
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
