"""
How far annotators agree who labelled the same claims apart from each other.

Counts first; then what is left of the agreement when chance is taken off, for each two
annotators (Cohen 1960) and for all (Krippendorff 2011), over the three labels and over
*conflicting or not* alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from checker.errors import InputError
from checker.evaluate.metrics import cohen_kappa, krippendorff_alpha
from checker.evaluate.records import CLAIMS, ClaimRow, LabelRow, Pairing, pairing
from checker.evaluate.rows import Problems, read_rows
from checker.evaluate.sets import content
from checker.evaluate.words import places
from checker.report.where import clean
from checker.report.words import count
from checker.schema import Frozen, Label

MOST_SHOWN = 20
_FEWEST = 2
_LONGEST_TEXT = 90
_LONGEST_NAME = 50
_NOT_CONFLICTING = "not conflicting"

_Columns = Mapping[str, Sequence[Label]]
"""The labels of each annotator, all in the order of the pairs."""


class Kappa(Frozen):
    """Two annotators: how many of `n` pairs they label alike, and Cohen's kappa; None where all labels are one."""

    a: str
    b: str
    alike: int
    n: int
    kappa: float | None


class Rating(Frozen):
    """
    All annotators over one choice of labels.

    `alike` of `n` pairs have one label from all; `marked` are those that at least one
    annotator does not leave at the label of most pairs, and `marked_alike` of them have
    one label from all. `alpha` is None where all labels are one.
    """

    labels: tuple[str, ...]
    alike: int
    n: int
    marked_alike: int
    marked: int
    alpha: float | None
    kappas: tuple[Kappa, ...]


class Disagreement(Frozen):
    """A pair that is not labelled alike: each annotator's label, and the two claims where they are known."""

    a: str
    b: str
    labels: dict[str, Label]
    texts: tuple[str, str] | None


class Agreement(Frozen):
    """
    How far the annotators agree.

    `claims` is the file all of whose pairs are counted; None where only those are counted
    that any annotator lists.
    """

    annotators: tuple[str, ...]
    claims: str | None
    three: Rating
    conflicting: Rating
    disagreements: tuple[Disagreement, ...]


def agreement(files: Sequence[Path], claims: Path | None = None) -> Agreement:
    """
    Hold the labels in *files* against each other, one annotator each; a pair not listed is unique.

    The pairs are all those of claims of different articles in *claims*, or in the claims
    file beside the labels; without one, those that any file lists. Raises InputError for
    fewer than two files, and lists each line that does not fit.
    """
    names = _names(files)
    place = claims or _beside(files)
    known = None if place is None else _read_claims(place)
    labels = _read_labels(files, known)
    pairs = sorted({pair for one in labels for pair in one}) if known is None else _pairs(known)
    if not pairs:
        raise InputError(f"{', '.join(map(str, files))}: there is no pair of claims to agree on")
    columns = {
        name: [one.get(pair, Label.UNIQUE) for pair in pairs] for name, one in zip(names, labels, strict=True)
    }
    return Agreement(
        annotators=names,
        claims=None if place is None else str(place),
        three=_rate(columns, str, Label.UNIQUE),
        conflicting=_rate(columns, _conflicting_or_not, _NOT_CONFLICTING),
        disagreements=tuple(sorted(_disagreements(pairs, columns, known), key=_conflicts_first)),
    )


def lines(found: Agreement, most: int | None = MOST_SHOWN) -> Iterator[str]:
    """Give the agreement for a terminal with *most* disagreements (None: all), without line breaks."""
    names = ", ".join(clean(name, _LONGEST_NAME) for name in found.annotators)
    yield f"{count(len(found.annotators), 'annotator')}: {names}"
    yield _basis(found)
    for rating in (found.three, found.conflicting):
        yield from ("", *_rating_lines(rating))
    order = ", conflicts first" if found.disagreements else ""
    yield from ("", f"{count(len(found.disagreements), 'disagreement')}{order}")
    shown = found.disagreements[:most]
    for one in shown:
        yield from _disagreement_lines(one)
    if len(shown) < len(found.disagreements):
        yield f"  {len(found.disagreements) - len(shown):,} more, not shown"


def _names(files: Sequence[Path]) -> tuple[str, ...]:
    """A name for each annotator: the file's or, where those are the same, the folder's, or the whole path."""
    if len(files) < _FEWEST:
        raise InputError("agreement takes at least two label files, one of each annotator")
    resolved = [path.resolve() for path in files]
    if twice := [str(path) for path, place in zip(files, resolved, strict=True) if resolved.count(place) > 1]:
        raise InputError(f"{twice[0]}: named twice; nobody is an annotator beside themselves")
    choices = ([path.stem for path in files], [place.parent.name for place in resolved], map(str, resolved))
    return next(names for names in map(tuple, choices) if len(set(names)) == len(names))


def _beside(files: Sequence[Path]) -> Path | None:
    """The claims file beside the label files; where several lie there they must be the same."""
    found = list(dict.fromkeys(path.parent / CLAIMS for path in files if (path.parent / CLAIMS).is_file()))
    for other in found[1:]:
        if content(other) != content(found[0]):
            raise InputError(
                f"{found[0]} and {other} differ, so the labels are not of the same claims; "
                "name the claims file that both used"
            )
    return found[0] if found else None


def _read_claims(path: Path) -> dict[str, ClaimRow]:
    problems = Problems()
    first: dict[str, int] = {}
    rows = read_rows(path, ClaimRow, problems)
    for line, row in rows:
        if row.id in first:
            problems.add(path, line, f"is already in line {first[row.id]}", row.id)
        first.setdefault(row.id, line)
    problems.refuse()
    return {row.id: row for _, row in rows}


def _read_labels(files: Sequence[Path], known: Mapping[str, ClaimRow] | None) -> list[dict[Pairing, Label]]:
    problems = Problems()
    labels = [_labels(path, known, problems) for path in files]
    problems.refuse()
    return labels


def _labels(path: Path, known: Mapping[str, ClaimRow] | None, problems: Problems) -> dict[Pairing, Label]:
    rows = read_rows(path, LabelRow, problems)
    first: dict[Pairing, int] = {}
    for line, row in rows:
        if row.pairing in first:
            problems.add(path, line, f"is already in line {first[row.pairing]}", f"{row.a}, {row.b}")
        elif problem := _problem(row, known):
            problems.add(path, line, problem, f"{row.a}, {row.b}")
        first.setdefault(row.pairing, line)
    return {row.pairing: row.label for _, row in rows}


def _problem(row: LabelRow, known: Mapping[str, ClaimRow] | None) -> str | None:
    if row.a == row.b:
        return "a claim is no pair with itself"
    if known is None:
        return None
    if unknown := [name for name in (row.a, row.b) if name not in known]:
        return f"no claim {unknown[0]!r} in {CLAIMS}"
    return "both claims are of one article" if known[row.a].article == known[row.b].article else None


def _pairs(known: Mapping[str, ClaimRow]) -> list[Pairing]:
    both = combinations(known.values(), 2)
    return sorted(pairing(one.id, other.id) for one, other in both if one.article != other.article)


def _conflicting_or_not(label: Label) -> str:
    return label.value if label == Label.CONFLICTING else _NOT_CONFLICTING


def _rate(columns: _Columns, name: Callable[[Label], str], rest: str) -> Rating:
    """Rate the labels as *name* tells them; *rest* is the label of most pairs."""
    told = {who: [name(label) for label in column] for who, column in columns.items()}
    units = list(zip(*told.values(), strict=True))
    marked = [unit for unit in units if set(unit) != {rest}]
    return Rating(
        labels=tuple(
            dict.fromkeys(name(label) for label in (Label.CONFLICTING, Label.AGREEING, Label.UNIQUE))
        ),
        alike=sum(len(set(unit)) == 1 for unit in units),
        n=len(units),
        marked_alike=sum(len(set(unit)) == 1 for unit in marked),
        marked=len(marked),
        alpha=krippendorff_alpha(units),
        kappas=tuple(
            Kappa(
                a=a,
                b=b,
                alike=sum(one == other for one, other in zip(told[a], told[b], strict=True)),
                n=len(units),
                kappa=cohen_kappa(told[a], told[b]),
            )
            for a, b in combinations(told, 2)
        ),
    )


def _disagreements(
    pairs: Sequence[Pairing], columns: _Columns, known: Mapping[str, ClaimRow] | None
) -> Iterator[Disagreement]:
    for (a, b), unit in zip(pairs, zip(*columns.values(), strict=True), strict=True):
        if len(set(unit)) > 1:
            texts = None if known is None else (known[a].text, known[b].text)
            yield Disagreement(a=a, b=b, labels=dict(zip(columns, unit, strict=True)), texts=texts)


def _conflicts_first(one: Disagreement) -> bool:
    return Label.CONFLICTING not in one.labels.values()


def _basis(found: Agreement) -> str:
    if found.claims is None:
        return (
            f"Without a claims file only the {count(found.three.n, 'pair')} that somebody lists are counted: "
            "kappa and alpha leave out what all call unique, and mostly come out lower."
        )
    return (
        f"All {count(found.three.n, 'pair')} of claims of different articles in {clean(found.claims)}; "
        "a pair that is not listed is unique."
    )


def _rating_lines(rating: Rating) -> Iterator[str]:
    yield (
        f"{', '.join(rating.labels)}: {rating.alike:,} of {count(rating.n, 'pair')} labelled alike, "
        f"{rating.marked_alike:,} of the {rating.marked:,} that anyone calls {' or '.join(rating.labels[:-1])}"
    )
    yield f"  Krippendorff's alpha {places(rating.alpha)}"
    for one in rating.kappas:
        who = f"{clean(one.a, _LONGEST_NAME)} and {clean(one.b, _LONGEST_NAME)}"
        yield f"  {who}: {one.alike:,} of {one.n:,} alike, Cohen's kappa {places(one.kappa)}"


def _disagreement_lines(one: Disagreement) -> Iterator[str]:
    given = (f"{clean(who, _LONGEST_NAME)} {label}" for who, label in one.labels.items())
    yield f"  {clean(one.a, _LONGEST_NAME)} {clean(one.b, _LONGEST_NAME)}: {', '.join(given)}"
    yield from (f"    {clean(text, _LONGEST_TEXT)}" for text in one.texts or ())
