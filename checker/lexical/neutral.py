"""What two texts say alike, with a gap where they differ: a title that takes no side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from checker.lexical.features import features
from checker.lexical.words import STOP

GAP = "\N{HORIZONTAL ELLIPSIS}"

_WORD = re.compile(r"\S+")
_EDGE = re.compile(r"^\W+|\W+$")
_FEWEST = 2
_FEWEST_SHARED = 3
_MOST_GAPS = 2
_MOST_WORDS = 120
_SOFT = re.compile(r"\b(?:about|some|around|nearly|almost|over|at least|more than|up to)\s+$", re.IGNORECASE)


def neutral(a: str, b: str, differs: tuple[str, str] | None) -> str | None:
    """
    Give a title for what *a* and *b* disagree on that takes neither side; None where there is none.

    *differs* are the words of *a* and of *b* that differ, where they are known. A gap is
    cut into the one of the two that has those words, the one with fewer amounts of its own if
    both have, then the shorter; else what both say is kept, with
    a gap or two for the rest; else the two values stand behind a name that both mention.

    >>> neutral("Police said that 14 people were held.", "Nobody was held.", ("14", "nobody"))
    'Police said that … people were held.'
    >>> neutral("The trial in Ilmar City was stopped.", "Doctors say it went on.", ("stopped", "held"))
    'The trial in Ilmar City was …'
    >>> neutral("In Ilmar City it came to a stop.", "Doctors of Ilmar City went on.", ("stopped", "did not stop"))
    'Ilmar City: stopped / did not stop'
    """
    values = differs or ("", "")
    cut = [
        (_n_own_amounts(text, other), len(text), text)
        for text, other in ((_without(a, values[0]), b), (_without(b, values[1]), a))
        if text
    ]
    if cut:
        return min(cut)[2]
    runs = _runs(a, b)
    shared = _shared(a, b, runs)
    if all(values) and (shared is None or shared.count(GAP) > _MOST_GAPS):
        return _named(runs) + " / ".join(values)
    return shared


def _without(text: str, value: str) -> str | None:
    """Give *text* with a gap for *value*, None where it does not hold it as whole words, once."""
    words = _EDGE.sub("", " ".join(value.split()))
    places = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)) if words else []
    if len(places) != 1:
        return None
    before, after = text[: places[0].start()], text[places[0].end() :]
    rest = _SOFT.sub("", before) + GAP + ("" if after == "." else after)
    return rest if _n_telling(rest) >= _FEWEST else None


def _runs(a: str, b: str) -> list[str]:
    """Give the runs of words that stand in both, in the same order, as *a* writes them; none of a long text."""
    words = _WORD.findall(a)
    if max(len(words), len(_WORD.findall(b))) > _MOST_WORDS:
        return []
    keys, others = ([_key(word) for word in _WORD.findall(text)] for text in (a, b))
    matched = SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks()
    runs = [_EDGE.sub("", " ".join(words[run.a : run.a + run.size])) for run in matched if run.size]
    return [run for run in runs if _n_telling(run)]


def _shared(a: str, b: str, runs: Sequence[str]) -> str | None:
    """Give what both say, where few gaps part it."""
    if not runs or len(runs) > _MOST_GAPS:
        return None
    starts = not all(_EDGE.sub("", text).startswith(runs[0]) for text in (a, b))
    ends = not all(_EDGE.sub("", text).endswith(runs[-1]) for text in (a, b))
    if starts and ends and len(runs) == 1:
        return None  # a name, and nothing said of it
    text = f" {GAP} ".join([*([""] if starts else []), *runs, *([""] if ends else [])]).strip()
    return text if _n_telling(text) >= _FEWEST_SHARED else None


def _named(runs: Sequence[str]) -> str:
    """Give the longest run that holds a name, as the head of a title."""
    names = [run for run in runs if any(word[0].isupper() and _key(word) not in STOP for word in run.split())]
    longest = max(names, key=len, default="").split()
    while longest and _key(longest[0]) in STOP:
        longest = longest[1:]
    return f"{' '.join(longest)}: " if longest else ""


def _n_own_amounts(text: str, other: str) -> int:
    """How many amounts *text* gives that *other* does not."""
    known = features(other).quantities
    return sum(
        not any(one.kind == two.kind and one.allows(two) for two in known)
        for one in features(text).quantities
    )


def _n_telling(text: str) -> int:
    """How many words are left that say what it is about."""
    words = map(_key, text.split())
    return sum(bool(word) and word not in STOP for word in words)


def _key(word: str) -> str:
    return _EDGE.sub("", word).lower()
