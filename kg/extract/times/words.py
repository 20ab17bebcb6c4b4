"""The declared words and tables of `data/times.yaml`, compiled into what may begin, follow or precede a time."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from kg.errors import RuleError
from kg.extract.opening import opening
from kg.yaml import YamlError, read_yaml

NUMBER = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
"""Number of years or months."""


class TimeWords:
    """The words and tables of `data/times.yaml`, compiled."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.plans: dict[str, list[int]] = data["plans"]
        self.meetings: dict[str, str] = {k: str(v) for k, v in data["meetings"].items()}
        self.precision: str = data["now"]["precision"]
        self.now = frozenset(data["now"]["words"])
        self.years: dict[str, int] = data["years"]
        holidays = {name + part: 0 for name in data["holidays"] for part in data["holiday_parts"]}
        self.context_years: dict[str, int] = data["years_in_context"] | holidays
        self.mentioned_years: dict[str, int] = data["years_after_mention"]
        self.longer_before: dict[str, str] = data["longer_before"]
        self.longer_after = frozenset(data["longer_after"])
        self.months: dict[str, int] = data["months"]
        self.days: dict[str, int] = data["days"]
        self.parts: dict[str, list[int]] = data["parts"]
        self.mentioned_days: dict[str, str] = data["days_after_mention"]
        self.same_period = frozenset(data["same_period"])
        self.part = re.compile(f"第?({_any(self.parts)})")
        self.until = re.compile(f"(?:{_any(data['until'])})$")
        # 比2020年, 较改革之初的2020年
        self.baseline = re.compile(f"(?:{_any(data['baseline'])})(?:[^，,。；;、0-9]{{1,5}}的)?$")
        self.since = re.compile(f"(?:{_any(data['since'])})(?![步草点码诉来续])")
        self.begun = re.compile(f"(?:{_any(data['beginnings'])})[^，,。；;、0-9]{{0,8}}?以来")
        self.before_end = re.compile(f"(?:{_any(data['before_end'])})(?![0-9一二两三后期身往来沿瞻提])")
        plans = f'[“"]?(?P<plan>{_any(self.plans)})[”"]?(?P<plan_part>期间|时期|以来|[期]?末|收官)'
        # 开办两年，培训…: the years since something began, where nothing goes on behind them (推行三年行动).
        running = "|".join(f"(?<={word})" for verb in data["beginnings"] for word in (verb, f"{verb}了"))
        years = {*self.years, *self.context_years, *self.mentioned_years}
        words = {*self.now, *years, *self.months, *self.days, *self.mentioned_days, *self.same_period}
        # Hardly a character in ten can begin a time: at the others none of the forms is tried.
        begins = "".join(sorted({word[0] for word in (*words, *self.plans, *self.meetings, *self.parts)}))
        self.head = opening(
            f'0-9一二两三四五六七八九十“"第年前过最近未今的{begins}',
            r"(?P<year>(?:19|20)[0-9]{2}(?:(?=\s?(?:—{1,2}|[–~～－-]|至|到)\s?(?:19|20)[0-9]{2}年)|(?=(?:[、和](?:19|20)[0-9]{2})+年)|年度?(?![代级画]))"
            r"|[二一][〇零○九][〇零○一二三四五六七八九]{2}年度?)"
            r"|(?P<iso>(?:19|20)[0-9]{2}(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:[12][0-9]|3[01]|0?[1-9])(?![0-9.]))"
            rf"|{plans}|(?P<meeting>{_any(self.meetings)})(?=以来)"
            r"|(?P<months>(?:1[0-2]|[1-9])\s?(?:—{1,2}|[–~～－-]|至|到)\s?(?:1[0-2]|[1-9])月(?![来饼球]))"
            r"|(?P<month>(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?![来饼球]))"
            r"|(?P<day>(?:[12][0-9]|3[01]|[1-9])日(?![内均常程本夜元游前后]))"
            rf"|(?P<past>(?:过去|最近|近|未来|今后)的?{NUMBER}年(?!来)|(?:过去|最近|近)?的?{NUMBER}年多?(?:来|间)(?!自)|{NUMBER}年前(?!后)"
            rf"|(?:{running}){NUMBER}年多?(?=[，,]))"
            r"|(?P<first>前(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})个?月(?![来前起]))"
            r"|(?P<edge>年[底末初内](?![级中步期心次始高]))"
            rf"|(?P<word>第?(?:{_any(self.parts)})|{_any(words)})",
        )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


@functools.lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """Return the words and tables of `data/times.yaml`, read once.

    Raises:
        RuleError: The file does not load.
    """
    path = files("kg.extract") / "data" / "times.yaml"
    try:
        return TimeWords(read_yaml(path.read_text("utf8")))
    except YamlError as error:
        raise RuleError(f"not valid YAML: {error}", where=str(path)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise RuleError(
            f"malformed entry: {error!r}", where=str(path), remedy="compare with the shipped file"
        ) from error
