"""What a record or an archive declares of a document beside its text: title, date, address; and under which names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_TEXT = ("text", "content", "body", "html", "article", "raw_content", "fulltext", "正文", "内容", "全文", "文本")
_URL = ("url", "link", "uri", "source_url", "page_url", "网址", "链接", "原文链接")
_TITLE = ("title", "headline", "标题", "题目", "题名")
_DATE = (
    *("date", "published", "publish_date", "published_date", "date_published", "published_at", "pubdate"),
    *("publish_time", "pub_time", "日期", "发布日期", "发布时间", "发表时间", "时间"),
)

_PARTED = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_RUN = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d*)?")  # since 1970, or milliseconds
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Declared:
    """What is said of a document outside its text.

    Attributes:
        title: Its headline, or None.
        date: When it was published, `YYYY-MM-DD`, or None.
        url: Where it was published, or None.
    """

    title: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns or keys of records that hold their parts; None looks for the usual names."""

    text: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None

    def found(self, names: Sequence[str]) -> Found:
        """Return which of the names hold which part.

        Raises:
            LookupError: The text or a column named is not among them; the message names it and its option.
        """
        return Found(
            _one(names, self.text, _TEXT, "text") or _missing(names),
            _one(names, self.url, _URL, "url"),
            _one(names, self.title, _TITLE, "title"),
            _one(names, self.date, _DATE, "date"),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The columns that hold the parts of a record, None where there is none."""

    text: str
    url: str | None
    title: str | None
    date: str | None

    def names(self) -> list[str]:
        """Return the columns, each once."""
        return list(dict.fromkeys(name for name in (self.text, self.url, self.title, self.date) if name is not None))


def _one(names: Iterable[str], wanted: str | None, usual: Sequence[str], part: str) -> str | None:
    if wanted is not None:
        if wanted not in names:
            raise LookupError(f"there is no column {wanted!r}, which --{part}-column names")
        return wanted
    known = {name.strip().lower(): name for name in reversed(list(names))}
    return next((known[name] for name in usual if name in known), None)


def _missing(names: Sequence[str]) -> str:
    shown = ", ".join(written(" ".join(name[:40].split())) for name in names[:12]) or "none at all"
    raise LookupError(f"no column holds the text; there are: {shown}")


def written(text: str) -> str:
    """Return text that can be written as UTF-8: half of a pair is no character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def declared(title: object, when: object, url: object) -> Declared:
    """Return what the values of a record declare; what is no title, date or address is left out."""
    address = written(url.strip()) if isinstance(url, str) else ""
    name = written(" ".join(title.split())) if isinstance(title, str) else ""
    return Declared(
        name or None, iso_day(when), address if re.match(r"https?://[^\s<>\"]+$", address, re.IGNORECASE) else None
    )


def iso_day(value: object) -> str | None:
    """Return the day that a value means as `YYYY-MM-DD`, or None; seconds since 1970 count in China's time.

    >>> iso_day("2024年3月5日 08:00"), iso_day("20240305"), iso_day(1709596800), iso_day("soon")
    ('2024-03-05', '2024-03-05', '2024-03-05', None)
    """
    if isinstance(value, datetime):
        return (value.astimezone(_CHINA) if value.tzinfo else value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()[:100]
    try:
        if parts := _PARTED.search(text) or _RUN.fullmatch(text):
            return date(*map(int, parts.groups())).isoformat()
        if seconds := _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(seconds[1]), _CHINA).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None
    return None
