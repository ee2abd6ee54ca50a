"""The command's root: the application that every command file adds itself to."""

from __future__ import annotations

import typer

from checker.version import VERSION

app = typer.Typer(
    name="checker",
    help="Where several articles about one event agree, where they cannot both be true, "
    "and what only one of them says.",
    epilog="Start with:  checker demo   ·   checker check FOLDER   ·   checker doctor",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(value: bool) -> None:
    """Print the version and end."""
    if value:
        typer.echo(f"fact-consistency-checker {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=show_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Take what stands before the command's name."""
