"""Measures how often each rule is right, and writes that into the rule files as its confidence.

    python scripts/calibrate.py OUT GOLD [OUT GOLD ...] [--write]

OUT is a build, GOLD a folder of reference files. Use documents that nobody looked at while writing the rules: on the
others rules look better than they are. A rule that fired seldom is drawn towards the share that all rules reach.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from kg.evaluate.built import read_graph
from kg.evaluate.reference import read_references
from kg.evaluate.scoring import evaluate
from kg.resources import folder

_WEIGHT = 8  # facts' worth of belief that a rule is as good as all rules together
_HIGHEST = 0.97


def measured(pairs: list[tuple[Path, Path]]) -> tuple[Counter[str], Counter[str]]:
    """Return, by rule, how many of its facts are right and how many it read."""
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for graph, gold in pairs:
        references = read_references(gold)
        built = read_graph(graph)
        result = evaluate(built, references)
        for document in references:
            read.update(i.place.rule for i in built.get(document, ()) if i.place is not None)
            right.update(i.place.rule for i in result.paired[document] if i.place is not None)
    return right, read


def confidences(right: Counter[str], read: Counter[str]) -> dict[str, float]:
    """Return the smoothed share of right facts by rule."""
    overall = right.total() / max(1, read.total())
    return {
        rule: min(_HIGHEST, round((right[rule] + _WEIGHT * overall) / (count + _WEIGHT), 2))
        for rule, count in read.items()
    }


def write(values: dict[str, float], rules: Path) -> None:
    """Put the values into the `confidence:` lines of the rules."""
    for path in sorted(rules.glob("*.yaml")):
        rule = ""
        lines = []
        for line in path.read_text("utf8").splitlines():
            found = re.match(r"- id: (\S+)", line)
            rule = found[1] if found else rule
            if rule in values and line.startswith("  confidence:"):
                line = f"  confidence: {values[rule]}"
            lines.append(line)
        path.write_text("\n".join(lines) + "\n", "utf8")


def main() -> None:
    """Print the measured confidences, and write them where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="OUT GOLD")
    parser.add_argument("--write", action="store_true", help="write the values into the rule files")
    args = parser.parse_args()
    if len(args.paths) % 2:
        parser.error("give a folder of references with each build")
    right, read = measured(list(zip(args.paths[::2], args.paths[1::2], strict=True)))
    values = confidences(right, read)
    for rule in sorted(values):
        print(f"{rule:32} {right[rule]:4} of {read[rule]:4} right   {values[rule]:.2f}")
    if args.write:
        write(values, folder("queries").parent / "kg" / "extract" / "rules")


if __name__ == "__main__":
    main()
