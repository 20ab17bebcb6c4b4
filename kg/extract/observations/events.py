"""The meeting or contest that an article tells of, and the numbers that are of those who took part in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import Sentence
from kg.extract.match import Context, starting_in
from kg.extract.observations.site import Site
from kg.extract.observations.words import Words
from kg.model import Mention

_KINDS = frozenset({"Event", "Competition"})
_HELD = re.compile(r"[^，,。；;]{0,16}?(?:举行|举办|召开|开幕|闭幕|收官|落幕|开赛|启幕|拉开帷幕|圆满结束|名单)")
_AGAIN = re.compile(
    r"\s*[^，,]{0,8}?(?:本次|此次|本届|该届|这次|大赛(?!组委会)|比赛|赛事|(?:会议|大会|论坛|活动)由|会议(?=.*人参加))"
)
_NEAR = 1  # paragraphs behind the one that tells of an event in which 大赛由… means it


class Events:
    """Remembers the event told of last.

    Args:
        words: The words of the rules.
        context: The article around its sentences.
    """

    def __init__(self, words: Words, context: Context) -> None:
        self._words, self._context, self._text = words, context, context.text
        self._event: Mention | None = None
        self._block = self._end = -1

    def begin(self, sentence: Sentence) -> None:
        """Start a sentence: an event that it says is held is spoken of from here on."""
        for mention in starting_in(self._context.mentions, sentence.start, sentence.end):
            if mention.type in _KINDS and _HELD.match(self._text, mention.end, sentence.end):
                self._take(mention, sentence)

    def set_going(self, coming: Sequence[Mention], sentence: Sentence) -> None:
        """Take in the events that a clause says someone holds."""
        events = [m for m in coming if m.type in _KINDS]
        if events:
            self._take(events[-1], sentence)

    def of(self, site: Site, sentence: Sentence) -> Mention | None:
        """Return the event of which a number tells, or of those who took part in which, or None."""
        if self._event is None or not 0 <= sentence.block - self._block <= _NEAR:
            return None
        again = _AGAIN.match(self._text, sentence.start, sentence.end) is not None
        if sentence.block != self._block:
            return self._event if again else None
        group = site.clause.subject
        others = group is not None and group.start >= sentence.start and group.members[-1].type != "Person"
        if others and sentence.start > self._end and not again:
            return None
        clause = self._text[site.clause.start : site.clause.end]
        if again or self._words.pattern("participants").search(clause):
            return self._event
        return None

    def _take(self, event: Mention, sentence: Sentence) -> None:
        self._event, self._block, self._end = event, sentence.block, sentence.end
