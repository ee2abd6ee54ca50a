"""The answers that are scored: what an engine makes of a labelled set, from its claims or its articles."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.engines import Engine
from checker.evaluate.baselines import lexical_rule, words
from checker.evaluate.records import Pairing, pairing
from checker.evaluate.sets import LabelledSet
from checker.facts import Findings, not_judged
from checker.pair import groups
from checker.schema import Label, Verdict


@dataclass(frozen=True)
class Judged:
    """What was said of the pairs of a set: verdicts, and pairs left without one; all others are unique."""

    verdicts: Mapping[Pairing, Verdict] = field(default_factory=dict)
    lost: frozenset[Pairing] = frozenset()

    def label(self, pair: Pairing) -> Label | None:
        """The label of *pair*, None where it was not judged."""
        if pair in self.lost:
            return None
        return self.verdicts[pair].label if pair in self.verdicts else Label.UNIQUE


async def judge(one: LabelledSet, engine: Engine, *, swapped: bool = False) -> Judged:
    """Have *engine* judge the claims of a set, given as labelled; *swapped*, each pair the other way round."""
    articles = one.loaded.articles[::-1] if swapped else one.loaded.articles
    judged = await asyncio.gather(*(engine.judge(group) for group in groups(articles, one.claims)))
    found = Findings(
        claims=one.claims,
        verdicts=tuple(verdict for part in judged for verdict in part.verdicts),
        failures=tuple(failure for part in judged for failure in part.failures),
    )
    return Judged(
        verdicts={pairing(verdict.a, verdict.b): verdict for verdict in found.verdicts},
        lost=frozenset(not_judged(found)),
    )


def judge_by_rule(one: LabelledSet) -> Judged:
    """Judge the claims of a set by the lexical rule."""
    read = {claim.id: words(claim.text) for claim in one.claims}
    labels = {(a, b): lexical_rule(read[a], read[b]) for a, b in one.pairs()}
    return Judged(
        {(a, b): Verdict(a=a, b=b, label=label) for (a, b), label in labels.items() if label != Label.UNIQUE}
    )
