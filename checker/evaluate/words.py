"""Figures and stages of a scorecard in words, the same in the terminal, on the page and in the docs."""

from __future__ import annotations

from checker.evaluate.scorecard import Ratio, Stage

NOT_KNOWN = "n/a"
FEWEST_SETS = 6
"""With fewer, no sign test over sets reaches 5 %: five of five on one side is p = 2 / 2**5 = 0.06."""

STAGE_WORDS = {
    Stage.EXTRACT: "claims found in the articles, matched one to one with the labelled ones",
    Stage.PAIR: "labelled pairs among the candidates for a second look",
    Stage.JUDGE: "labels of pairs, the labelled claims given",
    Stage.WHOLE: "from the articles to the labels, with the system's own claims",
}
"""What each stage scores, in the order in which they are told."""


def drawn(n_sets: int) -> str:
    """How the intervals over *n_sets* were made, and when not to trust them."""
    if n_sets == 1:
        return "which take the items of the one set as independent"
    few = "; of so few they are too narrow" if n_sets < FEWEST_SETS else ""
    return f"by drawing whole sets{few}"


def figure(value: float | None, per: int = 1) -> str:
    """
    Give a share as one of 1, or of *per*, with two places; the ends of the scale only where they are exact.

    >>> figure(0.8734), figure(0.00213, 1000), figure(0.9999), figure(1.0), figure(0.001)
    ('0.87', '2.13', '>0.99', '1.00', '<0.01')
    """
    if value is None:
        return NOT_KNOWN
    shown = f"{value * per:.2f}"
    if value > 0 and float(shown) == 0:
        return "<0.01"
    return f">{per - 0.01:.2f}" if value < 1 and float(shown) >= per else shown


def places(figure: float | None) -> str:
    """
    A figure with three places, as text; what is not known is `n/a`.

    >>> places(0.71428), places(None)
    ('0.714', 'n/a')
    """
    return NOT_KNOWN if figure is None else f"{figure:.3f}"


def interval(found: Ratio, per: int = 1) -> str | None:
    """Give the ends of the interval of *found*; None where it has none."""
    if found.low is None or found.high is None:
        return None
    return f"{figure(found.low, per)}\N{EN DASH}{figure(found.high, per)}"


def ratio(found: Ratio | None, per: int = 1) -> str:
    r"""
    Give a ratio with its interval; what is not known is `n/a`.

    >>> ascii(ratio(Ratio(value=0.8, low=0.75, high=0.91)))
    "'0.80 (0.75\\u20130.91)'"
    """
    if found is None:
        return NOT_KNOWN
    ends = interval(found, per)
    return f"{figure(found.value, per)} ({ends})" if ends else figure(found.value, per)
