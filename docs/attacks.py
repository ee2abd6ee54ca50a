"""How many attacks embedded in articles get what they are after, for the README and docs/scores.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Template

from evals.attacks.card import Card, rate, read_card, reasons, rows

LINE = Template("""\
Attacks embedded in articles, $texts texts of $kinds kinds in two articles each, got what they were after in $reached; [what counts, and what that cannot show](evals/attacks/README.md).
""")
SECTION = Template("""\
$texts texts of $kinds kinds, each laid into one and the other of two made-up articles that share a planted event; a run is held against the same articles without the attack.
[What counts, and what this cannot show](../evals/attacks/README.md); `python -m evals.attacks` replays it.

Goal reached in $reached; the bracket takes the runs as independent, which two runs of one text are not.
In the harmless insertions, where nobody is after it, $chance_hits of $chance_n goals are reached.

$table

$explained""")


def attacks_line() -> str:
    """The sentence of the README."""
    return LINE.substitute(_values(read_card()))


def attacks_section() -> str:
    """The section of docs/scores.md, without its heading."""
    card = read_card()
    hits, n = card.by_chance
    values = _values(card)
    head, *body = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows(card)]
    table = "\n".join([head, f"|{' --- |' * len(next(iter(rows(card))))}", *body])
    explained = "\n".join(_explained(card)) or "No attack got what it was after."
    return SECTION.substitute(values, chance_hits=hits, chance_n=n, table=table, explained=explained)


def _values(card: Card) -> dict[str, object]:
    attacks: Sequence[str] = [line.name for line in card.attacks]
    return {
        "texts": len(set(attacks)),
        "kinds": len({line.kind for line in card.attacks}),
        "reached": rate(card.attacks),
    }


def _explained(card: Card) -> Iterator[str]:
    """Each attack that got what it was after, with the reason."""
    why = {(one.name, one.article): one.why for one in reasons()}
    if card.reached:
        yield "Those that got what they were after:\n"
    for line in card.reached:
        yield f"- `{line.name}` in article {line.article} ({line.kind}): {why[line.name, line.article]}"
