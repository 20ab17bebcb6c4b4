"""Reads the observations of an article, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.clauses import Clause, Sentence
from kg.extract.match import Context
from kg.extract.observations.about import Abouts, Going
from kg.extract.observations.brackets import bracketed
from kg.extract.observations.constructions import Constructions
from kg.extract.observations.periods import Periods
from kg.extract.observations.plans import looks_back, planned_from
from kg.extract.observations.report import Report
from kg.extract.observations.site import Found, Read, Site, State, sites
from kg.extract.observations.words import words_of
from kg.extract.rulebook.ruleset import RuleSet
from kg.model import Fact, Kind, Mention, Quantity

_REFERS_BACK = re.compile(
    r"\s*(?:同比|环比|其中|占|比上|较上|比去|较去|分别|[^，,。；;]{0,8}[，,]?(?:这一?|该|这[两三四五]个)(?:数字|数据|比例|指标))"
)
_MOST_NUMBERS = 200  # of a clause; one with more is no clause
_REMEMBERED = 6  # numbers of the sentence before that one which refers back can mean


class ObservationReader:
    """Reads the observations of an article by the declared constructions.

    Args:
        rules: The rules.
        report: The article.
        mentions: Its names in order, those inside others too.
    """

    def __init__(self, rules: RuleSet, report: Report, mentions: Sequence[Mention] = ()) -> None:
        self._words = words_of(rules)
        self._text, self._published = report.context.text, report.published
        self._constructions = Constructions(self._words, self._text)
        self._periods = Periods(self._words, report)
        self._abouts = Abouts(self._words, report.context, mentions)
        self._before: tuple[Sentence, State, int | None] | None = None

    def read(self, sentence: Sentence, context: Context, going: Sequence[Going]) -> list[Fact]:
        """Return the observations of a sentence; sentences must come in the order of the text.

        Args:
            sentence: The sentence, analysed.
            context: The article around it.
            going: The initiatives and events that the sentence sets going.
        """
        before, earlier, aims = self._before or (None, None, None)
        goes_on = before is not None and before.block == sentence.block and self._text[before.end - 1] in "；;"
        state = State()
        if goes_on and earlier is not None:
            state.baseline, state.baseline_named = earlier.baseline, earlier.baseline_named
        refers_back = goes_on or _REFERS_BACK.match(self._text, sentence.start, sentence.end) is not None
        if refers_back and earlier is not None and before is not None and before.block == sentence.block:
            state.read = earlier.read[-_REMEMBERED:]
        self._periods.begin(sentence, goes_on, state)
        self._abouts.begin(sentence, goes_on, state, earlier)
        planned = planned_from(sentence, self._words, self._published, goes_on and aims is not None)
        facts: list[Fact] = []
        numbers = [self._numbers(clause, context) for clause in sentence.clauses]
        last = max((number for number, here in enumerate(numbers) if here), default=-1)
        for number, (clause, here) in enumerate(zip(sentence.clauses, numbers, strict=True)):
            self._abouts.clause(sentence, number, going, state)
            for site in here:
                self._abouts.upto(site, state)
                self._periods.clause(sentence, site.clause, site.quantity.start, state)
                facts.extend(self._observe(site, sentence, state, context, planned))
            if not here:
                self._periods.clause(sentence, clause, clause.end, state)
            self._periods.leave(clause, state)
            self._abouts.close(state)
            if number < last:  # behind the last number nothing asks for it
                state.clause = clause
        self._before = (sentence, state, planned)
        return facts

    def _numbers(self, clause: Clause, context: Context) -> list[Site]:
        """Return the numbers of a clause and of its brackets, in their order."""
        found = sites(clause, self._text)
        for aside in bracketed(clause, context):
            found += sites(aside, self._text)
        return sorted(found, key=lambda site: site.quantity.start)[:_MOST_NUMBERS]

    def _observe(
        self, site: Site, sentence: Sentence, state: State, context: Context, planned: int | None
    ) -> list[Fact]:
        found = self._constructions.read(site, state)
        rule = self._words.rules.get(found.construction) if found is not None else None
        if found is None or rule is None:
            return []
        kind = self._kind(found, site, planned)
        abouts = self._abouts.of(site, found, sentence, state, context)
        period, baseline = self._periods.of(site, found, kind, state)
        if kind != "Target" and self._periods.plans(site, period):
            kind = "Target"
        of_which = state.last if found.construction == "of-which" and state.read else None
        quantity = self._with_unit(site.quantity, found.indicator)
        state.read.append(Read(found.indicator, quantity.unit, kind, period, site.between))
        return [
            Fact(
                "observation",
                {
                    "about": about,
                    "indicator": found.indicator,
                    "quantity": quantity,
                    "kind": kind,
                    "period": period,
                    "baseline": baseline,
                    "of_which": of_which,
                },
                quantity.start,
                quantity.end,
                rule.id,
                rule.confidence,
            )
            for about in abouts
        ]

    def _kind(self, found: Found, site: Site, planned: int | None) -> Kind:
        is_now = self._words.pattern("standing").search(site.between) is not None
        start = site.quantity.start
        if planned is None or planned > start or is_now or self._periods.has_been(site):
            return found.kind
        if looks_back(site.clause, start, planned, self._published):
            return found.kind
        if found.kind == "Growth" and any(word in site.before for word in "较比"):
            return "Growth"
        return "Target"

    def _with_unit(self, quantity: Quantity, indicator: str) -> Quantity:
        """Give people the unit that goes without saying: 技术工人26.4万."""
        if quantity.unit or not indicator.endswith(self._words.edges("people")):
            return quantity
        return replace(quantity, unit="人")
