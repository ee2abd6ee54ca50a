"""Where the files lie that come with the program: prompts, the seed articles, their recordings."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_BESIDE = {"recorded/seeds": "evals/recorded/whole/seeds"}


def shelf(name: str) -> Path:
    """
    Give the folder *name* (`prompts`, `seeds`, `recorded/seeds`).

    In an installed package it lies inside the package, in a checkout beside it.
    """
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / _BESIDE.get(name, name)
