"""
The `checker` command: one file per command, nothing is decided here.

These modules import only typer and what needs no more than the standard library when loaded,
so that help comes at once; a command imports its work when it runs.
"""

from __future__ import annotations

import sys

from checker.cli import (  # noqa: F401 - each adds its command
    baseline,
    cache,
    check,
    demo,
    diff,
    doctor,
    evaluation,
    labels,
    report,
    schema,
    show,
)
from checker.cli.app import app
from checker.errors import CheckerError, ExitCode


def main() -> None:
    """Run the command line; our own errors are one line on stderr, others a traceback."""
    try:
        app()
    except CheckerError as error:
        from checker.report.where import clean, commandless  # noqa: PLC0415

        lines = [clean(line) for line in str(error).split("\n")]
        sys.stderr.write(commandless("error: " + "\n  ".join(lines)) + "\n")
        sys.exit(ExitCode.SETUP)
