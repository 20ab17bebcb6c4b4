"""`kg rules`: check the declared rules and see what they do with a sentence."""

from __future__ import annotations

import click

from kg.cli.options import FINDINGS, examples


@click.group(short_help="Test the declared rules, or see what they read in a sentence.")
def rules() -> None:
    """Test the declared rules, or see what they read in a sentence."""


@rules.command(short_help="Run every example of every rule.", epilog=examples("kg rules test"))
def test() -> int | None:
    """Run every example of every rule and show what was expected and what was found."""
    from kg.extract.check import check_examples
    from kg.extract.ruleset import load

    ruleset = load()
    findings = check_examples(ruleset)
    for finding in findings:
        click.echo(str(finding))
    if findings:
        click.echo(f"{len(findings)} examples do not hold")
        return FINDINGS
    click.echo("all examples of all rules hold")
    return None


@rules.command(
    short_help="Show what each rule does with a sentence.",
    epilog=examples('kg rules explain "由甲市总工会牵头推进产业工人队伍建设改革。"'),
)
@click.argument("sentence")
def explain(sentence: str) -> None:
    """Show what each rule that is triggered does with SENTENCE, and at which step it stops."""
    from kg.extract.explain import explain_sentence

    click.echo(explain_sentence(sentence))
