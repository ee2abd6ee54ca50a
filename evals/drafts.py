"""
Each article of each labelled set as a draft, held against the others: what is found beside what the labels imply.

    python evals/drafts.py [SET...]      from the recorded answers; no model is asked

The labels of a set make a report of their own, and both reports are read alike: which claims
of the draft the sources contradict, which are in no source, which are supported, and which
claims that every source makes are missing. A claim counts as found where a claim of the same
kind quotes at least half of the same passage.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.evaluate.quoting import LEAST_SHARED
from checker.evaluate.sets import LabelledSet, read_set
from checker.facts import Findings, group, statuses, tally, tally_pairs
from checker.report.findings import Kind
from checker.report.overview import overview
from checker.schema import Claim, Counts, Report, Run, Verdict
from checker.session import Session
from checker.settings import Settings

EVALS = Path(__file__).resolve().parent
KINDS = (Kind.CONFLICT, Kind.UNSUPPORTED, Kind.MISSING, Kind.SUPPORTED)
Named = tuple[str, Claim]


async def checked(one: LabelledSet) -> Report:
    """Give the report on the articles of *one* from the recorded answers."""
    recorded = EVALS / "recorded" / "whole" / one.name
    async with Session(Settings(replay=recorded)) as session:
        return await session.check(one.loaded)


def labelled(one: LabelledSet) -> Report:
    """Give the report that the labels of *one* make."""
    verdicts = tuple(Verdict(a=row.a, b=row.b, label=row.label) for row in one.labels.values())
    found = Findings(claims=one.claims, verdicts=verdicts, failures=())
    status = statuses(found)
    facts = group(found, status)
    counts = Counts(
        articles=len(one.loaded.articles),
        claims=tally(status.values()),
        pairs=tally_pairs(found),
        facts=tally(fact.label for fact in facts),
        ungrounded=0,
        failures=0,
        skipped=0,
    )
    return Report(
        run=Run(checker="", engine="labels"),
        articles=one.loaded.articles,
        claims=one.claims,
        statuses=status,
        verdicts=verdicts,
        facts=facts,
        counts=counts,
    )


def of_draft(report: Report, draft: str) -> Iterator[Named]:
    """Give the claims of the draft with their kinds, and those of the sources that are missing in it."""
    view = overview(report.model_copy(update={"drafts": (draft,)}))
    for finding in view.of(*KINDS):
        for spoken in finding.spoken:
            if (spoken.article.id == draft) != (finding.kind == Kind.MISSING):
                yield finding.kind.value, spoken.claim


def met(claims: Iterable[Named], others: Iterable[Named]) -> Counter[str]:
    """Count the *claims* that one of *others* of the same kind meets, by kind."""
    rest = list(others)
    return Counter(
        kind for kind, claim in claims if any(kind == k and _share(claim, other) for k, other in rest)
    )


def _share(one: Claim, other: Claim) -> bool:
    a, b = _places(one), _places(other)
    return one.article == other.article and len(a & b) >= LEAST_SHARED * min(len(a), len(b))


def _places(claim: Claim) -> set[int]:
    return {at for quote in claim.quotes for at in range(quote.start, quote.end)}


def compared(report: Report, wanted: Report, draft: str) -> dict[str, Counter[str]]:
    """Give, by kind, how many claims are implied by the labels, found of these, found, and implied of those."""
    found, implied = (list(of_draft(which, draft)) for which in (report, wanted))
    counted = {
        "implied": Counter(kind for kind, _ in implied),
        "right": met(implied, found),
        "found": Counter(kind for kind, _ in found),
        "told": met(found, implied),
    }
    return {kind.value: Counter({name: n[kind.value] for name, n in counted.items()}) for kind in KINDS}


def line(name: str, kind: str, n: Counter[str]) -> str:
    """Give the figures of one kind in one line."""
    return f"{name}: {kind}: {n['right']} of {n['implied']} implied found, {n['told']} of {n['found']} found implied"


def main(names: list[str]) -> None:
    """Print one line for each draft and kind, and the sums."""
    sets = EVALS / "sets"
    folders = [sets / name for name in names] or sorted(path.parent for path in sets.rglob("claims.jsonl"))
    sums: dict[str, Counter[str]] = {kind.value: Counter() for kind in KINDS}
    for folder in folders:
        one = read_set(folder, folder.relative_to(sets).as_posix())
        report, wanted = asyncio.run(checked(one)), labelled(one)
        for article in one.loaded.articles:
            for kind, n in compared(report, wanted, article.id).items():
                sums[kind].update(n)
                print(line(f"{one.name}, {article.id}", kind, n))
    for kind, n in sums.items():
        print(line("all", kind, n))


if __name__ == "__main__":
    main(sys.argv[1:])
