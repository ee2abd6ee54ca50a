"""
Labelled sets: folders of articles, their claims, and how the claims stand to each other.

The form is that of the labelling guide: `articles/*.txt`, `claims.jsonl`, `labels.jsonl`,
and, if wanted, `articles.jsonl` with the kind of each article and `about.jsonl` with who labelled it. A pair that `labels.jsonl`
does not list is `unique`.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checker.errors import InputError
from checker.evaluate.records import (
    ABOUT,
    ARTICLES,
    CLAIMS,
    KINDS,
    LABELS,
    AboutRow,
    ClaimRow,
    KindRow,
    LabelRow,
    Pairing,
    pairing,
)
from checker.evaluate.rows import LARGEST, Problems, Row, read_rows
from checker.facts import n_cross_pairs
from checker.files import regular_bytes
from checker.ground import Folded
from checker.load import Loaded, load
from checker.schema import Article, Claim, Frozen, Label, Quote


class LabelledSet(Frozen):
    """
    One event with its hand labels.

    Claims carry the ids of `claims.jsonl` and quotes at their place; `labels` are by the
    ids of the two claims; `kinds` by article id.
    """

    name: str
    digest: str
    loaded: Loaded
    claims: tuple[Claim, ...]
    labels: dict[Pairing, LabelRow]
    kinds: dict[str, str]
    labelled_by: str | None = None

    def label(self, pair: Pairing) -> Label:
        """The label of a pair by hand; unique where none is listed."""
        row = self.labels.get(pair)
        return row.label if row else Label.UNIQUE

    def pairs(self) -> Iterator[Pairing]:
        """Every pair of claims of different articles, in the order of the claims."""
        for n, claim in enumerate(self.claims):
            yield from (
                pairing(claim.id, other.id)
                for other in self.claims[n + 1 :]
                if other.article != claim.article
            )

    @property
    def n_pairs(self) -> int:
        """How many pairs of claims of different articles there are."""
        return n_cross_pairs(self.claims)

    @property
    def n_article_pairs(self) -> int:
        """How many pairs of articles there are."""
        n_articles = len(self.loaded.articles)
        return n_articles * (n_articles - 1) // 2

    @property
    def statuses(self) -> dict[str, Label]:
        """Each claim's own status by hand: conflicting before agreeing before unique."""
        status = {claim.id: Label.UNIQUE for claim in self.claims}
        for label in (Label.AGREEING, Label.CONFLICTING):
            for row in self.labels.values():
                if row.label == label:
                    status[row.a] = status[row.b] = label
        return status


def read_sets(paths: Sequence[Path]) -> tuple[LabelledSet, ...]:
    """
    Give the sets in *paths*: a folder with `claims.jsonl` is a set, any other is looked into.

    A set is named by its path below the path given. Raises InputError for a set that is
    not whole, and where there is none, or two of one name.
    """
    found = [one for path in paths for one in _find(path)]
    twice = [name for name, times in Counter(name for name, _ in found).items() if times > 1]
    if twice:
        raise InputError(f"two sets have the name {twice[0]!r}; name the folder that holds both")
    if not found:
        places = ", ".join(str(path) for path in paths)
        raise InputError(f"{places}: no labelled set here; a set is a folder with {CLAIMS} in it")
    return tuple(read_set(folder, name) for name, folder in found)


def read_set(folder: Path, name: str | None = None) -> LabelledSet:
    """Read one set; InputError lists each problem with its file, line and record."""
    problems = Problems()
    for file in (CLAIMS, LABELS):
        if not (folder / file).is_file():
            raise InputError(f"{folder / file}: no such file; a labelled set has {CLAIMS} and {LABELS}")
    loaded = load([folder / ARTICLES])
    for remark in loaded.skipped:
        problems.add(Path(remark.path), None, f"{remark.problem}; {remark.mend}")
    articles = _by_name(folder, loaded.articles, problems)
    claims = _claims(folder / CLAIMS, articles, problems)
    # With a broken claim nobody can say which ids there are.
    known = None if problems else {claim.id: claim for claim in claims}
    labels = _labels(folder / LABELS, known, problems)
    kinds = _kinds(folder / KINDS, articles, problems) if (folder / KINDS).is_file() else {}
    about = read_rows(folder / ABOUT, AboutRow, problems) if (folder / ABOUT).is_file() else []
    problems.refuse()
    return LabelledSet(
        name=name or folder.resolve().name,
        digest=_digest(folder, loaded.articles),
        loaded=loaded,
        claims=tuple(claims),
        labels={row.pairing: row for row in labels},
        kinds=kinds,
        labelled_by=about[0].value.labelled_by if about else None,
    )


def content(file: Path) -> bytes:
    """Give the bytes of *file*; InputError where it cannot be read."""
    try:
        return regular_bytes(file, LARGEST)
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error


def _find(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        raise InputError(f"{path}: no such folder; name a labelled set, or a folder of them")
    if (path / CLAIMS).is_file():
        yield path.resolve().name, path
        return
    folders = [
        Path(place)
        for place, _, files in os.walk(path, onerror=_refuse_unread)
        if CLAIMS in files or LABELS in files  # one of the two alone is a set that is not whole
    ]
    yield from ((folder.relative_to(path).as_posix(), folder) for folder in sorted(folders))


def _refuse_unread(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror})") from error


def _by_name(folder: Path, articles: Iterable[Article], problems: Problems) -> dict[str, Article]:
    """The articles by the name of their file, which is what the other files call them."""
    found: dict[str, Article] = {}
    for article in articles:
        name = Path(article.path).name
        if name in found:
            problems.add(
                folder / ARTICLES, None, f"two articles are called {name!r}; give each a file of its own"
            )
        found[name] = article
    return found


def _claims(path: Path, articles: dict[str, Article], problems: Problems) -> list[Claim]:
    folded = {name: Folded(article.text) for name, article in articles.items()}
    rows = read_rows(path, ClaimRow, problems)
    _refuse_repeats(path, [(row.line, row.value.id) for row in rows], problems)
    return [claim for row in rows if (claim := _claim(path, row, articles, folded, problems))]


def _claim(
    path: Path,
    row: Row[ClaimRow],
    articles: dict[str, Article],
    folded: dict[str, Folded],
    problems: Problems,
) -> Claim | None:
    name = row.value.article
    if name not in articles:
        problems.add(path, row.line, f"no article {name!r} in {path.parent / ARTICLES}", row.value.id)
        return None
    found = [(quote, folded[name].find(quote)) for quote in row.value.quotes]
    for quote, places in found:
        if not places:
            problems.add(path, row.line, f"its quote is not in {name}: {quote!r}", row.value.id)
    quotes = {place for _, places in found for place in places}
    if not quotes:
        return None
    return Claim(
        id=row.value.id,
        article=articles[name].id,
        text=row.value.text,
        speaker=row.value.speaker,
        quotes=tuple(sorted(quotes, key=_place)),
    )


def _place(quote: Quote) -> tuple[int, int]:
    return quote.start, quote.end


def _labels(path: Path, known: dict[str, Claim] | None, problems: Problems) -> list[LabelRow]:
    """The labels in *path*; where the claims are *known*, each must pair two of different articles."""
    rows = read_rows(path, LabelRow, problems)
    _refuse_repeats(path, [(row.line, ", ".join(row.value.pairing)) for row in rows], problems)
    for line, row in rows:
        if known is not None and (problem := _pair_problem(row, known)):
            problems.add(path, line, problem, f"{row.a}, {row.b}")
    return [row.value for row in rows]


def _pair_problem(row: LabelRow, known: dict[str, Claim]) -> str | None:
    unknown = [name for name in (row.a, row.b) if name not in known]
    if unknown:
        return f"no claim {unknown[0]!r} in {CLAIMS}"
    same = known[row.a].article == known[row.b].article
    return "both claims are of one article" if same else None


def _kinds(path: Path, articles: dict[str, Article], problems: Problems) -> dict[str, str]:
    rows = read_rows(path, KindRow, problems)
    _refuse_repeats(path, [(row.line, row.value.article) for row in rows], problems)
    for line, row in rows:
        if row.article not in articles:
            problems.add(path, line, f"no article {row.article!r} in {path.parent / ARTICLES}")
    return {articles[row.article].id: row.kind for _, row in rows if row.article in articles}


def _refuse_repeats(path: Path, ids: Sequence[tuple[int, str]], problems: Problems) -> None:
    first: dict[str, int] = {}
    for line, name in ids:
        if name in first:
            problems.add(path, line, f"is already in line {first[name]}", name)
        first.setdefault(name, line)


def _digest(folder: Path, articles: Iterable[Article]) -> str:
    """A hash of the files of *articles*, their kinds, the claims and the labels of the set, in 12 hex digits."""
    whole = hashlib.sha256()
    tables = [file for name in (CLAIMS, LABELS, KINDS) if (file := folder / name).is_file()]
    for file in (*tables, *sorted({Path(article.path) for article in articles})):
        data = content(file)
        whole.update(f"{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()[:12]
