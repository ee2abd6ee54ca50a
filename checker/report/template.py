"""The one window to jinja2: templates that can print nothing but harmless, escaped text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined

from checker.report.where import clean, harmless


def fill(
    template: str, filters: Mapping[str, Callable[..., Any]], names: Mapping[str, object], **values: object
) -> str:
    """
    Give an HTML *template* with *values* in it: all that is printed is made harmless, then escaped.

    *names* are known in its macros too. A name that the template does not know is an error.
    The filter `one_line` gives a text as one clean line.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_harmless
    )
    environment.filters.update({"one_line": clean, **filters})
    environment.globals.update(names)
    return environment.from_string(template).render(values)


def _harmless(printed: object) -> object:
    # What the template's own macros give is marked as HTML; what they print came by here.
    return harmless(printed) if isinstance(printed, str) and not hasattr(printed, "__html__") else printed
