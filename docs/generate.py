"""
Write the pages that the program can write itself, or check that they are true.

    python docs/generate.py            write them
    python docs/generate.py --check    exit 1, naming the pages that differ
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults import page as faults
from licences import table
from measured import measured
from scores import page, readme_scores

import checker.cli  # noqa: F401 - its import gives the application its commands
from checker.cli.app import app
from checker.report.measured import PLACE
from checker.report.result import json_schema
from checker.settings import ENVIRONMENT, IN_FILES

DOCS = Path(__file__).resolve().parent
SCORES_BEGIN = "<!-- scores: written by docs/generate.py -->"
SCORES_END = "<!-- end of scores -->"
LICENCES_BEGIN = "<!-- licences: written by docs/generate.py -->"
LICENCES_END = "<!-- end of licences -->"
COMMANDS = (
    "",
    "check",
    "report",
    "show",
    "diff",
    "baseline",
    "baseline add",
    "baseline prune",
    "demo",
    "doctor",
    "schema",
    "cache",
    "cache info",
    "cache clear",
    "eval",
    "eval run",
    "eval pairs",
    "eval compare",
    "eval gate",
    "label",
    "label check",
    "label agree",
)


def pages() -> dict[Path, str]:
    """Each page that is written here, and its text."""
    readme, dependencies = DOCS.parent / "README.md", DOCS / "dependencies.md"
    return {
        DOCS / "cli.md": _cli(),
        DOCS / "faults.md": faults(),
        DOCS / "result.md": _result(),
        DOCS / "scores.md": page(),
        DOCS.parent / "checker" / "report" / PLACE: measured(),
        readme: _filled(readme, SCORES_BEGIN, readme_scores(), SCORES_END),
        dependencies: _filled(dependencies, LICENCES_BEGIN, f"\n{table()}\n", LICENCES_END),
    }


def _filled(path: Path, begin: str, text: str, end: str) -> str:
    """The page at *path* with *text* between its two marks."""
    before, rest = path.read_text(encoding="utf-8").split(begin)
    return f"{before}{begin}\n{text}{end}{rest.split(end)[1]}"


def _cli() -> str:
    parts = [
        "# Commands",
        "",
        "Written by `python docs/generate.py`; a test holds it true.",
        f"These settings can also be made in the environment: {_listed(ENVIRONMENT)}.",
        f"These can be made in `checker.toml` or in `[tool.checker]` of `pyproject.toml`: {_listed(IN_FILES)}.",
        "The nearest file counts, files are not merged, and an option comes before the environment, that before a file.",
        "The address of the endpoint and the key come from `OPENAI_BASE_URL` and `OPENAI_API_KEY` alone.",
    ]
    for command in COMMANDS:
        parts += ["", f"## checker {command}".rstrip(), "", "```", _help(command), "```"]
    return "\n".join(parts) + "\n"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _help(command: str) -> str:
    get_command(app)  # as the command line does, before the first page is asked for
    runner = CliRunner(env={"COLUMNS": "88", "TERMINAL_WIDTH": "88", "NO_COLOR": "1", "TERM": "dumb"})
    shown = runner.invoke(app, [*command.split(), "--help"], prog_name="checker")
    return "\n".join(line.rstrip() for line in shown.output.strip().split("\n"))


def _result() -> str:
    schema = json_schema()
    parts = [
        "# result.json",
        "",
        "Written by `python docs/generate.py` from the JSON Schema (`checker schema result`); a test holds it true.",
        "The same articles and the same answers give the same bytes, the `run` block aside.",
        "Pairs of claims of different articles that `verdicts` does not list, and no failure covers, are `unique` and counted so.",
        "Offsets count characters (Unicode code points) of the article's `text`: `text[start:end]` is the quote.",
        "Readers should refuse a `version` they do not know; fields are added only with a new version.",
        "",
        "## The file",
        "",
        *_table(schema),
    ]
    for name, part in sorted(schema.get("$defs", {}).items()):
        parts += ["", f"## {name}", "", *_about(part)]
    return "\n".join(parts) + "\n"


def _about(part: dict[str, Any]) -> Iterator[str]:
    if part.get("description"):
        yield from (" ".join(part["description"].split()), "")
    if "enum" in part:
        yield "One of " + ", ".join(f"`{value}`" for value in part["enum"]) + "."
    else:
        yield from _table(part)


def _table(part: dict[str, Any]) -> Iterator[str]:
    yield "| field | type | meaning |"
    yield "| --- | --- | --- |"
    for name, field in part.get("properties", {}).items():
        meaning = " ".join(field.get("description", "").split()).replace("|", "\\|")
        yield f"| `{name}` | {_type(field)} | {meaning} |"


def _type(field: dict[str, Any]) -> str:
    """The type of a field in words, with a link where it has a section of its own."""
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    values = field.get("enum", [field["const"]] if "const" in field else [])
    if values:
        return ", ".join(f"`{value}`" for value in values)
    if "anyOf" in field:
        return " or ".join(_type(choice) for choice in field["anyOf"])
    if "prefixItems" in field:
        return "[" + ", ".join(_type(item) for item in field["prefixItems"]) + "]"
    return _plain_type(field)


def _plain_type(field: dict[str, Any]) -> str:
    inside = field.get("additionalProperties")
    if field.get("type") == "object" and isinstance(inside, dict):
        return f"object of {_type(inside)}"
    return f"list of {_type(field['items'])}" if "items" in field else str(field.get("type", "any"))


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    made = pages()
    if "--check" not in arguments:
        for path, text in made.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [
        path.name
        for path, text in made.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run python docs/generate.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
