"""A build that stays in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from kg.extract.rulebook.loading import load
from kg.graph.contribution import Contribution
from kg.graph.store import GraphStore
from kg.pipeline.collecting import nothing, taken
from kg.pipeline.settings import Settings
from kg.pipeline.sources import Sources, Watch
from kg.report import DocumentReport, Report
from kg.source import find


def build_in_memory(
    sources: Sequence[Path], settings: Settings, watch: Watch | None = None
) -> tuple[GraphStore, Report]:
    """Read everything in `sources` into a graph in memory.

    Raises:
        SourceError: No document could be read.
        RuleError: The declared rules do not load.
        KgError: The settings are no settings.
    """
    settings.check()
    report = Report(settings.base)
    files, rules = find(sources, settings.include), load(settings.rules, settings.names)
    reading = Sources(sources, files, settings, rules, watch)
    graph = GraphStore.in_memory(_contributions(reading, report), settings.base)
    report.count(graph)
    report.anew = len(report.documents)
    return graph, report


def _contributions(reading: Sources, report: Report) -> Iterator[Contribution]:
    names: set[str] = set()
    for source, _, outcome in reading.read():
        documents = outcome.page.documents if outcome.page else ()
        again = [taken(document.identifier) for document in documents if document.identifier in names]
        problem = outcome.problem or next(iter(again), None)
        if problem:
            report.problems.append(problem)
            reading.tell(source, problem)
            continue
        names.update(document.identifier for document in documents)
        report.documents += [DocumentReport(**orjson.loads(document.summary)) for document in documents]
        yield from outcome.contributions
    if not report.documents:
        raise nothing(reading.paths, report.problems)
