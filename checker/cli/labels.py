"""`checker label`: labelled sets, and how far their annotators agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app, need

label_app = typer.Typer(
    help="Check labelled sets, and how far annotators agree. Needs the extra [eval].",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(label_app, name="label")


@label_app.command(epilog="Example:  checker label check my-sets/")
def check(
    sets: Annotated[list[Path], typer.Argument(help="Labelled sets, or folders of them", show_default=False)],
) -> None:
    """Read labelled sets strictly; each problem is named with its file, line and record."""
    raise typer.Exit(need("checker.cli.scoring").check_sets(sets))


@label_app.command(epilog="Example:  checker label agree anna.jsonl ben.jsonl --claims my-set/claims.jsonl")
def agree(
    files: Annotated[
        list[Path], typer.Argument(help="Two or more files of labels, one annotator each", show_default=False)
    ],
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims",
            help="The claims that were labelled; a pair that a file does not list is unique.  "
            "[default: claims.jsonl beside the files]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Give Cohen's kappa and Krippendorff's alpha between annotators, and list what they differ on."""
    raise typer.Exit(need("checker.cli.scoring").agree(files, claims))
