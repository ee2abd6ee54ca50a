"""What the checker is held against: rules of a few lines, and one long prompt over both articles."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from checker.engines.llm.conversation import Conversation, Question
from checker.errors import NoAnswer
from checker.facts import Findings
from checker.ground import Draft, Folded, number_claims
from checker.lexical.words import STOP, is_negation, stem, tokens, without_idle_negations
from checker.model.request import Model
from checker.prompt import fence, load_prompt
from checker.schema import Article, Failure, Frozen, Label, Quote, Verdict

ALWAYS_UNIQUE, MAJORITY, RULE = "always unique", "most frequent label", "lexical rule"
BUILTIN_NAME, ONE_PROMPT = "built-in engine", "one prompt"
"""What the systems are called in every table."""

LEAST_SHARED = 0.5
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Words:
    """What the lexical rule sees of a text: its content words, its figures, whether it denies."""

    content: frozenset[str]
    figures: frozenset[str]
    denies: bool


def words(text: str) -> Words:
    """Read *text* for the lexical rule."""
    found = [token.lower() for token in tokens(text)]
    return Words(
        content=frozenset(stem(word) for word in found if word not in STOP),
        figures=frozenset(_FIGURE.findall(text)),
        denies=any(is_negation(token.lower()) for token in tokens(without_idle_negations(text))),
    )


def lexical_rule(a: Words, b: Words) -> Label:
    """
    The label by six lines of rule.

    Under half of the shorter text's content words in common: unique. Else, a figure of the
    one with fewer that the other has not, or a denial on one side only: conflicting. Else
    agreeing.

    >>> lexical_rule(words("The fire killed 14 people."), words("The fire killed 12 people."))
    <Label.CONFLICTING: 'conflicting'>
    """
    shared = len(a.content & b.content)
    shorter = min(len(a.content), len(b.content))
    if not shorter or shared / shorter < LEAST_SHARED:
        return Label.UNIQUE
    fewer, more = sorted((a.figures, b.figures), key=len)
    if (fewer - more) or a.denies != b.denies:
        return Label.CONFLICTING
    return Label.AGREEING


class _Shared(Frozen):
    quote_a: str
    quote_b: str
    label: Label


class _Facts(Frozen):
    facts: list[_Shared]


class OnePrompt:
    """Both articles in one prompt, as anybody would ask a chat: no claims, no second look."""

    def __init__(self, model: Model, name: str) -> None:
        self._talk = Conversation(model, name)
        self._prompt = load_prompt("baseline.v1")
        self.prompts = {self._prompt.name: self._prompt.hash}

    async def check(self, articles: Sequence[Article]) -> Findings:
        """Give what is said of each two of *articles*; a quote that is not there takes its fact with it."""
        found = await asyncio.gather(*(self._compare(a, b) for a, b in combinations(articles, 2)))
        return _numbered(articles, found)

    async def _compare(self, a: Article, b: Article) -> _Facts | Failure:
        values = {
            "published_a": a.published or "not known",
            "published_b": b.published or "not known",
            "article_a": fence("article-a", a.text),
            "article_b": fence("article-b", b.text),
        }
        question = Question("baseline", self._prompt, values, _Facts, lambda _: ())
        try:
            return (await self._talk.hold(question)).answer
        except NoAnswer as error:
            return Failure(step="judge", articles=(a.id, b.id), error=str(error))


def _numbered(articles: Sequence[Article], found: Sequence[_Facts | Failure]) -> Findings:
    """The quotes as claims, each once, and the labels between them."""
    folded = {article.id: Folded(article.text) for article in articles}
    stated = [
        (label, draft_a, draft_b, a.id, b.id)
        for (a, b), one in zip(combinations(articles, 2), found, strict=True)
        if isinstance(one, _Facts)
        for label, draft_a, draft_b in _drafts(one, folded[a.id], folded[b.id])
    ]
    drafts: dict[str, list[Draft]] = {article.id: [] for article in articles}
    for _, draft_a, draft_b, a_id, b_id in stated:
        drafts[a_id].append(draft_a)
        drafts[b_id].append(draft_b)
    claims = [claim for article in articles for claim in number_claims(article, drafts[article.id])]
    by_words = {(claim.article, claim.text.casefold()): claim.id for claim in claims}
    labels = {
        (by_words[a_id, draft_a.text.casefold()], by_words[b_id, draft_b.text.casefold()]): label
        for label, draft_a, draft_b, a_id, b_id in sorted(stated, key=lambda one: one[0] == Label.CONFLICTING)
    }
    return Findings(
        claims=tuple(claims),
        verdicts=tuple(Verdict(a=a, b=b, label=label) for (a, b), label in labels.items()),
        failures=tuple(one for one in found if isinstance(one, Failure)),
    )


def _drafts(reply: _Facts, folded_a: Folded, folded_b: Folded) -> Iterator[tuple[Label, Draft, Draft]]:
    for fact in reply.facts:
        quotes_a, quotes_b = folded_a.find(fact.quote_a), folded_b.find(fact.quote_b)
        if quotes_a and quotes_b and fact.label != Label.UNIQUE:
            yield (
                fact.label,
                _draft(quotes_a),
                _draft(quotes_b),
            )


def _draft(quotes: Sequence[Quote]) -> Draft:
    """A claim in the article's own words."""
    text = " ... ".join(" ".join(quote.text.split()) for quote in quotes)
    return Draft(text=text, speaker=None, quotes=tuple(quotes))
