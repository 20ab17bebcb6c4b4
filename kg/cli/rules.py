"""`kg rules`: write a rule, check the declared rules, see what they do with a sentence and with a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.message import complain
from kg.cli.options import FINDINGS, examples

if TYPE_CHECKING:
    from kg.extract.rulebook.ruleset import Rule, RuleSet
    from kg.source import Columns


@click.group(short_help="Write, test and explain the declared rules.")
def rules() -> None:
    """Write and test declared rules, and see what they read in a sentence or a corpus."""


@rules.command(
    short_help="Run the examples of the rules.",
    epilog=examples(
        "kg rules test", "kg rules test leads.by-agent", "kg rules test --rules my-rules my-rules/leads.yaml"
    ),
)
@click.argument("only", metavar="[FILE|RULE]...", nargs=-1)
@options.rules
@options.names
def test(only: Sequence[str], rules: Sequence[Path], names: Path | None) -> int | None:
    """Run every example of every rule, or of the files and rules named, and show what was expected and what was found.

    Each example runs against all rules. The exit code is 1 if one does not hold.
    """
    from kg.extract.rulebook.check import check_examples
    from kg.extract.rulebook.loading import load

    ruleset = load(rules, names)
    chosen = _chosen(ruleset, only)
    findings = check_examples(ruleset, chosen)
    for finding in findings:
        click.echo(str(finding))
    run = sum(len(rule.examples) for rule in chosen)
    counts = f"{len(chosen)} rules, {run} examples"
    if findings:
        click.echo(f"{counts}: {len(findings)} examples of {len({f.rule.id for f in findings})} rules do not hold")
        return FINDINGS
    click.echo(f"{counts}: all hold")
    return None


def _chosen(ruleset: RuleSet, only: Sequence[str]) -> list[Rule]:
    """Return the rules with these ids or out of these files.

    Raises:
        RuleError: There are none.
    """
    if not only:
        return list(ruleset.rules)
    chosen: list[Rule] = []
    for name in only:
        if name.endswith(".yaml"):
            files = {rule.source.rpartition(":")[0] for rule in ruleset.rules}
            own = next((f for f in (name, str(Path(name)), Path(name).name) if f in files), None)
            found = [rule for rule in ruleset.rules if rule.source.rpartition(":")[0] == own]
            if not found:
                from kg.errors import RuleError
                from kg.extract.rulebook.ruleset import nearest

                raise RuleError(f"no rules were read from {name!r}", remedy=nearest(name, files))
        else:
            found = [ruleset.by_id(name)]
        chosen += [rule for rule in found if rule not in chosen]
    return chosen


@rules.command(
    short_help="Write a rule file to start from.",
    epilog=examples("kg rules new leads", "kg rules new issues --into my-rules"),
)
@click.argument("fact")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("my-rules"),
    show_default=True,
    help="Folder to write it into, e.g. --into my-rules.",
)
def new(fact: str, into: Path) -> None:
    """Write a rule file for facts of type FACT, with one rule and its examples to change.

    FACT is leads, implements, participatesIn, issues, organises or honour.
    """
    from kg.extract.rulebook.template import write_template

    path = write_template(fact, into)
    click.echo(f"wrote {path}; change it, then: kg rules test --rules {into} {path}")


@rules.command(
    short_help="Show what each rule does with a sentence.",
    epilog=examples(
        'kg rules explain "由甲市总工会牵头推进产业工人队伍建设改革。"',
        'kg rules explain "今年，省总工会启动“星火”行动。" --place 安徽省 --date 2024-05-06',
    ),
)
@click.argument("sentence")
@click.option("--place", default="", help="What the document is about, e.g. --place 安徽省.")
@click.option("--date", default="", help="Date of the document as YYYY-MM-DD, e.g. --date 2024-05-06.")
@options.rules
@options.names
def explain(sentence: str, place: str, date: str, rules: Sequence[Path], names: Path | None) -> None:
    """Show the clauses, names, numbers and times of SENTENCE, and at which step each rule triggered stops or holds."""
    from kg.errors import RuleError
    from kg.extract.rulebook.drawing import draw
    from kg.extract.rulebook.explain import explain_sentence
    from kg.extract.rulebook.loading import load
    from kg.text.convert import to_simplified

    if not sentence.strip():
        raise RuleError("the sentence is empty", remedy='give one in quotes: kg rules explain "…"')
    if date and not _is_date(date):
        raise RuleError(f"{date!r} is no date", where="--date", remedy="write it as YYYY-MM-DD, e.g. 2024-05-06")
    click.echo(draw(explain_sentence(to_simplified(sentence), place, date, load(rules, names))))


def _is_date(text: str) -> bool:
    import datetime

    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@rules.command(
    short_help="Show which rules fire on a corpus, and which never do.",
    epilog=examples("kg rules coverage out", "kg rules coverage pages/ --rules my-rules"),
)
@click.argument("sources", metavar="OUT|SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.include
@options.columns
@options.rules
@options.names
def coverage(
    sources: Sequence[Path], include: str | None, columns: Columns, rules: Sequence[Path], names: Path | None
) -> int | None:
    """Show on how many documents each rule fired: in a build, or on pages that are read for it.

    A build keeps of several rules that read the same fact only the surest; pages show them all. The exit code is 1
    if some documents cannot be read.
    """
    from kg import coverage as covering
    from kg import output
    from kg.errors import SourceError
    from kg.extract.rulebook.loading import load

    ruleset = load(rules, names)
    if len(sources) == 1 and output.is_build(sources[0]):
        import kg

        found = covering.of_graph(kg.open(sources[0]).store, ruleset)
    else:
        found = covering.of_sources(sources, ruleset, include, columns)
    for problem in found.problems:
        complain(str(SourceError(problem.what, where=problem.identifier, remedy=problem.remedy)))
    width = max(len(fired.rule) for fired in found.rules)
    click.echo(f"{'rule':{width}}  documents  facts")
    for fired in found.rules:
        click.echo(f"{fired.rule:{width}}  {fired.documents:9}  {fired.facts:5}")
    click.echo(
        f"{found.documents} documents, {len(found.rules)} rules: {len(found.once)} fired on one document only, "
        f"{len(found.never)} never"
    )
    return FINDINGS if found.problems else None
