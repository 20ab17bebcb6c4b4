"""How a number counts, for its time depends on it: what there is, what was done, or what has been amassed."""

from __future__ import annotations

from kg.extract.observations.site import Site
from kg.extract.observations.words import Words
from kg.extract.times.stretches import until
from kg.model import Period

_HAVING = "(?:已?(?:达到?|有|为|突破|超过?|近|约|逼近?))*$"
_BY_NOW = "(?:现在|如今|今天)?的?$"


class Counting:
    """Tells how numbers count.

    Args:
        words: The words of the rules.
    """

    def __init__(self, words: Words) -> None:
        self._words = words

    def is_stock(self, site: Site) -> bool:
        """Whether a number is of what there is, not of what was done: 技工院校67所, not 培训3万人次."""
        verbs = [t.text for t in site.left if t.tag == "v"]
        return not any(verb not in self._words["states"] for verb in verbs)

    def is_done(self, site: Site, construction: str) -> bool:
        """Whether a number is of something done, not of those who act or of what there is: 发放补贴300万元."""
        if construction in {"counted-after", "deed"} and not any(t.verbal for t in site.left):
            return False
        return not any(t.text in self._words["states"] for t in site.left)

    def counted_at(self, site: Site, period: Period, now: Period | None) -> Period:
        """Return the end of a period for what is amassed in it or reached since.

        Args:
            site: Where the number stands.
            period: The period that holds.
            now: The time up to the report, or None.
        """
        if self._words.pattern("totals", after=_HAVING).search(site.between):
            return until(period) if period.end is not None else now or period
        if self._words.pattern("amassed").search(site.between):
            return until(period)
        if period.end is None and self._words.pattern("reached", after=_BY_NOW).search(site.between):
            return now or period
        return period
