"""Draws what the reader makes of a sentence, in plain text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kg.extract.rulebook.explain import Candidate, ExplainedClause, ExplainedNumber, Explanation, name_of, shown
from kg.extract.times import Time
from kg.model import Mention

_INDENT = "  "
_NAME, _NUMBER, _TIME, _EXCLUDED = "=", "#", "~", "."
_LEGEND = f"{_NAME * 2} name   {_NUMBER * 2} quantity   {_TIME * 2} time   {_EXCLUDED * 2} number left out"
_BOUNDS = {"Exact": "", "About": "about ", "Over": "over ", "Under": "under "}
_ROLES = {"point": "in", "since": "since", "until": "until", "span": "from/to", "baseline": "compared with"}


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes.

    >>> width("产改2023"), width("")
    (8, 0)
    """
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """Return the text filled up with spaces to so many columns.

    >>> padded("产改", 6) + "|"
    '产改  |'
    """
    return text + " " * max(0, columns - width(text))


def underline(text: str, offset: int, spans: Sequence[tuple[int, int, str]]) -> str:
    """Return the line to stand below `text`, whose first character has the offset given: each span drawn with its mark.

    >>> underline("由甲市牵头", 0, [(1, 3, "=")])
    '  ===='
    """
    marks = [" "] * len(text)
    for start, end, mark in spans:
        for i in range(max(start - offset, 0), min(end - offset, len(text))):
            marks[i] = mark
    return "".join(mark * _columns(c) for mark, c in zip(marks, text, strict=True)).rstrip()


def draw(explanation: Explanation) -> str:
    """Return the explanation as text: clause by clause, then the rules tried, then the facts."""
    lines = [f"place: {explanation.place or 'unknown (give one with --place)'}", _LEGEND]
    clauses = [c for c in explanation.clauses if any(map(str.isalnum, explanation.text[c.start : c.end]))]
    for number, clause in enumerate(clauses, 1):
        lines += ["", f"Clause {number}", *(_INDENT + line for line in _clause(clause, explanation))]
    lines += ["", "Rules with a trigger in it"]
    lines += list(_candidates(explanation)) or [f"{_INDENT}none"]
    lines += ["", "Facts"]
    facts = [
        f"{_INDENT}{fact.type}: {', '.join(f'{k} {v}' for k, v in shown(fact).items())}"
        f"  [{fact.rule}, {fact.confidence:g}]"
        for fact in explanation.facts
    ]
    return "\n".join([*lines, *(facts or [f"{_INDENT}none"])])


def _clause(clause: ExplainedClause, explanation: Explanation) -> Iterator[str]:
    text = explanation.text[clause.start : clause.end]
    inside = [m for m in explanation.mentions if m.text and clause.start <= m.start and m.end <= clause.end]
    names = [
        m
        for m in inside
        if not any(o.start <= m.start and m.end <= o.end and len(o.text) > len(m.text) for o in inside)
    ]
    numbers = [n for n in explanation.numbers if clause.start <= n.start < clause.end]
    times = [t for t in explanation.times if clause.start <= t.start < clause.end]
    spans = [(t.start, t.end, _TIME) for t in times]
    spans += [(n.start, n.end, _NUMBER if n.quantity else _EXCLUDED) for n in numbers if not _in_time(n, times)]
    yield text
    if marks := underline(text, clause.start, [*spans, *((m.start, m.end, _NAME) for m in names)]):
        yield marks
    yield f"subject   {_subject(clause)}"
    yield f"states    {_modality(clause, explanation.text)}"
    yield from _rows("names", [_name(m) for m in dict.fromkeys(names)])
    yield from _rows("times", [f"{t.text}  {_ROLES[t.role]} {t.period.edtf}" for t in times])
    yield from _rows("numbers", [_number(n, explanation.text) for n in numbers if not _in_time(n, times)])


def _in_time(number: ExplainedNumber, times: Sequence[Time]) -> bool:
    return any(t.start <= number.start and number.end <= t.end for t in times)


def _rows(head: str, rows: Sequence[str]) -> Iterator[str]:
    for i, row in enumerate(rows):
        yield f"{head if not i else '':10}{row}"


def _subject(clause: ExplainedClause) -> str:
    if clause.origin == "none":
        return "none; something that is no known name stands in its place" if clause.blocked else "none"
    whence = "its own" if clause.origin == "own" else "carried over from before"
    return f"{'、'.join(clause.subject)} ({whence})"


def _modality(clause: ExplainedClause, text: str) -> str:
    if clause.plan_from is None:
        return "facts"
    if clause.plan_from <= clause.start:
        return "a plan, demand or advice"
    rest = text[clause.plan_from : clause.end]
    return f"facts, and from “{rest[:6]}{'…' if len(rest) > 6 else ''}” on a plan, demand or advice"


def _name(mention: Mention) -> str:
    full = name_of(mention)
    return f"{mention.text}  {mention.type}" + (f" = {full}" if full != mention.text else "")


def _number(number: ExplainedNumber, text: str) -> str:
    here = text[number.start : number.end]
    if number.quantity is None:
        return f"{here}  left out: {number.reason.replace('-', ' ')}"
    quantity = number.quantity
    read = f"read by {', '.join(number.rules)}" if number.rules else "no rule reads an observation from it"
    return f"{here}  {_BOUNDS[quantity.bound]}{quantity.value:f} {quantity.unit}; {read}"


def _candidates(explanation: Explanation) -> Iterator[str]:
    heads = [f"{c.rule.id}  {explanation.text[c.start : c.end]}" for c in explanation.candidates]
    columns = max(map(width, heads), default=0)
    for head, candidate in zip(heads, explanation.candidates, strict=True):
        yield f"{_INDENT}{'-' if candidate.failed else '+'} {padded(head, columns)}  {_outcome(candidate)}"


def _outcome(candidate: Candidate) -> str:
    found = "; ".join(f"{slot} = {'、'.join(names)}" for slot, names in candidate.fillers)
    if not candidate.failed:
        return f"holds: {found}"
    return f"{candidate.failed} (found {found})" if found else candidate.failed
