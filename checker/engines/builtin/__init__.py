"""
The engine that asks no model: sentences for claims, words, numbers and denials for verdicts.

It is the default where no model is configured: free, private and always the same, and far
from what a careful reader finds. How far, docs/scores.md tells.
"""

from __future__ import annotations

import asyncio

from checker.engines import Extraction, Judgement
from checker.engines.builtin.claims import find_claims
from checker.engines.builtin.compare import compare
from checker.lexical.words import is_english
from checker.schema import Article, Group, Remark


class Builtin:
    """Extracts and compares claims by rules; it cannot fail on one article and not on another."""

    name = "builtin"

    async def extract(self, article: Article) -> Extraction:
        """Take the statements of *article*, word for word, as its claims."""
        claims = await asyncio.to_thread(find_claims, article)
        return Extraction(claims=claims, remarks=() if is_english(article.text) else (_foreign(article),))

    async def judge(self, group: Group) -> Judgement:
        """Decide about every row and column; pairs not named in the verdicts are unique."""
        return Judgement(verdicts=await asyncio.to_thread(compare, group.rows, group.columns))


def _foreign(article: Article) -> Remark:
    problem = "its words are not those of English, the one language that the built-in engine reads"
    return Remark(path=article.path, problem=problem, mend="name a language model with --model")
