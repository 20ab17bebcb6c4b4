"""Shows an evaluation as text and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from kg.evaluate.passages import Document, Mark, Passage
from kg.evaluate.scoring import Difference, Evaluation, Score

_HEAD = ("", "precision", "recall", "F1", "right", "found", "reference")


def table(result: Evaluation) -> Iterator[str]:
    """Yield the lines of the tables by type and by document, and of what else was measured."""
    yield from _scores("type", {**result.types, "all facts": result.headline})
    yield ""
    yield from _scores("document", result.documents)
    yield ""
    yield "of the facts found, right as well: " + ", ".join(
        f"{name} {score.precision:.1%}" for name, score in sorted(result.attributes.items())
    )
    yield "right by confidence: " + ", ".join(
        f"{band:g} and up {score.precision:.1%} of {score.predicted}"
        for band, score in sorted(result.confidence.items(), reverse=True)
    )


def _scores(what: str, scores: Mapping[str, Score]) -> Iterator[str]:
    width = max([len(what), *map(len, scores)])
    yield f"{what:{width}}  " + "  ".join(f"{head:>9}" for head in _HEAD[1:])
    for name, score in scores.items():
        shares = "  ".join(f"{share:9.3f}" for share in (score.precision, score.recall, score.f1))
        counts = "  ".join(f"{count:9}" for count in (score.right, score.predicted, score.reference))
        yield f"{name:{width}}  {shares}  {counts}"


def errors(documents: Mapping[str, Document]) -> Iterator[str]:
    """Yield each missed (-) and each spurious (+) fact below its sentence."""
    for stem, document in documents.items():
        for passage in document.passages:
            if passage.notes:
                yield f"{stem}: {passage.text.strip()}"
                yield from (f"    {line(difference)}" for difference in passage.notes)
        if document.elsewhere:
            yield f"{stem}: no sentence found"
            yield from (f"    {line(difference)}" for difference in document.elsewhere)


def line(difference: Difference) -> str:
    """Return a difference on one line, with the rule that read it."""
    item = difference.item
    rule = f"  [{item.place.rule}, {item.place.confidence:g}]" if item.place is not None else ""
    return f"{'-' if difference.missed else '+'} {item.kind}: {item}{rule}"


_STYLE = """
:root { color-scheme: light dark; --right: #2e7d3233; --missed: #f9a82555; --spurious: #c6282844; }
body { font: 16px/1.7 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 60rem;
  padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { padding: .1rem .8rem; text-align: right; } td:first-child, th:first-child { text-align: left; }
tr + tr td { border-top: 1px solid #8884; }
mark { color: inherit; border-radius: .2rem; } .right { background: var(--right); }
.missed { background: var(--missed); } .spurious { background: var(--spurious); }
.missed.spurious { background: linear-gradient(var(--missed), var(--spurious)); }
ul { list-style: none; margin: .2rem 0 .8rem; padding-left: 1rem; font-size: .85rem; border-left: 3px solid #8886; }
p { margin: .3rem 0; } details { margin: 1rem 0; } summary { font-weight: 600; cursor: pointer; }
"""


def page(result: Evaluation, documents: Mapping[str, Document]) -> str:
    """Return a page of its own that shows the scores and each document with its marks; nothing in it is fetched."""
    parts = [
        '<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>Evaluation</title>\n<style>{_STYLE}</style>\n<h1>Evaluation</h1>",
        '<p><mark class="right">read as in the reference</mark> <mark class="missed">− missed</mark> '
        '<mark class="spurious">+ spurious</mark></p>',
        _html_scores("type", {**result.types, "all facts": result.headline}),
        _html_scores("document", result.documents),
    ]
    for stem, document in documents.items():
        score = result.documents[stem]
        parts.append(f"<details><summary>{escape(stem)} — F1 {score.f1:.3f}</summary>")
        parts += [_html_passage(passage) for passage in document.passages]
        if document.elsewhere:
            parts.append("<p>In no sentence that could be found:</p>" + _html_notes(document.elsewhere))
        parts.append("</details>")
    return "\n".join(parts) + "\n</html>\n"


def _html_scores(what: str, scores: Mapping[str, Score]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in (what, *_HEAD[1:]))
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{s.precision:.3f}</td><td>{s.recall:.3f}</td><td>{s.f1:.3f}</td>"
        f"<td>{s.right}</td><td>{s.predicted}</td><td>{s.reference}</td></tr>\n"
        for name, s in scores.items()
    )
    return f"<table>\n<tr>{head}</tr>\n{rows}</table>"


def _html_passage(passage: Passage) -> str:
    classes: list[set[Mark]] = [set() for _ in passage.text]
    for start, end, mark in passage.marks:
        for i in range(start, min(end, len(classes))):
            classes[i].add(mark)
    parts: list[str] = []
    at = 0
    while at < len(classes):
        end = at
        while end < len(classes) and classes[end] == classes[at]:
            end += 1
        text = escape(passage.text[at:end])
        parts.append(f'<mark class="{" ".join(sorted(classes[at]))}">{text}</mark>' if classes[at] else text)
        at = end
    return f"<p>{''.join(parts)}</p>" + (_html_notes(passage.notes) if passage.notes else "")


def _html_notes(differences: list[Difference]) -> str:
    rows = "".join(
        f'<li><mark class="{"missed" if d.missed else "spurious"}">{escape(line(d))}</mark></li>' for d in differences
    )
    return f"<ul>{rows}</ul>"
