"""`checker demo`: the two bundled articles, with recorded answers of a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app

DEFAULT_FILE = Path("checker-demo/report.html")


@app.command(epilog="Example:  checker demo -o demo.html")
def demo(
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            help="Where to write the report.  [default: checker-demo/report.html]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check two bundled articles with recorded answers: no key, no network, no model is called."""
    from checker.cli.output import unlinked  # noqa: PLC0415 - heavy
    from checker.cli.running import live, read  # noqa: PLC0415 - heavy
    from checker.data import shelf  # noqa: PLC0415
    from checker.report import Format  # noqa: PLC0415
    from checker.settings import Settings  # noqa: PLC0415

    files = output or [unlinked(DEFAULT_FILE)]
    settings = Settings(replay=shelf("recorded/seeds"))
    loaded = read([shelf("seeds")], settings)
    # Where the package is installed is nobody's business.
    articles = tuple(
        one.model_copy(update={"path": f"seeds/{Path(one.path).name}"}) for one in loaded.articles
    )
    shown = loaded.model_copy(update={"articles": articles})
    raise typer.Exit(live(shown, settings, files, Format.TEXT))
