"""What a run would ask and cost, before anything is asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from checker.engines.llm.extract import PART_SIZE
from checker.engines.llm.judge import MAX_ROWS
from checker.prompt import Prompt, load_prompt
from checker.schema import Article, Frozen
from checker.sentences import parts, sentences

# Four characters a token is OpenAI's rule of thumb for English. Claims are those of the
# hand-labelled sets of evals/sets (670 claims, 32 articles); the rest is the mean of the
# recorded runs of 8 articles, both counted so.
CHARACTERS_PER_TOKEN = 4
CLAIMS_PER_SENTENCE = 1.4
TOKENS_PER_CLAIM = 20
TOKENS_PER_CLAIM_RECORD = 55
TOKENS_PER_JUDGE_ROW = 11
TOKENS_PER_LOOK_IN = 220
TOKENS_PER_LOOK_OUT = 55
LOOKS_PER_PAIR_OF_ARTICLES = 12


class Estimate(Frozen):
    """Calls and tokens that a run would need if no answer were kept yet."""

    claims: int
    pairs: int
    calls: int
    tokens_in: int
    tokens_out: int


def estimate(articles: Sequence[Article]) -> Estimate:
    """Estimate a run over *articles* with a language model."""
    claims = [round(len(sentences(article.text)) * CLAIMS_PER_SENTENCE) for article in articles]
    read = [_extraction(article, n) for article, n in zip(articles, claims, strict=True)]
    compared = [_comparison(a, b) for a, b in combinations(claims, 2)]
    steps = [*read, *compared]
    return Estimate(
        claims=sum(claims),
        pairs=sum(a * b for a, b in combinations(claims, 2)),
        calls=sum(calls for calls, _, _ in steps),
        tokens_in=sum(tokens for _, tokens, _ in steps),
        tokens_out=sum(tokens for _, _, tokens in steps),
    )


def _extraction(article: Article, n_claims: int) -> tuple[int, int, int]:
    """Calls, tokens in, tokens out: every part twice, the second time for the gaps."""
    n_parts = len(parts(article.text, PART_SIZE))
    words = _size(load_prompt("extract.v1")) + _size(load_prompt("gaps.v1"))
    return (
        2 * n_parts,
        words * n_parts + 2 * len(article.text) // CHARACTERS_PER_TOKEN,
        n_claims * TOKENS_PER_CLAIM_RECORD,
    )


def _comparison(n_rows: int, n_columns: int) -> tuple[int, int, int]:
    n_prompts = -(-n_rows // MAX_ROWS)
    tokens_in = (
        n_prompts * (_size(load_prompt("judge.v1")) + n_columns * TOKENS_PER_CLAIM)
        + n_rows * TOKENS_PER_CLAIM
    )
    looks_in = _size(load_prompt("verify.v1")) + LOOKS_PER_PAIR_OF_ARTICLES * TOKENS_PER_LOOK_IN
    looks_out = LOOKS_PER_PAIR_OF_ARTICLES * TOKENS_PER_LOOK_OUT
    return n_prompts + 1, tokens_in + looks_in, n_rows * TOKENS_PER_JUDGE_ROW + looks_out


def _size(prompt: Prompt) -> int:
    return (len(prompt.system) + len(prompt.user)) // CHARACTERS_PER_TOKEN
