"""
Compare one result.json with a hand-labelled set: a rough look, before the real harness.

    python evals/score_result.py RESULT.json evals/sets/seeds

A found claim and a labelled claim are matched one to one, greedily, best first, by the
overlap of their quotes and of their words. A pair is right if both of its claims are
matched and the set gives that pair the same label.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEAST_MATCH = 0.35

Row = dict[str, Any]
Labels = dict[frozenset[str], str]


@dataclass(frozen=True)
class Comparison:
    """A result beside the labels of a set; pairs are of labelled claim ids."""

    n_found: int
    n_labelled: int
    n_matched: int
    n_speakers_right: int
    found: Counter[str]
    gold: Labels
    given: Labels
    reachable: Labels

    def n_right(self, label: str) -> int:
        """How many pairs found with *label* carry it by hand."""
        return sum(self.gold.get(pair) == one == label for pair, one in self.given.items())


def compare(result: Row, folder: Path) -> Comparison:
    """Hold *result* against the set in *folder*."""
    claims, labels = (_rows(folder / name) for name in ("claims.jsonl", "labels.jsonl"))
    files = {article["id"]: Path(article["path"]).name for article in result["articles"]}
    matched = _match(result["claims"], claims, files)
    spoken = {claim["id"]: bool(claim["speaker"]) for claim in claims}
    gold = {frozenset((row["a"], row["b"])): row["label"] for row in labels}
    verdicts = [row for row in result["verdicts"] if row["label"] != "unique"]
    return Comparison(
        n_found=len(result["claims"]),
        n_labelled=len(claims),
        n_matched=len(matched),
        n_speakers_right=sum(
            bool(claim["speaker"]) == spoken[matched[claim["id"]]]
            for claim in result["claims"]
            if claim["id"] in matched
        ),
        found=Counter(row["label"] for row in verdicts),
        gold=gold,
        given={
            frozenset((matched[row["a"]], matched[row["b"]])): row["label"]
            for row in verdicts
            if row["a"] in matched and row["b"] in matched
        },
        reachable={pair: label for pair, label in gold.items() if pair <= set(matched.values())},
    )


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _match(found: list[Row], gold: list[Row], files: dict[str, str]) -> dict[str, str]:
    """Match found claim ids to labelled claim ids."""
    scored = [
        (score, one["id"], other["id"])
        for one in found
        for other in gold
        if files[one["article"]] == other["article"] and (score := _likeness(one, other)) >= LEAST_MATCH
    ]
    matched: dict[str, str] = {}
    for _, one, other in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if one not in matched and other not in matched.values():
            matched[one] = other
    return matched


def _likeness(found: Row, gold: Row) -> float:
    """The mean of two Jaccard overlaps: words of the quotes, words of the claims."""
    quotes = _jaccard(" ".join(quote["text"] for quote in found["quotes"]), " ".join(gold["quotes"]))
    return (quotes + _jaccard(found["text"], gold["text"])) / 2


def _jaccard(a: str, b: str) -> float:
    """Words in both over words in either, case folded."""
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (a, b))
    return len(first & second) / max(1, len(first | second))


def show(comparison: Comparison) -> None:
    """Print the counts, then every pair that is not right."""
    one = comparison
    print(f"claims: {one.n_found} found, {one.n_labelled} labelled, {one.n_matched} matched")
    print(f"  with or without a speaker as labelled: {one.n_speakers_right} of {one.n_matched}")
    for label in ("conflicting", "agreeing"):
        n_gold = list(one.gold.values()).count(label)
        n_reachable = list(one.reachable.values()).count(label)
        print(
            f"{label} pairs: {one.found[label]} found, {n_gold} labelled, "
            f"{n_reachable} of them between matched claims, {one.n_right(label)} right"
        )
    for pair in sorted({*one.given, *one.reachable}, key=sorted):
        given, labelled = one.given.get(pair, "unique"), one.gold.get(pair, "unique")
        if given != labelled:
            print(f"  given {given}, labelled {labelled}: {' and '.join(sorted(pair))}")


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 - the script and its two arguments
        sys.exit(__doc__)
    show(compare(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])))
