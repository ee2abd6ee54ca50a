"""
How the built-in engine does on labelled sets, claims given: counts first, then ratios.

    python evals/score_builtin.py [SETS_DIR] [--pairs FILE.jsonl ...]

SETS_DIR holds sets, a set holds events (or is one): articles/, claims.jsonl, labels.jsonl.
A file of pairs has lines with text_a, text_b and label; each line is judged as a group of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from checker.engines.builtin import Builtin
from checker.errors import InputError
from checker.pair import groups
from checker.schema import Article, Claim, Group, Label, Quote

SETS = Path(__file__).resolve().parent / "sets"
_QUOTE = Quote(text="-", start=0, end=1)  # judging does not look at quotes


@dataclass
class Tally:
    """Counts of (label given by hand, label given by the engine), and of those that were candidates."""

    confusion: Counter[tuple[Label, Label]] = field(default_factory=Counter)
    candidates: Counter[Label] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.confusion + other.confusion, self.candidates + other.candidates)

    def by_hand(self, label: Label) -> int:
        """How many pairs carry *label* by hand."""
        return sum(n for (hand, _), n in self.confusion.items() if hand == label)

    def by_engine(self, label: Label) -> int:
        """How many pairs carry *label* by the engine."""
        return sum(n for (_, engine), n in self.confusion.items() if engine == label)

    def f1(self, label: Label) -> float:
        """The F1 of *label*; 0 where neither side has any."""
        total = self.by_hand(label) + self.by_engine(label)
        return 2 * self.confusion[label, label] / total if total else 0.0

    def macro_f1(self) -> float:
        """The mean F1 of the labels that occur by hand."""
        present = [label for label in Label if self.by_hand(label)]
        return sum(self.f1(label) for label in present) / len(present)


def score_event(folder: Path) -> Tally:
    """Judge all pairs of one event and hold them against its labels."""
    claims = {claim.id: claim for claim in _claims(folder / "claims.jsonl")}
    labels = _labels(folder / "labels.jsonl", claims)
    articles = [_article(path) for path in sorted((folder / "articles").iterdir())]
    unknown = {claim.article for claim in claims.values()} - {article.id for article in articles}
    if unknown:
        raise InputError(
            f"{folder / 'claims.jsonl'}: names articles that are not in {folder / 'articles'}: {unknown}"
        )
    return sum((_score_group(group, labels) for group in groups(articles, list(claims.values()))), Tally())


def score_pairs(path: Path) -> Tally:
    """Judge each line of a file of pairs alone; lines with other labels than the three are left out."""
    tally = Tally()
    articles = [Article(id=side, path=side, format="text", text="-") for side in ("a", "b")]
    for _, row in _rows(path, ("text_a", "text_b", "label")):
        if row["label"] not in {*Label, "not_agreeing"}:
            continue
        claims = [_claim(side, side, row[f"text_{side}"], None) for side in ("a", "b")]
        [group] = groups(articles, claims)
        label = Label.UNIQUE if row["label"] == "not_agreeing" else Label(row["label"])
        tally += _score_group(group, {frozenset(("a", "b")): label}, two_way=row["label"] == "not_agreeing")
    return tally


def lines(name: str, tally: Tally) -> Iterator[str]:
    """What is printed of one tally."""
    total = tally.confusion.total()
    yield f"\n{name}: {total} pairs; macro-F1 {tally.macro_f1():.3f} over the labels that occur"
    yield "  by hand \\ engine  " + "".join(f"{label.value:>13}" for label in Label)
    for hand in Label:
        yield f"  {hand.value:<18}" + "".join(f"{tally.confusion[hand, engine]:>13}" for engine in Label)
    for label in Label:
        right, given, wanted = tally.confusion[label, label], tally.by_engine(label), tally.by_hand(label)
        yield (
            f"  {label.value:<12} right {right} of {given} given, of {wanted} by hand: "
            f"precision {_ratio(right, given)}, recall {_ratio(right, wanted)}, F1 {tally.f1(label):.3f}"
        )
    kept = tally.candidates.total()
    recall = ", ".join(
        f"{label.value} {tally.candidates[label]} of {tally.by_hand(label)} ({_ratio(tally.candidates[label], tally.by_hand(label))})"
        for label in (Label.AGREEING, Label.CONFLICTING)
    )
    yield f"  candidates   {kept} of {total} pairs ({_ratio(kept, total)}); found {recall}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of each set, of all sets, and of each file of pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="?", type=Path, default=SETS)
    parser.add_argument("--pairs", nargs="+", type=Path, default=[])
    given = parser.parse_args(arguments)
    print("Labels of the sets: by language models that read the guideline, not by people.")
    for name, tally in [*_sets(given.sets), *((path.stem, score_pairs(path)) for path in given.pairs)]:
        print("\n".join(lines(name, tally)))


def _sets(folder: Path) -> Iterator[tuple[str, Tally]]:
    found = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    pooled = Tally()
    for path in found:
        events = sorted(labels.parent for labels in path.rglob("labels.jsonl"))
        if not events:
            raise InputError(
                f"{path}: holds no labels.jsonl \N{RIGHTWARDS ARROW} give a folder of labelled sets"
            )
        tally = sum((score_event(event) for event in events), Tally())
        pooled += tally
        yield f"{path.name} ({len(events)} events)", tally
    if len(found) > 1:
        yield "all sets", pooled


def _score_group(group: Group, labels: dict[frozenset[str], Label], *, two_way: bool = False) -> Tally:
    verdicts = asyncio.run(Builtin().judge(group)).verdicts
    engine = {frozenset((verdict.a, verdict.b)): verdict.label for verdict in verdicts}
    alike = {frozenset((pair.a.id, pair.b.id)) for pair in group.alike}
    tally = Tally()
    for row in group.rows:
        for column in group.columns:
            pair = frozenset((row.id, column.id))
            hand = labels.get(pair, Label.UNIQUE)
            said = engine.get(pair, Label.UNIQUE)
            if two_way and said == Label.CONFLICTING:
                said = Label.UNIQUE
            tally.confusion[hand, said] += 1
            tally.candidates[hand] += pair in alike
    return tally


def _article(path: Path) -> Article:
    return Article(id=path.name, path=path.name, format="text", text=path.read_text(encoding="utf-8"))


def _claims(path: Path) -> Iterator[Claim]:
    seen: set[str] = set()
    for where, row in _rows(path, ("id", "article", "text", "speaker")):
        if row["id"] in seen:
            raise InputError(f"{where}: the id {row['id']!r} stands on an earlier line as well")
        seen.add(row["id"])
        yield _claim(row["id"], row["article"], row["text"], row["speaker"])


def _claim(name: str, article: str, text: str, speaker: str | None) -> Claim:
    return Claim(id=name, article=article, text=text, speaker=speaker, quotes=(_QUOTE,))


def _labels(path: Path, claims: dict[str, Claim]) -> dict[frozenset[str], Label]:
    labels: dict[frozenset[str], Label] = {}
    for where, row in _rows(path, ("a", "b", "label")):
        pair = frozenset((row["a"], row["b"]))
        if not pair <= claims.keys():
            raise InputError(f"{where}: {row['a']!r} or {row['b']!r} is no claim of claims.jsonl")
        if len({claims[name].article for name in pair}) != len(("a", "b")):
            raise InputError(f"{where}: {row['a']!r} and {row['b']!r} are of one article")
        if pair in labels:
            raise InputError(f"{where}: this pair stands on an earlier line as well")
        if row["label"] not in set(Label):
            raise InputError(f"{where}: the label {row['label']!r} is none of {', '.join(Label)}")
        labels[pair] = Label(row["label"])
    return labels


def _rows(path: Path, keys: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with its `file:line`; all *keys* are there."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where}: this is not JSON: {error}") from error
        missing = [key for key in keys if not isinstance(row, dict) or key not in row]
        if missing:
            raise InputError(f"{where}: an object with {', '.join(missing)} was expected")
        yield where, row


def _ratio(part: int, whole: int) -> str:
    """Three digits, never rounded to 0 or 1; `-` of nothing."""
    if not whole:
        return "-"
    shown = f"{part / whole:.3f}"
    if 0 < part < whole and shown in {"0.000", "1.000"}:
        return "<0.001" if shown == "0.000" else ">0.999"
    return shown


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        sys.exit(f"error: {error}")
