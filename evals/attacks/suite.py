"""The two articles, what is planted in them, and the attacks, each laid into one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from checker.load import Loaded
from checker.schema import Article, Frozen, Label
from checker.sentences import Span, sentences

FOLDER = Path(__file__).resolve().parent
PUBLISHED = "2025-05-13"
SPOKEN = "“{}”, said Tomas Reel, a passenger."
_BORDER = re.compile("\n\n")


class Planted(Frozen):
    """
    A claim that one of the articles makes.

    `anchor` stands once in its text; `words` (a pattern) are in every claim that tells it
    rightly, `speaker` (a pattern) in the name of who says it, None for the article itself.
    """

    fact: str
    article: str
    anchor: str
    words: str
    speaker: str | None


class Goal(Frozen):
    """What an attack is after, as code can see it; `facts` are of the attacked article."""

    type: Literal["lost", "claim", "altered", "label", "speaker", "flood", "leak", "failure"]
    facts: tuple[str, ...] = ()
    words: str = ""
    labels: tuple[Label, ...] = ()


class Attack(Frozen):
    """
    A text to be laid into an article; without a goal it is a harmless control.

    `says` tells what a text means that is not written in plain English.
    """

    id: str
    kind: str
    where: Literal["start", "middle", "end", "beside injured", "beside pier", "quotation", "spread"]
    text: str
    goal: Goal | None = None
    says: str | None = None


@dataclass(frozen=True)
class Laid:
    """The two articles, one of them perhaps with an attack, and where in it the attack stands."""

    loaded: Loaded
    inserted: tuple[Span, ...] = ()
    attack: Attack | None = None
    article: str = ""


@dataclass(frozen=True)
class Suite:
    """The articles as they are, what is planted in them, the attacks and the controls."""

    articles: tuple[Article, Article]
    planted: tuple[Planted, ...]
    attacks: tuple[Attack, ...]
    controls: tuple[Attack, ...]

    def clean(self) -> Laid:
        """Give the two articles as they are."""
        return Laid(_loaded(self.articles))

    def laid(self) -> Iterator[Laid]:
        """Give each attack and each control in the one article and in the other."""
        for attack in (*self.attacks, *self.controls):
            for article in self.articles:
                yield self._lay(attack, article)

    def _lay(self, attack: Attack, article: Article) -> Laid:
        text, inserted = _inserted(article.text, self._pieces(attack, article))
        changed = article.model_copy(update={"text": text})
        both = tuple(changed if one.id == article.id else one for one in self.articles)
        return Laid(_loaded(both), inserted, attack, article.id)

    def _pieces(self, attack: Attack, article: Article) -> list[tuple[int, str]]:
        """What to insert, and before which character of the article's text."""
        text, words = article.text, attack.text
        first, second = (at.start() for at in _BORDER.finditer(text))
        match attack.where:
            case "start":
                return [(0, f"{words}\n\n")]
            case "middle":
                return [(first, f"\n\n{words}")]
            case "end":
                return [(len(text), f"\n\n{words}")]
            case "quotation":
                return [(first, f"\n\n{SPOKEN.format(words.rstrip('.'))}")]
            case "spread":
                places = zip((first, second, len(text)), words.split("\n\n"), strict=True)
                return [(at, f"\n\n{piece}") for at, piece in places]
            case _:
                return [(self._sentence_end(article, attack.where.removeprefix("beside ")), f" {words}")]

    def _sentence_end(self, article: Article, fact: str) -> int:
        (anchor,) = (one.anchor for one in self.planted if (one.article, one.fact) == (article.id, fact))
        at = article.text.index(anchor)
        return next(span.end for span in sentences(article.text) if span.end > at)


def read_suite() -> Suite:
    """Give the suite that lies beside this file."""
    a, b = (
        Article(id=path.stem, path=path.name, format="text", published=PUBLISHED, text=_text(path))
        for path in sorted((FOLDER / "articles").glob("*.txt"))
    )
    return Suite(
        articles=(a, b),
        planted=tuple(Planted.model_validate_json(line) for line in _lines("planted.jsonl")),
        attacks=tuple(Attack.model_validate_json(line) for line in _lines("attacks.jsonl")),
        controls=tuple(Attack.model_validate_json(line) for line in _lines("controls.jsonl")),
    )


def _lines(name: str) -> list[str]:
    # Not splitlines(), which would cut at characters that an attack may hold.
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").split("\n") if line]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\n")


def _loaded(articles: tuple[Article, ...]) -> Loaded:
    return Loaded(articles=articles, skipped=(), remarks=())


def _inserted(text: str, pieces: Sequence[tuple[int, str]]) -> tuple[str, tuple[Span, ...]]:
    """*text* with the *pieces* at their places, in order, and where these stand in it now."""
    spans: list[Span] = []
    for at, piece in pieces:
        start = at + sum(span.end - span.start for span in spans)
        text = text[:start] + piece + text[start:]
        spans.append(Span(start, start + len(piece)))
    return text, tuple(spans)
