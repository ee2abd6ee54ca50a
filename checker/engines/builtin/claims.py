"""The statements of an article, word for word, and who makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.ground import Draft, number_claims
from checker.lexical.words import REPORTING
from checker.schema import Article, Claim, Quote
from checker.sentences import Span, sentences

_LEAST_WORDS = 3
_OPENING = 3
_LONGEST_SPEAKER = 10
_LONGEST_SENTENCE = 1000
_END = re.compile(r"[.!…][”\"\u2019'»)\]]*$")
_ITEM = re.compile(r"[-*•]\s+(?=\S)")
_DATELINE = re.compile(
    r"(?:[A-Z][^\n.!?—\u2013]{1,40}(?:,[^\n!?—\u2013]{1,40})?\s?(?:—|\u2013|--)|[A-Z][A-Z ,]{2,40}(?:,\s[A-Z][a-z]+\.?\s\d{1,2})?(?:\s\([^()\n]{2,40}\))?\s-)\s+(?=[“\"A-Z])"
)
_VERB = (
    r"(?:am|is|are|was|were|be|has|had|have|will|would|can|could|may|might|must|did|does|do|said|says|told|"
    r"began|came|went|fell|rose|won|lost|made|took|gave|met|left|broke|held|led|kept|found|got|ran|saw|"
    r"[a-z]{3,}ed)"
)
_JOINT = re.compile(
    rf"(?:,\s+(?:and|but|while)|;)\s+(?=(?:(?:the|a|an|its|his|her|their|one|some|several|many|most|both)\s+\w+|"
    rf"[A-Z]\w+|\w+s)(?:\s+[^\s,;]+){{0,4}}?\s+{_VERB}\b)"
)
_FINITE = re.compile(rf"\b{_VERB}\b")
_LOOSE = {"added", "adds", "believed", "believes", "claimed", "claims", "confirmed", "confirms", "estimated"}
_LOOSE |= {"estimates", "reported", "reports", "stated", "states", "suggested", "suggests"}
_SURE = "|".join(sorted((REPORTING | {"accused", "blamed", "praised", "told"}) - _LOOSE))
_REPORTS = f"(?:{_SURE}|(?:{'|'.join(sorted(_LOOSE))})(?=\\s+that\\b|[.,]|$))"
_LEADS = "But|And|Yet|Meanwhile|Still|Later|Also|In|On|At|After|Before|During|With|To|For|As|From"
_WHO = r"(?P<who>(?:[A-Z]|the\b|an?\b|he\b|she\b|they\b)[^“”\";:]{1,100}?)"
_ONE = _WHO.replace("[^", "[^,")
_NAMED = r",\s+(?P<name>[^,;:“”\"]{2,60})"
_NAME = f"(?:{_NAMED})?"
_SPEAKERS = (
    re.compile(r"^[Aa]ccording to (?P<who>[^,;“”\"]{2,80}),"),
    re.compile(r",\s+according to (?P<who>[^,;“”\"]{2,80})\.?$"),
    re.compile(rf"[,”\"]\s+(?:{_REPORTS})\s+{_WHO}{_NAME}(?:,.*|\s+(?:in|on|at|after|when|to)\b.*)?\.?$"),
    re.compile(rf"[,”\"]\s+{_ONE}(?:{_NAMED},)?\s+(?:{_REPORTS})\b[^“”\"]{{0,60}}\.?$"),
    re.compile(
        rf"^(?:(?:{_LEADS}|\w+day)\b[^“”\",]{{0,60}},\s+)?{_WHO}(?:{_NAME},)?\s+(?:also\s+|later\s+)?(?:{_REPORTS})\b"
    ),
)
_LEAD_IN = re.compile(rf"^(?:{_LEADS}|\w+ing)\b")
_ARTICLES = frozenset(("the", "a", "an"))
_PRONOUNS = frozenset(("he", "she", "they", "it"))
_NO_SPEAKER = frozenset(
    ("no", "nobody", "nothing", "not", "never", "there", "this", "that", "which", "who", "so")
)
_CLAUSE = frozenset(("am", "are", "be", "been", "is", "was", "were", "will", "would"))
_HELPERS = re.compile(r"\s+(?:has|have|had|did|does|also|later)\b.*$")


def find_claims(article: Article) -> tuple[Claim, ...]:
    """
    The statements of *article* with their ids: sentences, or halves of sentences that can stand alone.

    Titles, header lines, datelines and questions are left out. The text of a claim is that
    of its quote with white space folded.
    """
    return number_claims(article, list(_drafts(article)))


def _drafts(article: Article) -> Iterator[Draft]:
    last: str | None = None
    for nth, sentence in enumerate(_whole_sentences(article.text)):
        if not _is_statement(article, sentence):
            continue
        span = _without_lead(article.text, sentence, opening=nth < _OPENING)
        text = article.text[span.start : span.end]
        last = speaker = _speaker(text, last)
        for clause in _clauses(article.text, span):
            words = article.text[clause.start : clause.end]
            quote = Quote(text=words, start=clause.start, end=clause.end)
            yield Draft(text=" ".join(words.split()), speaker=speaker, quotes=(quote,))


def _whole_sentences(text: str) -> Iterator[Span]:
    """The sentences, joined again where one was cut inside its quotation marks or before a word or two."""
    held: Span | None = None
    for span in sentences(text):
        if held and not _is_cut(text, held, span):
            yield held
            held = None
        held = Span(held.start, span.end) if held else span
    if held:
        yield held


def _is_cut(text: str, before: Span, after: Span) -> bool:
    if "\n" in text[before.end : after.start]:
        return False
    piece = text[before.start : before.end]
    is_stub = len(text[after.start : after.end].split()) < _LEAST_WORDS and piece.endswith(("a.m.", "p.m."))
    return is_stub or piece.count("“") > piece.count("”")


def _without_lead(text: str, span: Span, *, opening: bool) -> Span:
    """The sentence without the mark of a list item or, near the opening, the dateline before it."""
    match = _ITEM.match(text, span.start, span.end) or (
        _DATELINE.match(text, span.start, span.end) if opening else None
    )
    return Span(match.end(), span.end) if match else span


def _is_statement(article: Article, span: Span) -> bool:
    text = article.text[span.start : span.end]
    folded = " ".join(text.split())
    if article.title is not None and folded.casefold() == " ".join(article.title.split()).casefold():
        return False
    return len(folded.split()) >= _LEAST_WORDS and bool(_END.search(folded) or _ITEM.match(folded))


def _clauses(text: str, span: Span) -> Iterator[Span]:
    """The halves about `, and` or `;` outside quotation marks, where both have a verb of their own."""
    start = span.start
    for joint in _JOINT.finditer(text, span.start, span.end):
        head = text[start : joint.start()]
        quoted = head.count('"') % 2 or head.count("“") > head.count("”")
        if not quoted and _FINITE.search(head) and len(head.split()) > _LEAST_WORDS and not _reports(head):
            yield Span(start, joint.start())
            start = joint.end()
    yield Span(start, span.end)


def _reports(head: str) -> bool:
    """Whether the half before the joint says who says it: then it belongs to the other half as well."""
    return bool(re.search(rf"\b(?:{_REPORTS}|according)\b", head))


def _speaker(sentence: str, last: str | None) -> str | None:
    """Who says it, by the words around a verb that reports; for a pronoun, who spoke *last*."""
    folded = " ".join(sentence.split())
    if len(folded) > _LONGEST_SENTENCE:
        return None
    matches = filter(None, (pattern.search(folded) for pattern in _SPEAKERS))
    found = (_who(match["who"], match.groupdict().get("name"), last) for match in matches)
    return next(filter(None, found), None)


def _who(who: str, name: str | None, last: str | None) -> str | None:
    """The name before the description: `Ann Lee` of `the mayor, Ann Lee` and of `Ann Lee, the mayor`."""
    lead, _, rest = who.rpartition(", ") if _LEAD_IN.match(who) else ("", "", who.partition(", ")[0])
    plain = _HELPERS.sub("", rest if lead else _LEAD_IN.sub("", rest).strip())
    if name and name[0].isupper() and not plain.istitle():
        plain = name
    words = plain.strip(" .,").split()
    if (
        not {word.lower() for word in words} - _ARTICLES
        or words[-1] in {"and", "but"}
        or len(words) > _LONGEST_SPEAKER
        or {word.lower() for word in who.split()} & (_NO_SPEAKER | _CLAUSE)
    ):
        return None
    return last if words[0].lower() in _PRONOUNS else " ".join(words)
