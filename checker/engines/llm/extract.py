"""Article → Claims by asking: each part of the article once, then the sentences left over."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from checker.engines import Extraction
from checker.engines.llm.conversation import Answered, Conversation, Question
from checker.errors import CutShort, NoAnswer, NotAsked
from checker.ground import Draft, Folded, number_claims
from checker.lexical.unseen import seen
from checker.prompt import Prompt, fence, load_prompt
from checker.schema import Article, Failure, Frozen, Quote, Ungrounded
from checker.sentences import Span, parts, sentences

PART_SIZE = 12_000
CONTEXT_SIZE = 1_200
SMALLEST_PART = 400
MIN_GAP_WORDS = 4
MIN_GAP_BYTES = 30
MAX_CLAIMS = 400
MAX_CLAIM_SIZE = 1_000
MAX_SPEAKER_SIZE = 200
MAX_QUOTES = 20
MAX_QUOTES_SIZE = PART_SIZE
MAX_SHOWN_QUOTES = 5


Find = Callable[[str], tuple[Quote, ...]]
"""Where the words of a quote stand in the part that was asked about; nothing if they do not."""


class _Claim(Frozen):
    quotes: list[str]
    speaker: str | None
    text: str


class _Claims(Frozen):
    claims: list[_Claim]


@dataclass(frozen=True)
class _Found:
    """What one or more replies gave: drafts that are in the article, claims that are not, failures."""

    drafts: tuple[Draft, ...] = ()
    ungrounded: tuple[Ungrounded, ...] = ()
    failures: tuple[Failure, ...] = ()


class Extractor:
    """Extracts the claims of one article at a time; it sees no other article."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._first = load_prompt("extract.v1")
        self._gaps = load_prompt("gaps.v1")
        self.prompts: tuple[Prompt, ...] = (self._first, self._gaps)

    async def extract(self, article: Article) -> Extraction:
        """
        Give the claims of *article*.

        A long article is asked about in parts; each claim belongs to the part that its
        first quote stands in, so that nothing is lost and nothing is there twice.
        """
        folded = Folded(article.text)
        spans = parts(article.text, PART_SIZE)
        found = await asyncio.gather(*(self._part(article, folded, span) for span in spans))
        left = await asyncio.to_thread(_untouched, article, _join(found).drafts)
        # A part without an answer would be offered whole: it is asked for in another run, not in other words.
        read = [span for span, part in zip(spans, found, strict=True) if not part.failures]
        more = await asyncio.gather(*(self._left_over(article, folded, span, left) for span in read))
        whole = _join([*found, *more])
        silent = left and not whole.drafts and not whole.failures
        return Extraction(
            claims=number_claims(article, whole.drafts),
            ungrounded=whole.ungrounded,
            failures=(_failure(article, "the model found no claim in the whole article"),)
            if silent
            else whole.failures,
        )

    async def _part(self, article: Article, folded: Folded, span: Span) -> _Found:
        values = {
            "published": article.published or "not known",
            "context": _context(article.text, span),
            "article": fence("article", article.text[span.start : span.end]),
        }
        try:
            return await self._ask("extract", self._first, values, (article, folded, span))
        except CutShort as error:
            halves = parts(article.text[span.start : span.end], (span.end - span.start) * 2 // 3)
            if span.end - span.start < SMALLEST_PART or len(halves) < 2:  # noqa: PLR2004 - one is no half
                return _failed(article, error)
            smaller = [Span(span.start + half.start, span.start + half.end) for half in halves]
            return _join(await asyncio.gather(*(self._part(article, folded, half) for half in smaller)))
        except NoAnswer as error:
            return _failed(article, error)

    async def _left_over(self, article: Article, folded: Folded, span: Span, left: Sequence[Span]) -> _Found:
        """Offer the untouched sentences that begin in *span* once more."""
        here = [article.text[s.start : s.end] for s in left if span.start <= s.start < span.end]
        if not here:
            return _Found()
        values = {
            "published": article.published or "not known",
            "article": fence("article", article.text[span.start : span.end]),
            "sentences": fence("sentences", "\n".join(here)),
        }
        try:
            return await self._ask("gaps", self._gaps, values, (article, folded, span))
        except NoAnswer as error:
            return _failed(article, error)

    async def _ask(
        self, stage: str, prompt: Prompt, values: dict[str, str], place: tuple[Article, Folded, Span]
    ) -> _Found:
        article, folded, span = place
        over = threading.Event()

        @cache
        def find(quote: str) -> tuple[Quote, ...]:
            if over.is_set():
                raise NotAsked("interrupted")  # ends a thread that nobody waits for any more
            return folded.find(quote, span.start, span.end)

        def problems(reply: _Claims) -> tuple[str, ...]:
            return _problems(reply, find)

        try:
            answered = await self._talk.hold(Question(stage, prompt, values, _Claims, problems))
            return await asyncio.to_thread(_grounded, article, answered, find)
        finally:
            over.set()


def _grounded(article: Article, answered: Answered[_Claims], find: Find) -> _Found:
    claims = answered.answer.claims[:MAX_CLAIMS]
    grounded = [(claim, _quotes(claim, find)) for claim in claims]
    return _Found(
        failures=tuple(_failure(article, f"{problem} ({answered.ending})") for problem in answered.problems),
        drafts=tuple(
            Draft(
                text=_fold(claim.text),
                speaker=_fold(claim.speaker or "")[:MAX_SPEAKER_SIZE] or None,
                quotes=quotes,
            )
            for claim, quotes in grounded
            if quotes and _sized(claim)
        ),
        ungrounded=tuple(
            _ungrounded(article, claim) for claim, quotes in grounded if not (quotes and _sized(claim))
        ),
    )


def _problems(reply: _Claims, find: Find) -> tuple[str, ...]:
    """Only what spoils the whole reply: a single claim without its quote is left out, not asked for again."""
    if len(reply.claims) > MAX_CLAIMS:
        return (f"there are {len(reply.claims)} claims; only the first {MAX_CLAIMS} are read",)
    if reply.claims and not any(_quotes(claim, find) for claim in reply.claims):
        return ("none of the quotes is in the text; copy the quotes from the text letter by letter",)
    return ()


def _quotes(claim: _Claim, find: Find) -> tuple[Quote, ...]:
    """The quotes of *claim* that *find* finds; none if any one of them is not there, or they are too many."""
    if len(claim.quotes) > MAX_QUOTES or sum(map(len, claim.quotes)) > MAX_QUOTES_SIZE:
        return ()
    found = [find(quote) for quote in claim.quotes]
    if not found or not all(found):
        return ()
    return tuple(
        sorted({quote for quotes in found for quote in quotes}, key=lambda quote: (quote.start, quote.end))
    )


def _sized(claim: _Claim) -> bool:
    return 0 < len(_fold(claim.text)) <= MAX_CLAIM_SIZE


def _fold(text: str) -> str:
    return " ".join(text.split())


def _context(text: str, span: Span) -> str:
    """The text just before *span*, for understanding; nothing for the first part."""
    if span.start == 0:
        return ""
    before = text[max(0, span.start - CONTEXT_SIZE) : span.start]
    return (
        "\nThe text before it, for understanding only; list no claim of it.\n\n"
        + fence("before", before)
        + "\n"
    )


def _untouched(article: Article, drafts: Sequence[Draft]) -> tuple[Span, ...]:
    """The sentences that no quote touches and that could hold a claim."""
    quotes = [quote for draft in drafts for quote in draft.quotes]
    return tuple(
        span
        for span in sentences(article.text)
        if not any(quote.start < span.end and span.start < quote.end for quote in quotes)
        and _could_hold_a_claim(article, article.text[span.start : span.end])
    )


def _could_hold_a_claim(article: Article, passage: str) -> bool:
    sentence = seen(passage).strip()
    # Scripts without spaces have few words and many letters that are no ASCII.
    is_long = len(sentence.split()) >= MIN_GAP_WORDS or len(sentence.encode()) >= MIN_GAP_BYTES
    return is_long and not sentence.endswith(("?", "\uff1f")) and sentence != article.title


def _ungrounded(article: Article, claim: _Claim) -> Ungrounded:
    shown = tuple(quote[:MAX_CLAIM_SIZE] for quote in claim.quotes[:MAX_SHOWN_QUOTES])
    return Ungrounded(article=article.id, text=claim.text[:MAX_CLAIM_SIZE], quotes=shown)


def _failed(article: Article, error: NoAnswer) -> _Found:
    return _Found(failures=(_failure(article, str(error)),))


def _failure(article: Article, error: str) -> Failure:
    return Failure(step="extract", articles=(article.id,), error=error)


def _join(found: Sequence[_Found]) -> _Found:
    return _Found(
        drafts=tuple(draft for one in found for draft in one.drafts),
        ungrounded=tuple(claim for one in found for claim in one.ungrounded),
        failures=tuple(failure for one in found for failure in one.failures),
    )
