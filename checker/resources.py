"""What settings and the environment name: the endpoint, the price of its model, the folder of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from checker.errors import SettingsError
from checker.settings import Settings

if TYPE_CHECKING:
    from checker.model.openai import Endpoint
    from checker.model.prices import Price

APP = "fact-consistency-checker"


def cache_folder(settings: Settings) -> Path:
    """Where answers are kept: the setting, else the user's cache folder."""
    return settings.cache or Path(platformdirs.user_cache_dir(APP)) / "answers"


def endpoint(settings: Settings, environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that *environment* names; OpenAI's own where it names none."""
    from pydantic import SecretStr  # noqa: PLC0415

    from checker.model.openai import Endpoint  # noqa: PLC0415

    key = environment.get("OPENAI_API_KEY")
    return Endpoint(
        base_url=environment.get("OPENAI_BASE_URL") or None,
        api_key=SecretStr(key) if key else None,
        timeout_s=settings.timeout_s,
        allow_http=settings.allow_http,
    )


def price_of(settings: Settings, environment: Mapping[str, str]) -> Price | None:
    """
    The price of the model: as set, else, for OpenAI's own endpoint, as the optional list has it.

    Raises SettingsError where a limit on cost could not be kept for want of a price.
    """
    from checker.model.prices import Price, lookup  # noqa: PLC0415

    if settings.price_in is not None and settings.price_out is not None:
        return Price(prompt=settings.price_in, completion=settings.price_out)
    known = None if environment.get("OPENAI_BASE_URL") else lookup(settings.model)
    if known is None and settings.max_cost is not None:
        raise SettingsError(
            f"--max-cost: the price of {settings.model!r} is not known; set --price-in and --price-out (dollars per "
            "million tokens), install the list of OpenAI's prices with the extra [prices], or use --max-calls"
        )
    return known
