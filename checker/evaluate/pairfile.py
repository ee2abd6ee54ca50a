"""
Files of labelled pairs of texts, one pair a line: how an engine and the baselines label them.

    {"id": "...", "text_a": "...", "text_b": "...", "label": "agreeing", "group": "..."}

Labels are `agreeing`, `conflicting` and `unique`, or, in a two-way file, `agreeing` and
`not_agreeing`: there all but agreeing counts as `not_agreeing`. `partial` is none of them,
and such lines are left out and counted. Lines of one `group` are not independent; other
fields are not read. Nothing of the texts is in the scores.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, ConfigDict

from checker.engines import Engine
from checker.engines.builtin import Builtin
from checker.errors import InputError
from checker.evaluate.baselines import BUILTIN_NAME, MAJORITY, RULE, lexical_rule, words
from checker.evaluate.rows import Problems, read_rows
from checker.evaluate.scorecard import Outcome, Ratio, Score, Share, Stage, Table
from checker.evaluate.scoring import (
    Result,
    counts_by_event,
    f1_of_sums,
    ratio_of,
    scores_of,
    shares_of,
    tables_of,
)
from checker.pair import groups
from checker.schema import Article, Claim, Frozen, Label, Quote

NOT_AGREEING = "not_agreeing"
PARTIAL = "partial"


def _has_words(text: str) -> str:
    if not text.strip():
        raise ValueError("there is nothing but white space")
    return text


_Text = Annotated[str, AfterValidator(_has_words)]


class PairRow(Frozen):
    """One line of a file of pairs; fields that are not named here are not read."""

    model_config = ConfigDict(extra="ignore")

    id: _Text
    text_a: _Text
    text_b: _Text
    label: Literal["agreeing", "conflicting", "unique", "not_agreeing", "partial"]
    group: str | None = None

    @property
    def cluster(self) -> str:
        """What is resampled as one: the group, else the line itself."""
        return f"group {self.group}" if self.group else f"line {self.id}"


class FileScore(Frozen):
    """How one system labels one file: `n` pairs that count, in `groups` that are independent."""

    file: str
    system: str
    n: int
    left_out: int
    groups: int
    not_judged: int
    accuracy: Ratio
    macro_f1: Ratio | None
    scores: tuple[Score, ...]


class PairScores(Frozen):
    """What `checker eval pairs` writes: the scores of every file by every system; no text of the files."""

    version: Literal[1] = 1
    checker: str
    notes: tuple[str, ...]
    files: tuple[FileScore, ...]


Judgement = Callable[[PairRow], Awaitable[Label | None]]
"""The label of a pair; None where there was no answer."""


def read_pairs(path: Path) -> tuple[PairRow, ...]:
    """Read a file of pairs; InputError lists each problem with its line and record."""
    problems = Problems()
    rows = read_rows(path, PairRow, problems)
    first: dict[str, int] = {}
    for line, row in rows:
        if row.id in first:
            problems.add(path, line, f"is already in line {first[row.id]}", row.id)
        first.setdefault(row.id, line)
    labels = {row.label for _, row in rows}
    if NOT_AGREEING in labels and labels & {Label.CONFLICTING, Label.UNIQUE}:
        problems.add(
            path, None, "has two-way labels (not_agreeing) and three-way ones; split it into two files"
        )
    problems.refuse()
    if not labels - {PARTIAL}:
        raise InputError(f"{path}: no labelled pair in it")
    return tuple(row for _, row in rows)


async def score_files(paths: Sequence[Path], engine: Engine, system: str) -> tuple[FileScore, ...]:
    """Score *engine*, called *system*, and the baselines, on each file."""
    twice = [name for name, times in Counter(path.stem for path in paths).items() if times > 1]
    if twice:
        raise InputError(f"two files are called {twice[0]!r}; their scores could not be told apart")
    files = {path.stem: read_pairs(path) for path in paths}
    scores: list[FileScore] = []
    for stem, rows in files.items():
        judges = {MAJORITY: by_majority(rows), RULE: by_rule, BUILTIN_NAME: by_engine(Builtin())}
        for name, judge in {**judges, system: by_engine(engine)}.items():
            scores.append(await score_file(stem, rows, name, judge))
    return tuple(scores)


async def score_file(name: str, rows: Sequence[PairRow], system: str, judge: Judgement) -> FileScore:
    """Have *judge* label the pairs of a file, and hold that against the labels in it."""
    counted = [row for row in rows if row.label != PARTIAL]
    two_way = any(row.label == NOT_AGREEING for row in counted)
    given = await asyncio.gather(*(judge(row) for row in counted))
    outcomes = [_outcome(label, two_way=two_way) for label in given]
    results = _results(counted, outcomes)
    [table] = tables_of(Stage.JUDGE, system, results)
    [accuracy] = shares_of(Stage.JUDGE, system, results)
    labels = sorted({row.label for row in counted})
    return FileScore(
        file=name,
        system=system,
        n=len(counted),
        left_out=len(rows) - len(counted),
        groups=len(results),
        not_judged=outcomes.count(Outcome.NOT_JUDGED),
        accuracy=_known(accuracy),
        macro_f1=_macro_f1(table, labels),
        scores=tuple(score for score in scores_of(table) if score.label in labels),
    )


def by_engine(engine: Engine) -> Judgement:
    """Judge as *engine* does when it is given the two texts as the only claims of two articles."""

    async def judge(row: PairRow) -> Label | None:
        articles = tuple(
            Article(id=side, path=side, format="text", text=text)
            for side, text in (("a", row.text_a), ("b", row.text_b))
        )
        claims = [_whole(article) for article in articles]
        [group] = groups(articles, claims)
        judged = await engine.judge(group)
        if judged.verdicts:
            return judged.verdicts[0].label
        return None if judged.failures else Label.UNIQUE

    return judge


async def by_rule(row: PairRow) -> Label:
    """Judge by the lexical rule."""
    return lexical_rule(words(row.text_a), words(row.text_b))


def by_majority(rows: Sequence[PairRow]) -> Judgement:
    """Give every pair the label that most of *rows* have; the first by name where several do."""
    times = Counter(row.label for row in rows if row.label != PARTIAL)
    label = min(times, key=lambda name: (-times[name], name))
    most = Label.UNIQUE if label == NOT_AGREEING else Label(label)

    async def judge(_: PairRow) -> Label:
        return most

    return judge


def _whole(article: Article) -> Claim:
    quote = Quote(text=article.text, start=0, end=len(article.text))
    text = " ".join(article.text.split())
    return Claim(id=article.id, article=article.id, text=text, speaker=None, quotes=(quote,))


def _outcome(label: Label | None, *, two_way: bool) -> str:
    if label is None:
        return Outcome.NOT_JUDGED
    return NOT_AGREEING if two_way and label != Label.AGREEING else label.value


def _results(rows: Sequence[PairRow], outcomes: Sequence[str]) -> list[Result]:
    """One result for each cluster, in the order of the file."""
    confusions: dict[str, Counter[tuple[str, str]]] = {}
    for row, given in zip(rows, outcomes, strict=True):
        confusions.setdefault(row.cluster, Counter())[row.label, str(given)] += 1
    return [
        Result(
            cluster,
            {"pairs": confusion},
            {
                ("labels right", None): (
                    sum(n for (a, b), n in confusion.items() if a == b),
                    confusion.total(),
                )
            },
        )
        for cluster, confusion in confusions.items()
    ]


def _macro_f1(table: Table, labels: Sequence[str]) -> Ratio | None:
    """The mean F1 of the labels that occur by hand."""
    counts: Mapping[str, list[Any]] = {
        label: list(counts_by_event(table, label).values()) for label in labels
    }
    rows = [[n for one in event for n in one] for event in zip(*counts.values(), strict=True)]

    def figure(sums: Any) -> Any:
        return np.mean([f1_of_sums(sums[3 * i : 3 * i + 3]) for i in range(len(labels))], axis=0)

    return ratio_of(rows, figure)


def _known(share: Share) -> Ratio:
    return share.ratio or Ratio(value=0.0)
