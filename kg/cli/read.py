"""`kg read`: the clean article of a page, as the extractor sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.message import complain
from kg.cli.options import FINDINGS, examples

if TYPE_CHECKING:
    from kg.model import Article
    from kg.source import Columns


@click.command(
    short_help="Show the clean article of a page with its metadata.",
    epilog=examples("kg read seeds/02-heilongjiang.txt", "kg read --json page.html"),
)
@click.argument("page", type=click.Path(path_type=Path))
@options.include
@options.columns
@click.option("--json", "as_json", is_flag=True, help="Every block of the page with its kind and offsets, as JSON.")
def read(page: Path, include: str | None, columns: Columns, as_json: bool) -> int | None:
    """Show the clean article of PAGE: repaired, in Simplified Chinese, without what surrounds it.

    Behind it stand the teasers on the page that report on its subject, each an article of its own.

    PAGE is in any format that kg build reads; of archives and files of records every article is shown. - is standard
    input. Offsets count in the decoded page, or in the text extracted from PDF and Word.
    """
    from kg.errors import SourceError
    from kg.model import Problem
    from kg.source import read_pages
    from kg.text import read_article, read_teasers

    problems: list[Problem] = []
    shown = 0
    for item in read_pages([page], include=include, columns=columns):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        article = read_article(item)
        teasers = read_teasers(article)
        if as_json:
            found = {**_as_json(article), "teasers": [_as_json(teaser) for teaser in teasers]}
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            if shown:
                click.echo()
            click.echo("\n\n".join(map(_as_text, (article, *teasers))))
        shown += 1
    if not shown:
        problem = problems[0] if problems else Problem(str(page), "no page found")
        raise SourceError(problem.what, where=problem.identifier, remedy=problem.remedy)
    for problem in problems:
        complain(str(SourceError(problem.what, where=problem.identifier, remedy=problem.remedy)))
    return FINDINGS if problems else None


def _metadata(article: Article) -> dict[str, object]:
    page = article.page
    return {
        "identifier": page.identifier,
        "media_type": page.media_type,
        "encoding": page.encoding,
        "digest": page.digest,
        "url": page.url,
        "title": article.title,
        "published": article.published,
        "publisher": article.publisher,
        "authors": list(article.authors),
        **({"teaser_of": article.teaser_of, "truncated": article.truncated} if article.teaser_of else {}),
    }


def _as_text(article: Article) -> str:
    shown: Mapping[str, object] = {key: value for key, value in _metadata(article).items() if key != "digest" and value}
    head = [f"{key}: {_shown(value)}" for key, value in shown.items()]
    body = [article.text[block.start : block.end] for block in article.body()]
    return "\n".join([*head, "", *body])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _as_json(article: Article) -> dict[str, object]:
    """Return the article with its blocks; `start` and `end` count in `text`, `page_*` in the decoded page."""
    blocks = []
    for block in article.blocks:
        entry: dict[str, object] = {"kind": block.kind.value, "start": block.start, "end": block.end}
        if block.start < block.end:
            entry["page_start"], entry["page_end"] = article.page_span(block.start, block.end)
        entry["text"] = article.text[block.start : block.end]
        if block.table:
            entry["header_rows"] = block.table.header_rows
            entry["grid"] = [[cell.text for cell in row] for row in block.table.grid]
        blocks.append(entry)
    return {**_metadata(article), "guessed": [list(span) for span in article.guessed], "blocks": blocks}
