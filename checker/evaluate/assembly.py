"""Answers of all sets, system by system → one scorecard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from checker.evaluate.asking import Judged
from checker.evaluate.candidates import candidate_shares, curve
from checker.evaluate.found import Found, claim_items, score_claims, score_whole
from checker.evaluate.pairs import ASPECT_RIGHT, BETWEEN_RIGHT, Reading, Scored, same_labels, score_pairs
from checker.evaluate.scorecard import (
    ClaimItem,
    Cost,
    Item,
    Outcome,
    RunInfo,
    Scorecard,
    SetInfo,
    Share,
    Stage,
    Table,
)
from checker.evaluate.scoring import Named, Result, scores_of, shares_of, tables_of
from checker.evaluate.sets import LabelledSet
from checker.model.ledger import added
from checker.schema import Label, Report, Usage
from checker.version import VERSION

_LOST = Outcome.NOT_JUDGED.value


class Assembly:
    """
    A scorecard in the making: of *sets*, for *system*; whatever other system is added is a baseline.

    What it comes to depends on the order of the calls and on the answers, on nothing else.
    """

    def __init__(self, sets: Sequence[LabelledSet], system: str) -> None:
        self._sets = sets
        self._system = system
        self._tables: list[Table] = []
        self._shares: list[Share] = []
        self._items: list[Item] = []
        self._claims: list[ClaimItem] = []
        self._costs: list[Cost] = []
        self._gaps: dict[str, int] = {}
        self._has_curve = False

    def add_claims(self, system: str, found: Sequence[Found], reports: Sequence[Report]) -> None:
        """Score the extraction of *reports*, one for each set, whose claims are *found*."""
        results = [
            score_claims(each, report.coverage, len(report.ungrounded))
            for each, report in zip(found, reports, strict=True)
        ]
        self._add(Stage.EXTRACT, system, results)
        if system == self._system:
            self._claims += chain.from_iterable(claim_items(each) for each in found)

    def add_whole(self, system: str, found: Sequence[Found], *, with_status: bool = True) -> None:
        """Score the labels between the claims that a system found itself."""
        scored = [_whole(each, with_status=with_status) for each in found]
        self._take(Stage.WHOLE, system, scored)
        lost = [n for one in scored for (_, given), n in one.result.tables["pairs"].items() if given == _LOST]
        self.add_gap("whole" if system == self._system else system, sum(lost))

    def add_judged(self, system: str, judged: Sequence[Judged]) -> None:
        """Score the labels between the labelled claims."""
        scored = [
            score_pairs(one, Stage.JUDGE, Reading(said)) for one, said in zip(self._sets, judged, strict=True)
        ]
        self._take(Stage.JUDGE, system, scored)

    def add_same(self, what: str, readings: Iterable[tuple[Judged, ...]]) -> None:
        """Count, of the pairs that any reading calls more than unique, those that are the same in all."""
        name: Named = (what, None)
        results = [
            Result(one.name, shares={name: same_labels(one, *said)})
            for one, said in zip(self._sets, readings, strict=True)
        ]
        self._shares += shares_of(Stage.JUDGE, self._system, results)

    def add_candidates(self) -> None:
        """Count the labelled pairs among the candidates, which no system decides about."""
        self._add(Stage.PAIR, self._system, [candidate_shares(one) for one in self._sets])
        self._has_curve = True

    def add_cost(self, part: str, usages: Iterable[Usage]) -> None:
        """Take down what one part of the run asked for."""
        usage = added(usages)
        if usage:
            n_pairs = sum(one.n_article_pairs for one in self._sets)
            self._costs.append(Cost(part=part, article_pairs=n_pairs, usage=usage))

    def add_gap(self, part: str, n_lost: int) -> None:
        """Take down that *n_lost* pairs (steps, for `extract`) of one part of the run have no answer."""
        if n_lost:
            self._gaps[part] = self._gaps.get(part, 0) + n_lost

    def card(self, prompts: dict[str, str], notes: Sequence[str], seconds: dict[str, float]) -> Scorecard:
        """Give the scorecard of what was added."""
        return Scorecard(
            run=RunInfo(checker=VERSION, notes=tuple(notes), seconds=seconds),
            system=self._system,
            prompts=dict(sorted(prompts.items())),
            sets={one.name: _info(one) for one in self._sets},
            scores=tuple(score for table in self._tables for score in scores_of(table)),
            shares=tuple(self._shares),
            tables=tuple(self._tables),
            curve=curve(self._sets) if self._has_curve else (),
            costs=tuple(self._costs),
            gaps=self._gaps,
            items=tuple(self._items),
            claims=tuple(self._claims),
        )

    def _take(self, stage: Stage, system: str, scored: Sequence[Scored]) -> None:
        self._add(stage, system, _asked_for(scored))
        if system == self._system:
            self._items += chain.from_iterable(one.items for one in scored)

    def _add(self, stage: Stage, system: str, results: Sequence[Result]) -> None:
        self._tables += tables_of(stage, system, results)
        self._shares += shares_of(stage, system, results)


def _whole(found: Found, *, with_status: bool) -> Scored:
    scored = score_whole(found)
    if with_status:
        return scored
    result = scored.result
    return Scored(Result(result.event, {"pairs": result.tables["pairs"]}, result.shares), scored.items)


def _asked_for(scored: Sequence[Scored]) -> list[Result]:
    """The results, without the notes that the system never gives, as the lexical rule: it is not asked for them."""
    items = [item for one in scored for item in one.items]
    gives = {
        ASPECT_RIGHT: any(item.given_aspect for item in items),
        BETWEEN_RIGHT: any(item.given_between for item in items),
    }
    return [
        Result(
            one.result.event,
            one.result.tables,
            {name: hits for name, hits in one.result.shares.items() if gives.get(name[0], True)},
        )
        for one in scored
    ]


def _info(one: LabelledSet) -> SetInfo:
    labels = [row.label for row in one.labels.values()]
    return SetInfo(
        digest=one.digest,
        articles=len(one.loaded.articles),
        article_pairs=one.n_article_pairs,
        claims=len(one.claims),
        pairs=one.n_pairs,
        agreeing=labels.count(Label.AGREEING),
        conflicting=labels.count(Label.CONFLICTING),
        labelled_by=one.labelled_by,
    )
