"""The commands, a command a file: ``sphinx-apparatus COMMAND ...``."""

from __future__ import annotations

import argparse
from importlib import import_module

#: The module of a command whose name is none in Python.
_MODULES = {"import": "importing"}

#: The commands, and what each is for.
COMMANDS = {
    "check": "say what is wrong with an edition",
    "import": "take over annotations from TEI, Web Annotations or tables",
    "lines": "give the texts their lines, once and for good",
    "release": "release a version: register, states, changelog, tag; or say what that would change",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns its exit code, 2 for a wrong call."""
    told = "".join(f"\n  {name:10}{words}" for name, words in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="sphinx-apparatus",
        description="Annotated critical editions with Sphinx.",
        epilog=f"commands:{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    result: int = import_module(f"sphinx_apparatus.cli.{_MODULES.get(options.command, options.command)}").main(
        options.arguments
    )
    return result
