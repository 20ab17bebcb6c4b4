"""Stretches of time made from others: the month of a day, the year of a month, from one time to another."""

from __future__ import annotations

import calendar

from kg.model import Period


def year(number: str) -> Period:
    """Return a whole year.

    >>> year("2023").end
    '2023-12-31'
    """
    return Period(number, f"{number}-01-01", f"{number}-12-31")


def year_of(period: Period) -> Period:
    """Return the year in which a stretch ends."""
    return year(period.end[:4]) if period.end else period


def month_of(period: Period) -> Period:
    """Return the month of a day or of days of one month; any other stretch is returned as it is."""
    if period.start is None or period.end is None or len(period.edtf.rsplit("/", 1)[-1]) != len("2024-05-01"):
        return period
    month = period.start[:7]
    if period.end[:7] != month:
        return period
    return Period(month, f"{month}-01", f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:]))[1]}")


def until(period: Period) -> Period:
    """Return a period as the time up to its end: what is amassed in a year is counted at its end."""
    if period.start is None or period.end is None:
        return period
    return Period(f"../{period.edtf.rsplit('/', 1)[-1]}", None, period.end)


def since(period: Period) -> Period:
    """Return the time from the beginning of a period on."""
    return Period(f"{period.edtf.split('/')[0]}/..", period.start, None)


def ends(period: Period) -> tuple[Period, Period] | None:
    """Return the first and the last year of a stretch of years, or None.

    >>> [end.edtf for end in ends(Period("2022/2024", "2022-01-01", "2024-12-31"))]
    ['2022', '2024']
    """
    first, _, last = period.edtf.partition("/")
    return (year(first), year(last)) if len(first) == len(last) == len("2024") and first.isdecimal() else None


def within(period: Period, frame: Period | None) -> bool:
    """Whether a period lies inside another: 今年以来，…3月…."""
    if frame is None or frame.start is None or period.start is None or period.end is None:
        return False
    return frame.start <= period.start and (frame.end is None or period.end <= frame.end)


def is_to_come(period: Period, published: str) -> bool:
    """Whether a period reaches to the day of the article or beyond."""
    return period.end is None or period.end >= published


def between(baseline: Period, period: Period, named: bool) -> Period:
    """Return the stretch over which something changed; a change on the year before is one of the year itself.

    Args:
        baseline: What is compared with.
        period: When the change had come about.
        named: Whether the baseline was named by its year or as the end of one, not as the year before.

    >>> between(year("2021"), Period("../2024-06", None, "2024-06-30"), True).edtf
    '2021/2024-06'
    >>> between(year("2023"), year("2024"), False).edtf
    '2024'
    """
    if baseline.end is None or period.end is None:
        return period
    first, last = baseline.edtf.rsplit("/", 1)[-1], period.edtf.rsplit("/", 1)[-1]
    years = int(last[:4]) - int(first[:4])
    opening = baseline.start is None or first.endswith("-01")
    if years == 0 and opening and len(first) == len("2024-01") and first < last:
        return Period(f"{first}/{last}", baseline.end, period.end)  # since the beginning of the year, or since a month
    if years < (1 if named else 2):
        return period
    return Period(f"{first}/{last}", baseline.end, period.end)
