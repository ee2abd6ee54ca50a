"""What tokens cost: a price as set by the user, or as the optional price list knows it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from checker.model.request import Tokens
from checker.schema import Frozen

_Dollars = Annotated[float, Field(ge=0)]


class Price(Frozen):
    """
    US dollars per million tokens.

    `cached` is for prompt tokens that the endpoint had kept; None: as other prompt tokens.
    """

    prompt: _Dollars
    completion: _Dollars
    cached: _Dollars | None = None

    def cost(self, tokens: Tokens) -> float:
        """
        The dollars for *tokens*, whose cached prompt tokens are among the prompt tokens.

        >>> Price(prompt=2.0, completion=8.0).cost(Tokens(prompt=500_000, completion=125_000))
        2.0
        """
        cached = min(tokens.cached, tokens.prompt)
        dollars = (
            (tokens.prompt - cached) * self.prompt
            + cached * (self.prompt if self.cached is None else self.cached)
            + tokens.completion * self.completion
        )
        return dollars / 1_000_000


def lookup(model: str) -> Price | None:
    """
    Today's price of *model* by its public name; None where it is not known.

    From the package genai-prices (the extra `prices`), which carries its list with it and
    asks no server. Where a price rises with the length of the prompt, this is the lowest; a
    model listed without prices for text counts as not known, never as free.
    """
    try:
        from genai_prices import Usage, calc_price  # noqa: PLC0415 - optional, and slow to import
    except ImportError:
        return None

    def dollars(usage: Usage) -> float:
        return float(calc_price(usage, model_ref=model).total_price * 1000)

    try:
        price = Price(
            prompt=dollars(Usage(input_tokens=1000)),
            completion=dollars(Usage(output_tokens=1000)),
            cached=dollars(Usage(input_tokens=1000, cache_read_tokens=1000)),
        )
    except LookupError:
        return None
    return price if price.prompt and price.completion else None
