"""The command's root: the application that every command file adds itself to."""

from __future__ import annotations

from typing import Any

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


def need(module: str) -> Any:
    """
    Import *module*, which needs the libraries of the extra `eval`.

    Raises SettingsError that names the extra where they are not installed.
    """
    from importlib import import_module  # noqa: PLC0415

    from checker.errors import SettingsError  # noqa: PLC0415

    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"numpy", "scipy", "sklearn"}:
            raise
        raise SettingsError(
            f"{error.name} is not installed; evaluation needs the extra [eval]: pip install '.[eval]' in the folder of the project"
        ) from error
