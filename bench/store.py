"""Measures the store on a graph of any size: filling, Turtle, opening, every named question; and rdflib beside it.

    python bench/store.py --documents 1200            about a million triples
    python bench/store.py --documents 120 --rdflib    the same questions to rdflib in memory too

The graph is that of `synthetic.py`. A question is asked once without any parameter and with each of its parameters
alone, for values drawn from the graph; the median over them counts. What takes rdflib longer than the limit counts as
the limit; what it fails on does not count.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rdflib
import synthetic

from kg.graph.contribution import contribution
from kg.graph.export import serialize
from kg.graph.gathered import Gathered
from kg.graph.identity import DEFAULT_BASE
from kg.graph.layout import prefixes
from kg.graph.ontology import ontology_file
from kg.graph.store import GraphStore, open_store, write_store
from kg.query import named_queries, run
from kg.query.terms import bind
from kg.vocabulary import KG, RDFS

GIVEN = {"from": "2023", "to": "2021", "documents": "3"}
LIMIT = 5  # seconds that a question to rdflib may take


def measured(documents: int, *, values: int = 7, with_rdflib: bool = False) -> dict[str, Any]:
    """Return all measures of a graph of so many documents.

    Args:
        documents: How many.
        values: How many values of each parameter are asked for.
        with_rdflib: Whether rdflib is asked, too.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        found = _filled(folder, documents)
        opened = [_seconds(lambda: _open(folder)) for _ in range(5)]
        graph = open_store(folder / "out")
        asked = questions(graph, values)
        found["open_s"] = statistics.median(opened)
        found["questions"] = {name: _asked(graph, name.split()[0], each) for name, each in asked.items()}
        if with_rdflib:
            _ask_rdflib(graph, asked, found)
    return found


def _asked(graph: GraphStore, name: str, each: list[dict[str, str]]) -> dict[str, float]:
    taken = [_median(lambda params=params: run(graph, name, params)) for params in each]  # type: ignore[misc]
    rows = [len(run(graph, name, params).rows) for params in each]
    return {"median_ms": 1000 * statistics.median(taken), "rows": statistics.median(rows)}


def _filled(folder: Path, documents: int) -> dict[str, Any]:
    contributions = [contribution(record, DEFAULT_BASE) for record in synthetic.records(documents)]
    with Gathered(folder, DEFAULT_BASE) as gathered:
        for each in contributions:
            gathered.add(each)
        started = time.perf_counter()
        written = write_store(contributions, folder / "out", unsettled=gathered.unsettled)
        filled = time.perf_counter() - started
        graph = open_store(folder / "out")
        touched = {edit.quad.subject for edit in written.settled}
        with (folder / "graph.ttl").open("wb") as file:
            turtle = _seconds(lambda: gathered.write(graph, file, touched))
    triples = written.manifest.triples
    return {
        "documents": documents,
        "triples": triples,
        "quads": sum(each.triples for each in contributions),
        "fill_s": filled,
        "turtle_s": turtle,
        "turtle_triples_per_s": triples / turtle,
    }


def questions(graph: GraphStore, values: int) -> dict[str, list[dict[str, str]]]:
    """Return what is asked: the name of a question with that of a parameter, and the parameters of each time."""
    chance = random.Random(1)
    found: dict[str, list[dict[str, str]]] = {}
    for name, query in named_queries().items():
        if not any(parameter.required for parameter in query.parameters):
            found[f"{name} (all)"] = [{}]
        for parameter in query.parameters:
            if parameter.name in synthetic.ABOUT:
                labels = _labels(graph, synthetic.ABOUT[parameter.name])
                drawn = chance.sample(labels, min(values, len(labels)))
                found[f"{name} {parameter.name}"] = [{parameter.name: label} for label in drawn]
            elif parameter.name in GIVEN:
                found[f"{name} {parameter.name}"] = [{parameter.name: GIVEN[parameter.name]}]
    return found


def _labels(graph: GraphStore, type_: str) -> list[str]:
    rows = graph.select(f"SELECT DISTINCT ?l {{ ?s a <{KG[type_]}> ; <{RDFS.label}> ?l }} ORDER BY ?l")
    return [row["l"].value for row in rows]


def _ask_rdflib(graph: GraphStore, asked: dict[str, list[dict[str, str]]], found: dict[str, Any]) -> None:
    text = io.BytesIO()
    serialize(graph, "trig", text)
    data = rdflib.Dataset(default_union=True)
    started = time.perf_counter()
    data.parse(data=text.getvalue(), format="trig")
    data.parse(ontology_file(), format="turtle")
    found["rdflib_load_s"] = time.perf_counter() - started
    ratios = []
    for name, each in asked.items():
        query = named_queries()[name.split()[0]]
        # For everything the file as it is: it would join the sub-selects that a table is read by row by row.
        text_ = bind(query, each[0]) if each[0] else query.text
        try:
            took = _seconds(lambda text_=text_: _within(lambda: len(data.query(text_, initNs=prefixes(graph.base)))))
        except Exception:  # some are too much for it, and what they provoke has many names
            continue
        own = _median(lambda name=name, each=each: run(graph, name.split()[0], each[0]))
        found["questions"][name]["rdflib_ms"] = 1000 * took
        found["questions"][name]["times_rdflib"] = took / own
        ratios.append(took / own)
    found["times_rdflib"] = statistics.geometric_mean(ratios)


def _within(ask: Callable[[], object]) -> None:
    with _limited():
        ask()


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    try:
        yield
    except TimeoutError:
        pass
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _open(folder: Path) -> None:
    next(iter(open_store(folder / "out").select(f"SELECT ?s {{ ?s a <{KG.Document}> }} LIMIT 1")))


def _median(ask: Callable[[], object], times: int = 3) -> float:
    first = _seconds(ask)
    # What takes seconds is not asked again and again.
    return first if first > 1 else statistics.median([first, *(_seconds(ask) for _ in range(times - 1))])


def _seconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1200)
    parser.add_argument("--values", type=int, default=7, help="values of each parameter")
    parser.add_argument("--rdflib", action="store_true", help="ask rdflib, too")
    given = parser.parse_args()
    print(json.dumps(measured(given.documents, values=given.values, with_rdflib=given.rdflib), indent=1))


if __name__ == "__main__":
    main()
