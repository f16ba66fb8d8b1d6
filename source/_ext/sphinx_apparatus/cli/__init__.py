"""The commands, a command a file: ``sphinx-apparatus COMMAND ...``."""

from __future__ import annotations

import argparse
import sys
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
    """Run a command; returns its exit code, 2 for a wrong call, 130 where it was stopped."""
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
    module = import_module(f"sphinx_apparatus.cli.{_MODULES.get(options.command, options.command)}")
    try:
        result: int = module.main(options.arguments)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130  # as a shell has it of a program that Ctrl-C ends
    return result
