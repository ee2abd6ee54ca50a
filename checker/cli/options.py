"""The options of every command that may ask a model: what is asked, at what price, and where answers are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ModelName = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        help="A model of the endpoint, or builtin.  [env: CHECKER_MODEL; default: builtin]",
        show_default=False,
    ),
]
Record = Annotated[
    Path | None,
    typer.Option(
        "--record", help="Keep every answer as a readable file below this folder.", show_default=False
    ),
]
RecordNote = Annotated[
    str | None,
    typer.Option("--record-note", help="Say in each recording how it was made.", show_default=False),
]
Replay = Annotated[
    Path | None,
    typer.Option(
        "--replay", help="Take every answer from this folder; no key, no network.", show_default=False
    ),
]
RetryFailed = Annotated[
    bool,
    typer.Option("--retry-failed", help="Ask again where a kept answer was refused, cut or unusable."),
]
Concurrency = Annotated[
    int | None,
    typer.Option("--concurrency", "-j", help="Calls at a time.  [default: 8]", show_default=False),
]
MaxCalls = Annotated[
    int | None,
    typer.Option(
        "--max-calls",
        help="Stop before the call after this many, retries included; a refused form of request is no call.",
        show_default=False,
    ),
]
MaxCost = Annotated[
    float | None,
    typer.Option(
        "--max-cost",
        help="Stop before the next call once this many dollars are spent; calls under way still end.",
        show_default=False,
    ),
]
PriceIn = Annotated[
    float | None, typer.Option("--price-in", help="Dollars per million tokens sent.", show_default=False)
]
PriceOut = Annotated[
    float | None,
    typer.Option("--price-out", help="Dollars per million tokens received.", show_default=False),
]
TimeoutS = Annotated[
    float | None,
    typer.Option("--timeout-s", help="Seconds for one call.  [default: 120]", show_default=False),
]
Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache", help="Where answers are kept.  [default: the user's cache folder]", show_default=False
    ),
]
AllowHttp = Annotated[
    bool, typer.Option("--allow-http", help="Let the key travel over http:// to another machine.")
]
