"""Meetings and contests that an article dates, and honours given: when those who came, or were named, are counted.

Who came to a meeting is counted on its day, or in the month where it went on for days; who took part in a contest, and
what was won there, in its month, as what else is told at a meeting; how many received an honour is a figure of the year
in which it was given.
"""

from __future__ import annotations

import re

from kg.extract.clauses import Sentence
from kg.extract.observations.report import Report
from kg.extract.observations.words import Words
from kg.extract.times import Time
from kg.extract.times.stretches import month_of, year, year_of
from kg.model import Period

_AT_MEETING = re.compile(
    r"^(?:会上|(?:会议|大会|论坛|座谈会|现场会|推进会|仪式)(?!指出|强调|要求|认为|通报|明确|提出|决定|期间))"
)
_SPOKEN = re.compile(r"透露|介绍|通报|获悉|发布")
_AT_CONTEST = re.compile(r"^[^，,]{0,8}?(?:本次|此次|本届|该届|这次|大赛(?!组委会)|比赛|赛事|竞赛(?!活动)|比武|运动会)")
# A document that names who receives an honour is of the day on which it is issued.
_CONFERRING = re.compile(r"(?:表彰|表扬|命名|授予|认定|公布|评选|嘉奖).{0,48}(?:决定|通报|公告|公示|名单)")
_HONOURED_NOW = re.compile(r"^(?:此次|本次|这次|本届|受|获)[^，,]{0,6}(?:表彰|表扬|嘉奖|命名|认定|授|评|奖)")
_LONGEST_LEAD = 41  # characters
_LEAD = re.compile(r"[^，,。；;\n]{1,40}[于在]$")
_TOLD = 600  # characters behind a time that may tell what was held
_HELD = re.compile(r"举行|举办|进行|开赛|开幕|打响|收官|落幕|落下帷幕|决赛")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")
_SOON = 2  # paragraphs within which 本届大赛 means the contest dated last, and an honour was given at the meeting
_PRIZES = 5  # paragraphs within which honours are given to those who won the contest dated last


class Gatherings:
    """Remembers the meeting and the contest dated last.

    Args:
        words: The words of the rules.
        report: The article.
    """

    def __init__(self, words: Words, report: Report) -> None:
        self._words, self._text = words, report.context.text
        conferring = report.published and _CONFERRING.search(report.title)
        self._conferring = year(report.published[:4]) if conferring else None
        self._day: Period | None = None
        self._meeting: Period | None = None
        self._contest: Period | None = None
        self._day_in = self._meeting_in = self._contest_in = -1 - _SOON

    def take(self, time: Time, sentence: Sentence) -> None:
        """Take in what is held at a time."""
        lead = _LEAD.search(self._text, max(sentence.start, time.start - _LONGEST_LEAD), time.start)  # 大赛于5月8日举行
        told = self._text[lead.start() if lead else time.end : min(sentence.end, time.end + _TOLD)]
        held = month_of(time.period) if time.role == "span" else time.period
        if _DAY.fullmatch(time.period.edtf):
            self._day, self._day_in = held, sentence.block
        if self._words.pattern("gatherings").search(told):
            self._meeting, self._meeting_in = held, sentence.block
        if self._words.pattern("contests").search(told):
            self._contest, self._contest_in = month_of(time.period), sentence.block

    def of(self, sentence: Sentence, text: str) -> Period | None:
        """Return the time that a sentence without one of its own has from what it goes on to tell of."""
        if self._meeting is not None and _AT_MEETING.match(text):
            return self._at_meeting(self._meeting, text)
        if self._day is not None and self._day_in == sentence.block and _untimed(sentence) and self._came(text):
            return self._day
        if self._day is not None and self._day_in == sentence.block and self._is_under_way(sentence, text):
            self._contest, self._contest_in = month_of(self._day), sentence.block
        if self._contest is not None and self._is_of_contest(sentence, text) and _untimed(sentence):
            return self._contest
        if _HONOURED_NOW.match(text):
            return self.honoured(sentence)
        return None

    def honoured(self, sentence: Sentence) -> Period | None:
        """Return the year in which an honour is given that is told of without a time."""
        if self._meeting is not None and sentence.block - self._meeting_in <= _SOON:
            return year_of(self._meeting)
        if self._contest is not None and sentence.block - self._contest_in <= _PRIZES:
            return year_of(self._contest)
        return self._conferring

    def _came(self, text: str) -> bool:
        """Whether a sentence tells who came: 388名代表参加会议."""
        return self._words.pattern("attending").search(text) is not None

    def _is_under_way(self, sentence: Sentence, text: str) -> bool:
        """Whether a sentence without time tells of a contest as held on the day just named: 焊工大赛正在进行."""
        return _untimed(sentence) and bool(_HELD.search(text) and self._words.pattern("contests").search(text))

    def _is_of_contest(self, sentence: Sentence, text: str) -> bool:
        """Whether a sentence without time goes on with the contest of the sentence before: 28支代表队的选手参加."""
        if _AT_CONTEST.match(text):
            return sentence.block - self._contest_in <= _SOON
        return sentence.block == self._contest_in and self._words.pattern("participants").search(text) is not None

    def _at_meeting(self, meeting: Period, text: str) -> Period:
        """Return the month of a meeting, or its day for those who came; what is told there is up to then."""
        if _SPOKEN.search(text[:6]):
            return Period(f"../{meeting.edtf[:7]}", None, meeting.end)
        if self._came(text):
            return meeting
        if self._words.pattern("conferrals").search(text):
            return year_of(meeting)
        return month_of(meeting)


def _untimed(sentence: Sentence) -> bool:
    """Whether a sentence names no time of its own up to its first numbers."""
    for clause in sentence.clauses:
        if any(t.tag == "TIME" for t in clause.tokens):
            return False
        if any(t.quantity is not None for t in clause.tokens):
            return True
    return True
