"""What keeps two claims about one fact from both being true: numbers, times, denials, mouths."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from checker.lexical.likeness import Reading
from checker.lexical.numbers import Quantity
from checker.lexical.times import Moment
from checker.lexical.words import STOP, is_negation, stem, tokens, without_idle_negations
from checker.schema import Aspect, Frozen

_FULL_NAME = 2
_QUOTED_WORDS = 3
_SAME_QUOTE = 0.6
_SCOPE = 4
_FAR = 5
_BEFORE = 40
_HELPING = """
    am are be been being can could did do does had has have is may might must shall should was were will would
"""
_AUXILIARY = frozenset(_HELPING.split())
_HALF_DENIED = frozenset(
    stem(word) for word in ("without", "lack", "absence", "failure", "unable", "impossible", "instead")
)
_DESCRIBES = 5  # words after which a relative clause is taken to have ended
_RELATIVE = frozenset(("who", "which", "whom", "whose"))
_ASIDE = re.compile(r"\b(?:if|unless|since|except|apart from|besides)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:as of|as at|by|until|up to|so far)\b[^.;,]{0,24}$", re.IGNORECASE)
_SILENCE = re.compile(
    r"(?:\b(?:no|not|never|yet to)|n[\u2019']t) (?:\w+ )?(?:confirm|comment|say|answer|reply|respond|disclose|clear|"
    r"known|reveal)(?:ed|ment)?\b|\b(?:unclear|unknown|ha(?:s|ve) yet to|declined to)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:might|could(?! not|n[\u2019']t)|(?-i:may)|possibly|perhaps|undecided|weighing|considering|mulling|"
    r"not (?:yet )?(?:certain|sure|decided)|uncertain|no decision)\b",
    re.IGNORECASE,
)


class Clash(Frozen):
    """What differs: the words of the one claim and of the other, and the rest of a sentence about it."""

    aspect: Aspect
    differs: tuple[str, str]
    reason: str

    @property
    def plain(self) -> bool:
        """Whether it is a matter of figures, so that even where it is no conflict it is no agreement."""
        return self.aspect in {Aspect.QUANTITY, Aspect.TIME}

    @property
    def about_speaker(self) -> bool:
        """Whether it is who said it that differs."""
        return self.aspect == Aspect.ATTRIBUTION


Rule = Callable[[Reading, Reading], Clash | None]


def find_clash(one: Reading, other: Reading) -> Clash | None:
    """The clash of two readings by the first rule that finds one; found alike whichever comes first."""
    return next((clash for rule in _RULES if (clash := rule(one, other))), None)


def other_occasion(one: Reading, other: Reading) -> bool:
    """
    Whether the claims are of different years, of states as of different days, or of different days and amounts.

    Two counts at different times are both true.
    """
    years = [{moment.year for moment in reading.said.moments if moment.year} for reading in (one, other)]
    if all(years) and not years[0] & years[1]:
        return True
    if _stands_apart(one, other) or _stands_apart(other, one):
        return True
    return bool(_times(one, other) and _amounts(one, other))


def _stands_apart(one: Reading, other: Reading) -> bool:
    stand, whens = _moments(one, as_of=True), other.said.moments
    return bool(stand and whens) and not any(m.allows(n) for m in stand for n in whens)


def _mouths(one: Reading, other: Reading) -> Clash | None:
    """The same quoted words from different people, both named in full: a country may speak for a capital."""
    if min(len(one.speaker), len(other.speaker)) < _FULL_NAME or one.speaker & other.speaker:
        return None
    ours, theirs = one.whole.quoted, other.whole.quoted
    shared = len(ours & theirs)
    if shared < _QUOTED_WORDS or shared < _SAME_QUOTE * max(len(ours), len(theirs)):
        return None
    differs = (one.speaker_text, other.speaker_text)
    return Clash(
        aspect=Aspect.ATTRIBUTION, differs=differs, reason="the same words come from different people"
    )


def _amounts(one: Reading, other: Reading) -> Clash | None:
    """Two amounts of one thing that no single value fits."""
    ours, theirs = one.said.quantities, other.said.quantities
    for p in _unfit(ours, theirs):
        for q in _unfit(theirs, ours):
            if p.kind == q.kind and _one_thing(p, q):
                reason = f"one gives {p.text}, the other {q.text}"
                return Clash(aspect=Aspect.QUANTITY, differs=(p.text, q.text), reason=reason)
    return None


def _times(one: Reading, other: Reading) -> Clash | None:
    """Two dates or clock times that no single moment fits."""
    both = [(m, n) for m in _moments(one) for n in _moments(other) if m.comparable(n)]
    if not both or any(m.allows(n) for m, n in both):
        return None
    m, n = both[0]
    return Clash(
        aspect=Aspect.TIME, differs=(m.text, n.text), reason=f"one says {m.text}, the other {n.text}"
    )


def _openness(one: Reading, other: Reading) -> Clash | None:
    """One leaves open what the other says outright."""
    ours, theirs = _open_word(one.text), _open_word(other.text)
    if bool(ours) == bool(theirs) or _is_silent(one) or _is_silent(other):
        return None
    differs = (ours or "certain", theirs or "certain")
    return Clash(
        aspect=Aspect.MODALITY, differs=differs, reason="one leaves open what the other says outright"
    )


def _open_word(text: str) -> str:
    """The first word that leaves something open, outside what only describes ("who said he could")."""
    for found in _OPEN.finditer(text):
        before = text[: found.start()].lower().split()[-_DESCRIBES:]
        if not _RELATIVE.intersection(before):
            return found.group()
    return ""


def _denials(one: Reading, other: Reading) -> Clash | None:
    """One denies what the other says."""
    ours, theirs = _denied(one), _denied(other)
    if bool(ours) == bool(theirs) or _is_silent(one) or _is_silent(other):
        return None
    denied, said = (ours, other) if ours else (theirs, one)
    if _HALF_DENIED & said.stems or not any(stem(word) in said.stems for word in _content(denied[1:])):
        return None
    differs = (" ".join(ours) or "said to be so", " ".join(theirs) or "said to be so")
    return Clash(aspect=Aspect.POLARITY, differs=differs, reason="one denies what the other says")


_RULES: tuple[Rule, ...] = (_mouths, _amounts, _times, _openness, _denials)


def _unfit(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of ours that nothing of theirs fits."""
    return [p for p in ours if not any(p.kind == q.kind and p.allows(q) for q in theirs)]


def _one_thing(p: Quantity, q: Quantity) -> bool:
    """Whether both may measure one thing: at most `_FAR` times apart, and counts of the same noun."""
    low, high = sorted((_size(p), _size(q)))
    near = high <= _FAR * low or low == 0
    return near and (p.kind != "count" or stem(p.noun) == stem(q.noun))


def _size(quantity: Quantity) -> float:
    return quantity.low if quantity.high == math.inf else quantity.high


def _moments(reading: Reading, *, as_of: bool = False) -> list[Moment]:
    """The moments at which something happens; or with *as_of* those up to which something holds."""
    return [
        m
        for m in reading.said.moments
        if bool(_AS_OF.search(reading.said_text[max(0, m.start - _BEFORE) : m.start])) == as_of
    ]


def _is_silent(reading: Reading) -> bool:
    """Whether the claim is that nothing was said or is known: silence is never a conflict."""
    return bool(_SILENCE.search(reading.text))


def _denied(reading: Reading) -> list[str]:
    """
    The first negation and the words next to it, as far as it may reach; in lower case.

    Conditions, exceptions and what only describes ("the people not hurt") deny nothing.
    """
    if _ASIDE.search(reading.said_text):
        return []
    words = [word.lower() for word in tokens(without_idle_negations(reading.text))]
    at = next((i for i, word in enumerate(words) if is_negation(word) and _is_main(words, i)), None)
    if at is None:
        return []
    ends = [i for i, word in enumerate(words) if i > at and word not in STOP][:_SCOPE]
    return words[at : max(ends, default=at) + 1]


def _content(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in STOP]


def _is_main(words: Sequence[str], at: int) -> bool:
    if _RELATIVE & set(words[max(0, at - 3) : at]):
        return False
    return words[at] != "not" or at == 0 or words[at - 1] in _AUXILIARY or words[at + 1 : at + 2] == ["a"]
