"""
Where a quote stands in an article: the exact span of characters, or nothing.

A model copies with small slips. The search forgives white space, quotation marks,
dashes, case, invisible characters and Unicode form, and nothing else; what it reports
are the article's own characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise

from checker.lexical.unseen import is_unseen
from checker.schema import Article, Claim, Frozen, Quote

_QUOTATION_MARKS = frozenset(
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f\uff02\uff07"
)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.\.\.|\u2026)\s*\]|\(\s*(?:\.\.\.|\u2026)\s*\)|\.\.\.|\u2026)\s*")
_LOOSE_ENDS = " \t\r\n.,;:"
_NEAR = 8  # characters looked at on either side of a border; some may be invisible
# What may not be parted: (end of what stands before, beginning of what stands after).
_JOINTS = tuple(
    (re.compile(before), re.compile(after))
    for before, after in (
        (r"[^\W_]\Z", r"[^\W_]"),  # inside a word or a number
        (r"[^\W_]\Z", r"[-\u2010\u2011][^\W_]"),  # before the hyphen of non-violent, 3-2
        (r"[^\W_][-\u2010\u2011]\Z", r"[^\W_]"),  # after it
        (r"[^\W_]\Z", r"['\u2019]t\b"),  # can't
        (r"\d\Z", r"[.,]\d"),  # 1.5
        (r"\d[.,]\Z", r"\d"),
        (r"(?:\A|\s)[-\u2212\u2013]\Z", r"\d"),  # -5
    )
)
_INSIDE_A_WORD = re.compile("[0-9A-Za-z]{2}")
# Scripts that put no space between words: Thai, Lao, Khmer, Kana, Han.
_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Draft(Frozen):
    """A claim before it has an id: its words, its speaker, and where it stands."""

    text: str
    speaker: str | None
    quotes: tuple[Quote, ...]


class Folded:
    """A text prepared for searching: folded once, searched often."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._at = _fold(text)

    def find(self, wanted: str, start: int = 0, end: int | None = None) -> tuple[Quote, ...]:
        """
        Find *wanted* between *start* and *end*; nothing if any part of it is not there.

        Words left out with an ellipsis give one quote for each part, in the order of the text; one at an
        end says only that the text goes on.

        >>> text = Folded("He said: “Moscow shot 629 drones — all at once”.")
        >>> [quote.text for quote in text.find('"moscow  shot 629 drones - all at once"')]
        ['“Moscow shot 629 drones — all at once”']
        >>> text.find("shot 62")
        ()
        """
        stop = len(self.text) if end is None else end
        whole = self._one(wanted, start, stop)
        if whole:
            return (whole,)
        return self._in_order([part for part in _ELLIPSIS.split(wanted) if part.strip()], start, stop)

    def _in_order(self, parts: Sequence[str], start: int, stop: int) -> tuple[Quote, ...]:
        found: list[Quote] = []
        for part in parts:
            quote = self._one(part, found[-1].end if found else start, stop)
            if quote is None:
                return ()
            found.append(quote)
        return tuple(found)

    def _one(self, wanted: str, start: int, stop: int) -> Quote | None:
        for trial in dict.fromkeys((wanted.strip(), wanted.strip(_LOOSE_ENDS))):
            span = self._span(trial, start, stop)
            if span:
                return Quote(text=self.text[span[0] : span[1]], start=span[0], end=span[1])
        return None

    def _span(self, wanted: str, start: int, stop: int) -> tuple[int, int] | None:
        needle = _fold(wanted)[0].strip()
        begin, end = (bisect_left(self._at, (border, 0)) for border in (start, stop))
        place = self._plain.find(needle, begin, end) if any(c.isalnum() for c in needle) else -1
        while place >= 0:
            first, last = self._at[place][0], self._at[place + len(needle) - 1][1]
            if first >= start and last <= stop and _whole_words(self.text, first, last):
                return self._with_marks(wanted, first, last, start, stop)
            place = self._plain.find(needle, place + 1, end)
        return None

    def _with_marks(self, wanted: str, first: int, last: int, start: int, stop: int) -> tuple[int, int]:
        """Take in the quotation marks at the ends that *wanted* has, which folding dropped."""
        if wanted[0] in _QUOTATION_MARKS and first > start and self.text[first - 1] in _QUOTATION_MARKS:
            first -= 1
        if wanted[-1] in _QUOTATION_MARKS and last < stop and self.text[last] in _QUOTATION_MARKS:
            last += 1
        return first, last


def number_claims(article: Article, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    """
    Give the claims of *article* their ids, in the order of the text.

    Drafts with the same words and speaker are one claim with all their quotes. The id is
    the article's and the first quote's span, with `b`, `c`, … where claims share a span;
    it depends neither on the order of *drafts* nor on other parts of the article.
    """
    merged: dict[tuple[str, str | None], set[Quote]] = {}
    words: dict[tuple[str, str | None], Draft] = {}
    for draft in sorted(drafts, key=_place):
        key = (" ".join(draft.text.casefold().split()), draft.speaker)
        merged.setdefault(key, set()).update(draft.quotes)
        words.setdefault(key, draft)
    whole = [
        draft.model_copy(update={"quotes": tuple(sorted(merged[key], key=lambda q: (q.start, q.end)))})
        for key, draft in words.items()
    ]
    return tuple(
        _claim(article, draft, nth)
        for _, sharing in groupby(sorted(whole, key=_place), key=_span)
        for nth, draft in enumerate(sharing)
    )


def _claim(article: Article, draft: Draft, nth: int) -> Claim:
    start, end = _span(draft)
    return Claim(
        id=f"{article.id}.{start}-{end}{_letters(nth)}",
        article=article.id,
        text=draft.text,
        speaker=draft.speaker,
        quotes=draft.quotes,
    )


def _span(draft: Draft) -> tuple[int, int]:
    return draft.quotes[0].start, draft.quotes[0].end


def _place(draft: Draft) -> tuple[int, int, str, str]:
    return (*_span(draft), draft.text, draft.speaker or "")


def _letters(nth: int) -> str:
    """Nothing for the first, then b, c, … z, z27, z28, …"""
    if nth == 0:
        return ""
    return chr(ord("a") + nth) if nth < 26 else f"z{nth + 1}"  # noqa: PLR2004 - letters of the alphabet


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """
    Fold *text*; beside it, for each folded character, the span it came from.

    Quotation marks and invisible characters vanish, white space becomes one space, and
    none beside a dash; dashes become one `-`.
    """
    plain: list[str] = []
    at: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        for folded in _fold_cluster(text[start:end]):
            last = plain[-1] if plain else ""
            if folded == last == "-" or (folded == " " and last in " -"):
                continue
            if folded == "-" and last == " ":
                plain.pop(), at.pop()
            plain.append(folded)
            at.append((start, end))
    return "".join(plain), at


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans of one character and the marks combined with it, so that é is é in either form."""
    starts = [i for i, character in enumerate(text) if i == 0 or not unicodedata.combining(character)]
    return list(pairwise([*starts, len(text)]))


def _fold_cluster(cluster: str) -> str:
    if cluster in _DASHES:
        return "-"
    if cluster.isspace():
        return " "
    first = cluster[0]
    if cluster in _QUOTATION_MARKS or unicodedata.category(first) == "Cf" or is_unseen(first):
        return ""
    if unicodedata.category(first) == "No":  # \u00bd is not 1/2 beside a figure, nor 10\u00b2 102
        return cluster
    folded = unicodedata.normalize("NFKC", cluster).casefold()
    return "".join(c for c in folded if c not in _QUOTATION_MARKS)


def _whole_words(text: str, start: int, end: int) -> bool:
    """Whether the span cuts through no word and no number (`1` of `1.5`, `62` of `629`, `can` of `can't`)."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, border: int) -> bool:
    """Whether what stands before and after *border* belongs together."""
    if border > 0 and _INSIDE_A_WORD.match(text, border - 1):  # the joint of nearly all, found at little cost
        return True
    before = _visible(text[max(0, border - _NEAR) : border])
    after = _visible(text[border : border + _NEAR])
    return any(left.search(before) and right.match(after) for left, right in _JOINTS) and not (
        _SPACELESS.match(before[-1:]) and _SPACELESS.match(after)
    )


def _visible(text: str) -> str:
    """*text* without invisible characters and combining marks, which part nothing."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Mn"})
