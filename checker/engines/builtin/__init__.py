"""
The engine that asks no model: sentences for claims, words, numbers and denials for verdicts.

It is the default where no model is configured: free, private and always the same, and far
from what a careful reader finds. How far, `evals/score_builtin.py` measures.
"""

from __future__ import annotations

from checker.engines import Extraction, Judgement
from checker.engines.builtin.claims import find_claims
from checker.engines.builtin.compare import compare
from checker.schema import Article, Group


class Builtin:
    """Extracts and compares claims by rules; it cannot fail on one article and not on another."""

    name = "builtin"

    async def extract(self, article: Article) -> Extraction:
        """Take the statements of *article*, word for word, as its claims."""
        return Extraction(claims=find_claims(article))

    async def judge(self, group: Group) -> Judgement:
        """Decide about every row and column; pairs not named in the verdicts are unique."""
        return Judgement(verdicts=compare(group.rows, group.columns))
