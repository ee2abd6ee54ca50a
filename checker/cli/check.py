"""`checker check`: read, extract, compare, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from checker.cli.app import app
from checker.cli.formats import FORMATS, printed
from checker.cli.options import (
    AllowHttp,
    Cache,
    Concurrency,
    MaxCalls,
    MaxCost,
    ModelName,
    PriceIn,
    PriceOut,
    Record,
    RecordNote,
    Replay,
    RetryFailed,
    TimeoutS,
)
from checker.report import Format, extensions

EXAMPLES = """\b
Examples:
  checker check my-event/
      the built-in engine: no key, no network
  checker check my-event/ --model NAME -o report.html -o result.json
      a language model, two reports
  checker check my-event/ --model NAME --dry-run
      what would be sent where, and its cost; sends nothing
  checker check a.txt b.html c.jsonl --format json
      some files, the result on stdout
  checker check draft.md --against sources/ --fail-on conflict,unsupported
      a draft, held against its sources
  checker check my-event/ --replay recorded/
      recorded answers; a missing one is an error

\b
Exit codes:
  0 complete, nothing found that --fail-on asks for, or all of it accepted
  1 found
  2 usage, input or configuration
  3 incomplete: run the same command again to finish (--retry-failed: what was unusable)
  70 the program itself failed
  130 interrupted, what was known is written
"""


EXTENSIONS = " ".join(extensions())


@app.command(epilog=EXAMPLES)
def check(
    paths: Annotated[
        list[Path], typer.Argument(help="Folders or files: .txt .md .html .json .jsonl", show_default=False)
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            metavar="PATH",
            help="A source, or a folder of them: what is in PATHS are drafts, held against it. Repeatable.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            help=f"Write a report, repeatable: {EXTENSIONS}  [default: checker-report/report.html and result.json; none with another --format than text]",
            show_default=False,
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format,
        typer.Option(
            "--format", metavar="FORMAT", parser=printed, help=f"What to print on stdout: {FORMATS}"
        ),
    ] = Format.TEXT,
    model: ModelName = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="KIND",
            help="Exit 1 when this is found: conflict, unsupported, missing, or never; repeatable, or with commas.  [default: never]",
            show_default=False,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            help="Findings accepted before, which fail nothing: see checker baseline.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", "-n", help="Say what would be read, asked, sent where and cost. Sends nothing."
        ),
    ] = False,
    record: Record = None,
    record_note: RecordNote = None,
    replay: Replay = None,
    retry_failed: RetryFailed = False,
    concurrency: Concurrency = None,
    max_calls: MaxCalls = None,
    max_cost: MaxCost = None,
    price_in: PriceIn = None,
    price_out: PriceOut = None,
    timeout_s: TimeoutS = None,
    cache: Cache = None,
    max_file_size: Annotated[
        int | None,
        typer.Option(
            "--max-file-size", help="Largest file to read, in bytes.  [default: 2000000]", show_default=False
        ),
    ] = None,
    allow_http: AllowHttp = False,
) -> None:
    """Find where articles about one event agree, where they conflict, and what only one says."""
    given: dict[str, Any] = {
        "model": model,
        "fail_on": fail_on,
        "record": record,
        "record_note": record_note,
        "replay": replay,
        "retry_failed": retry_failed or None,
        "concurrency": concurrency,
        "max_calls": max_calls,
        "max_cost": max_cost,
        "price_in": price_in,
        "price_out": price_out,
        "timeout_s": timeout_s,
        "cache": cache,
        "max_file_size": max_file_size,
        "allow_http": allow_http or None,
    }
    from checker.cli.running import dry, live, read  # noqa: PLC0415 - heavy
    from checker.report.gate import refuse_without_sources  # noqa: PLC0415
    from checker.settings import read_settings  # noqa: PLC0415

    settings = read_settings(given)
    # From the environment or a file it is for drafts and equals alike; equals just have no such finding.
    if fail_on and not against:
        refuse_without_sources(settings.fail_on)
    loaded = read(paths, settings, against or [])
    if dry_run:
        dry(loaded, settings)
    else:
        raise typer.Exit(live(loaded, settings, output or [], format, baseline))
