"""The one window to jinja2: templates that can print nothing but harmless, escaped text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from checker.report.where import clean, harmless


def fill(
    template: str, filters: Mapping[str, Callable[..., Any]], names: Mapping[str, object], **values: object
) -> str:
    """
    Give an HTML *template* with *values* in it: all that is printed is made harmless, then escaped.

    *names* are known in its macros too. A name that the template does not know is an error.
    It may import the files of the folder `page`. The filter `one_line` gives a text as one
    clean line.
    """
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters.update({"one_line": clean, **filters})
    environment.globals.update(names)
    return environment.from_string(template).render(values)


def shelf(name: str) -> Markup:
    """Give a file of the folder `page` to be printed as it is: our own style or script, no outside text."""
    return Markup(_read(name))  # noqa: S704 - a file of this package


def digest(script: str) -> str:
    """Give what a content security policy calls *script*, so that a page may run it and no other."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _read(name: str) -> str:
    return files(__package__).joinpath("page", name).read_text("utf-8")


def _harmless(printed: object) -> object:
    # What the template's own macros give is marked as HTML; what they print came by here.
    return harmless(printed) if isinstance(printed, str) and not hasattr(printed, "__html__") else printed
