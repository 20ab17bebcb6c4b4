"""Takes all measures and writes them as a page of tables and plots: `python bench/results.py`.

Sizes are options; what is here by default takes some minutes on two cores. `--from results.json` draws the page anew
from measures that were taken before, here or on another machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import extraction
import matplotlib
import scale
import store

matplotlib.use("svg")
import matplotlib.pyplot as plt

HERE = Path(__file__).parent
AIMS = {"turtle": 500_000, "question": 60, "open": 0.2, "build": 0.4, "jobs": 1.8, "changed": 2.0, "growth": 15}


def measured(given: argparse.Namespace) -> dict[str, Any]:
    """Return all measures."""
    return {
        "machine": {
            "cores": os.cpu_count(),
            "memory GB": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9),
            "processor": platform.processor() or platform.machine(),
            "python": platform.python_version(),
            **{name: version(name) for name in ("pyoxigraph", "jieba", "rdflib")},
        },
        "speed": [asdict(row) for row in extraction.rows(given.pages, given.folder, given.repeats)],
        "skipped": extraction.skipped(),
        "store": store.measured(given.documents),
        "beside": store.measured(given.beside, values=1, with_rdflib=True),
        "builds": _builds(given),
    }


def _builds(given: argparse.Namespace) -> Any:
    # In a process of its own: the most that a process held counts what the one held that started it.
    command = [sys.executable, str(HERE / "scale.py"), *map(str, given.sizes), f"--jobs={given.jobs}"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def page(found: dict[str, Any]) -> str:
    """Return the measures as Markdown."""
    machine = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    parts = [
        "# Results",
        "Made by `python bench/results.py`; see there for the sizes. All text and graphs are composed by `bench/`.",
        f"Machine: {machine}. Wall time; where other work runs beside, only ratios tell.",
        "## Speed",
        "Beside jieba on the same text; a speed of 1 is as fast as `jieba.cut`.",
        "![Speed](plots/speed.svg)",
        _speed(found),
        "## Growth",
        "Commands from start to end, each a process of its own; memory is the most that one process held. CPU s "
        "over s is how many cores a build had: fewer than its processes where one of them waits for another, "
        "or where other work runs beside.",
        "![Growth](plots/growth.svg)",
        scale.table([scale.Build(**build) for build in found["builds"]]),
        _growth(found),
        "## Store",
        _store(found),
        "## Questions",
        f"Every named question, without and with each of its parameters, on {found['store']['triples']:,} triples on "
        f"disk; and on {found['beside']['triples']:,} beside rdflib in memory, which is stopped after {store.LIMIT} s.",
        "![Questions](plots/questions.svg)",
        _questions(found),
    ]
    return "\n\n".join(parts) + "\n"


def _speed(found: dict[str, Any]) -> str:
    lines = ["| what | s | MB/s | x jieba.cut |", "| --- | ---: | ---: | ---: |"]
    for row in found["speed"]:
        lines.append(
            f"| {row['what']} | {row['seconds']:.3f} | {row['size'] / row['seconds'] / 1e6:.2f} | {row['speed']:.2f} |"
        )
    lines += [f"| {what} | skipped: {why} | | |" for what, why in found["skipped"].items()]
    return "\n".join(lines)


def _growth(found: dict[str, Any]) -> str:
    whole = [build for build in found["builds"] if build["jobs"] == 1 and not build["changed"]]
    alone = {build["documents"]: build for build in whole if not build["bound"]}
    bound = {build["documents"]: build for build in whole if build["bound"]}
    each = [build["seconds"] / documents for documents, build in alone.items()]
    several = {build["documents"]: build for build in found["builds"] if build["jobs"] > 1}
    changed = max((build for build in found["builds"] if build["changed"]), key=lambda build: build["documents"])
    spread = 100 * (max(each) / min(each) - 1)
    lines = [f"- Time for a page differs by {spread:.0f} % between sizes (aim: at most {AIMS['growth']} %)."]
    for documents, build in several.items():
        times = alone[documents]["seconds"] / build["seconds"]
        line = f"- {documents:,} pages, {build['jobs']} processes: {times:.2f} x one, whose store a second core fills"
        if documents in bound:
            line += f"; {bound[documents]['seconds'] / build['seconds']:.2f} x one that is kept on one core"
        lines.append(f"{line} (aim: {AIMS['jobs']}).")
    lines.append(
        f"- One page of {changed['documents']:,} changed: {changed['seconds']:.2f} s "
        f"(aim for 10,000: {AIMS['changed']} s)."
    )
    return "\n".join(lines)


def _store(found: dict[str, Any]) -> str:
    own, beside = found["store"], found["beside"]
    return "\n".join(
        [
            "| what | measured | aim |",
            "| --- | ---: | ---: |",
            f"| filled with {own['quads']:,} triples in {own['documents']:,} graphs, and their union | "
            f"{own['fill_s']:.1f} s | |",
            f"| graph.ttl, triples a second | {own['turtle_triples_per_s']:,.0f} | {AIMS['turtle']:,} |",
            f"| opened and asked for one document | {own['open_s']:.3f} s | {AIMS['open']} s |",
            f"| questions, x rdflib in memory (geometric mean) | {beside['times_rdflib']:.0f} | 50 |",
            f"| loaded by rdflib, {beside['triples']:,} triples | {beside['rdflib_load_s']:.1f} s | |",
        ]
    )


def _questions(found: dict[str, Any]) -> str:
    beside = found["beside"]["questions"]
    lines = ["| question | rows | ms | smaller graph: rdflib ms | x rdflib |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, one in sorted(found["store"]["questions"].items()):
        other = beside.get(name, {})
        compared = f"{other['rdflib_ms']:.0f} | {other['times_rdflib']:.0f}" if "rdflib_ms" in other else " | "
        lines.append(f"| {name} | {one['rows']:.0f} | {one['median_ms']:.1f} | {compared} |")
    return "\n".join(lines)


def plots(found: dict[str, Any], folder: Path) -> None:
    """Write the plots as SVG, the same bytes for the same measures."""
    folder.mkdir(exist_ok=True)
    plt.rcParams["svg.hashsalt"] = "kg"
    rows = found["speed"][::-1]
    _bars(folder / "speed.svg", [row["what"].strip() for row in rows], [row["speed"] for row in rows], "x jieba.cut", 1)
    asked = sorted(found["store"]["questions"].items(), key=lambda item: item[1]["median_ms"])
    times = [one["median_ms"] for _, one in asked]
    _bars(folder / "questions.svg", [name for name, _ in asked], times, "ms", AIMS["question"])
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    for jobs in sorted({build["jobs"] for build in found["builds"]}):
        same = [
            build for build in found["builds"] if build["jobs"] == jobs and not build["changed"] and not build["bound"]
        ]
        sizes, name = [build["documents"] for build in same], f"{jobs} process{'es' if jobs > 1 else ''}"
        left.plot(sizes, [1000 * build["seconds"] / build["documents"] for build in same], "o-", label=name)
        right.plot(sizes, [build["memory"] for build in same], "o-", label=name)
    for axes, what in ((left, "ms a page"), (right, "MB")):
        axes.set(xlabel="pages", ylabel=what, ylim=(0, None), xscale="log")
        axes.legend()
    _save(figure, folder / "growth.svg")


def _bars(path: Path, names: list[str], values: list[float], unit: str, aim: float) -> None:
    figure, axes = plt.subplots(figsize=(9, 1 + 0.25 * len(names)), layout="constrained")
    axes.barh(names, values)
    axes.axvline(aim, color="black", linewidth=0.8, linestyle="--")
    axes.set(xlabel=unit, xscale="log")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, help="pages to measure speed on")
    parser.add_argument("--folder", type=Path, help="a folder of pages to measure speed on instead")
    parser.add_argument("--repeats", type=int, default=3, help="how often speed is measured")
    parser.add_argument("--documents", type=int, default=1200, help="documents; 1200 are a million triples")
    parser.add_argument("--beside", type=int, default=60, help="documents of the graph that rdflib is asked")
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1000], help="pages of builds")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--from", dest="measures", type=Path, help="measures taken before")
    parser.add_argument("--out", type=Path, default=HERE)
    given = parser.parse_args()
    found = json.loads(given.measures.read_text("utf-8")) if given.measures else measured(given)
    (given.out / "results.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (given.out / "RESULTS.md").write_text(page(found), "utf-8")
    plots(found, given.out / "plots")


if __name__ == "__main__":
    main()
