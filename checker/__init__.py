"""
Where several articles about one event agree, where they cannot both be true, and what only one says.

    report = checker.check("my-event/")
    for verdict in report.labelled(checker.Label.CONFLICTING): ...

`check` waits for the report, `acheck` is awaited, as in a notebook; both take files or folders and `Settings`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from checker.version import VERSION as __version__  # noqa: F401, N811 - part of the door, under its usual name

if TYPE_CHECKING:
    from checker.api import acheck as acheck
    from checker.api import check as check
    from checker.errors import CheckerError as CheckerError
    from checker.schema import Article as Article
    from checker.schema import Claim as Claim
    from checker.schema import Fact as Fact
    from checker.schema import Failure as Failure
    from checker.schema import Label as Label
    from checker.schema import Quote as Quote
    from checker.schema import Report as Report
    from checker.schema import Verdict as Verdict
    from checker.settings import Settings as Settings

_HOMES = {
    "Article": "checker.schema",
    "CheckerError": "checker.errors",
    "Claim": "checker.schema",
    "Fact": "checker.schema",
    "Failure": "checker.schema",
    "Label": "checker.schema",
    "Quote": "checker.schema",
    "Report": "checker.schema",
    "Settings": "checker.settings",
    "Verdict": "checker.schema",
    "acheck": "checker.api",
    "check": "checker.api",
}

__all__ = [*sorted(_HOMES)]  # noqa: PLE0604 - the names are strings


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `checker --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'checker' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Give the public names, which are not there before they are first used, and nothing else."""
    return [*__all__, "__version__"]
