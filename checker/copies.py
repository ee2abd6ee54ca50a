"""Which articles carry largely the same text, so that one wire text in five papers is not five sources."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from checker.schema import Article

_RUN = 5  # words
_RUN_UNSPACED = 8  # characters, about five words of Chinese
_LEAST = 40  # runs that must be shared: more than one long sentence has
_LARGELY = 0.5
_EXACT = 16  # articles of one group: above, the search for the most of them takes too long
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")

Runs = frozenset[int]


@dataclass(frozen=True)
class Copy:
    """
    How much of one article's text another one has too: `share`, from 0 to 1.

    `of` is the one of its copies with which `article` shares most.
    """

    article: str
    of: str
    share: float


@dataclass(frozen=True)
class Texts:
    """
    The ids of the articles, grouped by text; an article without copies is a group alone.

    A group holds copies of copies too: a digest of two articles is in one group with both,
    though these two share nothing. `copies` has one entry for each article that has copies,
    `copies_of` has all of them.
    """

    groups: tuple[tuple[str, ...], ...]
    copies: tuple[Copy, ...]
    copies_of: Mapping[str, frozenset[str]]

    def count(self, articles: Iterable[str], drafts: Collection[str] = ()) -> int:
        """
        How many independent texts there are among *articles*; an unknown id is none.

        The most of them of which no two are copies of each other; in a group of more than 16,
        maybe fewer than that, never more. What one of *drafts* carries as well does not count:
        it is no source of its own.
        """
        sources = {name for name in articles if name not in drafts}
        own = {
            name for name, copies in self.copies_of.items() if name in sources and copies.isdisjoint(drafts)
        }
        return sum(_most_apart(own.intersection(group), self.copies_of) for group in self.groups)


def texts(articles: Sequence[Article]) -> Texts:
    """
    Group *articles* that carry largely the same text, in their order.

    Two do if half of the runs of five words of the shorter one stand in the other as well, and
    at least 40 of them; or if they have the same words. So a text cut short is a copy, and one
    with paragraphs of its own; an article that quotes the same sentence is not. In scripts
    without spaces a run is of eight characters.

    Source: containment of shingles, Broder, "On the resemblance and containment of documents",
    1997. Why five and a half: docs/decisions/0013-copies-by-shared-word-runs.md.
    """
    runs = _runs(articles)
    copies_of = _copies_of(runs)
    grouped = tuple(dict.fromkeys(_grouped(copies_of).values()))
    closest = (_closest(name, copies, runs) for name, copies in copies_of.items() if copies)
    return Texts(groups=grouped, copies=tuple(closest), copies_of=copies_of)


def _runs(articles: Sequence[Article]) -> dict[str, Runs]:
    """The runs of each article's words, every run by a number of its own."""
    numbers: dict[tuple[str, ...], int] = {}
    found = {}
    for article in articles:
        words = _words(article.text)
        shifted = (words[start:] for start in range(_size(words)))
        found[article.id] = frozenset(
            numbers.setdefault(run, len(numbers)) for run in zip(*shifted, strict=False)
        )
    return found


def _words(text: str) -> list[str]:
    """The words without case and punctuation; in scripts without spaces, every character."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain.translate({ord(character): _apart(character) for character in set(plain)}).split()


def _apart(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens, joiners, marks of direction: not seen, and part of no word
        return ""
    if category[0] not in "LMN":
        return " "
    return f" {character} " if _is_unspaced(character) else character


def _is_unspaced(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_UNSPACED)


def _size(words: Sequence[str]) -> int:
    unspaced = sum(len(word) == 1 and _is_unspaced(word) for word in words)
    return _RUN_UNSPACED if unspaced * 2 > len(words) else _RUN


def _copies_of(runs: Mapping[str, Runs]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in runs}
    for one, other in combinations(runs, 2):
        if _is_copy(runs[one], runs[other]):
            found[one].add(other)
            found[other].add(one)
    return {name: frozenset(copies) for name, copies in found.items()}


def _grouped(copies_of: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """The group of each article, in the order of the articles; a copy of a copy is in it too."""
    members = {name: {name} for name in copies_of}
    for one, copies in copies_of.items():
        for other in copies:
            if members[one] is not members[other]:
                members[one] |= members[other]
                members.update(dict.fromkeys(members[other], members[one]))
    return {name: tuple(one for one in copies_of if one in group) for name, group in members.items()}


def _most_apart(names: set[str], copies_of: Mapping[str, frozenset[str]]) -> int:
    """The most of *names* of which no two are copies; of many, as many as are found one by one."""
    left, taken = names, 0
    while left:
        near = {name: len(copies_of[name] & left) for name in left}
        fewest = min(left, key=lambda name: (near[name], name))
        # To take what has one copy at most loses nothing.
        if near[fewest] > 1 and len(left) <= _EXACT:
            break
        left = left - copies_of[fewest] - {fewest}
        taken += 1
    if not left:
        return taken
    most = max(left, key=lambda name: (near[name], name))
    with_most = 1 + _most_apart(left - copies_of[most] - {most}, copies_of)
    return taken + max(with_most, _most_apart(left - {most}, copies_of))


def _is_copy(one: Runs, other: Runs) -> bool:
    if one == other:
        return bool(one)
    shared = len(one & other)
    return shared >= _LEAST and shared >= _LARGELY * min(len(one), len(other))


def _closest(name: str, copies: Iterable[str], runs: Mapping[str, Runs]) -> Copy:
    """The one of *copies* that shares most with *name*; of equals, the one whose id comes first."""
    shared = {other: len(runs[name] & runs[other]) for other in copies}
    closest = min(shared, key=lambda other: (-shared[other], other))
    return Copy(article=name, of=closest, share=shared[closest] / len(runs[name]))
