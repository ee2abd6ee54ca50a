"""
The licences of all that is installed with the program and its extras, read from what is installed.

    python docs/licences.py            list each package with its version and licence
                                       exit 1, naming them, where a licence is unknown or not allowed
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

DECLARED = Path(__file__).resolve().parents[1] / "pyproject.toml"
ALLOWED = frozenset(
    (
        *("MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "ISC", "0BSD", "Zlib", "PSF-2.0"),
        *("CC0-1.0", "CNRI-Python"),
    )
)
# Licences that ask for more than to be named, allowed for one package each, with the reason.
NAMED = {
    "certifi": (
        "MPL-2.0",
        "a list of certificates, used as it comes; the MPL covers changes to its own file",
    ),
    "tld": (
        "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
        "taken under the MPL and used as it comes: trafilatura needs it by way of courlan",
    ),
}
# What is written in the older fields → SPDX.
SPDX = {
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd license": "BSD",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "the bsd 2-clause license": "BSD-2-Clause",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}
LONGEST = 60
CLASSIFIER = "License :: OSI Approved :: "


class Package(NamedTuple):
    """An installed package; `licence` is empty where its metadata names none."""

    name: str
    version: str
    licence: str

    @property
    def trouble(self) -> str | None:
        """Why it may not be used, or None."""
        if NAMED.get(self.name, ("",))[0] == self.licence != "":
            return None
        if not self.licence:
            return f"{self.name} {self.version}: its licence is not known"
        return (
            None if is_allowed(self.licence) else f"{self.name} {self.version}: {self.licence} is not allowed"
        )


def packages() -> list[Package]:
    """All packages that an install of the program with its extras brings, by name."""
    found: dict[str, Package] = {}
    project = tomllib.loads(DECLARED.read_text(encoding="utf-8"))["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    todo = list(_needed([*project["dependencies"], *extras], ""))
    done = set()
    while todo:
        name, extra = todo.pop()
        if (name, extra) not in done:
            done.add((name, extra))
            installed = distribution(name)
            found[name] = Package(name, installed.version, licence(installed.metadata.get_all))
            todo += _needed(installed.requires or [], extra)
    return [found[name] for name in sorted(found)]


def licence(fields: Callable[[str], Sequence[str] | None]) -> str:
    """
    The licence that the metadata *fields* name, as an SPDX expression, or empty.

    >>> licence({"Classifier": ["License :: OSI Approved :: MIT License"]}.get)
    'MIT'
    """
    stated = [*(fields("License-Expression") or ()), *(fields("License") or ())]
    short = [text for text in stated if text.strip() and len(text) <= LONGEST and "\n" not in text]
    classified = [text for text in fields("Classifier") or () if text.startswith(CLASSIFIER)]
    names = short[:1] or [text.removeprefix(CLASSIFIER) for text in classified]
    return " OR ".join(SPDX.get(name.strip().lower(), name.strip()) for name in names)


def is_allowed(expression: str) -> bool:
    """
    Whether one choice of an SPDX *expression* is allowed in all its parts.

    >>> is_allowed("GPL-3.0-only OR MIT"), is_allowed("MIT AND GPL-3.0-only")
    (True, False)
    """
    choices = re.split(r"\s+OR\s+", expression.replace("(", "").replace(")", ""))
    if "(" in expression:  # nested: every licence named must be allowed
        choices = [expression.replace("(", "").replace(")", "").replace(" OR ", " AND ")]
    return any(set(re.split(r"\s+AND\s+", choice)) <= ALLOWED for choice in choices)


def table() -> str:
    """The packages and their licences as a table, without versions: those are in `constraints.txt`."""
    found = packages()
    if troubles := [package.trouble for package in found if package.trouble]:
        raise SystemExit("\n".join(troubles))
    rows = [f"| {one.name} | {one.licence} | {NAMED.get(one.name, ('', ''))[1]} |" for one in found]
    return "\n".join(["| package | licence | why it is allowed |", "| --- | --- | --- |", *rows]) + "\n"


def _needed(requires: Sequence[str], extra: str) -> Iterator[tuple[str, str]]:
    environment: Mapping[str, str] = {"extra": extra}
    for one in map(Requirement, requires):
        if one.marker is None or one.marker.evaluate(dict(environment)):
            name = re.sub(r"[-_.]+", "-", one.name).lower()
            yield from ((name, wanted) for wanted in ("", *one.extras))


def main() -> int:
    """Print the list; name what is not allowed."""
    found = packages()
    sys.stdout.writelines(f"{one.name:<24} {one.version:<12} {one.licence or '?'}\n" for one in found)
    troubles = [package.trouble for package in found if package.trouble]
    sys.stderr.writelines(f"{trouble}\n" for trouble in troubles)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
