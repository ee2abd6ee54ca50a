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
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]
LEAST_MATCH = 0.35


def read_lines(path: Path) -> Rows:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def match(found: Rows, gold: Rows, files: dict[str, str]) -> dict[str, str]:
    """Match found claim ids to labelled claim ids."""
    scored = [
        (score, one["id"], other["id"])
        for one in found
        for other in gold
        if files[one["article"]] == other["article"] and (score := likeness(one, other)) >= LEAST_MATCH
    ]
    matched: dict[str, str] = {}
    for _, one, other in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if one not in matched and other not in matched.values():
            matched[one] = other
    return matched


def likeness(found: dict[str, Any], gold: dict[str, Any]) -> float:
    """The mean of two Jaccard overlaps: words of the quotes, words of the claims."""
    quotes = jaccard(" ".join(quote["text"] for quote in found["quotes"]), " ".join(gold["quotes"]))
    return (quotes + jaccard(found["text"], gold["text"])) / 2


def jaccard(a: str, b: str) -> float:
    """Words in both over words in either, case folded."""
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (a, b))
    return len(first & second) / max(1, len(first | second))


def main(result_file: str, folder: str) -> None:
    """Print the comparison."""
    result = json.loads(Path(result_file).read_text(encoding="utf-8"))
    gold_claims, gold_labels = (read_lines(Path(folder) / name) for name in ("claims.jsonl", "labels.jsonl"))
    files = {article["id"]: Path(article["path"]).name for article in result["articles"]}
    matched = match(result["claims"], gold_claims, files)
    print(f"claims: {len(result['claims'])} found, {len(gold_claims)} labelled, {len(matched)} matched")
    speakers = {claim["id"]: bool(claim["speaker"]) for claim in gold_claims}
    right = sum(
        bool(claim["speaker"]) == speakers[matched[claim["id"]]]
        for claim in result["claims"]
        if claim["id"] in matched
    )
    print(f"  with a speaker, or without one, as labelled: {right} of {len(matched)}")
    gold = {frozenset((row["a"], row["b"])): row["label"] for row in gold_labels}
    given = {
        frozenset((matched.get(row["a"], ""), matched.get(row["b"], ""))): row["label"]
        for row in result["verdicts"]
        if row["label"] != "unique"
    }
    reachable = {pair: label for pair, label in gold.items() if pair <= set(matched.values())}
    for label in ("conflicting", "agreeing"):
        n_found = Counter(row["label"] for row in result["verdicts"])[label]
        n_right = sum(reachable.get(pair) == label for pair, one in given.items() if one == label)
        n_gold = sum(one == label for one in gold.values())
        n_reachable = sum(one == label for one in reachable.values())
        print(
            f"{label} pairs: {n_found} found, {n_gold} labelled, {n_reachable} of them between matched claims, {n_right} right"
        )
    wrong = [(pair, label) for pair, label in given.items() if label != gold.get(pair) and "" not in pair]
    for pair, label in sorted(wrong, key=lambda row: sorted(row[0])):
        print(f"  given {label}, labelled {gold.get(pair, 'unique')}: {' and '.join(sorted(pair))}")
    for pair, label in sorted(reachable.items(), key=lambda row: sorted(row[0])):
        if pair not in given:
            print(f"  labelled {label}, not given: {' and '.join(sorted(pair))}")


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 - the script and its two arguments
        sys.exit(__doc__)
    main(*sys.argv[1:])
