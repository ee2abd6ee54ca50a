"""
The `checker` command: one file per command, nothing is decided here.

These modules import only typer and what needs no more than the standard library when loaded,
so that help comes at once; a command imports its work when it runs.
"""

from __future__ import annotations

import sys
import traceback

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
        from checker.cli.output import say  # noqa: PLC0415
        from checker.report.where import clean  # noqa: PLC0415

        say("error: " + "\n  ".join(clean(line) for line in str(error).split("\n")))
        sys.exit(ExitCode.SETUP)
    except Exception:  # noqa: BLE001 - else Python would end with 1, which says that something was found
        from checker.cli.output import say  # noqa: PLC0415

        say(traceback.format_exc().rstrip())
        say("error: this is a fault of the program; please report it, with what stands above")
        sys.exit(ExitCode.BROKEN)
