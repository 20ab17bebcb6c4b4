"""The command line: thin commands over the public interface, each error one line, exit codes 0, 1 and 2."""

from kg.cli.command import main

__all__ = ["main"]
