import sys

import pytest

from checker.model.prices import Price, lookup
from checker.model.request import Tokens


def test_cached_tokens_cost_their_own_price():
    # 600 x 2 + 400 x 0.5 + 100 x 8 = 1200 + 200 + 800 = 2200 millionths of a dollar
    price = Price(prompt=2.0, completion=8.0, cached=0.5)

    assert price.cost(Tokens(prompt=1000, completion=100, cached=400)) == pytest.approx(0.0022)


def test_cached_tokens_cost_what_others_do_where_no_price_is_known():
    # 1000 x 2 + 100 x 8 = 2800 millionths
    price = Price(prompt=2.0, completion=8.0)

    assert price.cost(Tokens(prompt=1000, completion=100, cached=400)) == pytest.approx(0.0028)


def test_an_endpoint_that_counts_more_cached_than_all_costs_no_less_than_nothing():
    assert Price(prompt=2.0, completion=8.0, cached=1.0).cost(Tokens(prompt=10, cached=99)) == pytest.approx(
        10e-6
    )


def test_without_the_price_list_no_price_is_known(monkeypatch):
    monkeypatch.setitem(sys.modules, "genai_prices", None)  # what an import then says: not installed

    assert lookup("gpt-4o-mini") is None


def test_a_model_nobody_lists_has_no_price():
    assert lookup("a-model-that-is-not") is None


def test_a_model_without_prices_for_text_has_no_price():
    pytest.importorskip("genai_prices", reason="the extra 'prices' is not installed")

    assert lookup("whisper-1") is None


def test_a_listed_model_costs_more_to_answer_than_to_read():
    pytest.importorskip("genai_prices", reason="the extra 'prices' is not installed")
    price = lookup("gpt-4o-mini")

    assert price.completion > price.prompt > price.cached > 0
