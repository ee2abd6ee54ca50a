"""The engine that asks a language model, with the words in `prompts/`."""

from __future__ import annotations

from checker.engines import Extraction, Judgement
from checker.engines.llm.conversation import Conversation
from checker.engines.llm.extract import Extractor
from checker.engines.llm.judge import Judge
from checker.engines.llm.verify import Verifier
from checker.model.request import Model
from checker.schema import Article, Group


class LanguageModel:
    """
    An engine on top of a model: extract, offer the gaps once more, judge, look again.

    *name* is the model's name as the endpoint knows it.
    """

    def __init__(self, model: Model, name: str, *, retry_failed: bool = False) -> None:
        talk = Conversation(model, name, retry_failed=retry_failed)
        self.name = name
        self._extractor = Extractor(talk)
        self._judge = Judge(talk, Verifier(talk))
        self.prompts = {
            prompt.name: prompt.hash
            for prompt in (*self._extractor.prompts, *self._judge.prompts, talk.again)
        }

    async def extract(self, article: Article, /) -> Extraction:
        """Give the claims of *article*; parts without an answer are failures."""
        return await self._extractor.extract(article)

    async def judge(self, group: Group, /) -> Judgement:
        """Give the verdicts on the pairs of *group*; pairs without an answer are failures."""
        return await self._judge.judge(group)
