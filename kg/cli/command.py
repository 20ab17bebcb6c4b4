"""The `kg` command: its subcommands, and what happens to whatever they raise."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from kg.cli.build import build
from kg.cli.diff import diff
from kg.cli.evaluate import annotate, evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.load import load
from kg.cli.message import complain
from kg.cli.query import query
from kg.cli.read import read
from kg.cli.rules import rules
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.cli.view import view
from kg.errors import GoldError, KgError, RuleError
from kg.garbage import collect_rarely

SUCCESS = 0
FAILURE = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells have it

EPILOG = "Exit codes: 0 success, 1 findings, 2 misuse or failure. KG_DEBUG=1 shows the traceback of a failure."


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of use, not of the alphabet


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    invoke_without_command=True,
    epilog=EPILOG,
)
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.pass_context
def kg(context: click.Context, version: bool) -> None:
    """Build a knowledge graph from Chinese policy reporting, and ask who does what, each answer with its evidence."""
    if version:
        from importlib.metadata import version as version_of

        click.echo(f"kg {version_of('policy-kg')}")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    build,
    query,
    view,
    serve,
    explain,
    diff,
    export,
    load,
    stats,
    validate,
    read,
    rules,
    evaluate,
    annotate,
):
    kg.add_command(command)


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    # Chinese is written as UTF-8 whatever the locale says; what is no character at all is shown escaped.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    collect_rarely()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a user can do nothing about a library's deprecations
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every error becomes one line on standard error."""
    try:
        # Not kg.main(): it handles broken pipes in a way of its own.
        with kg.make_context("kg", list(arguments)) as context:
            code = kg.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as exit_:  # --help has been shown
        return exit_.exit_code
    except click.UsageError as error:
        return _fail(f"{error.format_message().rstrip('.')}; see '{_command_of(error)} --help'")
    except KgError as error:
        return _fail(str(error), error)
    except BrokenPipeError:
        _silence()  # the reader of the pipe has seen enough
        return SUCCESS
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", code=INTERRUPTED)
    except Exception as error:  # the last resort: a defect of ours, still one line
        if isinstance(error, OSError):
            _silence()
        return _fail(_unexpected(error), error)
    return code if isinstance(code, int) else SUCCESS


def _silence() -> None:
    """Let nothing more be written to standard output, not even what the interpreter still holds when it exits."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, error: BaseException | None = None, *, code: int = FAILURE) -> int:
    if error is not None and os.environ.get("KG_DEBUG"):
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    # These list everything that is wrong, one line each.
    for line in message.splitlines() if isinstance(error, RuleError | GoldError) else [message]:
        complain(line)
    return code


def _unexpected(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        # Files that are read and written have errors of their own; what is left is standard output.
        return f"{error.filename or 'the output'} cannot be written: {error.strerror.lower()}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if f"{os.sep}kg{os.sep}" in frame.filename]
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"unexpected {type(error).__name__}{where}: {error}; set KG_DEBUG=1 to see the traceback"


def _command_of(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "kg"
